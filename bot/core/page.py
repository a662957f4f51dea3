"""A page: what the bot says, before any chat's markup, as blocks of spans."""

from dataclasses import dataclass
from datetime import datetime


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


@dataclass(frozen=True, slots=True)
class Moment:
    """Words for a moment; a chat may show besides when that is for the reader."""

    text: str
    #: Aware.
    at: datetime


Inline = Plain | Strong | Code | Link | Moment


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
class Quotation:
    """What somebody said, whole, and who; a chat may fold it."""

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


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press in place of typing."""

    label: str
    #: What pressing it says, as people type it: "/brief 1".
    says: str


@dataclass(frozen=True, slots=True)
class Buttons:
    """What can be pressed below a page; whatever a button says can be typed as well."""

    rows: tuple[tuple[Button, ...], ...]
    #: When the digest was made whose numbers the buttons mean; None for the chat's last one.
    made: datetime | None = None


#: What a page says.
Prose = Heading | Paragraph | Item | Quotation | Note | Entry
Block = Prose | Buttons


@dataclass(frozen=True, slots=True)
class Document:
    """A file that somebody asked for."""

    name: str
    content: bytes
    #: What is said in its place where nothing but words can be shown.
    instead: tuple[Inline, ...] = ()
    #: What it holds, in words, for a chat that takes no file.
    told: tuple[Prose, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Blocks in reading order, and the same in one plain line for a notification."""

    blocks: tuple[Block, ...]
    summary: str = ""
    #: What comes behind the page; only an answer has one, and no page that is stored.
    document: Document | None = None
    #: Whether it is for who asked alone, wherever that was; no page that is stored is.
    alone: bool = False

    @property
    def prose(self) -> tuple[Prose, ...]:
        """Return the blocks that say something."""
        return tuple(block for block in self.blocks if not isinstance(block, Buttons))

    @property
    def in_words(self) -> tuple[Prose, ...]:
        """Return what it says where nothing can be pressed, and no file be handed over."""
        instead = self.document.instead if self.document is not None else ()
        return (*self.prose, Note(instead)) if instead else self.prose

    @property
    def unfiled(self) -> tuple[Prose, ...]:
        """Return what it says in a chat that takes no file."""
        told = self.document.told if self.document is not None else ()
        return (*self.prose, *told) if told else self.in_words
