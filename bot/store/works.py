"""Keeps the works of a queue in this process."""

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.app.queue import Kept
from bot.core.delivery import Work
from bot.store.database import Database
from bot.store.delivery_tables import works
from bot.store.faults import legible
from bot.store.slots import count_unput
from bot.store.sound import sound
from bot.store.statement import Statement

log = logging.getLogger(__name__)


class Works:
    """The works of a database. Every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def put(self, works: Sequence[Work]) -> Sequence[Kept]:
        """Keep the works whose key does not wait yet, and return those, in order."""
        if not works:
            return []
        rows = [
            {
                "kind": work.kind,
                "args": work.args,
                "line": work.line,
                "key": work.key,
                "not_before": work.not_before,
                "priority": work.priority,
            }
            for work in works
        ]

        def store(connection: Connection) -> Sequence[Kept]:
            with legible(self._database.path):
                kept = [_kept(row) for row in connection.execute(_PUT, rows).mappings()]
                return sorted(kept, key=lambda each: each.id)

        return await self._database.write(store)

    async def all(self) -> Sequence[Kept]:
        """Return all that is kept, in the order it was put.

        What cannot be read is let go of: a look for series without a work puts it anew.
        """

        def find(connection: Connection) -> tuple[Sequence[Kept], Sequence[int]]:
            return sound(connection, _ALL, works, _kept, self._database.path)

        def let_go(connection: Connection) -> None:
            connection.execute(delete(works).where(works.c.id.in_(bad)))
            count_unput(connection)

        found, bad = await self._database.read(find)
        if bad:
            log.error("Works of the queue cannot be read and are put anew: %s.", len(bad))
            await self._database.write(let_go)
        return found

    async def done(self, id: int) -> None:
        """Forget a work."""
        await self._database.write(lambda connection: _DONE.do(connection, number=id))

    async def again(self, id: int, at: datetime) -> None:
        """Keep the work for that moment."""
        await self._database.write(lambda connection: _AGAIN.do(connection, number=id, at=at))


_PUT = insert(works).on_conflict_do_nothing(index_elements=[works.c.key]).returning(works)
_DONE = Statement(delete(works).where(works.c.id == bindparam("number")))
_AGAIN = Statement(
    update(works).where(works.c.id == bindparam("number")).values(not_before=bindparam("at"))
)
_ALL = select(works).order_by(works.c.id)


def _kept(row: RowMapping) -> Kept:
    work = Work(
        kind=row["kind"],
        args=tuple(row["args"]),
        line=row["line"],
        key=row["key"],
        not_before=row["not_before"],
        priority=row["priority"],
    )
    return Kept(id=row["id"], work=work)
