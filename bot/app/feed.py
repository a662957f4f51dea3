"""What a feed is to the use cases: how it is set up, what is remembered of it, what it brings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from bot.core.health import Fault
from bot.core.rhythm import Rhythm
from bot.core.values import Article, Extent, Published

#: An item that was shown before: its key, and the day and the moment of its publication. Plain
#: values, for there are many of them, and those the garbage collector passes by.
Seen = tuple[str, date | None, datetime | None]


class FullText(Enum):
    """When the page behind an item is read for its text."""

    #: Where the feed does not bring the text whole.
    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Reuse(Enum):
    """How much of a source may be shown."""

    LINES = "lines"
    #: Its headlines with their links: no more of its articles is kept.
    HEADLINE = "headline"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSetting:
    """A feed as the operator set it up."""

    name: str
    #: The address that was set; it may be asked elsewhere since.
    address: str
    enabled: bool = True
    publisher: str | None = None
    #: Whose the publisher is: "state", "private", "public", "international"; or None.
    owner: str | None = None
    #: Two capital letters, or None.
    country: str | None = None
    #: The language of its articles where it does not say so itself.
    language: str = "en"
    #: 1 for a source of record, 3 for one that adds breadth.
    tier: int = 2
    fulltext: FullText = FullText.AUTO
    reuse: Reuse = Reuse.LINES
    #: The folders of another reader's list that it stood in, each by its path, and the categories
    #: there: kept for the next reader.
    folders: tuple[tuple[str, ...], ...] = ()
    category: str | None = None
    #: Whether it stands in the configuration; the others were added by a command.
    declared: bool = True

    @property
    def terms(self) -> str:
        """Return all that makes other articles of the same items."""
        said = (self.reuse.value, self.fulltext.value, self.language, self.publisher or "")
        return " ".join(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMemory:
    """What is remembered of a feed between two looks at it."""

    source: str
    #: The address that was set when this was written: with another one all else is void.
    address: str
    #: Its setting's ``terms`` at the last look; None where it was never looked at.
    terms: str | None = None
    #: Where it has moved for good (301, 308); None while it is where it was set.
    moved: str | None = None
    etag: str | None = None
    #: The Last-Modified header as it came.
    modified: str | None = None
    #: It is not asked before; None when it was never asked, or was asked for at once.
    next: datetime | None = None
    #: When it was last asked and when it last answered.
    asked: datetime | None = None
    answered: datetime | None = None
    #: How many looks have failed one after another.
    failures: int = 0
    #: Its publisher has ended it (410): it is asked no more.
    retired: bool = False
    rhythm: Rhythm = field(default_factory=Rhythm)
    #: The items it showed at the last look, by their marks, whose words nobody needs again; it is
    #: gone with the process.
    shown: Mapping[bytes, Seen] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A piece of news as a feed tells it."""

    #: What tells it from the feed's others, as the feed says: its guid, else its link, else its
    #: title.
    key: str
    #: Its link, absolute and as it came; None where it has none.
    url: str | None
    title: str | None
    #: Plain text, in paragraphs; empty where the feed has none.
    text: str
    extent: Extent
    published: Published | None = None
    language: str | None = None
    publisher: str | None = None
    #: By what it is known when the feed shows the very same again; empty where it must be read each
    #: time.
    mark: bytes = field(default=b"", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A feed that answered with its items, the newest first where it says so."""

    items: tuple[Item, ...]
    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    #: Where it has moved for good.
    moved: str | None = None
    #: The feed wishes not to be asked again for so many seconds (Cache-Control, Expires, ttl...).
    patience: float = 0.0
    #: What could not be read of it; its other items went on.
    faults: tuple[Fault, ...] = ()
    #: The marks of items that were shown before (``FeedMemory.shown``), which were not read again,
    #: with their places among all items.
    again: tuple[tuple[int, bytes], ...] = ()

    def in_order(self) -> Sequence[Item | bytes]:
        """Return all items as the feed shows them, and marks in place of what was not read."""
        every: list[Item | bytes] = list(self.items)
        for place, mark in self.again:
            every.insert(place, mark)
        return every


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """A feed that answered that it has nothing new (304)."""

    etag: str | None = None
    modified: str | None = None
    moved: str | None = None
    patience: float = 0.0


class Feeds(Protocol):
    """Looks at feeds; what leaves the machine is guarded."""

    async def look(self, setting: FeedSetting, memory: FeedMemory) -> Brought | Unchanged:
        """Ask the feed for what is new since it last answered.

        Raises ``FeedError`` when it cannot be read.
        """
        ...


class Pages(Protocol):
    """Reads the pages behind links; what leaves the machine is guarded."""

    async def text(self, setting: FeedSetting, item: Item) -> Item | None:
        """Return the item with the text of its page; None where the page may not or cannot be read.

        The item's own publication, title and language stay where it has them.
        """
        ...

    async def article(self, address: str) -> Article:
        """Return the article at an address that somebody typed.

        Raises ``SourceError`` with what is wrong with it.
        """
        ...


class Memories(Protocol):
    """Keeps what is remembered of feeds. Every method raises ``StoreError``."""

    async def all(self) -> Sequence[FeedMemory]:
        """Return what is remembered of every feed."""
        ...

    async def note(self, memories: Sequence[FeedMemory]) -> None:
        """Keep these in place of what was remembered, in one commit."""
        ...
