"""Tells the operator what should be mended: in the log, by ``status``, and in a chat of theirs."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.app.outbox import Channel, Desk, Filled
from bot.app.own_chat import operators
from bot.app.ports import Clock
from bot.core.delivery import Kind
from bot.core.errors import StoreError
from bot.core.page import Page, Paragraph, Plain
from bot.core.subscription import Destination

#: So many sentences are remembered for ``status``, for so long.
MOST, DAYS = 20, timedelta(days=7)
#: The same sentence is not sent again before so much time has gone by.
AGAIN = timedelta(hours=1)
#: They are remembered under this name.
_MARK = "told"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """What the operator was told, and when."""

    at: datetime
    sentence: str


class Marks(Protocol):
    """Remembers short texts by name. Every method raises ``StoreError``."""

    async def of(self, key: str) -> str | None:
        """Return what is kept under the name."""
        ...

    async def put(self, key: str, value: str) -> None:
        """Keep the text under the name, in place of what stood there."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Tells the operator. ``tell`` never raises; what fails then is in the log."""

    marks: Marks
    desk: Desk
    channels: Mapping[str, Channel]
    #: Where the operator is told, if the configuration names it; else in the own chats of those who
    #: have claimed the bot.
    destination: Destination | None
    #: Puts a work for every series that has none.
    sweep: Callable[[], Awaitable[object]]
    clock: Clock
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def tell(self, sentence: str) -> None:
        """Bring the sentence to the operator, or at least into the log."""
        log.error("%s", sentence)
        now = self.clock.now()
        try:
            if await self._is_new(sentence, now):
                await self._send(sentence, now)
        except StoreError as error:
            log.error("The operator could not be told so in a chat. %s", error)  # noqa: TRY400 - the cause is said

    async def reaches(self) -> bool:
        """Say whether what is told comes to a chat, and not to the log alone.

        Raises ``StoreError``.
        """
        return any(place.channel in self.channels for place in await self._places())

    async def _is_new(self, sentence: str, now: datetime) -> bool:
        """Remember the sentence, and say whether it was not told just before."""
        # Of two sentences at once, neither may be lost.
        async with self._turn:
            before = await said(self.marks, now=now)
            if any(one.sentence == sentence and abs(now - one.at) < AGAIN for one in before):
                return False
            await _remember(self.marks, [Said(now, sentence), *before])
            return True

    async def _send(self, sentence: str, now: datetime) -> None:
        page = Page((Paragraph((Plain(sentence),)),), sentence)
        for place in await self._places():
            if (channel := self.channels.get(place.channel)) is not None:
                filled = Filled(page=page, payloads=channel.render(page))
                await self.desk.open(place, Kind.NOTICE, filled, now=now)
                await self.sweep()

    async def _places(self) -> Sequence[Destination]:
        if self.destination is not None:
            return (self.destination,)
        return await operators(self.marks, self.channels)


async def said(marks: Marks, *, now: datetime) -> Sequence[Said]:
    """Return what the operator was told in the last days, the latest first.

    Raises ``StoreError``.
    """
    kept = await marks.of(_MARK)
    try:
        known = [] if kept is None else json.loads(kept)
        found = [Said(datetime.fromisoformat(at), str(sentence)) for at, sentence in known]
        return [one for one in found if now - one.at < DAYS]
    except (ValueError, TypeError):
        # Not worth stopping for: what is told next takes its place.
        return []


async def _remember(marks: Marks, told: Sequence[Said]) -> None:
    kept = [[one.at.isoformat(), one.sentence] for one in told[:MOST]]
    await marks.put(_MARK, json.dumps(kept))
