"""Writes that wait together are committed together: one wait for the disk serves them all."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar, cast

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.core.errors import StoreError
from bot.store.connections import Connections, driver_of
from bot.store.faults import closed, means_busy, translated

T = TypeVar("T")

#: So many writes share a commit at most, so that none waits long for those beside it.
_MOST = 100


class _Write:
    """A work that waits to be done and committed; as a context it keeps what the work raises."""

    def __init__(self, work: Callable[[Connection], Any]) -> None:
        self.work = work
        self.result: Any = None
        self.error: BaseException | None = None
        self.committed = False
        #: Whether nobody waits for it any more: it is not begun again.
        self.abandoned = False
        self.settled = asyncio.Event()

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        self.error = error
        return error is not None


class Together:
    """The writes that wait for one connection."""

    def __init__(self, connections: Connections, path: Path | None) -> None:
        """Write through the only one of these connections."""
        self._connections = connections
        self._path = path
        self._waiting: deque[_Write] = deque()

    async def do(self, work: Callable[[Connection], T]) -> T:
        """Return what the work returns once it is committed; nothing of it stays if it fails.

        The first to have its turn takes all that wait along, each in a savepoint of its own.
        Raises what the work raises, and ``StoreError`` for what the database says.
        """
        write = _Write(work)
        self._waiting.append(write)
        with translated(self._path):
            try:
                await self._lead(write)
            finally:
                write.abandoned = True
                if write in self._waiting:
                    self._waiting.remove(write)
                else:
                    # Another took it along: whoever gives up now waits until it is whole.
                    await write.settled.wait()
            if write.error is not None:
                raise write.error
            if not write.committed:
                raise StoreError(closed(self._path))
            return cast("T", write.result)

    async def _lead(self, write: _Write) -> None:
        try:
            async with self._connections.turn():
                if not write.settled.is_set():
                    await self._connections.insist(lambda: _whole(self._attempt()))
        except StoreError:
            if write in self._waiting:
                raise

    async def _attempt(self) -> None:
        """Commit those who wait; when somebody else holds the lock, they go on waiting."""
        count = min(len(self._waiting), _MOST)
        writes = [self._waiting.popleft() for _ in range(count)]
        for write in writes:
            write.error = None
        try:
            await self._connections.run(lambda connection: _commit(connection, writes))
        except (SQLAlchemyError, sqlite3.Error) as error:
            for write in writes:
                write.error = write.error or error
            if means_busy(error):
                left = [write for write in writes if not write.abandoned]
                self._waiting.extendleft(reversed(left))
                writes = [write for write in writes if write.abandoned]
                raise
        finally:
            for write in writes:
                write.settled.set()


async def _whole(work: Coroutine[Any, Any, None]) -> None:
    """Do the work to its end even when this task is cancelled meanwhile."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    finally:
        if not task.done():
            await asyncio.wait({task})
            if not task.cancelled():
                # Looked at, or it would be complained of when nobody waits for it any more.
                task.exception()


def _commit(connection: Connection, writes: Sequence[_Write]) -> None:
    """Do the writes in one transaction; one that fails keeps its error and leaves nothing.

    Where SQLite gives up the whole transaction for it, the others are done again without it.
    Raises what the database says of the beginning or the end, which fails them all.
    """
    while writes:
        # IMMEDIATE: a transaction that reads first and then waits to write can deadlock.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        if all(_stands(connection, write) for write in writes):
            connection.commit()
            for write in writes:
                write.committed = write.error is None
            return
        connection.rollback()
        writes = [write for write in writes if write.error is None]


def _stands(connection: Connection, write: _Write) -> bool:
    """Do a write in a savepoint; say whether the transaction around it still stands."""
    driver = driver_of(connection)
    driver.execute("SAVEPOINT written")
    with write:
        write.result = write.work(connection)
    if not driver.in_transaction:
        return False
    if write.error is not None:
        driver.execute("ROLLBACK TO written")
    driver.execute("RELEASE written")
    return True
