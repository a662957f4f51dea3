"""Connections to one SQLite database, shared in turns within and between processes."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar, cast

from sqlalchemy import URL, Connection, QueuePool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.core.errors import StoreError
from bot.store.faults import busy, closed, means_busy, translated

T = TypeVar("T")

#: Seconds that SQLite itself waits for a lock; short, so that a cancelled task ends soon.
_NAP = 0.5
#: Seconds before an attempt that SQLite turned down at once is made again.
_PAUSE = 0.01


class Connections:
    """Some connections of one kind, each with a thread to work in, and the turns on them."""

    def __init__(
        self, path: Path | None, *, size: int, pragmas: Mapping[str, int], patience: float
    ) -> None:
        """Prepare to connect; the file is touched at the first use.

        Without a path the database is in memory, and ``size`` must be 1: each connection would
        open a database of its own. ``patience`` is how many seconds to wait for others.
        """
        self._path = path
        self._patience = patience
        self._closed = False
        #: Those that nobody uses; a list's ``pop`` and ``append`` are safe among threads.
        self._idle: list[Connection] = []
        self._turns = asyncio.Semaphore(size)
        # One hop to a thread for a whole transaction: a hop for each statement, as the
        # asynchronous drivers make, takes several times as long as the statements.
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="archive")
        self._engine = create_engine(
            URL.create("sqlite", database=str(path.absolute()) if path else ":memory:"),
            poolclass=QueuePool,
            pool_size=size,
            max_overflow=0,
            connect_args={
                # No isolation level: transactions begin where we say so, never by themselves.
                "isolation_level": None,
                "timeout": _NAP,
                # The turns see to it that one thread at a time has a connection.
                "check_same_thread": False,
            },
            # The values are people's words, and belong in no message.
            hide_parameters=True,
        )

        @event.listens_for(self._engine, "connect")
        def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
            cursor = connection.cursor()
            for name, value in pragmas.items():
                cursor.execute(f"PRAGMA {name} = {value}")
            cursor.close()

    async def use(self, work: Callable[[Connection], T]) -> T:
        """Return what the work returns, done again while others hold the lock.

        A cancellation waits for the attempt under way, so that no transaction is torn. Raises
        ``StoreError`` for what the database says, and when others hold it beyond the patience.
        """
        with translated(self._path):
            async with self.turn():
                return await self.insist(lambda: self.run(work))

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until a connection is free, and keep it meanwhile.

        Raises ``StoreError`` when that takes longer than the patience.
        """
        if self._turns.locked():
            await self._queue()
        else:
            # Without a timeout, which costs as much as a short transaction: nobody is before us.
            await self._turns.acquire()
        try:
            yield
        finally:
            self._turns.release()

    async def _queue(self) -> None:
        try:
            async with asyncio.timeout(self._patience):
                await self._turns.acquire()
        except TimeoutError as error:
            raise StoreError(busy(self._path)) from error

    async def insist(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Return what the attempt returns, made again while others hold the lock.

        Raises what the last attempt raised.
        """
        clock = asyncio.get_running_loop()
        deadline = clock.time() + self._patience
        while True:
            try:
                return await attempt()
            except (SQLAlchemyError, sqlite3.Error) as error:
                if not means_busy(error) or clock.time() >= deadline:
                    raise
            await asyncio.sleep(_PAUSE)

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Do the work once in a thread, and return what it returns; for who has a turn.

        A cancellation waits for its end.
        """
        if self._closed:
            raise StoreError(closed(self._path))

        def once() -> T:
            # Taken from the pool and given back for each work, it would take as long as the work.
            connection = self._idle.pop() if self._idle else self._engine.connect()
            driver = driver_of(connection)
            try:
                return work(connection)
            finally:
                try:
                    connection.rollback()
                    # SQLAlchemy takes a commit that failed for the end of the transaction; SQLite
                    # leaves it open.
                    driver.rollback()
                finally:
                    self._idle.append(connection)

        working = self._threads.submit(once)
        try:
            return await asyncio.wrap_future(working)
        finally:
            if not working.done():
                end = asyncio.wrap_future(working)
                # Looked at, or the loop would complain of what nobody is told any more.
                end.add_done_callback(lambda end: end.cancelled() or end.exception())
                await asyncio.wait({end})

    async def aclose(self) -> None:
        """Close them all; whoever uses them then is told so."""
        self._closed = True
        await asyncio.to_thread(self._end)

    def _end(self) -> None:
        self._threads.shutdown()
        while self._idle:
            self._idle.pop().close()
        self._engine.dispose()


def driver_of(connection: Connection) -> sqlite3.Connection:
    """Return SQLite's own connection, for what is asked of it past SQLAlchemy."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)
