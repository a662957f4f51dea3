"""Where on Slack something goes: a workspace, a conversation in it, and a thread if there is one.

The address of a destination is "WORKSPACE/CONVERSATION" or "WORKSPACE/CONVERSATION/THREAD".
"""

import re
from dataclasses import dataclass

from bot.core.subscription import Destination

#: The name of this channel in destinations: "slack:T0123/C0456/1693526400.000100".
CHANNEL = "slack"

# T is a workspace, E an organisation of several; C and G are channels, D is a direct message, U and
# W are people, to whom Slack opens one. Slack promises no length.
_ADDRESS = re.compile(
    r"(?P<workspace>[TE][A-Z0-9]{1,30})/(?P<conversation>[CGDUW][A-Z0-9]{1,30})"
    r"(?:/(?P<thread>\d{1,12}\.\d{6}))?"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A conversation of a workspace, and a thread in it if there is one."""

    workspace: str
    conversation: str
    #: The reference of the message that began the thread; None for the conversation itself.
    thread: str | None = None

    @property
    def is_direct(self) -> bool:
        """Say whether one person alone reads it."""
        return self.conversation[0] in "DUW"

    @property
    def destination(self) -> Destination:
        """Return it as a destination."""
        thread = "" if self.thread is None else f"/{self.thread}"
        return Destination(CHANNEL, f"{self.workspace}/{self.conversation}{thread}")


def read_address(text: str) -> Address | None:
    """Return the address that a text is, or None when it is none."""
    found = _ADDRESS.fullmatch(text) if text.isascii() else None
    return None if found is None else Address(**found.groupdict())
