"""What was heard is known for a day, also after a restart."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store.database import Database, open_database
from bot.store.heard import KEPT, HeardBefore, Left
from bot.store.housekeeping import prune_heard
from tests.fakes.delivery import NOW, SetClock


async def reopened(path: Path, clock: SetClock, *keys: str) -> list[bool]:
    """Return of which of these a bot that starts says that it hears them for the first time."""
    async with open_database(path) as database:
        before = HeardBefore(database, clock)
        await before.load()
        return [before.first(key) for key in keys]


def test_what_was_heard_is_known_at_once_and_after_a_restart(path: Path) -> None:
    async def scenario() -> None:
        clock = SetClock()
        assert await reopened(path, clock, "a", "a", "b") == [True, False, True]
        assert await reopened(path, clock, "b", "c", "a") == [False, True, False]

    asyncio.run(scenario())


def test_a_room_recalls_what_it_heard_itself(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            before = HeardBefore(database, SetClock())
            assert before.first("slack 1", "a body")
            assert before.first("telegram 1", "another")
            for key in ("slack 1", "telegram 1"):
                assert await before.stored(key, patience=30)
            slack = HeardBefore(database, SetClock(), room="slack")
            await slack.load()
            assert list(slack.left) == ["slack 1"]
            assert [slack.first("slack 1"), slack.first("telegram 1")] == [False, True]
            await database.settle()

    asyncio.run(scenario())


def test_it_is_known_for_a_day_and_then_let_go(path: Path) -> None:
    async def scenario() -> None:
        clock = SetClock()
        assert await reopened(path, clock, "a") == [True]
        clock.forward(KEPT - timedelta(seconds=1))
        assert await reopened(path, clock, "a", "b") == [False, True]
        clock.forward(timedelta(seconds=1))
        assert await reopened(path, clock, "a", "a") == [True, False]
        async with open_database(path) as database:
            assert await prune_heard(database, before=NOW + KEPT) == 1
        assert await reopened(path, clock, "a", "b") == [False, True]

    asyncio.run(scenario())


def test_only_so_much_is_known_the_newest_of_it(path: Path) -> None:
    async def scenario() -> None:
        clock = SetClock()
        async with open_database(path) as database:
            before = HeardBefore(database, clock, most=2)
            for key in "abc":
                clock.forward(timedelta(seconds=1))
                assert before.first(key)
            assert [before.first(key) for key in "bca"] == [False, False, True]
            await database.settle()
            later = HeardBefore(database, clock, most=2)
            await later.load()
            assert not later.first("c")

    asyncio.run(scenario())


def test_what_is_heard_while_the_rest_is_recalled_is_not_forgotten(path: Path) -> None:
    async def scenario() -> None:
        clock = SetClock()
        assert await reopened(path, clock, "a") == [True]
        async with open_database(path) as database:
            before = HeardBefore(database, clock)
            assert before.first("b")
            await before.load()
            assert (before.first("a"), before.first("b")) == (False, False)

    asyncio.run(scenario())


def test_without_the_store_it_is_known_as_long_as_the_bot_runs(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def drop(database: Database) -> None:
        await database.write(lambda connection: connection.exec_driver_sql("DROP TABLE heard"))

    async def scenario() -> None:
        async with open_database(path) as database:
            await drop(database)
            before = HeardBefore(database, SetClock())
            await before.load()
            assert (before.first("a"), before.first("a")) == (True, False)

    asyncio.run(scenario())
    assert [record.getMessage().split(".")[0] for record in caplog.records] == [
        "What was heard before may be heard again",
        "Something may be heard again after the next start",
    ]


def test_what_was_not_done_is_left_for_the_next_start(path: Path) -> None:
    async def left(clock: SetClock) -> dict[str, Left]:
        async with open_database(path) as database:
            before = HeardBefore(database, clock)
            await before.load()
            return dict(before.left)

    async def scenario() -> None:
        clock = SetClock()
        async with open_database(path) as database:
            before = HeardBefore(database, clock)
            assert before.first("slow", "a body")
            assert before.first("quick", "another")
            before.done("quick")
            assert before.first("asked")
            before.done("asked")
            await database.settle()
            assert before.left == {}
        clock.forward(timedelta(minutes=5))
        assert await left(clock) == {"slow": Left("a body", timedelta(minutes=5))}
        async with open_database(path) as database:
            before = HeardBefore(database, clock)
            await before.load()
            assert not before.first("slow", "a body")
            before.done("slow")
            assert before.left == {}
        assert await left(clock) == {}

    asyncio.run(scenario())


def test_it_is_counted_after_how_many_starts_something_is_to_be_done(path: Path) -> None:
    async def started(clock: SetClock) -> int:
        async with open_database(path) as database:
            before = HeardBefore(database, clock)
            await before.load()
            assert await before.tried("slow")
            # As a kill would leave it.
            return before.left["slow"].tries

    async def scenario() -> None:
        clock = SetClock()
        async with open_database(path) as database:
            before = HeardBefore(database, clock)
            assert before.first("slow", "a body")
            assert await before.stored("slow", patience=30)
        assert [await started(clock) for _ in range(3)] == [0, 1, 2]
        clock.forward(KEPT)
        async with open_database(path) as database:
            assert HeardBefore(database, clock).first("slow", "a body")
        assert await started(clock) == 0

    asyncio.run(scenario())


def test_without_the_store_nothing_is_counted(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        async with open_database(None) as database:
            await database.write(lambda connection: connection.exec_driver_sql("DROP TABLE heard"))
            assert not await HeardBefore(database, SetClock()).tried("slow")

    asyncio.run(scenario())
    assert [record.getMessage().split(".")[0] for record in caplog.records] == [
        "Something is left to the next start"
    ]


def test_a_row_that_makes_no_sense_stops_nothing(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            row = "INSERT INTO heard (key, moment) VALUES ('a', 9e18)"
            await database.write(lambda connection: connection.exec_driver_sql(row))
            before = HeardBefore(database, SetClock())
            await before.load()
            assert before.left == {}
            assert before.first("b")

    asyncio.run(scenario())
    assert [record.getMessage().split(".")[0] for record in caplog.records] == [
        "What was heard before may be heard again"
    ]


def test_without_the_store_what_was_done_may_be_done_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scenario() -> None:
        async with open_database(None) as database:
            before = HeardBefore(database, SetClock())
            assert before.first("a", "body")
            await database.settle()
            await database.write(lambda connection: connection.exec_driver_sql("DROP TABLE heard"))
            before.done("a")
            await database.settle()

    asyncio.run(scenario())
    assert [record.getMessage().split(".")[0] for record in caplog.records] == [
        "Something may be done again after the next start"
    ]
