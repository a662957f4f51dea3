"""What Slack shows of our messages, read strictly: what it would refuse, or could ping, fails."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.slack.payload import File, Message, read
from tests.fakes.slack.blocks import block_faults, is_too_long
from tests.fakes.slack.reading import read_text

#: docs.slack.dev, rich text block: what may stand where, and what each must and may have.
_PARTS = {
    "rich_text_section": {"elements"},
    "rich_text_list": {"elements", "style"},
    "rich_text_quote": {"elements"},
}
_WORDS = {
    "text": {"text"},
    "link": {"url", "text"},
    "date": {"timestamp", "format", "fallback"},
}
_STYLES = {"bold", "italic", "code"}
_NUMBERED = re.compile(r"(\d+[.)]?)(?:\s|$)")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass
class Line:
    """A line that people see."""

    words: str = ""
    #: Bold from its beginning on.
    bold: bool = False
    #: "header", "section", "list", "quote" or "context".
    look: str = "section"
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Said:
    """What a page says, in reading order, however it came."""

    headlines: tuple[str, ...]
    #: All words, without white space and what cannot be seen.
    words: str
    figures: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def messages(payloads: Iterable[Mapping[str, object]]) -> list[Message]:
    """Return the messages among the payloads, each as Slack takes it."""
    found = [read(payload) for payload in payloads]
    taken = [one for one in found if isinstance(one, Message)]
    for message in taken:
        check(message)
    assert all(isinstance(one, Message | File) for one in found)
    return taken


def check(message: Message) -> None:
    """Fail where Slack would refuse the message, or show or do what nobody meant."""
    blocks = list(message.blocks)
    assert block_faults(blocks, "message") == []
    assert not is_too_long(blocks)
    assert message.text.strip()
    assert len(message.text.encode("utf-16-le")) // 2 <= 4000
    told = read_text(message.text)
    assert (told.pings, told.unescaped, told.links) == ([], [], [])
    names = [
        one["action_id"]
        for block in blocks
        if block["type"] == "actions"
        for one in block["elements"]
    ]
    assert len(names) == len(set(names))


def lines(message: Message) -> list[Line]:
    """Return the lines of a message, without its buttons."""
    return [line for block in message.blocks for line in _lines(block)]


def _lines(block: Mapping[str, Any]) -> list[Line]:
    kind = block["type"]
    if kind == "header":
        assert block["text"]["type"] == "plain_text"
        return [Line(block["text"]["text"], bold=True, look="header")]
    if kind == "context":
        assert [one["type"] for one in block["elements"]] == ["plain_text"]
        return [Line(block["elements"][0]["text"], look="context")]
    if kind == "actions":
        return []
    assert kind == "rich_text", f"{kind} is not for words"
    found: list[Line] = []
    for part in block["elements"]:
        assert set(part) - {"type"} == _PARTS[part["type"]]
        look = part["type"].removeprefix("rich_text_")
        if look == "list":
            assert part["style"] == "bullet"
            assert all(point["type"] == "rich_text_section" for point in part["elements"])
            found += [_line(point["elements"], look) for point in part["elements"]]
        elif look == "quote":
            found.append(_line(part["elements"], look))
        else:
            found += [_line(row, look) for row in _rows(part["elements"])]
    return found


def _rows(elements: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    rows: list[list[Mapping[str, Any]]] = [[]]
    for element in elements:
        if element.get("text") == "\n":
            rows.append([])
        else:
            rows[-1].append(element)
    return rows


def _line(elements: Sequence[Mapping[str, Any]], look: str) -> Line:
    made = Line(look=look)
    for element in elements:
        kind, style = element["type"], element.get("style", {})
        assert set(element) - {"type", "style"} == _WORDS[kind], f"{kind} is not for words"
        assert set(style) <= _STYLES
        assert all(value is True for value in style.values())
        words = element["fallback"] if kind == "date" else element["text"]
        assert words
        assert "\n" not in words
        made.bold = made.bold or (not made.words and "bold" in style)
        made.words += words
        if kind == "link":
            assert re.match(r"https?://[^\s<>\"']+$", element["url"], re.IGNORECASE)
            made.links.append((words, element["url"]))
        if kind == "date":
            assert isinstance(element["timestamp"], int)
            assert element["format"] == "{date_short_pretty} {time}"
    assert made.words.strip(), "an empty line"
    return made


def said(payloads: Iterable[Mapping[str, object]]) -> Said:
    """Return what the payloads say, each reply put back behind the lead line of its story."""
    main: list[Line] = []
    replies: dict[str, list[Line]] = {}
    for message in messages(payloads):
        shown = [line for line in lines(message) if line.look != "context"]
        if not message.reply:
            main += shown
        elif found := re.fullmatch(r"\d+[.)]?", shown[0].words) if shown[0].bold else None:
            assert found[0] not in replies
            replies[found[0]] = shown[1:]
        else:
            replies[list(replies)[-1]] += shown
    return told(_unfolded(main, replies))


def _unfolded(main: Sequence[Line], replies: dict[str, list[Line]]) -> list[Line]:
    found: list[Line] = []
    waiting: list[Line] = []
    for line in main:
        found.append(line)
        if waiting:
            found += waiting
            waiting = []
        elif line.bold and (number := _NUMBERED.match(line.words)):
            waiting = replies.pop(number[1], [])
    assert not waiting
    assert not replies, "replies to stories that nobody was told of"
    return found


def told(shown: Sequence[Line]) -> Said:
    """Return what the lines say."""
    words = " ".join(line.words for line in shown)
    return Said(
        tuple(line.words for line in shown if line.bold and line.look != "list"),
        seen(words),
        tuple(_FIGURE.findall(words)),
        tuple((seen(text), url) for line in shown for text, url in line.links),
    )


def seen(text: str) -> str:
    """Return what can be seen of a text, without its spaces and the dots of lists."""
    unshown = "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2060\u2066-\u2069\u0333\u033f\u030a•]"
    return re.sub(r"\s+", "", re.sub(unshown, "", re.sub("[\ud800-\udfff]", "\ufffd", text)))
