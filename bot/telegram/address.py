"""Where on Telegram something goes: the address of a destination, "CHAT" or "CHAT/THREAD"."""

import re
from dataclasses import dataclass

from bot.core.subscription import Destination

#: The name of this channel in destinations: "telegram:-100123/45".
CHANNEL = "telegram"

# A chat's number, or the public name of a channel or group; numbers have 52 bits at most.
_ADDRESS = re.compile(r"(?P<chat>-?[1-9]\d{0,15}|@[A-Za-z]\w{3,31})(?:/(?P<thread>[1-9]\d{0,9}))?")


@dataclass(frozen=True, slots=True)
class Address:
    """A chat, and a topic in it if there is one."""

    chat: int | str
    #: The topic; None for the chat itself, and for a forum's "General".
    thread: int | None = None

    @property
    def is_group(self) -> bool:
        """Say whether it is a group or a channel: people have numbers above 0."""
        return isinstance(self.chat, str) or self.chat < 0

    @property
    def destination(self) -> Destination:
        """Return it as a destination."""
        thread = "" if self.thread is None else f"/{self.thread}"
        return Destination(CHANNEL, f"{self.chat}{thread}")


def read_address(text: str) -> Address | None:
    """Return the address that a text is, or None when it is none."""
    found = _ADDRESS.fullmatch(text) if text.isascii() else None
    if found is None:
        return None
    chat, thread = found["chat"], found["thread"]
    return Address(
        chat if chat.startswith("@") else int(chat), None if thread is None else int(thread)
    )
