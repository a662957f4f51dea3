"""Who gives up on the archive waits for what is under way, and hears nothing more of it."""

import asyncio
import gc
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.store.database import Database, open_database


class Holding:
    """A work in the thread of the archive that goes on until it is let go."""

    def __init__(self, ends: Callable[[], int]) -> None:
        self.begun, self.free = threading.Event(), threading.Event()
        self._ends = ends

    def __call__(self, _: Connection) -> int:
        self.begun.set()
        assert self.free.wait(30)
        return self._ends()


def one() -> int:
    return 1


def fails() -> int:
    raise LookupError


async def given_up(database: Database, work: Holding, *, times: int = 1) -> None:
    """Begin to read, give up so often, and see when that comes to its end."""
    task = asyncio.create_task(database.read(work))
    await asyncio.to_thread(work.begun.wait)
    for _ in range(times):
        task.cancel()
        await asyncio.sleep(0.01)
    assert task.done() == (times > 1)
    work.free.set()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("ends", [one, fails])
@pytest.mark.parametrize("times", [1, 2])
def test_what_comes_of_it_is_told_to_nobody(
    tmp_path: Path, ends: Callable[[], int], times: int
) -> None:
    complaints: list[object] = []

    async def scenario() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, said: complaints.append(said))
        async with open_database(tmp_path / "briefbot.db") as database:
            await given_up(database, Holding(ends), times=times)
            assert await database.read(lambda _: 2) == 2
        gc.collect()

    asyncio.run(scenario())
    assert complaints == []
