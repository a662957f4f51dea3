"""The archive's ports kept in memory, which can be told to fail."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.app.ports import Edition, Found, Matches
from bot.core.errors import StoreError
from bot.core.health import Health
from bot.core.search import NEWEST, Query, Sought, article_terms
from bot.core.values import Article, Stored

_SECOND = timedelta(seconds=1)


@dataclass
class Row:
    stored: Stored
    version: str
    held: datetime
    withdrawn: bool = False

    @property
    def moment(self) -> datetime:
        published = self.stored.article.published
        return self.stored.seen if published is None else published.latest()


@dataclass
class MemoryArchive:
    """Both Archive and Intake; ``broken`` is what it says when it fails at everything."""

    rows: dict[str, Row] = field(default_factory=dict)
    broken: str = ""
    #: Ids that cannot be stored.
    unstorable: frozenset[str] = frozenset()

    def add(self, articles: Iterable[Article], *, seen: datetime, imported: bool = False) -> None:
        for article in articles:
            stored = Stored(article=article, seen=seen, imported=imported)
            self.rows[article.id] = Row(stored, "1", seen)

    async def articles(
        self, *, since: datetime | None = None, limit: int = 1000
    ) -> Sequence[Stored]:
        self._check()
        rows = [row for row in self.rows.values() if not row.withdrawn]
        if since is not None:
            rows = [row for row in rows if row.stored.seen >= since or row.moment >= since]
        rows.sort(key=lambda row: row.stored.article.id)
        rows.sort(key=lambda row: row.moment, reverse=True)
        return [row.stored for row in rows[:limit]]

    async def article(self, id: str) -> Article | None:
        self._check()
        row = self.rows.get(id)
        return None if row is None else row.stored.article

    async def count(self) -> int:
        self._check()
        return sum(not row.withdrawn for row in self.rows.values())

    async def known(self, source: str) -> Mapping[str, str]:
        self._check()
        return {key: row.version for key, row in self._held(source).items()}

    async def save(self, found: Sequence[Found], *, now: datetime, imported: bool) -> None:
        self._check()
        if any(one.article.id in self.unstorable for one in found):
            raise StoreError("The archive cannot take this. Free some room.")
        for one in found:
            old = self.rows.get(one.article.id)
            stored = Stored(
                article=one.article,
                seen=now if old is None else old.stored.seen,
                imported=imported if old is None else old.stored.imported,
            )
            self.rows[one.article.id] = Row(stored, one.version, now)

    async def seen(self, source: str, ids: frozenset[str], *, now: datetime) -> int:
        self._check()
        withdrawn = 0
        for key, row in self._held(source).items():
            if key in ids:
                row.held = now
            else:
                row.withdrawn = True
                withdrawn += 1
        return withdrawn

    async def prune(self, before: datetime) -> int:
        self._check()
        old = [key for key, row in self.rows.items() if row.held < before]
        for key in old:
            del self.rows[key]
        return len(old)

    def _held(self, source: str) -> dict[str, Row]:
        return {
            key: row
            for key, row in self.rows.items()
            if row.stored.article.source == source and not row.withdrawn
        }

    def _check(self) -> None:
        if self.broken:
            raise StoreError(self.broken)


@dataclass
class MemorySearch:
    """Looks through a MemoryArchive word by word; the newest first, whatever the relevance."""

    archive: MemoryArchive

    async def find(self, query: Query, *, today: date, limit: int, skip: int) -> Matches:
        del today
        stored = await self.archive.articles(limit=len(self.archive.rows))
        found = [one.article for one in stored if _fits(one.article, query)]
        return Matches(found=len(found), articles=tuple(found[:NEWEST][skip : skip + limit]))


def _fits(article: Article, query: Query) -> bool:
    kept = article_terms(article)
    parts = [tuple(part.split()) for part in (kept.head, kept.body)]

    def stands(sought: Sought) -> bool:
        return any(sought.stands_in(part) for part in parts)

    return all(map(stands, query.wanted)) and not any(map(stands, query.unwanted))


@dataclass
class MemoryHealths:
    """The health of sources by name."""

    known: dict[str, Health] = field(default_factory=dict)
    broken: str = ""

    async def note(self, *healths: Health) -> None:
        if self.broken:
            raise StoreError(self.broken)
        self.known.update((health.source, health) for health in healths)

    async def all(self) -> Sequence[Health]:
        return [self.known[name] for name in sorted(self.known)]


@dataclass
class MemoryEditions:
    """The last digest of each destination, and those before it."""

    published: dict[str, Edition] = field(default_factory=dict)
    #: Every digest, the latest last.
    all: list[Edition] = field(default_factory=list)
    #: Digests by the references of their messages.
    messages: dict[str, Edition] = field(default_factory=dict)
    broken: str = ""

    async def publish(self, edition: Edition) -> None:
        if self.broken:
            raise StoreError(self.broken)
        if not edition.private:
            self.published[edition.destination] = edition
        self.all.append(edition)

    async def of(self, destination: str, made: datetime) -> Edition | None:
        there = [one for one in reversed(self.all) if one.destination == destination]
        exact = [one for one in there if one.made == made]
        second = [one for one in there if timedelta() <= one.made - made < _SECOND]
        return next(iter(exact or (() if made.microsecond else second)), None)

    async def under(self, destination: str, reference: str) -> Edition | None:
        found = self.messages.get(reference)
        return found if found is not None and found.destination == destination else None

    async def last(self, destination: str) -> Edition | None:
        return self.published.get(destination)
