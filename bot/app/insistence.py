"""One message of an answer, tried until it is there or that is no use."""

from dataclasses import KW_ONLY, dataclass, replace

from bot.app import attempt
from bot.app.counts import Counts, outcome_name
from bot.app.outbox import Channel
from bot.app.pacing import SHORTEST, SLOW, Act, Pacing, Sleep
from bot.core.delivery import Deferred, Delivered, Moved, Outcome, Post, Unsure
from bot.core.subscription import Destination

#: So often is one message of an answer tried.
TRIES = 4
#: After so many seconds is one that may not be there sent once more.
AGAIN = 1.5


@dataclass(frozen=True, slots=True)
class Insistence:
    """Tries messages within their limits. Never raises."""

    pacing: Pacing
    counts: Counts
    _: KW_ONLY
    #: A wait of so many seconds is too long for whoever asked.
    patience: float
    sleep: Sleep

    async def assure(self, channel: Channel, post: Post, *, again: bool) -> Outcome:
        """Send the message; where nobody knows what became of it, and again, send it once more."""
        act = _sending(channel, post)
        outcome = await self.insist(channel, post.destination, act)
        if not (again and isinstance(outcome, Unsure)):
            return outcome
        await self.sleep(AGAIN)
        second = await attempt.find(channel, post)
        if second is None:
            second = await self.insist(channel, post.destination, act)
        # Whatever else is said of the second one, the first may be there.
        return second if isinstance(second, Delivered) else outcome

    async def insist(
        self, channel: Channel, destination: Destination, act: Act, *, edit: bool = False
    ) -> Outcome:
        """Return what became of the message after some tries."""
        tries = 0
        while True:
            tries += 1
            paces = channel.paces(destination, answer=True)
            if edit:
                paces = tuple(pace for pace in paces if pace.interval <= SLOW)
            outcome = await self.pacing.paced(paces, destination, act)
            self.counts.answers[outcome_name(outcome)] += 1
            if isinstance(outcome, Deferred):
                await self.pacing.hold(channel, destination, outcome)
            if tries == TRIES or not isinstance(outcome, Deferred | Moved):
                return outcome
            if isinstance(outcome, Moved):
                destination = outcome.destination
            elif outcome.seconds < self.patience:
                await self.sleep(max(SHORTEST, outcome.seconds))
            else:
                return outcome


def _sending(channel: Channel, post: Post) -> Act:
    """Return what sends the message to a destination."""

    async def send(there: Destination) -> Outcome:
        # Elsewhere another message bears that reference, or none.
        answers = post.answers if there == post.destination else None
        return await attempt.send(channel, replace(post, destination=there, answers=answers))

    return send
