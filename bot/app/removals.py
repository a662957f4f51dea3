"""Where a post finds that the bot was removed from a chat, whoever set the digest hears of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.app.outbox import Outbox, Ready, Wait
from bot.app.tongues import Kept
from bot.core.delivery import Outcome, Pace, Post, Refused, Scope
from bot.core.errors import StoreError
from bot.core.mendable import NO_MEMBER, REMOVED
from bot.core.subscription import Standing, Subscription

_GONE = frozenset({REMOVED, NO_MEMBER})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removals:
    """An outbox that notices which digests end because the bot is not in their chat any more."""

    outbox: Outbox
    chats: Kept
    _ended: asyncio.Queue[Subscription] = field(init=False, default_factory=asyncio.Queue)

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
            self._ended.put_nowait(ending)

    async def hold(self, name: str, *, until: datetime) -> None:
        """Do what the outbox does."""
        await self.outbox.hold(name, until=until)

    async def follow(self, tell: Callable[[Subscription], Awaitable[None]]) -> None:
        """Bring each to what tells of it, one at a time and until cancelled.

        What is not told by then is lost: the operator heard of it as it was found.
        """
        while True:
            ended = await self._ended.get()
            try:
                await tell(ended)
            except StoreError as error:
                place = ended.destination
                log.error("Who set the digest of %s heard nothing of it. %s", place, error)  # noqa: TRY400 - the sentence says all

    async def _ending(self, post: Post, outcome: Outcome) -> Subscription | None:
        """Return the digest that goes out there and ends with that outcome, if one does."""
        match outcome:
            case Refused(why, Scope.DESTINATION) if why in _GONE:
                kept = await self.chats.of(post.destination)
            case _:
                return None
        if kept is None or kept.schedule is None or kept.standing is not Standing.ACTIVE:
            return None
        return kept
