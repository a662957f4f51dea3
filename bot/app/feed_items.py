"""What the archive knows of the items of a feed, and how more is added to it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.app.ports import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An item that was seen before."""

    #: The id of its article.
    article: str
    #: When it was first seen.
    seen: datetime
    #: The version of the article that is stored; None where it is kept no longer.
    version: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What is known of a feed's items."""

    #: Those that were asked for and are known, by their keys.
    known: Mapping[bytes, Known]
    #: The keys of what the feed showed when it last brought anything.
    shown: frozenset[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a look at a feed adds to what is known of it."""

    #: Articles that are new, or have changed.
    found: Sequence[Found]
    #: The ids of those whose links lead to the feed's own site.
    own: Collection[str] = ()
    #: Keys that are new, each with the id of its article and when its item was first seen.
    keys: Mapping[bytes, tuple[str, datetime]]
    #: Keys that the feed shows again, and those that it shows no more.
    back: Collection[bytes] = ()
    gone: Collection[bytes] = ()

    @property
    def changes(self) -> bool:
        """Say whether there is anything to be added."""
        return bool(self.found or self.keys or self.back or self.gone)


class FeedItems(Protocol):
    """Knows the items of feeds again. Every method raises ``StoreError``."""

    async def known(self, source: str, keys: Collection[bytes], *, shown: bool = True) -> Shelf:
        """Return what is known of the items with these keys; what is ``shown`` only if asked."""
        ...

    async def take(self, source: str, taken: Taken, *, now: datetime, imported: bool) -> int:
        """Store all of it together, as first seen now; return how many articles the source has.

        An id that is known keeps its first sighting, and its publication is not moved later.
        """
        ...

    async def strip(self, source: str) -> int:
        """Leave of the articles of a source their headlines alone; return of how many."""
        ...
