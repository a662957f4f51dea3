"""Keeps the index of the articles' terms, in the transaction that changes the articles.

The index itself holds no text. It takes a row out only when it is told the row's terms, so these
are kept beside it, packed: together they are a quarter smaller than an index that keeps its text.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    column,
    delete,
    func,
    insert,
    select,
    table,
    text,
)

from bot.core.relevance import Extent
from bot.core.search import Terms
from bot.store.statement import Statement
from bot.store.tables import articles, indexed

#: A place counts days since 1970 in its upper bits, and the articles of a day in so many lower
#: ones: the order of places is that of days, so the newest are found without sorting.
DAY_BITS = 20
FIRST_DAY = datetime(1970, 1, 1, tzinfo=UTC)

#: So many rows are taken out together.
_TOGETHER = 500

_TOTALS = text("SELECT block FROM search_terms_data WHERE id = 1")

#: The full-text table; what is written to the column of its own name is an order to it.
_terms = table(
    "search_terms", column("search_terms"), column("rowid"), column("head"), column("body")
)


_LAST = Statement(
    select(func.max(indexed.c.place).label("last")).where(
        indexed.c.place.between(bindparam("first"), bindparam("last"))
    )
)
_STANDING = Statement(
    select(articles.c.moment, articles.c.seen, indexed.c.place, indexed.c.terms)
    .select_from(articles)
    .outerjoin(indexed)
    .where(articles.c.id == bindparam("which"))
)
_INDEX = Statement(insert(indexed), columns=("place", "article", "terms"))
_HOLD = Statement(insert(_terms), columns=("rowid", "head", "body"))
_OBEY = Statement(insert(_terms), columns=("search_terms", "rowid", "head", "body"))
_LET_GO = Statement(delete(indexed).where(indexed.c.place == bindparam("gone")))


def packed(terms: Terms) -> bytes:
    """Return the terms as they are kept beside the index."""
    return zlib.compress(f"{terms.head}\n{terms.body}".encode())


def unpacked(kept: bytes) -> Terms:
    """Return the terms that were packed; raises ``ValueError`` when they are damaged."""
    try:
        head, body = zlib.decompress(kept).decode().split("\n")
    except zlib.error as error:
        message = "The terms of an article are damaged."
        raise ValueError(message) from error
    return Terms(head, body)


def renew(connection: Connection, terms: Mapping[str, Terms]) -> None:
    """Make the index say this of the articles of these ids, which are stored already."""
    kept = {id_: packed(its) for id_, its in terms.items()}
    gone: list[tuple[int, bytes]] = []
    changed: list[tuple[int, str]] = []
    rows = _STANDING.one_each(connection, [{"which": id_} for id_ in kept])
    for (id_, its), row in zip(kept.items(), rows, strict=True):
        if row is None:
            continue
        # One that is dated ahead of its first sighting counts from that.
        day = (min(row["moment"], row["seen"]) - FIRST_DAY).days
        if row["place"] is not None:
            if (row["place"] >> DAY_BITS, row["terms"]) == (day, its):
                continue
            gone.append((row["place"], row["terms"]))
        changed.append((day, id_))
    _take_out(connection, gone)
    placed = list(_placed(connection, changed))
    holding = [{"place": place, "article": id_, "terms": kept[id_]} for place, id_ in placed]
    _INDEX.do_each(connection, holding)
    _HOLD.do_each(connection, [_row(place, terms[id_]) for place, id_ in placed])


def extent(connection: Connection) -> Extent:
    """Return how much there is in the index; raises ``ValueError`` when that is damaged.

    FTS5 keeps it in row 1 of its data: how many rows there are, then for each column how many
    terms; of each number seven bits a byte, the upper ones first, and an eighth where it goes on.
    """
    kept: bytes = connection.execute(_TOTALS).scalar_one()
    numbers, number = [], 0
    for byte in kept:
        goes_on, bits = divmod(byte, 1 << 7)
        number = number << 7 | bits
        if not goes_on:
            numbers.append(number)
            number = 0
    rows, head, body = numbers
    return Extent(articles=rows, terms=head + body)


def withdraw(connection: Connection, gone: ColumnElement[bool]) -> None:
    """Take the articles of which that is true out of the index."""
    query = select(indexed.c.place, indexed.c.terms).join(articles).where(gone).limit(_TOGETHER)
    while rows := connection.execute(query).all():
        _take_out(connection, [(row.place, row.terms) for row in rows])


def _placed(
    connection: Connection, changed: Sequence[tuple[int, str]]
) -> Iterator[tuple[int, str]]:
    """Yield the articles of some days with a free place each, in the order of their places."""
    place = None
    for day, id_ in sorted(changed):
        if place is None or place >> DAY_BITS < day:
            place = _free(connection, day)
        elif (place + 1) >> DAY_BITS == place >> DAY_BITS:
            place += 1
        else:
            place = _free(connection, (place + 1) >> DAY_BITS)
        yield place, id_


def _free(connection: Connection, day: int) -> int:
    """Return the first place of a day behind all that are taken; of a later day, if it is full."""
    while True:
        first, behind = day << DAY_BITS, (day + 1) << DAY_BITS
        (row,) = _LAST.all(connection, first=first, last=behind - 1)
        last: int | None = row["last"]
        if last is None or last + 1 < behind:
            return first if last is None else last + 1
        day += 1


def _take_out(connection: Connection, rows: Sequence[tuple[int, bytes]]) -> None:
    orders = [{"search_terms": "delete", **_row(place, unpacked(kept))} for place, kept in rows]
    _OBEY.do_each(connection, orders)
    _LET_GO.do_each(connection, [{"gone": place} for place, _ in rows])


def _row(place: int, terms: Terms) -> dict[str, object]:
    return {"rowid": place, "head": terms.head, "body": terms.body}
