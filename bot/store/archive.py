"""Finds the articles that are stored."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, false, func, select

from bot.core.values import Article, Stored
from bot.store.database import Database
from bot.store.faults import legible
from bot.store.rows import article_of, stored_of
from bot.store.tables import articles


class Archive:
    """The articles of a database, to be read."""

    def __init__(self, database: Database) -> None:
        """Read from this database."""
        self._database = database

    async def articles(
        self, *, since: datetime | None = None, limit: int = 1000
    ) -> Sequence[Stored]:
        """Return what is not withdrawn and was first stored or published since then.

        Newest first by publication (first sighting where there is none), then by id; a
        publication known to the day counts as the end of that day in UTC. At most ``limit``.
        """
        query = newest(since, limit)

        def find(connection: Connection) -> Sequence[Stored]:
            with legible(self._database.path):
                return [stored_of(row) for row in connection.execute(query).mappings()]

        return await self._database.read(find)

    async def article(self, id: str) -> Article | None:
        """Return one article, withdrawn or not."""
        query = select(articles).where(articles.c.id == id)

        def find(connection: Connection) -> Article | None:
            with legible(self._database.path):
                row = connection.execute(query).mappings().one_or_none()
                return None if row is None else article_of(row)

        return await self._database.read(find)

    async def count(self) -> int:
        """Return how many articles are not withdrawn."""
        query = select(func.count()).where(articles.c.withdrawn == false())
        return await self._database.read(lambda connection: connection.scalar(query) or 0)


def newest(since: datetime | None, limit: int) -> Select[tuple[object, ...]]:
    """Return the query for the newest articles, no more than the limit.

    The ids are chosen first, from an index alone, so that no text is sorted that is not shown.
    """
    order = (articles.c.moment.desc(), articles.c.id)
    chosen = select(articles.c.id).where(articles.c.withdrawn == false())
    if since is not None:
        chosen = chosen.where(articles.c.recent >= since)
    # SQLite takes a negative limit for none at all.
    chosen = chosen.order_by(*order).limit(max(limit, 0))
    return select(articles).where(articles.c.id.in_(chosen)).order_by(*order)
