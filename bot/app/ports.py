"""What the use cases ask of the world; each Protocol has the few methods they call."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.core.health import Fault, Health
from bot.core.origin import Selection
from bot.core.page import Page
from bot.core.search import Query
from bot.core.values import Article, Event, Facts, Figure, Quote, Stored


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return this moment, aware and in UTC."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The facts of an article, and the version of the rules that found them."""

    facts: Facts
    #: The source sentences that each event ahead rests on, in the order of the events.
    sentences: tuple[str, ...]
    rules: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that is new or has changed, with the mark that tells its next change."""

    article: Article
    version: str
    #: None until somebody looked for facts in it.
    extracted: Extracted | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """An article that the source still has, unchanged (or unreadable just now)."""

    id: str


class Source(Protocol):
    """A place that news comes from."""

    @property
    def name(self) -> str:
        """Return the name the configuration gives it."""
        ...

    def read(self, known: Mapping[str, str]) -> AsyncIterator[Found | Present | Fault]:
        """Yield all the source holds, given the version of each article id already stored.

        Raises ``SourceError`` when the source as a whole cannot be read.
        """
        ...

    def changes(self) -> AsyncIterator[None]:
        """Yield each time the source may have something new, until cancelled."""
        ...


class Archive(Protocol):
    """Finds the articles. Every method raises ``StoreError`` when the store fails."""

    async def articles(
        self, *, since: datetime | None = None, limit: int = 1000
    ) -> Sequence[Stored]:
        """Return what is not withdrawn and was first stored or published since then.

        Newest first by publication (first sighting where there is none), then by id.
        """
        ...

    async def article(self, id: str) -> Article | None:
        """Return one article, withdrawn or not."""
        ...

    async def count(self) -> int:
        """Return how many articles are not withdrawn."""
        ...


class Intake(Protocol):
    """Takes articles in. Every method raises ``StoreError`` when the store fails."""

    async def known(self, source: str) -> Mapping[str, str]:
        """Return the version of each of the source's articles by id, withdrawn ones left out."""
        ...

    async def save(self, found: Sequence[Found], *, now: datetime, imported: bool) -> None:
        """Store new and changed articles together; an id that returns keeps its first sighting."""
        ...

    async def seen(self, source: str, ids: frozenset[str], *, now: datetime) -> int:
        """Note that the source still holds these ids and withdraw its others; count the withdrawn.

        A withdrawn article is kept but shown no more, and comes back when it is saved again.
        """
        ...

    async def prune(self, before: datetime) -> int:
        """Delete the articles that no source has held since then; return how many."""
        ...


class Healths(Protocol):
    """Remembers how each source fared."""

    async def note(self, *healths: Health) -> None:
        """Store how sources fared, in place of what was known of them, all or none."""
        ...

    async def all(self) -> Sequence[Health]:
        """Return every source's health by name."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Some of the articles that a query finds, and how many it finds in all."""

    found: int
    articles: tuple[Article, ...]


class Search(Protocol):
    """Looks through the archive."""

    async def find(self, query: Query, *, today: date, limit: int, skip: int) -> Matches:
        """Return what is not withdrawn and matches, in the order that ``core.search`` lays down.

        Raises ``StoreError`` when the store fails.
        """
        ...


class FactBook(Protocol):
    """Finds facts without their articles' texts, those of withdrawn articles left out.

    Every method raises ``StoreError`` when the store fails, and returns at most ``limit``.
    """

    async def figures(self, sought: Sequence[Sequence[str]], *, limit: int) -> Selection[Figure]:
        """Return the figures that have all the stems of one of the lists, newest article first.

        The stems may stand in what is counted, in the figure or in its article's title; no list
        means all. Minor figures come last.
        """
        ...

    async def quotes(self, names: Sequence[Sequence[str]], *, limit: int) -> Selection[Quote]:
        """Return the quotations of speakers who have all the words of one name, newest first.

        The words are those of ``name_words`` and may stand in the label; no name means all.
        """
        ...

    async def ahead(
        self, today: date, *, before: date | None = None, dated: bool = False, limit: int | None
    ) -> Selection[Event]:
        """Return the events that are not past: by day, then by month, by year, and undated.

        With ``before`` only those that have begun by then or begin on that day; with ``dated``
        only those that have a day. No limit means all.
        """
        ...


class Extracts(Protocol):
    """Renews the facts of articles. Every method raises ``StoreError`` when the store fails."""

    async def waiting(self, rules: int) -> int:
        """Return how many articles have no facts, or those of older rules."""
        ...

    async def unread(self, rules: int, *, limit: int) -> Sequence[Article]:
        """Return the newest of these articles, at most so many."""
        ...

    async def renew(self, extracted: Sequence[tuple[Article, Extracted]]) -> None:
        """Store the facts in place of older ones; an article that has changed since is left out."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What a chat was last shown: article ids by story number."""

    destination: str
    made: datetime
    stories: tuple[tuple[str, ...], ...]
    #: Whether one person alone was shown it: its buttons mean it, and no number that is typed.
    private: bool = False


class Editions(Protocol):
    """Remembers the digests of each chat, so that ``/brief 2`` means what people saw."""

    async def publish(self, edition: Edition) -> None:
        """Store the digest as the destination's last; a private one only for its buttons."""
        ...

    async def last(self, destination: str) -> Edition | None:
        """Return the destination's last digest that was not private."""
        ...

    async def of(self, destination: str, made: datetime) -> Edition | None:
        """Return the digest that the destination was shown and that was made at that moment.

        A whole second means, without one, the last that was made in it. A digest that is being sent
        counts as shown.
        """
        ...

    async def under(self, destination: str, reference: str) -> Edition | None:
        """Return the digest that was posted there, in part, as the message of that reference."""
        ...


class Channel(Protocol):
    """A way to a chat."""

    async def send(self, page: Page) -> None:
        """Show the page there."""
        ...
