"""How fast Slack lets an app send and ask, as paces that its messages and questions draw on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from bot.core.delivery import Pace
from bot.slack.address import CHANNEL, Address

#: So many messages may answers be ahead of the workspace's pace.
_AHEAD = 1000
#: The most that is asked at once where nobody has asked for a while.
_AT_ONCE = 10


class Tier(IntEnum):
    """Calls a minute that Slack allows a method in a workspace at least (its rate limits page)."""

    ONE = 1
    TWO = 20
    THREE = 50
    FOUR = 100


#: The tiers of the methods that the bot calls, from the page of each; posting has limits of its
#: own. A method that is not named here is taken for one of the third.
TIERS: Mapping[str, Tier] = MappingProxyType(
    {
        "apps.connections.open": Tier.THREE,
        "chat.delete": Tier.THREE,
        "chat.postEphemeral": Tier.FOUR,
        "chat.update": Tier.THREE,
        "conversations.history": Tier.THREE,
        "conversations.info": Tier.THREE,
        "conversations.join": Tier.THREE,
        "conversations.list": Tier.TWO,
        "conversations.members": Tier.FOUR,
        "conversations.open": Tier.THREE,
        "conversations.replies": Tier.THREE,
        "files.completeUploadExternal": Tier.FOUR,
        "files.getUploadURLExternal": Tier.FOUR,
        "reactions.add": Tier.THREE,
        "users.conversations": Tier.THREE,
        "users.info": Tier.FOUR,
        "views.open": Tier.FOUR,
        "views.publish": Tier.FOUR,
        "views.push": Tier.FOUR,
        "views.update": Tier.FOUR,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Messages a second, below what Slack's page on rate limits allows.

    It says: one a second in a channel, with short bursts, and several hundred a minute in a
    workspace. A fan-out and the answers together stay below 300 a minute, so that what comes at
    once after a rest has room in the same minute.
    """

    fan_out: float = 4.75
    answers: float = 1.0
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
    """Return what a call of the method there draws on."""
    tier = TIERS.get(method, Tier.THREE)
    # What comes at once counts in the same minute as what follows at the even pace.
    burst = max(1, min(_AT_ONCE, tier // 4))
    return Pace(f"{CHANNEL}:{workspace}:{method}", 60 / max(1, tier - burst), burst)
