"""Looks through the archive by its index."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from itertools import chain

from sqlalchemy import (
    Connection,
    Float,
    Integer,
    Select,
    Subquery,
    bindparam,
    column,
    func,
    select,
    text,
)

from bot.app.ports import Matches
from bot.core.relevance import Extent, Weighed, relevance, worth
from bot.core.search import (
    HALVED_AFTER,
    NEWEST,
    TITLE_WEIGHT,
    UNCOUNTED,
    Query,
    Run,
    Sought,
)
from bot.core.values import Article
from bot.store.database import Database
from bot.store.faults import legible
from bot.store.index import DAY_BITS, FIRST_DAY, extent, unpacked
from bot.store.rows import article_of
from bot.store.tables import articles, indexed

_COUNT = text("SELECT count(*) FROM search_terms WHERE search_terms MATCH :expression")
#: Of an array of expressions, in JSON, those that anything matches; how many rows match each.
_THERE = text(
    "SELECT value FROM json_each(:expressions)"
    " WHERE EXISTS (SELECT 1 FROM search_terms WHERE search_terms MATCH value)"
)
_COUNTS = text(
    "SELECT value, (SELECT count(*) FROM search_terms WHERE search_terms MATCH value)"
    " FROM json_each(:expressions)"
)
_NEWEST = text(
    "SELECT rowid FROM search_terms WHERE search_terms MATCH :expression"
    " ORDER BY rowid DESC LIMIT :newest"
)
#: SQLite's BM25 is the better the lower it is, and below zero.
_WEIGHED_BY_SQLITE = text(
    "SELECT rowid AS place, -bm25(search_terms, :title_weight, 1.0) AS relevance"
    " FROM search_terms WHERE search_terms MATCH :expression ORDER BY rowid DESC LIMIT :newest"
).columns(column("place", Integer), column("relevance", Float))
#: By the function that ``_teach`` gives a connection.
_WEIGHED_BY_US = select(
    indexed.c.place, func.relevance(indexed.c.terms, type_=Float).label("relevance")
).where(indexed.c.place.in_(bindparam("places", expanding=True)))


def _ordered(weighed: Subquery) -> Select[int]:
    """Return the places by their scores on ``day``, of which ``core.search`` has the formula."""
    place = weighed.c.place
    age = func.max(0, bindparam("day") - place.op(">>")(DAY_BITS))
    score = weighed.c.relevance * HALVED_AFTER / (HALVED_AFTER + age)
    best: Select[int] = select(place).order_by(score.desc(), place.desc())
    return best.limit(bindparam("limit")).offset(bindparam("skip"))


_BEST_BY_WORDS = _ordered(_WEIGHED_BY_SQLITE.subquery())
_BEST_BY_PHRASES = _ordered(_WEIGHED_BY_US.subquery())


class Search:
    """The articles of a database, to be looked through."""

    def __init__(self, database: Database) -> None:
        """Look through this database."""
        self._database = database

    async def find(self, query: Query, *, today: date, limit: int, skip: int) -> Matches:
        """Return what is not withdrawn and matches, in the order that ``core.search`` lays down."""
        day = (datetime.combine(today, time.min, UTC) - FIRST_DAY).days
        asked = {"day": day, "limit": limit, "skip": skip}

        def look(connection: Connection) -> Matches:
            with legible(self._database.path):
                find = _find_phrases if _has_phrase(query) else _find_words
                found, places = find(connection, query, asked)
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


def _has_phrase(query: Query) -> bool:
    readings = chain.from_iterable(sought.readings for sought in (*query.wanted, *query.unwanted))
    return any(run[1:] for run in readings)


def _find_words(
    connection: Connection, query: Query, asked: Mapping[str, int]
) -> tuple[int, Sequence[int]]:
    """Return how many have single words, and where the best of them stand, weighed by SQLite."""
    expression = match_expression(query)
    found: int = connection.execute(_COUNT, {"expression": expression}).scalar_one()
    if not found:
        return 0, []
    weighing = {"expression": expression, "newest": NEWEST, "title_weight": TITLE_WEIGHT}
    return found, connection.scalars(_BEST_BY_WORDS, {**asked, **weighing}).all()


def _find_phrases(
    connection: Connection, query: Query, asked: Mapping[str, int]
) -> tuple[int, Sequence[int]]:
    """Return how many have phrases, and where the best stand, weighed by the terms kept beside.

    Each article that has all the words is checked for them side by side, so that is done once and
    not beyond the newest; SQLite would do it again for all, to count them and to weigh each phrase.
    """
    matching = {"expression": match_expression(query), "newest": UNCOUNTED}
    newest = connection.scalars(_NEWEST, matching).all()
    if not newest:
        return 0, []
    _teach(connection, [run for sought in query.wanted for run in sought.readings])
    ranked = {**asked, "places": newest[:NEWEST]}
    return len(newest), connection.scalars(_BEST_BY_PHRASES, ranked).all()


def _teach(connection: Connection, runs: Sequence[Run]) -> None:
    """Give the connection the function ``relevance`` of an article's packed terms, as to these.

    An article whose terms are damaged has none, and so comes last.
    """
    whole = extent(connection)
    weighed = _worths(connection, runs, whole)

    def weigh(kept: bytes) -> float | None:
        try:
            return relevance(unpacked(kept), weighed, whole)
        except ValueError:
            return None

    connection.connection.create_function("relevance", 1, weigh)


def _worths(connection: Connection, runs: Sequence[Run], whole: Extent) -> list[Weighed]:
    """Return the runs whose terms there are, with the worth of each."""
    terms = json.dumps([_phrase((term,)) for term in dict.fromkeys(chain.from_iterable(runs))])
    known = frozenset(connection.scalars(_THERE, {"expressions": terms}))
    there = [run for run in runs if all(_phrase((term,)) in known for term in run)]
    if not there[1:]:
        # What a single run is worth changes no order.
        return [Weighed(run, 1.0) for run in there]
    counts = dict(map(tuple, connection.execute(_COUNTS, {"expressions": terms})))
    return [Weighed(run, worth([counts[_phrase((term,))] for term in run], whole)) for run in there]


def _articles(connection: Connection, places: Sequence[int]) -> tuple[Article, ...]:
    """Return the articles of these places, in their order."""
    query = select(indexed.c.place, articles).join(articles).where(indexed.c.place.in_(places))
    found = {row["place"]: article_of(row) for row in connection.execute(query).mappings()}
    return tuple(found[place] for place in places if place in found)
