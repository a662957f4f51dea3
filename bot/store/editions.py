"""Remembers the last digest of each chat."""

from sqlalchemy import Connection, insert, select

from bot.app.ports import Edition
from bot.store.database import Database
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
        query = (
            select(editions)
            .where(editions.c.destination == destination)
            .order_by(editions.c.made.desc(), editions.c.id.desc())
            .limit(1)
        )

        def find(connection: Connection) -> Edition | None:
            with legible(self._database.path):
                row = connection.execute(query).mappings().one_or_none()
                if row is None:
                    return None
                stories = tuple(tuple(ids) for ids in row["stories"])
                return Edition(destination=row["destination"], made=row["made"], stories=stories)

        return await self._database.read(find)
