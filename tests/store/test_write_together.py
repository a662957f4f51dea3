"""Writes that wait together are committed together, and one that fails spoils no other."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.core.errors import StoreError
from bot.store.database import Database, open_database
from tests.fakes.subscribed import Opened

Write = Callable[[Connection], object]


def put(key: str, value: str = "") -> Write:
    return lambda connection: connection.exec_driver_sql(
        "INSERT INTO marks (key, value) VALUES (?, ?)", (key, value)
    )


async def keys(database: Database) -> list[str]:
    query = "SELECT key FROM marks ORDER BY key"
    return await database.read(lambda connection: list(connection.exec_driver_sql(query).scalars()))


def seen(path: Path) -> int:
    """Count the marks that another program sees, that is: those that are committed."""
    with closing(sqlite3.connect(path)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM marks").fetchone()
        return int(count)


class Gate:
    """A write that stays in the middle until it is let on, so that others come to wait."""

    def __init__(self, key: str = "gate") -> None:
        self.key = key
        self.inside = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._open = threading.Event()

    def __call__(self, connection: Connection) -> None:
        put(self.key)(connection)
        self._loop.call_soon_threadsafe(self.inside.set)
        assert self._open.wait(30)

    def open(self) -> None:
        self._open.set()


async def behind_a_gate(database: Database, *works: Write) -> list[object]:
    """Return what became of works that waited together."""
    gate = Gate()
    first = asyncio.create_task(database.write(gate))
    await gate.inside.wait()
    waiting = [asyncio.create_task(database.write(work)) for work in works]
    await asyncio.sleep(0)
    gate.open()
    await first
    return await asyncio.gather(*waiting, return_exceptions=True)


def test_writes_that_wait_together_are_committed_together(path: Path) -> None:
    committed: list[int] = []

    def work(key: str) -> Write:
        def write(connection: Connection) -> str:
            put(key)(connection)
            committed.append(seen(path))
            return key

        return write

    async def scenario() -> None:
        async with open_database(path) as database:
            names = [f"{number:02}" for number in range(50)]
            assert await behind_a_gate(database, *map(work, names)) == names
            # Each saw the gate committed, and none of the others.
            assert committed == [1] * 50
            assert await keys(database) == [*names, "gate"]

    asyncio.run(scenario())


def test_no_commit_is_shared_by_more_than_a_hundred(path: Path) -> None:
    committed: list[int] = []

    def work(connection: Connection) -> None:
        put(f"{len(committed)}")(connection)
        committed.append(seen(path))

    async def scenario() -> None:
        async with open_database(path) as database:
            await behind_a_gate(database, *[work] * 150)
            assert committed == [1] * 100 + [101] * 50

    asyncio.run(scenario())


def test_a_write_that_fails_spoils_no_other_and_leaves_nothing(opened: Opened) -> None:
    def fails(connection: Connection) -> None:
        put("half")(connection)
        message = "not this one"
        raise LookupError(message)

    def breaks(connection: Connection) -> None:
        put("quarter")(connection)
        put("quarter")(connection)

    async def scenario(database: Database) -> None:
        one, two, three, four, five = await behind_a_gate(
            database, put("a"), fails, put("b"), breaks, put("c")
        )

        assert isinstance(two, LookupError)
        assert str(two) == "not this one"
        assert isinstance(four, StoreError)
        assert "UNIQUE constraint failed" in str(four)
        assert not any(isinstance(each, Exception) for each in (one, three, five))
        assert await keys(database) == ["a", "b", "c", "gate"]

    opened(scenario)


def test_a_write_that_fails_alone_leaves_nothing_and_the_next_goes_on(opened: Opened) -> None:
    def fails(connection: Connection) -> None:
        put("half")(connection)
        raise LookupError

    async def scenario(database: Database) -> None:
        with pytest.raises(LookupError):
            await database.write(fails)
        await database.write(put("a"))
        assert await keys(database) == ["a"]

    opened(scenario)


def test_a_write_for_which_the_whole_transaction_is_given_up_spoils_no_other(
    opened: Opened,
) -> None:
    done: list[str] = []

    def counted(key: str) -> Write:
        def write(connection: Connection) -> None:
            put(key)(connection)
            done.append(key)

        return write

    def fatal(connection: Connection) -> None:
        # As SQLite does by itself for some failures of the disk.
        connection.exec_driver_sql("ROLLBACK")
        raise LookupError

    async def scenario(database: Database) -> None:
        before, failed, after = await behind_a_gate(database, counted("a"), fatal, counted("b"))

        assert isinstance(failed, LookupError)
        assert (before, after) == (None, None)
        # Done again, for the first doing was given up with the transaction.
        assert done == ["a", "a", "b"]
        assert await keys(database) == ["a", "b", "gate"]

    opened(scenario)


def test_a_full_disk_fails_the_large_write_and_the_small_ones_stand(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path, pragmas={"max_page_count": 150}) as database:
            small, large, another = await behind_a_gate(
                database, put("a"), put("large", "x" * 2_000_000), put("b")
            )
            assert "the disk is full" in str(large)
            assert not isinstance(small, Exception)
            assert not isinstance(another, Exception)
            assert await keys(database) == ["a", "b", "gate"]

    asyncio.run(scenario())


def test_a_full_disk_fails_all_with_a_sentence_and_later_writes_work(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path, pragmas={"max_page_count": 150}) as database:
            large = [put(f"{number}", "x" * 2_000_000) for number in range(3)]
            for said in await behind_a_gate(database, *large):
                assert isinstance(said, StoreError)
                assert "the disk is full. What was stored is still there" in str(said)
            await database.write(put("after"))
            assert await keys(database) == ["after", "gate"]

    asyncio.run(scenario())


def test_a_commit_that_fails_fails_all_who_share_it(path: Path) -> None:
    # A constraint that is looked at no sooner than at the end fails the commit itself.
    orphan = "INSERT INTO holdings VALUES ('wire', 'nothing', '1', 0, 0)"

    def deferred(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = 1")
        connection.exec_driver_sql(orphan)

    async def scenario() -> None:
        async with open_database(path) as database:
            said = await behind_a_gate(database, put("a"), deferred, put("b"))
            assert ["FOREIGN KEY constraint failed" in str(each) for each in said] == [True] * 3
            assert [type(each) for each in said] == [StoreError] * 3
            assert await keys(database) == ["gate"]
            await database.write(put("after"))
            assert await keys(database) == ["after", "gate"]

    asyncio.run(scenario())


def test_a_write_holds_the_lock_from_its_beginning(path: Path) -> None:
    said: list[str] = []

    def reads_first(connection: Connection) -> None:
        connection.exec_driver_sql("SELECT count(*) FROM marks").scalar()
        with closing(sqlite3.connect(path, timeout=0)) as other:
            try:
                other.execute("INSERT INTO marks VALUES ('other', '')")
            except sqlite3.OperationalError as error:
                said.append(str(error))
        put("mine")(connection)

    async def scenario() -> None:
        async with open_database(path) as database:
            await database.write(reads_first)
            # With a plain BEGIN the other would come between the reading and the writing.
            assert said == ["database is locked"]
            assert await keys(database) == ["mine"]

    asyncio.run(scenario())


def test_one_who_gives_up_waiting_is_not_written(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        gate = Gate()
        first = asyncio.create_task(database.write(gate))
        await gate.inside.wait()
        waiting, given_up = (asyncio.create_task(database.write(put(key))) for key in "ab")
        await asyncio.sleep(0)
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up
        gate.open()
        await asyncio.gather(first, waiting)

        assert await keys(database) == ["a", "gate"]

    opened(scenario)


def test_one_who_gives_up_is_written_whole_when_it_was_begun(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        gate, second = Gate(), Gate("second")
        first = asyncio.create_task(database.write(gate))
        await gate.inside.wait()
        leader, follower = (asyncio.create_task(database.write(w)) for w in (second, put("b")))
        await asyncio.sleep(0)
        gate.open()
        await second.inside.wait()
        # Both are in the middle of one transaction now; neither ends before it does.
        follower.cancel()
        leader.cancel()
        await asyncio.sleep(0)
        assert not follower.done()
        second.open()
        said = await asyncio.gather(first, leader, follower, return_exceptions=True)

        assert [type(each) for each in said[1:]] == [asyncio.CancelledError] * 2
        assert await keys(database) == ["b", "gate", "second"]

    opened(scenario)


def test_writes_wait_together_for_another_program(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            with closing(sqlite3.connect(path, isolation_level=None)) as holder:
                holder.execute("BEGIN IMMEDIATE")
                writing = [asyncio.create_task(database.write(put(f"{n}"))) for n in range(5)]
                asyncio.get_running_loop().call_later(0.7, holder.execute, "ROLLBACK")
                await asyncio.gather(*writing)
            assert await keys(database) == ["0", "1", "2", "3", "4"]

    asyncio.run(scenario())


def test_a_busy_attempt_leaves_no_mark_on_those_who_wait(path: Path) -> None:
    def fatal(connection: Connection) -> None:
        connection.exec_driver_sql("ROLLBACK")
        raise LookupError

    async def scenario() -> None:
        async with open_database(path) as database:
            with closing(sqlite3.connect(path, isolation_level=None)) as holder:
                holder.execute("BEGIN IMMEDIATE")
                works = (put("a"), fatal, put("b"))
                writing = [asyncio.create_task(database.write(work)) for work in works]
                await asyncio.sleep(0.6)
                holder.execute("ROLLBACK")
                await asyncio.wait(writing)
            assert [type(task.exception()) for task in writing] == [
                type(None),
                LookupError,
                type(None),
            ]
            assert await keys(database) == ["a", "b"]

    asyncio.run(scenario())


def test_when_the_leader_gives_up_another_leads(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            with closing(sqlite3.connect(path, isolation_level=None)) as holder:
                holder.execute("BEGIN IMMEDIATE")
                leader, other = (asyncio.create_task(database.write(put(key))) for key in "ab")
                await asyncio.sleep(0.1)
                leader.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await leader
                holder.execute("ROLLBACK")
                await other
            assert await keys(database) == ["b"]

    asyncio.run(scenario())


def test_a_lock_beyond_patience_is_said_to_all_who_wait(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path, patience=0.1) as database:
            with closing(sqlite3.connect(path, isolation_level=None)) as holder:
                holder.execute("BEGIN IMMEDIATE")
                # More than share a commit.
                said = await asyncio.gather(
                    *(database.write(put(f"{n}")) for n in range(120)), return_exceptions=True
                )
            assert [type(each) for each in said] == [StoreError] * 120
            assert all("was kept in use by others for too long" in str(each) for each in said)
            await database.write(put("after"))
            assert await keys(database) == ["after"]

    asyncio.run(scenario())


def test_a_closed_archive_says_so() -> None:
    async def scenario() -> None:
        async with open_database(None) as database:
            await database.write(put("a"))
        with pytest.raises(StoreError, match="was closed"):
            await database.write(put("b"))
        with pytest.raises(StoreError, match="was closed"):
            await keys(database)

    asyncio.run(scenario())
