"""The archive's database: opened, brought up to date, read and written in transactions."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import Connection

from bot.store.connections import Connections, driver_of
from bot.store.place import make_folder, make_private
from bot.store.schema import SCHEMA, Schema, Standing, standing, version
from bot.store.together import Together

T = TypeVar("T")

#: Seconds by which a work behind an answer begins later, so that the answer is on its way.
_BEHIND = 0.01
#: So many seconds does what goes on behind answers have to end when the database is closed.
_SETTLING = 3.0
#: How many may read at the same time; each holds a thread.
_READERS = 4
#: FULL: what was said to be stored outlives a loss of power, too.
_WRITING = {"foreign_keys": 1, "synchronous": 2}
_READING = {"query_only": 1}
_NONE: Mapping[str, int] = MappingProxyType({})

log = logging.getLogger(__name__)


class Database:
    """An open archive; a transaction is a plain function of a connection.

    It runs in a thread, and again when another process was in the way, so it must touch nothing
    else. Both methods raise ``StoreError`` for whatever stops the database.
    """

    def __init__(
        self, path: Path | None, *, new: bool, reading: Connections, writing: Connections
    ) -> None:
        """Keep what ``open_database`` has prepared."""
        #: Where the file is; None when it is in memory.
        self.path = path
        #: Whether the archive was made by this opening.
        self.new = new
        self._reading = reading
        self._writing = Together(writing, path)
        self._behind: set[asyncio.Task[None]] = set()

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Return what the work reads, all of it as of one moment."""

        def transaction(connection: Connection) -> T:
            driver = driver_of(connection)
            driver.execute("BEGIN")
            result = work(connection)
            driver.commit()
            return result

        return await self._reading.use(transaction)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Do the work wholly or not at all, while nobody else writes.

        Works that wait at the same time are committed together; one that fails spoils no other.
        """
        return await self._writing.do(work)

    def behind(self, work: Coroutine[Any, Any, None], *, pause: float = _BEHIND) -> None:
        """Let the work go on behind an answer; the database is not closed before its end.

        It begins after so many seconds, 0 for at once. It sees to its own errors.
        """
        task = asyncio.create_task(_after(pause, work), name="behind an answer")
        self._behind.add(task)
        task.add_done_callback(self._behind.discard)

    async def settle(self, *, seconds: float = _SETTLING) -> None:
        """Wait until nothing goes on behind; what takes longer than so many seconds is let go."""
        try:
            async with asyncio.timeout(seconds):
                while self._behind:
                    await asyncio.wait(self._behind)
        except TimeoutError:
            log.warning("Some last notes could not be stored: something else held the archive.")
            late = set(self._behind)
            for task in late:
                task.cancel()
            await asyncio.wait(late)


@asynccontextmanager
async def open_database(
    path: Path | None,
    *,
    patience: float = 30.0,
    schema: Schema = SCHEMA,
    pragmas: Mapping[str, int] = _NONE,
) -> AsyncIterator[Database]:
    """Open the archive at the path, made or brought up to date as needed; close it at the end.

    Without a path it is in memory and gone at the end. ``patience`` is how many seconds to wait
    for other processes; ``pragmas`` are set on each writing connection. Raises ``StoreError``
    when it cannot be opened and written; what stands there is then left as it is.
    """
    if path is not None:
        await asyncio.to_thread(make_folder, path)
        await asyncio.to_thread(make_private, path)
    writing = Connections(path, size=1, pragmas={**_WRITING, **pragmas}, patience=patience)
    reading = writing
    try:
        new = await _prepare(writing, path, schema)
        if path is not None:
            reading = Connections(path, size=_READERS, pragmas=_READING, patience=patience)
        database = Database(path, new=new, reading=reading, writing=writing)
        try:
            yield database
        finally:
            await database.settle()
    finally:
        await reading.aclose()
        await writing.aclose()


async def _after(seconds: float, work: Coroutine[Any, Any, None]) -> None:
    try:
        if seconds:
            await asyncio.sleep(seconds)
    finally:
        await work


async def _prepare(writing: Connections, path: Path | None, schema: Schema) -> bool:
    """Leave a file that many can share, at the schema; say whether it was made now."""

    def look(connection: Connection) -> Standing:
        return standing(version(connection), schema, path)

    def share(connection: Connection) -> None:
        # SQLite may turn this down at once, when two processes do it together.
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")

    def bring_up_to_date(connection: Connection) -> bool:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        stands = look(connection)
        if stands is not Standing.CURRENT:
            _migrate(connection, path if stands is Standing.OLDER else None, schema)
        connection.commit()
        return stands is Standing.EMPTY

    # First without a change to the file, for it may be none of ours.
    await writing.use(look)
    await writing.use(share)
    return await writing.use(bring_up_to_date)


def _migrate(connection: Connection, copied: Path | None, schema: Schema) -> None:
    from bot.store import migrate  # noqa: PLC0415 - loads Alembic, for which most starts have no use

    if copied is not None:
        migrate.put_aside(copied, schema)
    migrate.upgrade(connection, schema)
