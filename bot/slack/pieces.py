"""The blocks of a page as pieces of text whose dress is known, so that they can be cut anywhere."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
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
from bot.core.verbs import VERB_NAMES
from bot.slack.measure import units

#: Characters of a header block (Block Kit, header block).
LONGEST_TITLE = 150
#: Characters of an address; Slack names this limit for buttons and images, and none for links.
LONGEST_ADDRESS = 3000

_SPACES = re.compile(r"[\s\x85\u2028\u2029]+")
# What controls; what turns the direction of all that follows; lines that spill over other lines.
_HARMFUL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u0333\u033f\u030a]")
_HALVES = re.compile(r"[\ud800-\udfff]")
_UNSEEN = re.compile(r"[\s\u00ad\u115f\u1160\u180e\u200b-\u200f\u2060-\u206f\u2800\u3164\ufeff]*")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'\x00-\x1f\x7f-\x9f\ud800-\udfff]+", re.IGNORECASE)
_VERB = re.compile(r"/(?P<verb>[a-z]+)(?P<rest>(?: .*)?)")
#: The verb that Slack's one command is named after.
_MAIN = "brief"
#: What a headline of a digest begins with.
NUMBER = re.compile(r"(?P<number>\d+[.)]?)\s")


class Look(Enum):
    """How a piece is set."""

    TITLE = "title"
    LINE = "line"
    POINT = "point"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Dress:
    """How some words look, and where they lead."""

    bold: bool = False
    italic: bool = False
    code: bool = False
    url: str = ""
    #: Seconds since 1970 of the moment that they name.
    unix: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike."""

    text: str
    dress: Dress = Dress()


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, or what fits of it."""

    runs: tuple[Run, ...]
    look: Look = Look.LINE
    #: Whether some space stands before it.
    apart: bool = False
    #: Whether something has to follow it in the same message.
    leads: bool = False
    #: The number of the story that it belongs to, as its headline has it ("1."); empty for none.
    story: str = ""
    #: Whether it is small print.
    small: bool = False

    @property
    def text(self) -> str:
        """Return its words."""
        return "".join(run.text for run in self.runs)


def pieces(blocks: Sequence[Prose], *, command: str) -> Iterator[Piece]:
    """Yield the blocks that show anything, in order; what is to be typed as Slack takes it.

    Slack knows the one command given, with the verbs behind it. Some space stands before each
    heading, and after the small print that ends a story.
    """
    story, apart = "", False
    before: Prose | None = None
    for block in blocks:
        runs = tuple(_joined(_runs(block, command)))
        if is_blank("".join(run.text for run in runs)):
            continue
        new = before is not None and (apart or _begins(block, before, in_story=bool(story)))
        heads, small = isinstance(block, Heading), isinstance(block, Note)
        if isinstance(block, Heading):
            found = NUMBER.match(runs[0].text) if block.level > 1 else None
            story = "" if found is None else found["number"]
        shown, look = _set(block, runs)
        yield Piece(shown, look, apart=new, leads=heads, story=story, small=small)
        apart = small and bool(story)
        story = "" if apart else story
        before = block


def is_blank(text: str) -> bool:
    """Say whether nothing of the text can be seen."""
    return _UNSEEN.fullmatch(text) is not None


def cleaned(text: str) -> str:
    """Return the text as one line that can be sent as it is and that turns nothing around."""
    return _HALVES.sub("\ufffd", _HARMFUL.sub("", _SPACES.sub(" ", text)))


def trimmed(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return the runs without white space at both ends, and without empty ones."""
    left = [run for run in runs if run.text]
    while left and not left[0].text.strip():
        left.pop(0)
    while left and not left[-1].text.strip():
        left.pop()
    if left:
        left[0] = replace(left[0], text=left[0].text.lstrip())
        left[-1] = replace(left[-1], text=left[-1].text.rstrip())
    return tuple(left)


def _begins(block: Prose, before: Prose, *, in_story: bool) -> bool:
    """Say whether something new begins, which some space shows."""
    if isinstance(block, Heading):
        return True
    listed = isinstance(before, Item | Quotation | Entry)
    return listed and isinstance(block, Paragraph | Note) and not in_story


def _set(block: Prose, runs: tuple[Run, ...]) -> tuple[tuple[Run, ...], Look]:
    """Return the runs and how they are set; a title is in one dress only, and short."""
    match block:
        case Heading(level=1) if all(run.dress == Dress(bold=True) for run in runs):
            text = "".join(run.text for run in runs)
            short = units(text) <= LONGEST_TITLE
            return ((Run(text),), Look.TITLE) if short else (runs, Look.LINE)
        case Item():
            return runs, Look.POINT
        case Quotation():
            return runs, Look.QUOTE
        case _:
            return runs, Look.LINE


def _runs(block: Prose, command: str) -> Iterator[Run]:
    match block:
        case Heading():
            # A header block takes plain text alone.
            for run in _dressed(block.spans, Dress(bold=True), command):
                yield replace(run, dress=replace(run.dress, code=False))
        case Paragraph() | Quotation() | Item():
            yield from _dressed(block.spans, Dress(), command)
        case Note():
            yield from _dressed(block.spans, Dress(italic=True), command)
        case Entry():
            yield from _dressed(block.term, Dress(bold=True), command)
            yield Run("  ")
            yield from _dressed(block.spans, Dress(), command)
        case _:
            assert_never(block)


def _dressed(spans: Sequence[Inline], dress: Dress, command: str) -> Iterator[Run]:
    for span in spans:
        text = cleaned(span.text)
        match span:
            case Plain():
                yield Run(text, dress)
            case Strong():
                yield Run(text, replace(dress, bold=True))
            case Code():
                yield Run(typed(text, command), replace(dress, code=True))
            case Link(url=url):
                leads = _WEB_ADDRESS.fullmatch(url) and len(url) <= LONGEST_ADDRESS
                shown = cleaned(url) if is_blank(text) else text
                yield Run(shown, replace(dress, url=url) if leads else dress)
            case Moment(at=at):
                yield Run(text, replace(dress, unix=int(at.timestamp())))
            case _:
                assert_never(span)


def typed(text: str, command: str) -> str:
    """Return what is to be typed with Slack's one command: "/sources" is "/brief sources"."""
    found = _VERB.fullmatch(text)
    # Slack has commands of its own, such as /invite.
    if found is None or found["verb"] not in VERB_NAMES:
        return text
    verb = "" if found["verb"] == _MAIN else f" {found['verb']}"
    return f"{command}{verb}{found['rest']}"


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield the runs, neighbours of one look as one, without white space at both ends."""
    joined = [
        Run("".join(run.text for run in alike), dress)
        for dress, alike in groupby((run for run in runs if run.text), key=lambda run: run.dress)
    ]
    return iter(trimmed(joined))
