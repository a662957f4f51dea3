"""Finds facts by their day, their speaker and their words; no article's text is read."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Table,
    and_,
    case,
    false,
    func,
    or_,
    select,
)

from bot.core.diary import UNDATED_MONTHS, WORDS_MONTHS, Part, months_before
from bot.core.origin import Origin, Selection, Traced
from bot.core.values import Event, Figure, Quote
from bot.store.database import Database
from bot.store.faults import legible
from bot.store.kept import Kept, event_of, figure_of, quote_of
from bot.store.rows import published_of
from bot.store.tables import articles, events, figures, quotes

F = TypeVar("F", Figure, Quote, Event)
Conditions = Sequence[ColumnElement[bool]]

_NEWEST = (articles.c.moment.desc(), articles.c.id)
_ORIGIN = tuple(
    articles.c[name].label(f"origin_{name}")
    for name in (
        *("id", "source", "language", "published_day", "published_at"),
        *("seen", "title", "url", "publisher"),
    )
)


class FactBook:
    """The facts of a database's articles, to be read."""

    def __init__(self, database: Database) -> None:
        """Read from this database."""
        self._database = database

    async def figures(self, sought: Sequence[Sequence[str]], *, limit: int) -> Selection[Figure]:
        """Return the figures that have all the stems of one of the lists, newest article first.

        No list means all. Minor figures come last.
        """
        order = (figures.c.minor, *_NEWEST, figures.c.place)
        conditions = _having(figures.c.stems, sought)
        return await self._select(figures, figure_of, conditions, order, limit)

    async def quotes(self, names: Sequence[Sequence[str]], *, limit: int) -> Selection[Quote]:
        """Return the quotations of speakers who have all the words of one name, newest first."""
        # Many quotations have one speaker: the index tells the speakers apart first.
        speakers = select(quotes.c.speaker).where(*_having(quotes.c.speaker, names)).distinct()
        conditions = [quotes.c.speaker.in_(speakers)] if names else []
        return await self._select(quotes, quote_of, conditions, (*_NEWEST, quotes.c.place), limit)

    async def ahead(
        self, today: date, *, before: date | None = None, dated: bool = False, limit: int | None
    ) -> Selection[Event]:
        """Return the events that are not past: by first day, the exacter first, then undated."""
        since = [_months_ago(today, months) for months in (WORDS_MONTHS, UNDATED_MONTHS)]
        conditions: list[ColumnElement[bool]] = [
            or_(
                events.c.last_day >= today,
                *(
                    and_(
                        events.c.last_day.is_(None), events.c.part == each, articles.c.moment >= cut
                    )
                    for each, cut in zip((Part.WORDS, Part.NONE), since, strict=True)
                ),
            )
        ]
        if before is not None:
            conditions.append(events.c.first_day <= before)
        if dated:
            conditions.append(events.c.part == Part.DAY)
        undated = case((events.c.part >= Part.WORDS, events.c.part), else_=0)
        days = (events.c.first_day, func.coalesce(events.c.last_day, events.c.first_day))
        order = (undated, *days, *_NEWEST, events.c.place)
        return await self._select(events, event_of, conditions, order, limit)

    async def _select(
        self,
        table: Table,
        made: Callable[[Kept, str], F],
        conditions: Conditions,
        order: Sequence[ColumnElement[Any]],
        limit: int | None,
    ) -> Selection[F]:
        joined = table.join(articles, articles.c.id == table.c.article)
        shown = [articles.c.withdrawn == false(), *conditions]
        counted = select(func.count()).select_from(joined).where(*shown)
        # The ids are chosen first, so that no fact is sorted that is not shown.
        chosen = select(table.c.id).select_from(joined).where(*shown).order_by(*order).limit(limit)
        query = (
            select(table, *_ORIGIN)
            .select_from(joined)
            .where(table.c.id.in_(chosen))
            .order_by(*order)
        )

        def find(connection: Connection) -> Selection[F]:
            with legible(self._database.path):
                rows = connection.execute(query).mappings()
                first = tuple(_traced(row, made) for row in rows)
                more = 0 if limit is None else (connection.scalar(counted) or 0) - len(first)
                return Selection(first=first, more=more)

        return await self._database.read(find)


def _having(column: ColumnElement[Any], lists: Sequence[Sequence[str]]) -> Conditions:
    """Return that a text of spaced terms has all the terms of one of the lists."""
    if not lists:
        return []
    return [
        or_(*(and_(*(func.instr(column, f" {term} ") > 0 for term in terms)) for terms in lists))
    ]


def _traced(row: RowMapping, made: Callable[[Kept, str], F]) -> Traced[F]:
    origin = Origin(
        id=row["origin_id"],
        source=row["origin_source"],
        language=row["origin_language"],
        published=published_of(row["origin_published_day"], row["origin_published_at"]),
        seen=row["origin_seen"],
        title=row["origin_title"],
        url=row["origin_url"],
        publisher=row["origin_publisher"],
    )
    return Traced(
        fact=made(row["fact"], row["article"]), origin=origin, sentences=row.get("sentences", "")
    )


def _months_ago(today: date, months: int) -> datetime:
    return datetime.combine(months_before(today, months), time.min, UTC)
