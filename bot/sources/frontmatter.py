"""The block of ``key: value`` lines that a Markdown file may open with."""

import re
from dataclasses import dataclass, field

_FENCE = re.compile(r"---[ \t]*")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*")
_ENTRY = re.compile(r"(?P<key>[A-Za-z_][\w -]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>.*))?", re.ASCII)
#: The keys that are read, and what other sites call them.
_KEYS = {
    "title": "title",
    "date": "date",
    "published": "date",
    "url": "url",
    "link": "url",
    "language": "language",
    "lang": "language",
    "publisher": "publisher",
    "source": "publisher",
    "place": "place",
}
#: How YAML opens what is more than a line of words: lists, maps, anchors, blocks, reserved signs.
_NOT_WORDS = tuple("[{&*!|>%@`")
#: No front matter is longer than this, in lines; beyond it a fence is a ruler between paragraphs.
_LINES = 200


@dataclass(slots=True)
class FrontMatter:
    """What is said above a text: values by key, and the places that could not be read."""

    values: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    #: How many of its keys mean something here.
    meant: int = 0


def split(text: str) -> tuple[FrontMatter, str]:
    """Return the front matter and the text below it.

    It is YAML of the simple kind: a line of words, quoted or not, to a key. Keys that mean nothing
    here may hold anything. Two rulers with prose between them are no front matter.
    """
    lines = text.split("\n", _LINES)
    close = _close(lines)
    if close is None:
        return FrontMatter(), text
    front = FrontMatter()
    current = None
    for number, line in enumerate(lines[1:close], start=2):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0] in " \t-":
            _belongs(front, current, number, line)
            continue
        match = _ENTRY.fullmatch(line)
        if match is None:
            current = None
            front.remarks.append(f"line {number} is no “key: value”")
            continue
        current = _KEYS.get(match["key"].lower(), match["key"].lower())
        _take(front, current, (match["value"] or "").strip())
    if front.remarks and not front.meant:
        return FrontMatter(), text
    return front, "\n".join(lines[close + 1 :])


def _close(lines: list[str]) -> int | None:
    if not _FENCE.fullmatch(lines[0]):
        return None
    first = next((line for line in lines[1:] if line.strip() and not line.startswith("#")), "")
    if not (_ENTRY.fullmatch(first) or _FENCE.fullmatch(first)):
        return None
    return next(
        (number for number, line in enumerate(lines) if number and _END.fullmatch(line)), None
    )


def _belongs(front: FrontMatter, key: str | None, number: int, line: str) -> None:
    """Note a line that goes on from the one above, unless it is some other key's own matter."""
    if key in _KEYS.values():
        front.values.pop(str(key), None)
        remark = f"“{key}” is more than one line of words"
        if remark not in front.remarks:
            front.remarks.append(remark)
    elif key is None and not line.lstrip().startswith("#"):
        front.remarks.append(f"line {number} is no “key: value”")


def _take(front: FrontMatter, key: str, value: str) -> None:
    if key not in _KEYS.values():
        return
    front.meant += 1
    if key in front.values:
        front.remarks.append(f"“{key}” is given twice")
        return
    read = _scalar(value)
    if read is None:
        front.remarks.append(f"“{key}” is more than one line of words")
    elif read:
        front.values[key] = read


def _scalar(value: str) -> str | None:
    """Return the words of a value, empty for none, or None when it is no line of words."""
    if value[:1] == '"':
        match = re.fullmatch(r'"((?:[^"\\]|\\.)*)"\s*(?:#.*)?', value)
        return re.sub(r"\\([\"\\/])", r"\1", match[1]).strip() if match else None
    if value[:1] == "'":
        match = re.fullmatch(r"'((?:[^']|'')*)'\s*(?:#.*)?", value)
        return match[1].replace("''", "'").strip() if match else None
    if value.startswith(_NOT_WORDS):
        return None
    value = re.sub(r"(?:^|\s+)#.*", "", value)
    return "" if value in {"~", "null", "Null", "NULL"} else value
