"""Remembers the digests of each chat."""

import logging
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from bot.app.ports import Edition
from bot.core.delivery import State
from bot.core.errors import StoreError
from bot.store.database import Database
from bot.store.delivery_tables import parts, series, sheets
from bot.store.faults import legible
from bot.store.tables import editions

#: So many digests that could not be stored are remembered.
_REMEMBERED = 1000

_INSTANT, _SECOND = timedelta(microseconds=1), timedelta(seconds=1)

log = logging.getLogger(__name__)


class Editions:
    """What each chat was shown, in a database."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database
        #: The last of each destination that is not stored yet, or could not be, and the last
        #: private one.
        self._fresh: dict[tuple[str, bool], Edition] = {}

    async def publish(self, edition: Edition) -> None:
        """Take the digest as the destination's last, and store it while nobody waits for that.

        A private one is only found by its moment. One that cannot be stored is remembered as long
        as the bot runs, and the log says why.
        """
        key = _key(edition)
        fresh = self._fresh.pop(key, edition)
        self._fresh[key] = max(edition, fresh, key=lambda each: each.made)
        if len(self._fresh) > _REMEMBERED:
            del self._fresh[next(iter(self._fresh))]
        self._database.behind(self._store(edition))

    async def _store(self, edition: Edition) -> None:
        statement = insert(editions).values(
            destination=edition.destination,
            made=edition.made,
            stories=edition.stories,
            private=edition.private,
        )
        try:
            await self._database.write(lambda connection: connection.execute(statement))
        except StoreError as error:
            log.warning("The numbers of a digest will not be known after this run. %s", error)
            return
        if self._fresh.get(_key(edition)) is edition:
            del self._fresh[_key(edition)]

    async def last(self, destination: str) -> Edition | None:
        """Return the destination's last digest that was not private."""
        fresh = self._fresh.get((destination, False))
        stored = await self._latest(
            select(editions).where(editions.c.destination == destination, ~editions.c.private)
        )
        return stored if fresh is None or (stored and stored.made > fresh.made) else fresh

    async def of(self, destination: str, made: datetime) -> Edition | None:
        """Return the digest that the destination was shown and that was made at that moment.

        A whole second means, without one, the last that was made in it. A digest that is being sent
        counts as shown: its buttons are there before its receipt is written.
        """
        found = await self._made(destination, made, made + _INSTANT)
        if found is None and not made.microsecond:
            return await self._made(destination, made, made + _SECOND)
        return found

    async def _made(self, destination: str, made: datetime, until: datetime) -> Edition | None:
        for private in (False, True):
            fresh = self._fresh.get((destination, private))
            if fresh is not None and made <= fresh.made < until:
                return fresh
        query = select(editions).where(
            editions.c.destination == destination, editions.c.made >= made, editions.c.made < until
        )
        sent = (
            select(series.c.id, series.c.destination, series.c.made, sheets.c.stories)
            .join_from(series, sheets, sheets.c.id == series.c.sheet)
            .where(
                series.c.destination == destination,
                series.c.state == State.SENDING,
                series.c.made >= made,
                series.c.made < until,
            )
        )
        return await self._latest(query) or await self._found(
            sent.order_by(series.c.made.desc(), series.c.id.desc())
        )

    async def under(self, destination: str, reference: str) -> Edition | None:
        """Return the digest that was posted there, in part, as the message of that reference."""
        query = (
            select(editions)
            .join_from(series, parts, parts.c.series == series.c.id)
            .join(
                editions,
                (editions.c.destination == series.c.destination)
                & (editions.c.made == series.c.made),
            )
            .where(series.c.destination == destination, parts.c.reference == reference)
        )
        return await self._latest(query)

    async def _latest(self, query: Select[Any]) -> Edition | None:
        return await self._found(query.order_by(editions.c.made.desc(), editions.c.id.desc()))

    async def _found(self, query: Select[Any]) -> Edition | None:
        first = query.limit(1)

        def find(connection: Connection) -> Edition | None:
            with legible(self._database.path):
                row = connection.execute(first).mappings().one_or_none()
                if row is None:
                    return None
                stories = tuple(tuple(ids) for ids in row["stories"])
                return Edition(
                    destination=row["destination"],
                    made=row["made"],
                    stories=stories,
                    # What is being sent has no row of its own yet.
                    private=bool(row.get("private")),
                )

        return await self._database.read(find)


def _key(edition: Edition) -> tuple[str, bool]:
    return edition.destination, edition.private
