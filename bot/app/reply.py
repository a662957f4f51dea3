"""Answers sent at once: no queue, no receipts, and no waiting behind a fan-out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import assert_never

from bot.app.counts import Counts, outcome_name
from bot.app.drawn import Drawn
from bot.app.insistence import TRIES, Insistence
from bot.app.outbox import Channel, Paces
from bot.app.pacing import SHORTEST, Pacing, Sleep
from bot.app.ports import Clock
from bot.core.delivery import (
    Deferred,
    Delivered,
    Moved,
    Outcome,
    Payload,
    Post,
    Refused,
    Scope,
    Unsure,
)
from bot.core.errors import StoreError
from bot.core.page import Page
from bot.core.subscription import Destination

log = logging.getLogger(__name__)


class Arrival(Enum):
    """How much of an answer is there."""

    WHOLE = "whole"
    NOTHING = "nothing"
    #: Some of it is, or may be.
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Question:
    """What an answer is for, as far as its platform tells."""

    #: The platform's reference of the message that asks.
    reference: str | None = None
    #: Returns what is said where the platform refuses an answer for what it holds, which is a fault
    #: of ours. Where it raises ``StoreError``, nothing is said.
    unshown: Callable[[], Awaitable[Page]] | None = None


UNKNOWN = Question()


@dataclass(frozen=True, slots=True)
class _Way:
    """An answer on its way."""

    channel: Channel
    destination: Destination
    #: Whether a message that may be there is sent once more.
    again: bool
    question: Question
    #: The references of the messages that are there.
    there: list[str] = field(default_factory=list)


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
        self,
        destination: Destination,
        page: Page,
        *,
        flat: bool = False,
        offered: bool = False,
        question: Question = UNKNOWN,
    ) -> bool:
        """Send the page as ``bring`` does, and say whether all of it is there. Never raises.

        A message that may be there is looked for, and sent once more where nobody can tell: one
        that comes twice harms less than none. Each is attached to the message that asks, as long
        as that is there.
        """
        way = self._way(destination, again=True, question=question)
        arrival = await self._arrive(way, page, flat=flat, offered=offered, beyond=0)
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
        that may be there is not sent again: who asked can be told so, and ask again. What a file
        holds is told where no file is taken. That a chat takes nothing is no fault of an answer
        that is only ``offered`` there.
        """
        way = self._way(destination, again=False)
        return await self._arrive(way, page, flat=flat, offered=offered, beyond=beyond)

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
                outcome = await self._insistence.insist(
                    channel, destination, lambda _: act(), edit=True
                )
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
                    await self.sleep(max(SHORTEST, outcome.seconds))
        return outcome

    def _way(
        self,
        destination: Destination,
        *,
        again: bool,
        question: Question = UNKNOWN,
    ) -> _Way | None:
        channel = self.channels.get(destination.channel)
        if channel is None:
            log.error("No answer to %s: %r is not set up.", destination, destination.channel)
            self.counts.unanswered += 1
            return None
        return _Way(channel, destination, again=again, question=question)

    async def _arrive(
        self, way: _Way | None, page: Page, *, flat: bool, offered: bool, beyond: int
    ) -> Arrival:
        if way is None:
            return Arrival.NOTHING
        payloads, there = way.channel.render(page, flat=flat)[beyond:], way.there
        try:
            async with asyncio.timeout(self.patience):
                missing = await self._send(way, payloads)
                # The last of them is the file, if there is one.
                is_last = len(payloads) - len(there) == 1
                told = _told(page, begun=bool(there or beyond)) if is_last else None
                missing = await self._tell(way, told, missing)
                await self._confess(way, missing)
        except TimeoutError:
            missing = Unsure(f"It took longer than {self.patience:.0f} seconds.")
        if missing is None:
            return Arrival.WHOLE
        why = missing.why or "The channel asks to wait for too long."
        if offered and isinstance(missing, Refused) and missing.scope is Scope.DESTINATION:
            log.info("%s did not take what was offered. %s", way.destination, why)
        else:
            log.warning("An answer to %s was given up. %s", way.destination, why)
            self.counts.unanswered += 1
        return Arrival.UNCLEAR if there or isinstance(missing, Unsure) else Arrival.NOTHING

    async def _send(
        self, way: _Way, payloads: Sequence[Payload]
    ) -> Deferred | Refused | Unsure | None:
        """Send each message, and note those that are there by their references.

        Returns what became of one that is not there, if any.
        """
        there = way.there
        for part, payload in enumerate(payloads):
            post = Post(
                series=0,
                part=part,
                destination=way.destination,
                payload=payload,
                under=there[0] if there else None,
                answers=way.question.reference,
            )
            outcome = await self._insistence.assure(way.channel, post, again=way.again)
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

    async def _confess(self, way: _Way, missing: Deferred | Refused | Unsure | None) -> None:
        """Say that something cannot be shown, where the platform refuses it for what it holds."""
        refused = isinstance(missing, Refused) and missing.scope is Scope.PART
        if not refused or way.question.unshown is None:
            return
        with suppress(StoreError):
            said = way.channel.render(await way.question.unshown(), flat=True)
            # Attached to nothing, for that may be what was refused.
            await self._send(replace(way, question=UNKNOWN, there=[]), said)

    async def _tell(
        self, way: _Way, told: Page | None, missing: Deferred | Refused | Unsure | None
    ) -> Deferred | Refused | Unsure | None:
        """Tell what a file holds that was refused, if that is what is missing."""
        refused = isinstance(missing, Refused) and missing.scope is Scope.PART
        if missing is None or told is None or not refused:
            return missing
        log.warning("%s took no file. %s", way.destination, missing.why)
        return await self._send(way, way.channel.render(told, flat=True))

    @property
    def _insistence(self) -> Insistence:
        pacing = Pacing(
            paces=self.paces,
            clock=self.clock,
            sleep=self.sleep,
            counting=self.counting,
            drawn=self._drawn,
        )
        return Insistence(pacing, self.counts, patience=self.patience, sleep=self.sleep)


def _told(page: Page, *, begun: bool) -> Page | None:
    """Return what is said in place of the page's file, and of the words below it; or None."""
    instead = page.unfiled[len(page.prose) :]
    return Page(instead if begun else page.unfiled, page.summary) if instead else None
