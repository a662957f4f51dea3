"""Answers sent at once: no queue, no receipts, and no waiting behind a fan-out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
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
    Payload,
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


class Arrival(Enum):
    """How much of an answer is there."""

    WHOLE = "whole"
    NOTHING = "nothing"
    #: Some of it is, or may be.
    UNCLEAR = "unclear"


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

    async def send(
        self, destination: Destination, page: Page, *, flat: bool = False, offered: bool = False
    ) -> bool:
        """Send the page as ``bring`` does, and say whether all of it is there. Never raises."""
        arrival = await self.bring(destination, page, flat=flat, offered=offered)
        return arrival is Arrival.WHOLE

    async def bring(
        self,
        destination: Destination,
        page: Page,
        *,
        flat: bool = False,
        offered: bool = False,
        beyond: int = 0,
    ) -> Arrival:
        """Send the page, or its messages beyond so many, and say what is there. Never raises.

        It is flat where there is no thread to put its stories in, or nobody wants one. A message
        that may be there is not sent again: who asked can ask again. That a chat takes nothing is
        no fault of an answer that is only ``offered`` there.
        """
        channel = self.channels.get(destination.channel)
        if channel is None:
            log.error("No answer to %s: %r is not set up.", destination, destination.channel)
            self.counts.unanswered += 1
            return Arrival.NOTHING
        payloads, there = channel.render(page, flat=flat)[beyond:], list[str]()
        try:
            async with asyncio.timeout(self.patience):
                missing = await self._send(channel, destination, payloads, there)
        except TimeoutError:
            missing = Unsure(f"It took longer than {self.patience:.0f} seconds.")
        if missing is None:
            return Arrival.WHOLE
        why = missing.why or "The channel asks to wait for too long."
        if offered and isinstance(missing, Refused) and missing.scope is Scope.DESTINATION:
            log.info("%s did not take what was offered. %s", destination, why)
        else:
            log.warning("An answer to %s was given up. %s", destination, why)
            self.counts.unanswered += 1
        return Arrival.UNCLEAR if there or isinstance(missing, Unsure) else Arrival.NOTHING

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

    async def attempt(self, act: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """Do at once what uses up no room, as an answer that one person alone sees. Never raises.

        Where the platform asks to wait, it is tried again as long as somebody waits for it.
        """
        silence = Unsure(f"It took longer than {self.patience:.0f} seconds.")
        outcome: Outcome = silence
        tries = 0
        with suppress(TimeoutError):
            async with asyncio.timeout(self.patience):
                while True:
                    # Until it is answered, nobody knows.
                    tries, outcome = tries + 1, silence
                    outcome = await act()
                    self.counts.answers[outcome_name(outcome)] += 1
                    if tries == TRIES or not isinstance(outcome, Deferred):
                        break
                    if outcome.seconds >= self.patience:
                        break
                    await self.sleep(max(_SHORTEST, outcome.seconds))
        return outcome

    async def _send(
        self,
        channel: Channel,
        destination: Destination,
        payloads: Sequence[Payload],
        there: list[str],
    ) -> Deferred | Refused | Unsure | None:
        """Send each message, and note those that are there by their references.

        Returns what became of one that is not there, if any.
        """
        for part, payload in enumerate(payloads):
            under = there[0] if there else None
            post = Post(series=0, part=part, destination=destination, payload=payload, under=under)
            outcome = await self._insist(channel, destination, _sending(channel, post))
            match outcome:
                case Delivered(reference):
                    there.append(reference)
                case Moved():
                    return Unsure("The chat moves from one address to the next.")
                case Deferred() | Refused() | Unsure():
                    return outcome
                case _:
                    assert_never(outcome)
        return None

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
