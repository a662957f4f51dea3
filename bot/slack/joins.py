"""Lets the bot into public channels, no faster than Slack allows."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.app.drawn import Drawn
from bot.app.way import bearable
from bot.core.delivery import Deferred, Post, Unsure
from bot.core.errors import StoreError
from bot.core.subscription import Destination
from bot.slack.address import Address
from bot.slack.client import ComplaintError, answered
from bot.slack.complaint import Complaint
from bot.slack.outcomes import RETRY, is_asking_to_wait, outcome
from bot.slack.rates import method_pace

#: Says whether the bot was in a channel before; raises ``StoreError``.
Been = Callable[[Destination], Awaitable[bool]]

_CROWD = "Slack lets the app join no channel for now."


class WaitError(Exception):
    """The app joins no channel for now, which says nothing of its messages."""

    def __init__(self, seconds: float, why: str = _CROWD) -> None:
        """Keep for how long, and why."""
        super().__init__(why)
        self.seconds = seconds


async def nowhere(channel: Destination) -> bool:
    """Say that the bot was not there before, as where nothing is remembered."""
    del channel
    return False


@dataclass(frozen=True, slots=True)
class Joins:
    """What joins channels."""

    #: It repeats nothing by itself.
    client: AsyncWebClient = field(repr=False)
    now: Callable[[], datetime]
    been: Been = nowhere
    _drawn: Drawn = field(init=False, default_factory=Drawn)

    async def join(self, address: Address, refusal: ComplaintError) -> None:
        """Join the channel that has refused a message.

        Raises the refusal where the app may not, or was before: somebody has removed it, perhaps
        while it did not run. ``WaitError`` where it may later, and another ``ComplaintError`` where
        nobody knows whether it has joined.
        """
        channel = Address(address.workspace, address.conversation).destination
        try:
            been = await self.been(channel)
        except StoreError as error:
            raise WaitError(RETRY, str(error)) from error
        if been:
            raise refusal
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
