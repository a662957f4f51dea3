"""Takes in what looks at feeds brought: those that wait at the same time, with the same statements.

A round over many feeds brings a little of each, and a transaction costs more than one more row.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, false, func, null, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.app.feed_items import Taken
from bot.app.shared import Aside
from bot.core.search import Terms
from bot.core.sighting import settled
from bot.store.database import Database
from bot.store.faults import legible
from bot.store.feed_tables import feed_items
from bot.store.intake import hold, store_articles, terms_of
from bot.store.rows import stored_of
from bot.store.statement import Statement
from bot.store.tables import articles, holdings

#: So many looks are taken in together at most, with so many articles (or one look with more): no
#: other writer waits long for them.
_LOOKS, _ARTICLES = 50, 50


@dataclass(slots=True, eq=False, kw_only=True)
class _Take:
    """What a look brought, and what became of it."""

    source: str
    taken: Taken
    now: datetime
    imported: bool
    #: How many articles the source has; None while it is not stored.
    count: int | None = None
    #: What its articles or the archive raised.
    error: BaseException | None = None


class Takes:
    """What waits to be taken into a database."""

    def __init__(self, database: Database, aside: Aside) -> None:
        """Write to this database; heavy work is done aside."""
        self._database = database
        self._aside = aside
        self._turn = asyncio.Lock()
        self._waiting: list[_Take] = []

    async def take(self, source: str, taken: Taken, *, now: datetime, imported: bool) -> int:
        """Store all of it, or nothing; return how many articles the source has.

        Raises ``StoreError``.
        """
        mine = _Take(source=source, taken=taken, now=now, imported=imported)
        self._waiting.append(mine)
        try:
            async with self._turn:
                # Who had the turn before may have taken this along.
                while mine.count is None and mine.error is None:
                    await self._lead()
        finally:
            if mine in self._waiting:
                self._waiting.remove(mine)
        if mine.error is not None:
            raise mine.error
        return mine.count or 0

    async def _lead(self) -> None:
        """Store those that wait; where that fails, each alone, so that none spoils another."""
        some = self._waiting[:_LOOKS]
        for together in _apart(some):
            (error,) = await asyncio.gather(self._store(together), return_exceptions=True)
            errors = [error] * len(together)
            if error is not None and len(together) > 1:
                alone = (self._store([one]) for one in together)
                errors = await asyncio.gather(*alone, return_exceptions=True)
            for one, its in zip(together, errors, strict=True):
                one.error = its
        self._waiting = [one for one in self._waiting if one not in some]

    async def _store(self, takes: Sequence[_Take]) -> None:
        found = [each for one in takes for each in one.taken.found]
        terms = await self._aside.do(terms_of, found) if found else {}

        def store(connection: Connection) -> Mapping[str, int]:
            with legible(self._database.path):
                _take(connection, takes, terms)
            _note(connection, takes)
            return {one.source: _count(connection, one.source) for one in takes}

        counts = await self._database.write(store)
        for one in takes:
            one.count = counts[one.source]


def _apart(takes: Sequence[_Take]) -> Iterator[Sequence[_Take]]:
    """Yield the takes in order, together where no two have to do with the same article.

    There is one take at least.
    """
    together: list[_Take] = []
    ids: set[str] = set()
    sources: set[str] = set()
    for one in takes:
        its = {each.article.id for each in one.taken.found}
        many = len(ids) + len(its) > _ARTICLES
        again = one.source in sources or not ids.isdisjoint(its)
        if together and (many or again or one.imported != together[0].imported):
            yield together
            together, ids, sources = [], set(), set()
        together.append(one)
        ids |= its
        sources.add(one.source)
    yield together


def _take(connection: Connection, takes: Sequence[_Take], terms: Mapping[str, Terms]) -> None:
    found = [each for one in takes for each in one.taken.found]
    if not found:
        return
    own = {id_ for one in takes for id_ in one.taken.own}
    # The latest of moments that lie some milliseconds apart.
    now = max(one.now for one in takes)
    stored = []
    rows = _STANDING.one_each(connection, [{"which": each.article.id} for each in found])
    for each, row in zip(found, rows, strict=True):
        article = each.article
        if row is not None:
            before = stored_of(row)
            if row["withdrawn"]:
                # Whoever brought it before has it no more.
                before = replace(before, article=replace(before.article, source=article.source))
            settled_now = settled(article, before, own=article.id in own)
            if settled_now is None:
                continue
            article = settled_now
        stored.append(replace(each, article=article))
    store_articles(connection, stored, terms, now=now, imported=takes[0].imported)
    hold(connection, found, now=now)


def _note(connection: Connection, takes: Sequence[_Take]) -> None:
    added = [
        {"source": one.source, "key": key, "article": article, "seen": seen}
        for one in takes
        for key, (article, seen) in one.taken.keys.items()
    ]
    changed = [
        {"feed": one.source, "which": key, "since": since}
        for one in takes
        for keys, since in ((one.taken.back, None), (one.taken.gone, one.now))
        for key in keys
    ]
    _ADDED.do_each(connection, added)
    _CHANGED.do_each(connection, changed)


def _count(connection: Connection, source: str) -> int:
    (row,) = _HELD.all(connection, feed=source)
    held: int = row["held"]
    return held


_STANDING = Statement(select(articles).where(articles.c.id == bindparam("which")))
_HELD = Statement(
    select(func.count().label("held")).where(
        holdings.c.source == bindparam("feed"), holdings.c.withdrawn == false()
    )
)
_ADDING = insert(feed_items)
_ADDED = Statement(
    _ADDING.on_conflict_do_update(
        index_elements=[feed_items.c.source, feed_items.c.key],
        set_={"article": _ADDING.excluded.article, "gone": null()},
    ),
    columns=("source", "key", "article", "seen"),
)
_CHANGED = Statement(
    update(feed_items)
    .where(feed_items.c.source == bindparam("feed"), feed_items.c.key == bindparam("which"))
    .values(gone=bindparam("since"))
)
