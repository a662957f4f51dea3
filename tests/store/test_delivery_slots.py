"""A slot that has come is found fast, booked once and put to a queue, whoever dies meanwhile."""

import asyncio
import subprocess
import time as clock
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects import sqlite

from bot.app.slots import Unput
from bot.core.delivery import Kind, State
from bot.core.errors import StoreError
from bot.core.slots import Booked
from bot.core.subscription import Destination, Slot, Standing, Subscription
from bot.store.database import Database, open_database
from bot.store.delivery_tables import series, subscriptions
from bot.store.desk import Desk
from bot.store.history import History
from bot.store.slots import Slots, due
from bot.store.subscription_rows import row_of
from bot.store.subscriptions import Subscriptions
from tests.fakes.subscribed import (
    HERE,
    MINUTE,
    NOW,
    THERE,
    TODAY,
    TOMORROW,
    Opened,
    booking,
    filled,
    subscription,
)

pytestmark = pytest.mark.slow

Start = Callable[..., subprocess.Popen[str]]
A_DAY = timedelta(days=1)
YESTERDAY = Slot(moment=TODAY.moment - A_DAY, day=TODAY.day - A_DAY, at=TODAY.at)


async def save(database: Database, *given: Subscription) -> list[Subscription]:
    return [await Subscriptions(database).save(each, now=NOW) for each in given]


def many(count: int) -> list[Subscription]:
    return [subscription(Destination("file", f"{number}.txt")) for number in range(count)]


async def save_at_once(database: Database, given: list[Subscription]) -> None:
    rows = [row_of(each) for each in given]
    await database.write(lambda connection: connection.execute(insert(subscriptions), rows))


def test_what_has_come_is_found_the_longest_overdue_first(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        early = replace(subscription(THERE), next=YESTERDAY)
        coming = replace(subscription(Destination("terminal")), next=TOMORROW)
        paused = replace(subscription(Destination("file", "p")), standing=Standing.PAUSED)
        unset = Subscription(destination=Destination("file", "u"))
        now, before, *_ = await save(database, subscription(), early, coming, paused, unset)

        assert await Slots(database).due(NOW, limit=9) == [before, now]
        assert await Slots(database).due(NOW, limit=1) == [before]
        assert await Slots(database).due(NOW - MINUTE, limit=9) == [before]
        assert await Slots(database).due(NOW, limit=-1) == []

    opened(scenario)


def test_a_booking_writes_its_slots_and_the_next_one(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        (stored,) = await save(
            database, replace(subscription(), next=YESTERDAY, silent=True, language="ru")
        )
        booked = booking(
            stored,
            Booked(slot=YESTERDAY, state=State.MISSED, why="Too old."),
            Booked(slot=TODAY, state=State.DUE, covers=3),
        )

        written = await Slots(database).book([booked], now=NOW + MINUTE)

        later, earlier = await History(database).series(limit=9)
        assert written == [Unput(later.id, HERE, Kind.DIGEST)]
        assert (earlier.state, earlier.why, earlier.ended) == (
            State.MISSED,
            "Too old.",
            NOW + MINUTE,
        )
        assert (later.state, later.covers, later.ended) == (State.DUE, 3, None)
        assert (later.slot, later.due, later.silent) == (TODAY, TODAY.moment, True)
        assert later.subscription == earlier.subscription == stored.id
        assert (await Subscriptions(database).of(HERE)) == replace(stored, next=TOMORROW)
        assert await Slots(database).due(NOW, limit=9) == []

    opened(scenario)


def test_a_slot_that_has_a_series_gets_no_second(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        (stored,) = await save(database, subscription())
        await Slots(database).book([booking(stored)], now=NOW)
        # The clock went back, or somebody set the same time again.
        (again,) = await save(database, replace(stored, next=TODAY))

        assert await Slots(database).book([booking(again)], now=NOW) == []

        assert len(await History(database).series(limit=9)) == 1
        kept = await Subscriptions(database).of(HERE)
        assert kept is not None
        assert kept.next == TOMORROW

    opened(scenario)


@pytest.mark.parametrize(
    "meanwhile",
    [
        replace(subscription(), next=TOMORROW),
        replace(subscription(), next=replace(TODAY, moment=NOW + MINUTE)),
        replace(subscription(), standing=Standing.PAUSED),
        replace(subscription(), standing=Standing.STOPPED),
        replace(subscription(), schedule=None),
    ],
)
def test_a_booking_of_a_subscription_that_has_moved_on_is_left_out(
    opened: Opened, meanwhile: Subscription
) -> None:
    async def scenario(database: Database) -> None:
        stored, other = await save(database, subscription(), subscription(THERE))
        (changed,) = await save(database, meanwhile)

        written = await Slots(database).book([booking(stored), booking(other)], now=NOW)

        assert [unput.destination for unput in written] == [THERE]
        assert [each.destination for each in await History(database).series(limit=9)] == [THERE]
        assert await Subscriptions(database).of(HERE) == changed

    opened(scenario)


def test_a_subscription_that_is_paused_gets_no_series(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        (paused,) = await save(database, replace(subscription(), standing=Standing.PAUSED))

        assert await Slots(database).book([booking(paused)], now=NOW) == []
        assert await History(database).series(limit=9) == []

    opened(scenario)


def test_a_booking_of_a_subscription_that_is_gone_or_of_none_writes_nothing(
    opened: Opened,
) -> None:
    async def scenario(database: Database) -> None:
        gone = replace(subscription(), id=7)

        assert await Slots(database).book([booking(gone)], now=NOW) == []
        assert await Slots(database).book([], now=NOW) == []

    opened(scenario)


def test_a_next_slot_moves_without_a_series_when_the_zone_has_new_rules(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        (stored,) = await save(database, subscription())
        moved = replace(booking(stored), slots=())

        assert await Slots(database).book([moved], now=NOW) == []

        kept = await Subscriptions(database).of(HERE)
        assert kept is not None
        assert kept.next == TOMORROW

    opened(scenario)


def test_the_series_goes_to_where_the_chat_is_now(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        (stored,) = await save(database, subscription())
        moved = replace(stored, destination=THERE)
        await database.write(
            lambda connection: connection.exec_driver_sql(
                "UPDATE subscriptions SET destination = 'file:there.txt'"
            )
        )

        assert await Slots(database).due(NOW, limit=9) == [moved]
        (written,) = await Slots(database).book([booking(stored)], now=NOW)
        assert written.destination == THERE

    opened(scenario)


def test_open_series_are_unput_until_they_are_put_and_again_after_a_restart(
    opened: Opened,
) -> None:
    async def scenario(database: Database) -> None:
        slots = Slots(database)
        stored, late = await save(
            database, subscription(), replace(subscription(THERE), next=YESTERDAY)
        )
        first, second = await slots.book(
            [
                booking(stored),
                booking(late, Booked(slot=YESTERDAY, state=State.DUE)),
            ],
            now=NOW,
        )
        assert await slots.unput(limit=9) == [second, first]
        assert await slots.unput(limit=1) == [second]

        await slots.put([first.series, second.series])
        await slots.put([])
        assert await slots.unput(limit=9) == []

        await Desk(database).fill(first.series, filled("one"), now=NOW)
        await Desk(database).close(second.series, State.QUIET, why="", now=NOW)
        await slots.restart()
        assert await slots.unput(limit=9) == [first]

    opened(scenario)


def test_due_slots_are_found_by_an_index_among_100000_subscriptions() -> None:
    fill = (
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 100000) "
        "INSERT INTO subscriptions (destination, topics, length, language, silent, quiet, "
        "standing, reason, grace, owner, declared, next_moment) SELECT 'file:' || x, '[]', "
        "'short', 'en', 0, 'post', 'active', '', 0, '', 0, 1756782000000000 + x FROM n"
    )
    query = due(NOW, 500)
    compiled = query.compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True, "render_postcompile": True}
    )

    async def scenario() -> None:
        async with open_database(None) as database:
            await database.write(lambda connection: connection.exec_driver_sql(fill))
            plan = await database.read(
                lambda connection: [
                    row.detail
                    for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}")
                ]
            )
            assert plan == [
                "SEARCH subscriptions USING INDEX subscriptions_due (standing=? AND next_moment<?)",
                "CORRELATED SCALAR SUBQUERY 1",
                "SEARCH chats USING INDEX sqlite_autoindex_chats_1 (destination=?)",
            ]
            assert await Slots(database).due(NOW, limit=500) == []

    asyncio.run(scenario())


def test_ten_thousand_slots_are_booked_and_put_within_seconds() -> None:
    async def scenario() -> None:
        async with open_database(None) as database:
            await save_at_once(database, many(10_000))
            slots = Slots(database)
            began = clock.perf_counter()
            found = await slots.due(NOW, limit=10_000)
            written = await slots.book([booking(each) for each in found], now=NOW)
            await slots.put([unput.series for unput in written])
            took = clock.perf_counter() - began

            assert len({unput.destination for unput in written}) == 10_000
            assert [unput.series for unput in written] == sorted(unput.series for unput in written)
            assert await slots.due(NOW, limit=1) == []
            assert await slots.unput(limit=1) == []
            assert took < 10

    asyncio.run(scenario())


def test_bookings_are_written_together_or_not_at_all(path: Path) -> None:
    async def prepare() -> None:
        async with open_database(path) as database:
            await save_at_once(database, many(3_000))

    asyncio.run(prepare())
    pages = path.stat().st_size // 4096

    async def scenario() -> None:
        async with open_database(path, pragmas={"max_page_count": pages + 50}) as database:
            found = await Slots(database).due(NOW, limit=9_999)
            with pytest.raises(StoreError, match="the disk is full"):
                await Slots(database).book([booking(each) for each in found], now=NOW)
            assert await History(database).series(limit=1) == []
            assert await Slots(database).due(NOW, limit=9_999) == found

    asyncio.run(scenario())


def test_processes_that_book_the_same_slots_write_and_send_each_once(
    path: Path, start: Start
) -> None:
    async def prepare() -> None:
        async with open_database(path) as database:
            await save_at_once(database, many(40))

    asyncio.run(prepare())
    crowd = [start("booker.py", str(path)) for _ in range(3)]
    said = [each.communicate(timeout=120)[0].splitlines() for each in crowd]

    counted = Counter(line for lines in said for line in lines)
    assert counted.pop("done") == 3
    assert set(counted.values()) == {1}
    assert len(counted) == 40 + 80


def test_a_process_killed_amid_its_bookings_leaves_none_half_done(path: Path, start: Start) -> None:
    async def prepare() -> None:
        async with open_database(path) as database:
            await save_at_once(database, many(60))

    asyncio.run(prepare())
    process = start("booker.py", str(path))
    assert process.stdout is not None
    for _ in range(20):
        process.stdout.readline()
    process.kill()
    process.communicate(timeout=60)

    def mismatched(connection: Connection) -> int:
        query = select(subscriptions.c.id).where(
            (subscriptions.c.next_day == TOMORROW.day)
            != select(series.c.id).where(series.c.subscription == subscriptions.c.id).exists()
        )
        return len(connection.execute(query).all())

    async def scenario() -> None:
        async with open_database(path) as database:
            assert await database.read(mismatched) == 0
            left = len(await Slots(database).due(NOW, limit=99))
            assert 0 < left < 60
            assert len(await History(database).series(limit=99)) == 60 - left
            again = await Slots(database).due(NOW, limit=99)
            await Slots(database).book([booking(each) for each in again], now=NOW)
            assert len(await History(database).series(limit=99)) == 60

    asyncio.run(scenario())
