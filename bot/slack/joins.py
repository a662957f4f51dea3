"""Lets the bot into public channels, no faster than Slack allows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.app.drawn import Drawn
from bot.app.way import bearable
from bot.core.delivery import Deferred, Post, Unsure
from bot.slack.address import Address
from bot.slack.client import ComplaintError, answered
from bot.slack.outcomes import Complaint, is_asking_to_wait, outcome
from bot.slack.rates import method_pace


class WaitError(Exception):
    """The app may join no channel for now, which says nothing of its messages."""

    def __init__(self, seconds: float) -> None:
        """Keep for how long."""
        super().__init__(f"{seconds:.0f} seconds")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Joins:
    """What joins channels."""

    #: It repeats nothing by itself.
    client: AsyncWebClient = field(repr=False)
    now: Callable[[], datetime]
    _drawn: Drawn = field(init=False, default_factory=Drawn)

    async def join(self, address: Address, refusal: ComplaintError) -> None:
        """Join the channel that has refused a message.

        Raises the refusal where the app may not, ``WaitError`` where it may later, and another
        ``ComplaintError`` where nobody knows whether it has joined.
        """
        pace, now = method_pace(address.workspace, "conversations.join"), self.now()
        until = self._drawn.draw([pace], now=now)
        if until is not None:
            raise WaitError((until - now).total_seconds())
        try:
            await answered(self.client.conversations_join(channel=address.conversation))
        except ComplaintError as error:
            match outcome(error.complaint, address, me=""):
                case Deferred(seconds) if is_asking_to_wait(error.complaint):
                    self._drawn.hold(pace, now + bearable(seconds))
                    raise WaitError(seconds) from error
                case Deferred() | Unsure():
                    # Of the message it is known that it was not sent.
                    raise ComplaintError(Complaint(status=0, sent=False)) from error
                case _:
                    raise refusal from error


def enters(post: Post) -> bool:
    """Say whether the bot may let itself into a public channel for the message.

    Only a post of its own does, as it begins: nobody brings it in by asking, and who was removed
    in the middle of a digest stays out.
    """
    return post.series > 0 and post.part == 0
