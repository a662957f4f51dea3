"""What is sent as one message of Telegram: values, and how they are kept as JSON."""

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from bot.core.delivery import Payload

#: Characters of the words below a file, counted as those of a message (Bot API, sendDocument).
LONGEST_CAPTION = 1024

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>')
_TAG = re.compile(r"<[^<>]*>")

#: A row of buttons: the label of each, and what it carries.
Row = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A message of words, as Telegram's HTML."""

    html: str
    keyboard: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A message with a file, and words below it as Telegram's HTML."""

    name: str
    content: bytes
    html: str = ""
    keyboard: tuple[Row, ...] = ()


def write(message: Text | File) -> Payload:
    """Return what JSON can hold of the message."""
    rows = [[list(button) for button in row] for row in message.keyboard]
    written: Payload = {"html": message.html, "keyboard": rows}
    if isinstance(message, File):
        written |= {"file": message.name, "content": b64encode(message.content).decode()}
    return written


def read(payload: Mapping[str, Any]) -> Text | File:
    """Return the message that was written.

    Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what is none.
    """
    html = str(payload["html"])
    rows = tuple(
        tuple((str(label), str(data)) for label, data in row) for row in payload["keyboard"]
    )
    if "file" not in payload:
        return Text(html, rows)
    content = b64decode(payload["content"], validate=True)
    return File(str(payload["file"]), content, html, rows)


def words_of(html: str, *, addresses: bool = True) -> str:
    """Return the words of our HTML without its tags, the addresses of links behind their words."""
    if addresses:
        html = _LINK.sub(lambda link: f"{link[2]} ({link[1]})", html)
    return unescape(_TAG.sub("", html))
