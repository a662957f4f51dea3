"""How fast Telegram lets a bot send, as paces that its messages draw on."""

from dataclasses import dataclass

from bot.core.delivery import Pace
from bot.telegram.address import CHANNEL, Address

#: What answers draw on in place of the account's pace.
ANSWERS = f"{CHANNEL}:answers"
#: So many messages may answers be ahead of the account's pace.
_AHEAD = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Messages a second, below what Telegram's FAQ for bots allows.

    It says: about 30 a second in all, one a second in a chat after a short burst, and 20 a minute
    in a group. What is reserved evenly arrives in heaps: a fan-out and the answers together stay
    at its rate, so that a delay of a tenth of a second brings no more than 30 into one second.
    """

    fan_out: float = 25.0
    answers: float = 5.0
    chat: float = 1.0
    #: A minute, in one group or channel.
    group: int = 20

    def paces(self, address: Address, *, answer: bool) -> tuple[Pace, ...]:
        """Return what a message there draws on, the account's share first."""
        chat = Pace(f"{CHANNEL}:{address.chat}", 1 / self.chat, burst=2)
        own = (chat, self._of_group(address)) if address.is_group else (chat,)
        if not answer:
            # The second at once makes up for a moment in which nobody was ready.
            return (Pace(CHANNEL, 1 / self.fan_out, burst=2), *own)
        # An answer waits for no fan-out, which makes room for it afterwards; but where Telegram
        # holds up the whole account it waits.
        account = Pace(CHANNEL, 1 / self.fan_out, burst=_AHEAD)
        return (Pace(ANSWERS, 1 / self.answers, burst=1), account, *own)

    def _of_group(self, address: Address) -> Pace:
        # What comes at once counts in the same minute as what follows at the even pace.
        burst = max(1, self.group // 4)
        return Pace(f"{CHANNEL}:{address.chat}:minute", 60 / max(1, self.group - burst), burst)
