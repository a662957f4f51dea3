"""Knows the items of feeds again, and takes in their articles."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, false, select, true, update

from bot.app.bundle import Bundle
from bot.app.feed_items import Known, Shelf, Taken
from bot.app.shared import Aside
from bot.core.search import article_terms
from bot.core.values import Article, Extent, Stored
from bot.store import index
from bot.store.database import Database
from bot.store.extracts import store_facts
from bot.store.faults import legible
from bot.store.feed_tables import feed_items
from bot.store.feed_takes import Takes
from bot.store.rows import stored_of
from bot.store.statement import Statement
from bot.store.tables import articles, holdings

#: So many feeds are looked up at once.
_LOOKUPS = 32
#: So many articles are stripped in one commit.
_STRIPPED = 200


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is looked up of a feed."""

    source: str
    keys: Sequence[bytes]
    shown: bool


class FeedItems:
    """The items of a database's feeds. Every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database
        # One at a time: many threads at work would keep the event loop waiting for its turn.
        self._aside = Aside()
        self._takes = Takes(database, self._aside)
        self._lookups = Bundle(self._known, most=_LOOKUPS)

    async def known(self, source: str, keys: Collection[bytes], *, shown: bool = True) -> Shelf:
        """Return what is known of the items with these keys; what is ``shown`` only if asked."""
        return await self._lookups.ask(_Sought(source, list(keys), shown))

    async def _known(self, every: Sequence[_Sought]) -> Sequence[Shelf]:
        """Return what is known of several feeds, looked up in one transaction."""

        def find(connection: Connection) -> Sequence[Shelf]:
            with legible(self._database.path):
                return [_shelf(connection, one) for one in every]

        return await self._database.read(find)

    async def take(self, source: str, taken: Taken, *, now: datetime, imported: bool) -> int:
        """Store all of it together, as first seen now; return how many articles the source has.

        An id that is known keeps its first sighting, and its publication is not moved later.
        """
        return await self._takes.take(source, taken, now=now, imported=imported)

    async def strip(self, source: str) -> int:
        """Leave of the articles of a source their headlines alone; return of how many."""

        def find(connection: Connection) -> Sequence[Stored]:
            with legible(self._database.path):
                return [stored_of(row) for row in connection.execute(_TEXTS, feed).mappings()]

        feed = {"feed": source}
        texts = await self._database.read(find)
        for start in range(0, len(texts), _STRIPPED):
            await self._strip([each.article for each in texts[start : start + _STRIPPED]])
        return len(texts)

    async def _strip(self, whole: Sequence[Article]) -> None:
        bare = [replace(each, text="", extent=Extent.HEADLINE) for each in whole]
        terms = await self._aside.do(lambda: {each.id: article_terms(each) for each in bare})

        def store(connection: Connection) -> None:
            connection.execute(_BARE, [{"which": each.id} for each in bare])
            index.renew(connection, terms)
            index.withdraw(connection, articles.c.withdrawn == true())
            store_facts(connection, [(each, None) for each in bare])

        await self._database.write(store)


def _shelf(connection: Connection, sought: _Sought) -> Shelf:
    found: dict[bytes, Known] = {}
    those = [{"feed": sought.source, "which": key} for key in sought.keys]
    for key, row in zip(sought.keys, _KNOWN.one_each(connection, those), strict=True):
        if row is not None:
            found[key] = Known(**row)
    shown = _SHOWN.all(connection, feed=sought.source) if sought.shown else ()
    return Shelf(known=found, shown=frozenset(row["key"] for row in shown))


_TEXTS = select(articles).where(articles.c.source == bindparam("feed"), articles.c.text != "")
_BARE = (
    update(articles)
    .where(articles.c.id == bindparam("which"))
    .values(text="", extent=Extent.HEADLINE.value)
)
_KNOWN = Statement(
    select(feed_items.c.article, feed_items.c.seen, holdings.c.version)
    .outerjoin(
        holdings,
        and_(
            holdings.c.source == feed_items.c.source,
            holdings.c.article == feed_items.c.article,
            holdings.c.withdrawn == false(),
        ),
    )
    .where(feed_items.c.source == bindparam("feed"), feed_items.c.key == bindparam("which"))
)
_SHOWN = Statement(
    select(feed_items.c.key).where(
        feed_items.c.source == bindparam("feed"), feed_items.c.gone.is_(None)
    )
)
