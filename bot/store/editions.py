"""Remembers the digests of each chat."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from bot.app.ports import Edition
from bot.store.database import Database
from bot.store.delivery_tables import parts, series
from bot.store.faults import legible
from bot.store.tables import editions


class Editions:
    """What each chat was shown, in a database."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def publish(self, edition: Edition) -> None:
        """Store the digest as the destination's last; of two made at once, the later stored."""
        statement = insert(editions).values(
            destination=edition.destination, made=edition.made, stories=edition.stories
        )
        await self._database.write(lambda connection: connection.execute(statement))

    async def last(self, destination: str) -> Edition | None:
        """Return the destination's last digest."""
        return await self._latest(select(editions).where(editions.c.destination == destination))

    async def of(self, destination: str, made: datetime) -> Edition | None:
        """Return the digest that the destination was shown and that was made in that second."""
        until = made + timedelta(seconds=1)
        query = select(editions).where(
            editions.c.destination == destination, editions.c.made >= made, editions.c.made < until
        )
        return await self._latest(query)

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
        latest = query.order_by(editions.c.made.desc(), editions.c.id.desc()).limit(1)

        def find(connection: Connection) -> Edition | None:
            with legible(self._database.path):
                row = connection.execute(latest).mappings().one_or_none()
                if row is None:
                    return None
                stories = tuple(tuple(ids) for ids in row["stories"])
                return Edition(destination=row["destination"], made=row["made"], stories=stories)

        return await self._database.read(find)
