"""The archive is used by many at once, and by those who die or give up in the middle."""

import asyncio
import sqlite3
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app.ports import Found
from bot.core.errors import StoreError
from bot.core.values import Article
from bot.store.archive import Archive
from bot.store.database import Database, open_database
from bot.store.intake import Intake

pytestmark = pytest.mark.slow

Opened = Callable[[Callable[[Database], Awaitable[None]]], None]
Start = Callable[..., subprocess.Popen[str]]
MORNING = datetime(2025, 9, 2, 8, tzinfo=UTC)


async def save(database: Database, *names: str) -> None:
    batch = [
        Found(article=Article(id=name, source="wire", text="It rained."), version="1")
        for name in names
    ]
    await Intake(database).save(batch, now=MORNING, imported=False)


async def count(database: Database) -> int:
    return await Archive(database).count()


@contextmanager
def held(path: Path) -> Iterator[sqlite3.Connection]:
    """Hold the write lock, as another program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        yield holder
        if holder.in_transaction:
            holder.execute("ROLLBACK")


def test_six_processes_open_a_fresh_archive_and_share_it(path: Path, start: Start) -> None:
    rounds = 15
    crowd = [start("crowd.py", str(path), f"process {number}", str(rounds)) for number in range(6)]
    said = [process.communicate(timeout=120)[0].splitlines() for process in crowd]

    turns = [str(turn) for turn in range(rounds)]
    assert [lines[1:] for lines in said] == [turns] * 6
    assert sorted(lines[0] for lines in said) == ["found"] * 5 + ["made"]

    async def scenario() -> None:
        async with open_database(path) as database:
            assert not database.new
            assert await count(database) == 6 * rounds

    asyncio.run(scenario())


def test_what_was_saved_outlives_a_kill(path: Path, start: Start) -> None:
    process = start("crowd.py", str(path), "process", "100000")
    assert process.stdout is not None
    for _ in range(20):
        last = process.stdout.readline()
    process.kill()
    process.communicate(timeout=60)

    async def scenario() -> None:
        async with open_database(path) as database:
            assert await count(database) > int(last)

    asyncio.run(scenario())


def test_closing_leaves_one_file(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            await save(database, "a")
            assert await count(database) == 1

    asyncio.run(scenario())

    assert [found.name for found in path.parent.iterdir()] == ["briefbot.db"]


def test_writers_and_readers_of_one_process_take_turns(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        writing = [save(database, f"{number}") for number in range(30)]
        reading = [count(database) for _ in range(30)]
        await asyncio.gather(*writing, *reading)
        assert await count(database) == 30

    opened(scenario)


def test_reading_goes_on_while_another_program_writes(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path, patience=0) as database:
            await save(database, "a")
            with held(path):
                assert await count(database) == 1

    asyncio.run(scenario())


def test_a_writer_waits_for_another_program(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            with held(path) as holder:
                asyncio.get_running_loop().call_later(0.7, holder.execute, "ROLLBACK")
                await save(database, "a")
            assert await count(database) == 1

    asyncio.run(scenario())


def test_a_lock_beyond_patience_is_said_and_harms_nothing(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path, patience=0.1) as database:
            await save(database, "before")
            with held(path):
                said = await asyncio.gather(
                    save(database, "a"), save(database, "b"), return_exceptions=True
                )
            assert [type(error) for error in said] == [StoreError, StoreError]
            assert str(said[0]) == str(said[1])
            assert str(said[0]).startswith(f"The archive {path} was kept in use by others")
            await save(database, "after")
            assert await count(database) == 2

    asyncio.run(scenario())


def test_a_locked_archive_is_not_opened(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            await save(database, "before")
        with held(path), pytest.raises(StoreError, match="kept in use by others"):
            async with open_database(path, patience=0.1):
                pass
        async with open_database(path) as database:
            assert await count(database) == 1

    asyncio.run(scenario())


def test_giving_up_while_another_program_writes_takes_no_longer_than_a_nap(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            with held(path):
                task = asyncio.create_task(save(database, "a"))
                await asyncio.sleep(0.1)
                began = time.monotonic()
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
                assert time.monotonic() - began < 1.9
            assert await count(database) == 0

    asyncio.run(scenario())


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144])
def test_a_cancelled_saving_is_whole_or_nothing(opened: Opened, steps: int) -> None:
    names = [f"{number}" for number in range(500)]

    async def scenario(database: Database) -> None:
        await save(database, "before")
        task = asyncio.create_task(save(database, *names))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        # On a busy machine so few steps may be enough to finish it.
        given_up = await asyncio.gather(task, return_exceptions=True)
        assert await count(database) in ({1, 501} if given_up[0] else {501})
        await save(database, "after", "before")
        assert await count(database) in {2, 502}

    opened(scenario)
