"""What is wrong in one row, or was noted by a wrong clock, keeps no other chat waiting."""

import asyncio
import logging
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.outbox import Ready
from bot.core.delivery import Delivered, Kind, State, Work
from bot.core.errors import StoreError
from bot.core.slots import Booked
from bot.core.subscription import Destination, Slot
from bot.store.chats import Chats
from bot.store.database import Database, open_database
from bot.store.desk import Desk
from bot.store.editions import Editions
from bot.store.history import History
from bot.store.housekeeping import prune_delivery
from bot.store.outbox import Outbox
from bot.store.slots import ILLEGIBLE, Slots
from bot.store.subscriptions import Subscriptions
from bot.store.works import Works
from tests.fakes.subscribed import (
    HERE,
    MINUTE,
    NOW,
    THERE,
    TODAY,
    TOMORROW,
    Opened,
    booking,
    due_series,
    filled,
    subscription,
)

A_DAY = timedelta(days=1)
WORK = Work(kind="publish", args=("1",), line=str(HERE), key="publish:1")


def changed(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def test_a_subscription_that_cannot_be_read_is_stopped_and_the_others_are_served(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            for place in (HERE, THERE):
                await Subscriptions(database).save(subscription(place), now=NOW)
            changed(path, "UPDATE subscriptions SET timings = '[7]' WHERE id = 1")

            found = await Slots(database).due(NOW, limit=9)
            assert [each.destination for each in found] == [THERE]
            assert await Slots(database).due(NOW, limit=9) == found
            ahead = await Slots(database).ahead(NOW - MINUTE, beyond=0, limit=9)
            assert [each.destination for each in ahead] == [THERE]

    with caplog.at_level(logging.ERROR):
        asyncio.run(scenario())

    assert caplog.messages == [f"{HERE} gets no digest any more. {ILLEGIBLE}"]


def test_a_work_that_cannot_be_read_is_let_go_and_its_series_put_anew(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            number = await due_series(database)
            await Slots(database).put([number])
            await Works(database).put([WORK, replace(WORK, key="good")])
            changed(path, "UPDATE works SET args = '7' WHERE id = 1")

            (kept,) = await Works(database).all()

            assert kept.work.key == "good"
            assert await Works(database).all() == [kept]
            assert [each.series for each in await Slots(database).unput(limit=9)] == [number]
            assert len(await Works(database).put([WORK])) == 1

    with caplog.at_level(logging.ERROR):
        asyncio.run(scenario())

    assert caplog.messages == ["Works of the queue cannot be read and are put anew: 1."]


def test_what_was_put_off_is_tried_at_once_after_a_restart(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        (kept,) = await Works(database).put([WORK])
        await Works(database).again(kept.id, NOW + 30 * A_DAY)

        await Slots(database).restart()

        assert await Works(database).all() == [kept]

    opened(scenario)


def test_those_whose_next_slot_lies_ahead_are_found_by_their_numbers(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        kept = Subscriptions(database)
        first, second = [
            await kept.save(replace(subscription(place), next=TOMORROW), now=NOW)
            for place in (THERE, HERE)
        ]
        await kept.save(subscription(Destination("terminal")), now=NOW)

        assert await Slots(database).ahead(NOW, beyond=0, limit=9) == [first, second]
        assert await Slots(database).ahead(NOW, beyond=0, limit=1) == [first]
        assert await Slots(database).ahead(NOW, beyond=first.id, limit=9) == [second]

    opened(scenario)


def test_only_what_was_missed_ahead_of_now_is_forgotten(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        slots = Slots(database)
        stored = await Subscriptions(database).save(subscription(), now=NOW)
        later = [
            Slot(moment=NOW + days * A_DAY, day=TODAY.day + days * A_DAY, at=TODAY.at)
            for days in range(4)
        ]
        states = (State.MISSED, State.MISSED, State.COVERED, State.DUE)
        booked = [Booked(slot=slot, state=state) for slot, state in zip(later, states, strict=True)]
        await slots.book([booking(stored, *booked)], now=NOW)

        await slots.unmissed(NOW)

        assert await slots.taken(stored.id, since=TODAY.day) == {
            (later[0].day, TODAY.at),
            (later[3].day, TODAY.at),
        }
        assert await slots.taken(stored.id, since=later[1].day) == {(later[3].day, TODAY.at)}
        assert await slots.taken(stored.id + 1, since=TODAY.day) == set()

    opened(scenario)


@pytest.mark.parametrize(
    ("barred", "whom"),
    [
        (Destination("file", "here.txt"), True),
        (Destination("file", "here"), False),
        (Destination("file", "here.txt/45"), False),
    ],
)
def test_a_chat_that_the_operator_bars_is_not_due_until_it_is_listed_again(
    opened: Opened,
    barred: Destination,
    whom: bool,  # noqa: FBT001 - a column of the table
) -> None:
    topic = Destination("file", "here.txt/7")

    async def scenario(database: Database) -> None:
        slots, chats = Slots(database), Chats(database)
        for place in (HERE, topic, THERE):
            await Subscriptions(database).save(subscription(place), now=NOW)
        everybody = await slots.due(NOW, limit=9)
        assert len(everybody) == 3

        await chats.allow(barred, allowed=False)
        served = [THERE] if whom else [HERE, topic, THERE]
        assert [each.destination for each in await slots.due(NOW, limit=9)] == served
        assert [await slots.barred(place) for place in (HERE, topic, THERE)] == [whom, whom, False]

        await chats.allow(barred, allowed=True)
        assert await slots.due(NOW, limit=9) == everybody

    opened(scenario)


@pytest.mark.parametrize("arrives", ["before", "after"])
def test_a_digest_that_was_cut_off_but_arrived_in_part_counts_as_told(
    opened: Opened, arrives: str
) -> None:
    async def scenario(database: Database) -> None:
        desk, outbox = Desk(database), Outbox(database)
        number = await due_series(database)
        content = filled("one", "two")
        await desk.fill(number, content, now=NOW)
        ready = await outbox.begin(number, (), now=NOW)
        assert isinstance(ready, Ready)
        if arrives == "after":
            await desk.close(number, State.CANCELLED, why="Enough.", now=NOW)
        await outbox.record(ready.post, Delivered("there"), (), now=NOW)
        await desk.close(number, State.CANCELLED, why="Enough.", now=NOW)

        job = await desk.draft(subscription(), shown_since=NOW - A_DAY, now=NOW)
        assert (job.since, job.shown) == (content.until, frozenset({"a", "b"}))
        assert await Editions(database).last(str(HERE)) == content.edition
        found = await History(database).one(number)
        assert found is not None
        assert found.state is State.CANCELLED

    opened(scenario)


def test_the_end_of_the_last_window_outlives_a_long_time_without_one(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        desk, outbox = Desk(database), Outbox(database)
        for day in range(4):
            now = NOW + day * A_DAY
            content = replace(filled(f"day {day}"), until=now if day == 1 else None)
            number = await desk.open(HERE, Kind.DIGEST, content, now=now)
            ready = await outbox.begin(number, (), now=now)
            assert isinstance(ready, Ready)
            await outbox.record(ready.post, Delivered("there"), (), now=now)

        forever = NOW + 99 * A_DAY
        assert await prune_delivery(database, before=forever, shown_since=forever) == 2
        job = await desk.draft(subscription(), shown_since=NOW, now=forever)
        assert job.since == NOW + A_DAY

    opened(scenario)


def test_a_window_that_ended_while_the_clock_was_ahead_gives_way_to_the_next(
    opened: Opened,
) -> None:
    async def scenario(database: Database) -> None:
        desk, outbox = Desk(database), Outbox(database)
        for now in (NOW + 365 * A_DAY, NOW):
            content = replace(filled(f"{now}"), until=now)
            number = await desk.open(HERE, Kind.DIGEST, content, now=now)
            ready = await outbox.begin(number, (), now=now)
            assert isinstance(ready, Ready)
            await outbox.record(ready.post, Delivered("there"), (), now=now)

        assert (await desk.draft(subscription(), shown_since=NOW, now=NOW)).since == NOW

    opened(scenario)


def test_what_was_stored_outlives_a_loss_of_power(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            level = await database.write(
                lambda connection: connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
            )
            assert level == 2, "FULL"

    asyncio.run(scenario())


def test_a_fault_of_the_database_itself_is_no_bad_row(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            changed(path, "DROP TABLE works")
            with pytest.raises(StoreError):
                await Works(database).all()

    asyncio.run(scenario())
