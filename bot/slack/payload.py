"""What is sent as one message of Slack: values, and how they are kept as JSON."""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.core.delivery import Payload
from bot.slack.blocks import Block
from bot.slack.measure import escaped, fitting, units

#: Characters of a message's plain text (chat.postMessage recommends no more).
LONGEST_TEXT = 4000

_MORE = "\n…"


@dataclass(frozen=True, slots=True)
class Message:
    """A message of blocks."""

    #: The same in plain words, escaped: the notification, and what a screen reader reads.
    text: str
    #: None where only the text is shown.
    blocks: tuple[Block, ...]
    #: Whether it goes into the thread of the first message of its page.
    reply: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """A file, which the channel uploads behind the words of its page."""

    name: str
    content: bytes
    #: What is said in its place where it cannot be uploaded; may be empty.
    instead: str = ""


def write(message: Message | File) -> Payload:
    """Return what JSON can hold of the message."""
    if isinstance(message, File):
        content = b64encode(message.content).decode()
        return {"file": message.name, "content": content, "instead": message.instead}
    return {"text": message.text, "blocks": list(message.blocks), "reply": message.reply}


def read(payload: Mapping[str, Any]) -> Message | File:
    """Return the message that was written.

    Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what is none.
    """
    if "file" in payload:
        content = b64decode(payload["content"], validate=True)
        return File(str(payload["file"]), content, str(payload["instead"]))
    blocks = tuple(dict(block) for block in payload["blocks"])
    return Message(str(payload["text"]), blocks, bool(payload["reply"]))


def arguments(message: Message) -> dict[str, Any]:
    """Return what ``chat.postMessage`` is given besides the place: no previews, no markup."""
    said: dict[str, Any] = {
        "text": message.text,
        "mrkdwn": False,
        "parse": "none",
        "link_names": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }
    return said | ({"blocks": list(message.blocks)} if message.blocks else {})


def bare(message: Message) -> Message:
    """Return the message as words alone, for when Slack does not take its blocks.

    Addresses stand behind their words. Buttons are gone: what they say can be typed.
    """
    words = "\n".join(lines_of(message.blocks, addresses=True))
    return replace(message, text=escaped(words) or message.text, blocks=())


def text_of(lines: Sequence[str]) -> str:
    """Return lines as the escaped plain text of a message; "…" where no more has room."""
    text = "\n".join(lines)
    end = fitting(text, LONGEST_TEXT, _length)
    if end == len(text):
        return escaped(text)
    end = fitting(text, LONGEST_TEXT - len(_MORE), _length)
    # A whole line, else a whole word, else what there is.
    line, space = text.rfind("\n", 0, end), text.rfind(" ", 0, end)
    cut = next((place for place in (line, space) if place > end // 2), end)
    return f"{escaped(text[:cut])}{_MORE}"


def _length(text: str) -> int:
    return units(escaped(text))


def lines_of(blocks: Sequence[Block], *, addresses: bool) -> Iterator[str]:
    """Yield the words of blocks line by line, without their buttons."""
    for block in blocks:
        match block["type"]:
            case "header":
                yield block["text"]["text"]
            case "context":
                yield from (element["text"] for element in block["elements"])
            case "rich_text":
                for part in block["elements"]:
                    yield from _lines_of_part(part, addresses=addresses)
            case _:
                pass


def _lines_of_part(part: Block, *, addresses: bool) -> Iterator[str]:
    if part["type"] == "rich_text_list":
        for point in part["elements"]:
            yield f"• {_words(point['elements'], addresses=addresses)}"
    else:
        yield from _words(part["elements"], addresses=addresses).split("\n")


def _words(elements: Sequence[Block], *, addresses: bool) -> str:
    said = []
    for element in elements:
        words = element["fallback"] if element["type"] == "date" else element["text"]
        leads = addresses and element["type"] == "link" and element["url"] != words
        said.append(f"{words} ({element['url']})" if leads else words)
    return "".join(said)
