"""Connections to one SQLite database, shared in turns within and between processes."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, AsyncAdaptedQueuePool, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.core.errors import StoreError
from bot.store.faults import busy, means_busy, translated

T = TypeVar("T")

#: Seconds that SQLite itself waits for a lock; short, so that a cancelled task ends soon.
_NAP = 0.5
#: Seconds before an attempt that SQLite turned down at once is made again.
_PAUSE = 0.01


class Connections:
    """Some connections of one kind, and the turns that tasks take on them."""

    def __init__(
        self, path: Path | None, *, size: int, pragmas: Mapping[str, int], patience: float
    ) -> None:
        """Prepare to connect; the file is touched at the first use.

        Without a path the database is in memory, and ``size`` must be 1: each connection would
        open a database of its own. ``patience`` is how many seconds to wait for others.
        """
        self._path = path
        self._patience = patience
        self._turns = asyncio.Semaphore(size)
        self._engine = create_async_engine(
            URL.create("sqlite+aiosqlite", database=str(path.absolute()) if path else ":memory:"),
            poolclass=AsyncAdaptedQueuePool,
            pool_size=size,
            max_overflow=0,
            # No isolation level: transactions begin where we say so, and never by themselves.
            connect_args={"isolation_level": None, "timeout": _NAP},
            # The values are people's words, and belong in no message.
            hide_parameters=True,
        )

        @event.listens_for(self._engine.sync_engine, "connect")
        def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
            cursor = connection.cursor()
            for name, value in pragmas.items():
                cursor.execute(f"PRAGMA {name} = {value}")
            cursor.close()

    async def use(self, attempt: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Return what the attempt returns, made again while others hold the lock.

        A cancellation waits for the attempt under way, so that no transaction is torn. Raises
        ``StoreError`` for what the database says, and when others hold it beyond the patience.
        """
        with translated(self._path):
            try:
                async with asyncio.timeout(self._patience):
                    await self._turns.acquire()
            except TimeoutError as error:
                raise StoreError(busy(self._path)) from error
            try:
                return await self._insist(attempt)
            finally:
                self._turns.release()

    async def aclose(self) -> None:
        """Close them all."""
        await self._engine.dispose()

    async def _insist(self, attempt: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        clock = asyncio.get_running_loop()
        deadline = clock.time() + self._patience
        while True:
            try:
                return await _whole(self._once(attempt))
            except SQLAlchemyError as error:
                if not means_busy(error) or clock.time() >= deadline:
                    raise
            await asyncio.sleep(_PAUSE)

    async def _once(self, attempt: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        async with self._engine.connect() as connection:
            return await attempt(connection)


async def _whole(work: Coroutine[Any, Any, T]) -> T:
    """Run the work to its end even when this task is cancelled meanwhile."""
    task = asyncio.create_task(work, name="archive")
    try:
        return await asyncio.shield(task)
    finally:
        if not task.done():
            await asyncio.wait({task})
