"""Looks through the archive by its index."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, select, text

from bot.app.ports import Matches
from bot.core.search import HALVED_AFTER, NEWEST, TITLE_WEIGHT, Query, Run, Sought
from bot.core.values import Article
from bot.store.database import Database
from bot.store.faults import legible
from bot.store.index import DAY_BITS, FIRST_DAY
from bot.store.rows import article_of
from bot.store.tables import articles, indexed

_COUNT = text("SELECT count(*) FROM search_terms WHERE search_terms MATCH :expression")

#: The formula of ``core.search``; SQLite's BM25 is the better the lower it is, and below zero.
_BEST = text(
    """
    WITH newest AS (
      SELECT rowid AS place, -bm25(search_terms, :title_weight, 1.0) AS relevance
      FROM search_terms
      WHERE search_terms MATCH :expression
      ORDER BY rowid DESC
      LIMIT :newest
    )
    SELECT place
    FROM newest
    ORDER BY
      relevance * :halved_after / (:halved_after + max(0, :today - (place >> :day_bits))) DESC,
      place DESC
    LIMIT :limit OFFSET :skip
    """
)


class Search:
    """The articles of a database, to be looked through."""

    def __init__(self, database: Database) -> None:
        """Look through this database."""
        self._database = database

    async def find(self, query: Query, *, today: date, limit: int, skip: int) -> Matches:
        """Return what is not withdrawn and matches, in the order that ``core.search`` lays down."""
        expression = match_expression(query)
        values = {
            "expression": expression,
            "title_weight": TITLE_WEIGHT,
            "newest": NEWEST,
            "halved_after": HALVED_AFTER,
            "today": (datetime.combine(today, time.min, UTC) - FIRST_DAY).days,
            "day_bits": DAY_BITS,
            "limit": limit,
            "skip": skip,
        }

        def look(connection: Connection) -> Matches:
            found = connection.scalar(_COUNT, {"expression": expression}) or 0
            places = connection.scalars(_BEST, values).all() if found else []
            with legible(self._database.path):
                return Matches(found=found, articles=_articles(connection, places))

        return await self._database.read(look)


def match_expression(query: Query) -> str:
    """Return the query as FTS5 reads it, every term in quotation marks, so that none is syntax."""
    wanted = " AND ".join(map(_either, query.wanted))
    unwanted = " OR ".join(map(_either, query.unwanted))
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _either(sought: Sought) -> str:
    return f"({' OR '.join(map(_phrase, sought.readings))})"


def _phrase(run: Run) -> str:
    return f'"{" ".join(run)}"'


def _articles(connection: Connection, places: Sequence[int]) -> tuple[Article, ...]:
    """Return the articles of these places, in their order."""
    query = select(indexed.c.place, articles).join(articles).where(indexed.c.place.in_(places))
    found = {row["place"]: article_of(row) for row in connection.execute(query).mappings()}
    return tuple(found[place] for place in places if place in found)
