"""Where on Telegram something goes: the address of a destination, "CHAT" or "CHAT/THREAD"."""

import re
from dataclasses import dataclass

from bot.core.page import Inline, Link, Plain
from bot.core.subscription import Destination

#: The name of this channel in destinations: "telegram:-100123/45".
CHANNEL = "telegram"

_NAME = re.compile(r"@([A-Za-z]\w{3,31})", re.ASCII)
# A chat's number has 52 bits at most. Its public name is none: updates bear the number.
_ADDRESS = re.compile(r"(?P<chat>-?[1-9]\d{0,15})(?:/(?P<thread>[1-9]\d{0,9}))?")


@dataclass(frozen=True, slots=True)
class Address:
    """A chat, and a topic in it if there is one."""

    chat: int
    #: The topic; None for the chat itself, and for a forum's "General".
    thread: int | None = None

    @property
    def is_group(self) -> bool:
        """Say whether it is a group or a channel: people have numbers above 0."""
        return self.chat < 0

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
    return Address(int(chat), None if thread is None else int(thread))


def contact_of(name: str | None) -> Inline | None:
    """Return whom people turn to as they can press it: an @name leads to that person's chat.

    Written as it stands it would lead nowhere, for nothing that an article says may call anybody.
    """
    if not name:
        return None
    found = _NAME.fullmatch(name)
    return Plain(name) if found is None else Link(name, f"https://t.me/{found[1]}")
