"""Answers wait for room among all that is sent, and for as little else as can be."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.app.drawn import Drawn
from bot.app.outbox import Channel, Paces
from bot.app.ports import Clock
from bot.app.way import bearable
from bot.core.delivery import Deferred, Outcome, Pace, Scope
from bot.core.errors import StoreError
from bot.core.subscription import Destination

#: A wait that a channel asks for is at least this long, in seconds.
SHORTEST = 0.05
#: Where a message uses up more seconds than this, it can wait for the disk.
SLOW = 2.0

#: Waits so many seconds.
Sleep = Callable[[float], Awaitable[None]]
#: Does once, in a destination, what an answer is.
Act = Callable[[Destination], Awaitable[Outcome]]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pacing:
    """Keeps answers within their limits. Never raises."""

    paces: Paces
    clock: Clock
    sleep: Sleep
    #: So long, in seconds, does an answer wait for its reservation to be stored.
    counting: float
    drawn: Drawn

    async def paced(self, paces: Sequence[Pace], destination: Destination, act: Act) -> Outcome:
        """Send the message there once there is room for it, and count it for all senders.

        Its own room is known here. The rows that all share are written behind it, so that it waits
        for no disk; where they had no room, the next one asks them first. So does each one where a
        message uses up seconds, as in a group: what digests have used of them only the rows know.
        """
        drawn = self.drawn
        if not paces:
            return await act(destination)
        slow = any(pace.interval > SLOW for pace in paces)
        if drawn.doubts(now=self.clock.now()) or slow:
            while until := await self._counted(paces):
                await self._until(until)
            drawn.trust(paces, now=self.clock.now())
            return await act(destination)
        while until := drawn.draw(paces, now=self.clock.now()):
            await self._until(until)
        outcome = await act(destination)
        if await self._counted(paces) is not None:
            drawn.doubt()
        return outcome

    async def hold(self, channel: Channel, destination: Destination, asked: Deferred) -> None:
        """Let every sender wait as long as the channel asks."""
        until = self.clock.now() + bearable(asked.seconds)
        for pace in _reached(channel.paces(destination), asked.scope):
            self.drawn.hold(pace, until)
            try:
                await self.paces.hold(pace.name, until=until)
            except StoreError as error:
                log.warning("That %s has to wait was not noted. %s", pace.name, error)

    async def _counted(self, paces: Sequence[Pace]) -> datetime | None:
        """Count a message at the rows; return until when they have no room for it, if so."""
        try:
            async with asyncio.timeout(self.counting):
                return await self.paces.reserve(paces, now=self.clock.now())
        except (StoreError, TimeoutError) as error:
            # Better an answer without its reservation than none: the platform says if it minds.
            why = str(error) or "The archive is held by something else."
            log.warning("No room was reserved for an answer. %s", why)
            return None

    async def _until(self, moment: datetime) -> None:
        seconds = (moment - self.clock.now()).total_seconds()
        await self.sleep(max(SHORTEST, seconds))


def _reached(paces: Sequence[Pace], scope: Scope) -> Sequence[Pace]:
    """Return the paces that a wait reaches: the account's is the first of several."""
    match scope:
        case Scope.PART:
            return ()
        case Scope.DESTINATION:
            return paces[1:]
        case Scope.ACCOUNT:
            return paces[:1]
        case _:
            assert_never(scope)
