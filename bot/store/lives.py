"""Remembers when the bot was running."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from bot.app.slots import Stretch
from bot.store.database import Database
from bot.store.delivery_tables import lives
from bot.store.faults import legible


class Lives:
    """The stretches of a database. Every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def begin(self, now: datetime) -> None:
        """Begin a stretch."""
        await self._database.write(lambda connection: _begin(connection, now, stopped=False))

    async def beat(self, now: datetime, *, stopped: bool = False) -> None:
        """Note that the bot still runs, or stops now.

        Where the clock was set back meanwhile, another stretch begins.
        """
        latest = select(func.max(lives.c.id)).scalar_subquery()
        goes_on = update(lives).where(lives.c.id == latest, lives.c.last <= now)

        def note(connection: Connection) -> None:
            beaten = connection.execute(goes_on.values(last=now, stopped=stopped))
            if not beaten.rowcount:
                _begin(connection, now, stopped=stopped)

        await self._database.write(note)

    async def since(self, moment: datetime) -> Sequence[Stretch]:
        """Return the stretches that reach beyond that moment, the oldest first."""
        query = select(lives).where(lives.c.last > moment).order_by(lives.c.began, lives.c.id)

        def find(connection: Connection) -> Sequence[Stretch]:
            with legible(self._database.path):
                return [
                    Stretch(began=row.began, last=row.last, stopped=row.stopped)
                    for row in connection.execute(query)
                ]

        return await self._database.read(find)


def _begin(connection: Connection, now: datetime, *, stopped: bool) -> None:
    connection.execute(insert(lives).values(began=now, last=now, stopped=stopped))
