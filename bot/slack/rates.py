"""How fast Slack lets an app send and ask, as paces that its messages and questions draw on."""

from dataclasses import dataclass

from bot.core.delivery import Pace
from bot.slack.address import CHANNEL, Address

#: So many messages may answers be ahead of the workspace's pace.
_AHEAD = 1000
#: The most that is asked at once where nobody has asked for a while.
_AT_ONCE = 10
#: Calls a minute that Slack allows a method of the third tier in a workspace at least (its page on
#: rate limits): conversations.history, .replies and .join, by the page of each.
TIER_THREE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Messages a second, below what Slack's page on rate limits allows.

    It says: one a second in a channel, with short bursts, and several hundred a minute in a
    workspace. A fan-out and the answers together stay below 300 a minute, so that what comes at
    once after a rest has room in the same minute; of that, answers may take more than half.
    """

    fan_out: float = 4.75
    answers: float = 3.0
    channel: float = 1.0

    def paces(self, address: Address, *, answer: bool) -> tuple[Pace, ...]:
        """Return what a message there draws on, the workspace's share first.

        A thread has no limit besides its channel's.
        """
        name = f"{CHANNEL}:{address.workspace}"
        own = Pace(f"{name}/{address.conversation}", 1 / self.channel)
        if not answer:
            # The second at once makes up for a moment in which nobody was ready.
            return (Pace(name, 1 / self.fan_out, burst=2), own)
        # An answer waits for no fan-out, which makes room for it afterwards; but where Slack holds
        # up the whole workspace it waits.
        account = Pace(name, 1 / self.fan_out, burst=_AHEAD)
        return (Pace(f"{name}:answers", 1 / self.answers, burst=3), account, own)


def method_pace(workspace: str, method: str) -> Pace:
    """Return what a call of a method of the third tier there draws on."""
    # What comes at once counts in the same minute as what follows at the even pace.
    return Pace(f"{CHANNEL}:{workspace}:{method}", 60 / (TIER_THREE - _AT_ONCE), _AT_ONCE)
