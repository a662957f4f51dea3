"""Answers sent at once: no queue, no receipts, and no waiting behind a fan-out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from bot.app import attempt
from bot.app.counts import Counts, outcome_name
from bot.app.outbox import Channel, Paces
from bot.app.ports import Clock
from bot.core.delivery import Deferred, Delivered, Moved, Outcome, Pace, Post, Refused, Unsure
from bot.core.errors import StoreError
from bot.core.page import Page
from bot.core.subscription import Destination

#: So often is one message of an answer tried.
TRIES = 4
#: A wait that a channel asks for is at least this long, in seconds.
_SHORTEST = 0.05

#: Waits so many seconds.
Sleep = Callable[[float], Awaitable[None]]

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

    async def _send(self, channel: Channel, destination: Destination, page: Page) -> str:
        """Send each message of the page; return why one of them is not there, or nothing."""
        under = None
        for part, payload in enumerate(channel.render(page)):
            post = Post(series=0, part=part, destination=destination, payload=payload, under=under)
            outcome = await self._insist(channel, post)
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

    async def _insist(self, channel: Channel, post: Post) -> Outcome:
        """Return what became of the message after some tries."""
        tries = 0
        while True:
            tries += 1
            await self._wait_for_room(channel.paces(post.destination, answer=True))
            outcome = await attempt.send(channel, post)
            self.counts.answers[outcome_name(outcome)] += 1
            if tries == TRIES or not isinstance(outcome, Deferred | Moved):
                return outcome
            if isinstance(outcome, Moved):
                post = replace(post, destination=outcome.destination)
            elif outcome.seconds < self.patience:
                await self.sleep(max(_SHORTEST, outcome.seconds))
            else:
                return outcome

    async def _wait_for_room(self, paces: Sequence[Pace]) -> None:
        try:
            while paces and (until := await self.paces.reserve(paces, now=self.clock.now())):
                seconds = (until - self.clock.now()).total_seconds()
                await self.sleep(max(_SHORTEST, seconds))
        except StoreError as error:
            # Better an answer without its reservation than none: the platform says if it minds.
            log.warning("No room was reserved for an answer. %s", error)
