"""Which digests end because their chat refuses posts, so that whoever set them hears of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.app.outbox import Outbox, Ready, Wait
from bot.app.tongues import Kept
from bot.core.delivery import Outcome, Pace, Post, Refused, Scope
from bot.core.errors import StoreError
from bot.core.subscription import Standing, Subscription

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ending:
    """A digest that came by itself, as it was, and the refusal that ends it."""

    of: Subscription
    refused: Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Endings:
    """An outbox that notices which digests end because their chat refuses posts."""

    outbox: Outbox
    chats: Kept
    _found: asyncio.Queue[Ending] = field(init=False, default_factory=asyncio.Queue)

    async def begin(
        self, series: int, paces: Sequence[Pace], *, now: datetime
    ) -> Ready | Wait | None:
        """Do what the outbox does."""
        return await self.outbox.begin(series, paces, now=now)

    async def record(
        self, post: Post, outcome: Outcome, paces: Sequence[Pace], *, now: datetime
    ) -> None:
        """Do what the outbox does, and keep the digest that it ends for ``follow``."""
        ending = await self._ending(post, outcome)
        await self.outbox.record(post, outcome, paces, now=now)
        if ending is not None:
            self._found.put_nowait(ending)

    async def hold(self, name: str, *, until: datetime) -> None:
        """Do what the outbox does."""
        await self.outbox.hold(name, until=until)

    async def follow(self, tells: Mapping[str, Callable[[Ending], Awaitable[None]]]) -> None:
        """Bring each to what tells of it on its platform, one at a time and until cancelled.

        What is not told by then is lost: the operator heard of it as it was found.
        """
        while True:
            ending = await self._found.get()
            place = ending.of.destination
            if (tell := tells.get(place.channel)) is None:
                # Nobody talks there: a file, or the terminal.
                continue
            try:
                await tell(ending)
            except StoreError as error:
                log.error("Who set the digest of %s heard nothing of it. %s", place, error)  # noqa: TRY400 - the sentence says all
            except Exception:
                # One ending that nobody foresaw must not be the last one that is told.
                log.exception("Who set the digest of %s heard nothing of it.", place)

    async def _ending(self, post: Post, outcome: Outcome) -> Ending | None:
        """Return the digest that goes out there and ends with that outcome, if one does."""
        if not isinstance(outcome, Refused) or outcome.scope is not Scope.DESTINATION:
            return None
        kept = await self.chats.of(post.destination)
        if kept is None or kept.schedule is None or kept.standing is not Standing.ACTIVE:
            return None
        return Ending(kept, outcome)
