"""A page: what the bot says, before any chat's markup, as blocks of spans."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plain:
    """Words as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Words to be typed as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address."""

    text: str
    url: str


Inline = Plain | Strong | Code | Link


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a page (level 1) or of a part of it (level 2)."""

    spans: tuple[Inline, ...]
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    spans: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a list."""

    spans: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: provenance, coverage, hints."""

    spans: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A term and what is said of it; neighbours make a table of two columns."""

    term: tuple[Inline, ...]
    spans: tuple[Inline, ...]


Block = Heading | Paragraph | Item | Note | Entry


@dataclass(frozen=True, slots=True)
class Page:
    """Blocks in reading order, and the same in one plain line for a notification."""

    blocks: tuple[Block, ...]
    summary: str = ""
