"""The blocks of a page as pieces of text whose dress is known, so that they can be cut anywhere."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from itertools import groupby
from typing import assert_never

from bot.core.page import (
    Code,
    Entry,
    Heading,
    Inline,
    Item,
    Link,
    Moment,
    Note,
    Paragraph,
    Plain,
    Prose,
    Quotation,
    Strong,
)

#: A block of more characters than this is folded; who wants to read it opens it.
LONG = 800
#: A longer address is left out: the server reads 35,000 bytes of a message, addresses included.
LONGEST_ADDRESS = 1000

_SPACES = re.compile(r"[\s\x85\u2028\u2029]+")
# What controls; what turns the direction of all that follows; lines that spill over other lines.
_HARMFUL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u0333\u033f\u030a]")
_HALVES = re.compile(r"[\ud800-\udfff]")
# Telegram makes these mentions and commands: an article must not call anybody, nor offer to. Only
# a word before "@" keeps it from that, and before "/" another one as well (TDLib, match_mentions
# and match_bot_commands).
_CALLING = re.compile(r"((?<!\w)@|(?<![\w/])/)(?=[A-Za-z0-9_])")
_SIGNS = ("@", "/")
_CALLABLE = re.compile(r"[A-Za-z0-9_]")
#: Stands between a mark and its word, and shows nothing.
_JOINER = "\u2060"
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'\x00-\x1f\x7f-\x9f\ud800-\udfff]+", re.IGNORECASE)
_NUMBER = re.compile(r"\d+[.)]?\s")
#: A command without anything behind it, which Telegram sends at a tap.
_COMMAND = re.compile(r"/[a-z]+")
_UNSEEN = re.compile(r"[\s\u00ad\u115f\u1160\u180e\u200b-\u200f\u2060-\u206f\u2800\u3164\ufeff]*")


@dataclass(frozen=True, slots=True)
class Dress:
    """How some words look, and where they lead."""

    bold: bool = False
    italic: bool = False
    code: bool = False
    url: str = ""
    #: Seconds since 1970 of the moment that they name.
    unix: int | None = None

    @property
    def entities(self) -> int:
        """Return how many entities Telegram counts."""
        return self.bold + self.italic + self.code + bool(self.url) + (self.unix is not None)


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike."""

    text: str
    dress: Dress = Dress()

    @property
    def html(self) -> str:
        """Return the words in their tags, which overlap with no others."""
        html, dress = escape(self.text, quote=False), self.dress
        if dress.unix is not None:
            html = f'<tg-time unix="{dress.unix}">{html}</tg-time>'
        for tag in ("code",) * dress.code + ("i",) * dress.italic + ("b",) * dress.bold:
            html = f"<{tag}>{html}</{tag}>"
        return f'<a href="{escape(dress.url)}">{html}</a>' if dress.url else html


@dataclass(frozen=True)
class Piece:
    """A block, or what fits of it: one line of a message. What is counted of it is kept."""

    runs: tuple[Run, ...]
    #: Whether a blank line stands before it.
    apart: bool = False
    #: Whether it is folded.
    quoted: bool = False
    #: Whether something has to follow it in the same message.
    leads: bool = False

    @cached_property
    def length(self) -> int:
        """Return how many characters it has, as Telegram counts them: code points."""
        return sum(len(run.text) for run in self.runs)

    @cached_property
    def entities(self) -> int:
        """Return how many entities Telegram counts."""
        return self.quoted + sum(run.dress.entities for run in self.runs)

    @cached_property
    def html(self) -> str:
        """Return it as Telegram's HTML."""
        inner = "".join(run.html for run in self.runs)
        return f"<blockquote expandable>{inner}</blockquote>" if self.quoted else inner

    @cached_property
    def bytes(self) -> int:
        """Return how many bytes that has."""
        return len(self.html.encode())


def pieces(blocks: Sequence[Prose]) -> Iterator[Piece]:
    """Yield the blocks that show anything, in order.

    A blank line stands before each heading, and after the small print that ends a story.
    """
    story = apart = False
    before: Prose | None = None
    for block in blocks:
        runs = tuple(_joined(_parted(_runs(block))))
        if is_blank("".join(run.text for run in runs)):
            continue
        heads, length = isinstance(block, Heading), sum(len(run.text) for run in runs)
        yield Piece(
            runs,
            apart=before is not None and (apart or _begins(block, before, story)),
            quoted=isinstance(block, Quotation) or (length > LONG and not heads),
            leads=heads,
        )
        if isinstance(block, Heading):
            story = block.level > 1 and _NUMBER.match(runs[0].text) is not None
        apart = story and isinstance(block, Note)
        story = story and not apart
        before = block


def is_blank(text: str) -> bool:
    """Say whether nothing of the text can be seen: Telegram takes no such message."""
    return _UNSEEN.fullmatch(text) is not None


def cleaned(text: str) -> str:
    """Return the text as one line that Telegram takes as it is and that turns nothing around."""
    return _HALVES.sub("\ufffd", _HARMFUL.sub("", _SPACES.sub(" ", text)))


def _begins(block: Prose, before: Prose, story: bool) -> bool:  # noqa: FBT001 - one of three
    """Say whether something new begins, which a blank line shows."""
    if isinstance(block, Heading):
        return True
    listed = isinstance(before, Item | Quotation | Entry)
    return listed and isinstance(block, Paragraph | Note) and not story


def _runs(block: Prose) -> Iterator[Run]:
    match block:
        case Heading():
            yield from _dressed(block.spans, Dress(bold=True))
        case Paragraph() | Quotation():
            yield from _dressed(block.spans, Dress())
        case Item():
            yield Run("• ")
            yield from _dressed(block.spans, Dress())
        case Note():
            yield from _dressed(block.spans, Dress(italic=True))
        case Entry():
            yield from _dressed(block.term, Dress(bold=True))
            yield Run("  ")
            yield from _dressed(block.spans, Dress())
        case _:
            assert_never(block)


def _dressed(spans: Sequence[Inline], dress: Dress) -> Iterator[Run]:
    for span in spans:
        text = cleaned(span.text)
        match span:
            case Plain():
                yield Run(_uncalled(text), dress)
            case Strong():
                yield Run(_uncalled(text), replace(dress, bold=True))
            case Code() if _COMMAND.fullmatch(text):
                yield Run(text, dress)
            case Code():
                yield Run(text, Dress(code=True))
            case Link(url=url):
                leads = _WEB_ADDRESS.fullmatch(url) and len(escape(url).encode()) <= LONGEST_ADDRESS
                shown = _uncalled(text if not is_blank(text) else cleaned(url))
                yield Run(shown, replace(dress, url=url) if leads else dress)
            case Moment(at=at):
                yield Run(_uncalled(text), replace(dress, unix=int(at.timestamp())))
            case _:
                assert_never(span)


def _uncalled(text: str) -> str:
    """Return the text with nothing in it that Telegram takes for a mention or a command."""
    return _CALLING.sub(rf"\1{_JOINER}", text)


def _parted(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield the runs with nothing that calls where one of them ends and the next one begins."""
    before: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if before is not None:
            parted = before.text.endswith(_SIGNS) and _CALLABLE.match(run.text)
            yield replace(before, text=f"{before.text}{_JOINER}") if parted else before
        before = run
    if before is not None:
        yield before


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield the runs, neighbours of one look as one, without white space at both ends."""
    joined = [
        Run("".join(run.text for run in alike), dress)
        for dress, alike in groupby(runs, key=lambda run: run.dress)
    ]
    return iter(trimmed(joined))


def trimmed(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return the runs without white space at both ends, and without empty ones."""
    left = [run for run in runs if run.text]
    while left and not left[0].text.strip():
        left.pop(0)
    while left and not left[-1].text.strip():
        left.pop()
    if left and left[0].text[0].isspace():
        left[0] = replace(left[0], text=left[0].text.lstrip())
    if left and left[-1].text[-1].isspace():
        left[-1] = replace(left[-1], text=left[-1].text.rstrip())
    return tuple(left)
