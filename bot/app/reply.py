"""Answers sent at once: no queue, no receipts, and no waiting behind a fan-out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from bot.app import attempt
from bot.app.counts import Counts, outcome_name
from bot.app.drawn import Drawn
from bot.app.outbox import Channel, Paces
from bot.app.ports import Clock
from bot.app.way import bearable
from bot.core.delivery import (
    Deferred,
    Delivered,
    Moved,
    Outcome,
    Pace,
    Post,
    Refused,
    Scope,
    Unsure,
)
from bot.core.errors import StoreError
from bot.core.page import Page
from bot.core.subscription import Destination

#: So often is one message of an answer tried.
TRIES = 4
#: A wait that a channel asks for is at least this long, in seconds.
_SHORTEST = 0.05
#: Where a message uses up more seconds than this, it can wait for the disk.
_SLOW = 2.0

#: Waits so many seconds.
Sleep = Callable[[float], Awaitable[None]]
#: Does once, in a destination, what an answer is.
_Act = Callable[[Destination], Awaitable[Outcome]]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """Sends what the bot answers, on limits of its own beside those of digests."""

    #: By the name that a destination gives.
    channels: Mapping[str, Channel]
    paces: Paces
    clock: Clock
    counts: Counts
    sleep: Sleep = asyncio.sleep
    #: So long, in seconds, does an answer wait in all; by then nobody waits for it any more.
    patience: float = 60.0
    #: So long does it wait for its reservation to be stored, which something else may hold up.
    counting: float = 1.0
    _drawn: Drawn = field(init=False, default_factory=Drawn)

    async def send(self, destination: Destination, page: Page) -> bool:
        """Send the page and say whether all of it is there. Never raises.

        A message that may be there is not sent again: who asked can ask again.
        """
        channel = self.channels.get(destination.channel)
        if channel is None:
            log.error("No answer to %s: %r is not set up.", destination, destination.channel)
            self.counts.unanswered += 1
            return False
        try:
            async with asyncio.timeout(self.patience):
                why = await self._send(channel, destination, page)
        except TimeoutError:
            why = f"It took longer than {self.patience:.0f} seconds."
        if why:
            log.warning("An answer to %s was given up. %s", destination, why)
            self.counts.unanswered += 1
        return not why

    async def edit(self, destination: Destination, act: Callable[[], Awaitable[Outcome]]) -> bool:
        """Do what puts an answer in place of a message. Never raises.

        It is no new message, so it uses up nothing of what a chat may get in a minute.

        False where the platform refuses that: the answer has to come as a message of its own.
        """
        channel = self.channels.get(destination.channel)
        if channel is None:
            return False
        try:
            async with asyncio.timeout(self.patience):
                outcome = await self._insist(channel, destination, lambda _: act(), edit=True)
        except TimeoutError:
            outcome = Unsure(f"It took longer than {self.patience:.0f} seconds.")
        if isinstance(outcome, Deferred | Unsure):
            # A message of its own would go into the same flood.
            log.warning("A message of %s was not edited. %s", destination, outcome.why)
            self.counts.unanswered += 1
        return not isinstance(outcome, Refused)

    async def _send(self, channel: Channel, destination: Destination, page: Page) -> str:
        """Send each message of the page; return why one of them is not there, or nothing."""
        under = None
        for part, payload in enumerate(channel.render(page)):
            post = Post(series=0, part=part, destination=destination, payload=payload, under=under)
            outcome = await self._insist(channel, destination, _sending(channel, post))
            match outcome:
                case Delivered(reference):
                    under = under or reference
                case Moved():
                    return "The chat moves from one address to the next."
                case Deferred() | Refused() | Unsure():
                    return outcome.why or "The channel asks to wait for too long."
                case _:
                    assert_never(outcome)
        return ""

    async def _insist(
        self, channel: Channel, destination: Destination, act: _Act, *, edit: bool = False
    ) -> Outcome:
        """Return what became of the message after some tries."""
        tries = 0
        while True:
            tries += 1
            paces = channel.paces(destination, answer=True)
            if edit:
                paces = tuple(pace for pace in paces if pace.interval <= _SLOW)
            outcome = await self._paced(paces, destination, act)
            self.counts.answers[outcome_name(outcome)] += 1
            if isinstance(outcome, Deferred):
                await self._hold(channel, destination, outcome)
            if tries == TRIES or not isinstance(outcome, Deferred | Moved):
                return outcome
            if isinstance(outcome, Moved):
                destination = outcome.destination
            elif outcome.seconds < self.patience:
                await self.sleep(max(_SHORTEST, outcome.seconds))
            else:
                return outcome

    async def _paced(self, paces: Sequence[Pace], destination: Destination, act: _Act) -> Outcome:
        """Send the message there once there is room for it, and count it for all senders.

        Its own room is known here. The rows that all share are written behind it, so that it waits
        for no disk; where they had no room, the next one asks them first. So does each one where a
        message uses up seconds, as in a group: what digests have used of them only the rows know.
        """
        drawn = self._drawn
        if not paces:
            return await act(destination)
        slow = any(pace.interval > _SLOW for pace in paces)
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

    async def _hold(self, channel: Channel, destination: Destination, asked: Deferred) -> None:
        """Let every sender wait as long as the channel asks."""
        until = self.clock.now() + bearable(asked.seconds)
        for pace in _reached(channel.paces(destination), asked.scope):
            self._drawn.hold(pace, until)
            try:
                await self.paces.hold(pace.name, until=until)
            except StoreError as error:
                log.warning("That %s has to wait was not noted. %s", pace.name, error)

    async def _until(self, moment: datetime) -> None:
        seconds = (moment - self.clock.now()).total_seconds()
        await self.sleep(max(_SHORTEST, seconds))


def _sending(channel: Channel, post: Post) -> _Act:
    """Return what sends the message to a destination."""

    async def send(there: Destination) -> Outcome:
        return await attempt.send(channel, replace(post, destination=there))

    return send


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
