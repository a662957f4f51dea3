"""The HTML of messages, read by the server's own rules: its tags, its entities, its complaints."""

import re
from dataclasses import dataclass, field

from tests.fakes.bot_api.characters import SPACES, cleaned, utf16
from tests.fakes.bot_api.entities import Entity
from tests.fakes.bot_api.links import LinkError, checked_link, linked_person

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = frozenset({*_KINDS, "a", "pre", "code", "blockquote", "tg-emoji", "tg-time"})
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]*)|#(?P<dec>[0-9]*)|(?P<name>[a-zA-Z]*))")
#: What stands for itself.
_PLAIN = re.compile("[^<&]+")
#: A reference with more than these characters is no reference.
_LONGEST_REFERENCE = 9
#: Stands behind the text, so that reading ends there.
_END = "\0"


class MarkupError(ValueError):
    """The markup cannot be read; the text is the server's complaint."""


@dataclass
class _Open:
    """A tag that is not closed yet."""

    tag: str
    begin: int
    attributes: dict[str, str]
    offset: int
    #: Where its words begin in what was read.
    piece: int


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Return the words and their entities; raise MarkupError with the server's complaint."""
    return _Reading(text + _END).whole()


@dataclass
class _Reading:
    text: str
    at: int = 0
    offset: int = 0
    words: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    found: list[Entity] = field(default_factory=list)

    def whole(self) -> tuple[str, list[Entity]]:
        last = len(self.text) - 1
        while self.at < last:
            if plain := _PLAIN.match(self.text, self.at, last):
                self.at = plain.end()
                self._say(cleaned(plain[0]))
            elif self.text[self.at] != "<":
                self._say(cleaned(self._character()))
            elif self.text[self.at + 1] == "/":
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise MarkupError(
                f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"'
            )
        words = "".join(self.words)
        if re.search("[\ud800-\udfff]", words):
            raise MarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return words, self.found

    def _say(self, words: str) -> None:
        self.words.append(words)
        self.offset += utf16(words)

    def _character(self) -> str:
        """Take one character, or the reference that stands for one."""
        found = _REFERENCE.match(self.text, self.at)
        said = self._referred(found) if found else ""
        if found and said:
            self.at = found.end() + (self.text[found.end()] == ";")
            return said
        self.at += 1
        return self.text[self.at - 1]

    def _referred(self, found: re.Match[str]) -> str:
        if found["name"] is not None:
            return _NAMED.get(found["name"], "")
        digits, numerals = (found["hex"], 16) if found["dec"] is None else (found["dec"], 10)
        if not digits or len(found[0]) > _LONGEST_REFERENCE:
            return ""
        code = int(digits, numerals)
        return chr(code) if 0 < code < 0x10FFFF else ""

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._until(SPACES + ">").lower()
        if self.at == len(self.text) - 1:
            raise self._wrong("Unclosed start tag", begin)
        if tag not in TAGS:
            raise self._wrong(f'Unsupported start tag "{tag}"', begin)
        attributes = self._attributes(tag, begin)
        self.at += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._wrong('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, begin, attributes, self.offset, len(self.words)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while self._skip() != ">":
            name = self._until(SPACES + "=>/\"'")
            if not name:
                if self.at == len(self.text) - 1:
                    raise self._wrong("Unclosed start tag", begin)
                raise self._wrong(f'Empty attribute name in the tag "{tag}"', begin)
            attributes[name] = ""
            if self._skip() == "=":
                self.at += 1
                self._skip()
                attributes[name] = self._value(tag, begin)
        return attributes

    def _value(self, tag: str, begin: int) -> str:
        quote = self.text[self.at]
        if self.at == len(self.text) - 1:
            raise self._wrong(f'Unclosed start tag "{tag}"', begin)
        if quote not in "\"'":
            token = self.at
            found = re.compile(r"[A-Za-z0-9.-]*").match(self.text, self.at)
            value = found[0] if found else ""
            self.at += len(value)
            if self.text[self.at] not in SPACES + ">":
                raise self._wrong("Unexpected end of name token", token)
            return value.lower()
        self.at += 1
        value = ""
        while self.text[self.at] != quote:
            if self.at == len(self.text) - 1:
                raise self._wrong("Unclosed start tag", begin)
            value += self._character()
        self.at += 1
        return value

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._wrong("Unexpected end tag", begin)
        self.at += 2
        tag = self._until(SPACES + ">").lower()
        if self._skip() != ">":
            raise self._wrong("Unclosed end tag", begin)
        expected = self.open[-1].tag
        if tag and tag != expected:
            raise MarkupError(
                f"Unmatched end tag at byte offset {self._bytes(begin)}, "
                f'expected "</{expected}>", found "</{tag}>"'
            )
        self.at += 1
        closed = self.open.pop()
        if self.offset > closed.offset:
            self._close(closed)

    def _close(self, closed: _Open) -> None:
        kind, extra = _KINDS.get(closed.tag, closed.tag), _extra(closed)
        if closed.tag == "a":
            link = _link(closed.attributes.get("href") or "".join(self.words[closed.piece :]))
            if link is None:
                return
            kind, extra = link
        elif closed.tag in {"pre", "code"}:
            kind, extra = self._verbatim(closed)
        elif closed.tag == "blockquote" and "expandable" in closed.attributes:
            kind = "expandable_blockquote"
        elif closed.tag == "tg-emoji":
            kind = "custom_emoji"
        elif closed.tag == "tg-time":
            kind = "date_time"
        self.found.append(
            Entity(kind, closed.offset, self.offset - closed.offset, tuple(extra.items()))
        )

    def _verbatim(self, closed: _Open) -> tuple[str, dict[str, object]]:
        """Return what a pre or code is; one right inside the other is a pre with a language."""
        named = closed.attributes.get("class", "")
        language: dict[str, object] = (
            {"language": named.removeprefix("language-")} if named.startswith("language-") else {}
        )
        inner = self.found[-1] if self.found else None
        whole = inner and (inner.offset, inner.end) == (closed.offset, self.offset)
        if inner and whole and {inner.type, closed.tag} == {"pre", "code"}:
            self.found.pop()
            return "pre", language or dict(inner.extra)
        return closed.tag, language

    def _until(self, ends: str) -> str:
        begin = self.at
        while self.text[self.at] not in ends and self.at < len(self.text) - 1:
            self.at += 1
        return self.text[begin : self.at]

    def _skip(self) -> str:
        while self.text[self.at] in SPACES and self.at < len(self.text) - 1:
            self.at += 1
        return self.text[self.at]

    def _bytes(self, position: int) -> int:
        return len(self.text[:position].encode())

    def _wrong(self, complaint: str, position: int) -> MarkupError:
        return MarkupError(f"{complaint} at byte offset {self._bytes(position)}")


def _link(url: str) -> tuple[str, dict[str, object]] | None:
    """Return the entity of a link; None where the address makes it plain text."""
    person = linked_person(url)
    if person is not None:
        user = {"id": person, "is_bot": False, "first_name": str(person)}
        return "text_mention", {"user": user}
    try:
        return "text_link", {"url": checked_link(url)}
    except LinkError:
        return None


def _extra(closed: _Open) -> dict[str, object]:
    attributes = closed.attributes
    if closed.tag == "tg-emoji":
        if not attributes.get("emoji-id", "").isdecimal():
            raise MarkupError("Invalid custom emoji identifier specified")
        return {"custom_emoji_id": attributes["emoji-id"]}
    if closed.tag == "tg-time":
        if not re.fullmatch(r"-?\d+", attributes.get("unix", "")):
            raise MarkupError("Invalid Unix time specified")
        shown = {"date_time_format": attributes["format"]} if "format" in attributes else {}
        return {"unix_time": int(attributes["unix"]), **shown}
    return {}
