"""What a chat asked for is kept as it was said, and an undo puts back what stood before."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, func, update

from bot.core.delivery import Kind, State
from bot.core.errors import StoreError
from bot.core.subscription import (
    Destination,
    Length,
    QuietPolicy,
    Schedule,
    Slot,
    Standing,
    Subscription,
    Timing,
    destination_of,
)
from bot.store.database import Database, open_database
from bot.store.delivery_tables import subscriptions
from bot.store.desk import Desk
from bot.store.history import History
from bot.store.subscriptions import NO_SCHEDULE, PAUSED, Subscriptions
from tests.fakes.subscribed import (
    HERE,
    MINUTE,
    NOW,
    THERE,
    TODAY,
    Opened,
    due_series,
    filled,
    subscription,
)

FULL = Subscription(
    destination=Destination("telegram", "-100123/45"),
    schedule=Schedule(
        (Timing(time(7, 30), (0, 2, 4)), Timing(time(18, 0, 1, 5))), "America/Argentina/Ushuaia"
    ),
    topics=("AI", "Токаев", "上海"),
    length=Length.LONG,
    language="ru",
    silent=True,
    quiet=QuietPolicy.SKIP,
    grace=timedelta(hours=2),
    owner="12345",
    declared=True,
    next=TODAY,
)


def test_every_field_comes_back_as_it_was_saved(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        stored = await Subscriptions(database).save(FULL, now=NOW)

        assert stored == replace(FULL, id=stored.id)
        assert stored.id > 0
        assert await Subscriptions(database).of(FULL.destination) == stored

    opened(scenario)


@pytest.mark.slow
@given(st.text(min_size=1), st.text(), st.lists(st.text(), max_size=3), st.text())
def test_any_text_is_kept(address: str, zone: str, topics: list[str], reason: str) -> None:
    hostile = replace(
        FULL,
        destination=destination_of(f"slack:{address}"),
        schedule=Schedule((Timing(time(8)),), zone),
        topics=tuple(topics),
        standing=Standing.STOPPED,
        reason=reason,
        next=None,
    )

    async def scenario() -> None:
        async with open_database(None) as database:
            stored = await Subscriptions(database).save(hostile, now=NOW)
            assert await Subscriptions(database).of(hostile.destination) == stored
            assert replace(stored, id=0) == hostile

    asyncio.run(scenario())


def test_an_unknown_chat_has_no_subscription_and_nothing_to_undo(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        assert await Subscriptions(database).of(HERE) is None
        assert await Subscriptions(database).previous(HERE) is None
        assert await Subscriptions(database).all() == []

    opened(scenario)


def test_all_are_listed_by_destination(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        kept = Subscriptions(database)
        for destination in (THERE, Destination("terminal"), HERE):
            await kept.save(subscription(destination), now=NOW)

        listed = [each.destination for each in await kept.all()]

        assert listed == [HERE, THERE, Destination("terminal")]

    opened(scenario)


def test_a_chat_has_one_subscription_and_keeps_its_number(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        kept = Subscriptions(database)
        first = await kept.save(FULL, now=NOW)

        second = await kept.save(replace(FULL, language="zh", id=77), now=NOW)

        assert second == replace(first, language="zh")
        assert await kept.all() == [second]

    opened(scenario)


def test_an_undo_puts_back_all_that_stood_before_and_can_be_undone(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        kept = Subscriptions(database)
        first = await kept.save(FULL, now=NOW)
        assert await kept.previous(FULL.destination) is None
        plain = Subscription(destination=FULL.destination)
        second = await kept.save(plain, now=NOW)

        before = await kept.previous(FULL.destination)

        assert before == first
        assert await kept.save(before, now=NOW, undo=True) == first
        assert await kept.previous(FULL.destination) == replace(second, undone=True)

    opened(scenario)


def test_it_is_known_when_a_chat_was_changed_to_what_it_is(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        kept = Subscriptions(database)
        first = await kept.save(FULL, now=NOW)
        second = await kept.save(replace(FULL, language="zh"), now=NOW + MINUTE)
        before = await kept.previous(FULL.destination)

        assert before is not None
        assert (first.changed, second.changed, before.changed) == (NOW, NOW + MINUTE, NOW)
        [listed] = await kept.all()
        assert listed.changed == NOW + MINUTE

    opened(scenario)


def test_what_an_older_version_kept_for_an_undo_is_read(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        kept = Subscriptions(database)
        await kept.save(FULL, now=NOW)
        await kept.save(replace(FULL, language="zh"), now=NOW)

        def older(connection: Connection) -> None:
            for name in ("$.changed", "$.previous", "$.undone"):
                shorter = func.json_remove(subscriptions.c.previous, name)
                connection.execute(update(subscriptions).values(previous=shorter))

        await database.write(older)
        before = await kept.previous(FULL.destination)

        assert before is not None
        assert (before.language, before.changed, before.undone) == (FULL.language, None, False)
        [now] = await kept.all()
        assert now.changed is None
        third = await kept.save(replace(FULL, language="ru"), now=NOW + MINUTE)
        assert third.changed == NOW + MINUTE

    opened(scenario)


PAUSES = replace(subscription(), standing=Standing.PAUSED)
STOPS = replace(subscription(), standing=Standing.STOPPED, reason="The zone is gone.")
ENDS = replace(subscription(), schedule=None)


@pytest.mark.parametrize(
    ("ended", "why"), [(PAUSES, PAUSED), (STOPS, "The zone is gone."), (ENDS, NO_SCHEDULE)]
)
def test_a_subscription_that_ends_takes_its_open_slot_along(
    opened: Opened, ended: Subscription, why: str
) -> None:
    async def scenario(database: Database) -> None:
        due, sending = await due_series(database), await due_series(database, THERE)
        await Desk(database).fill(sending, filled("one"), now=NOW)
        asked = await Desk(database).open(HERE, Kind.AGAIN, filled("one"), now=NOW)
        for destination in (HERE, THERE):
            changed = replace(ended, destination=destination)
            stored = await Subscriptions(database).save(changed, now=NOW + MINUTE)
            assert stored.next is None

        for number in (due, sending):
            series = await History(database).one(number)
            assert series is not None
            assert (series.state, series.why) == (State.CANCELLED, why)
            assert series.ended == NOW + MINUTE
            assert await Desk(database).job(number, shown_since=NOW) is None
        assert await Desk(database).job(asked, shown_since=NOW) is not None

    opened(scenario)


def test_a_change_of_what_is_served_leaves_the_open_slot(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await due_series(database)

        await Subscriptions(database).save(replace(subscription(), language="ru"), now=NOW)

        assert await Desk(database).job(number, shown_since=NOW) is not None

    opened(scenario)


def test_a_time_before_the_clocks_were_invented_is_kept(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        slot = Slot(moment=NOW.replace(year=1), day=NOW.date().replace(year=1), at=time.min)
        odd = replace(subscription(), next=slot)

        assert (await Subscriptions(database).save(odd, now=NOW)).next == slot

    opened(scenario)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE subscriptions SET standing = 'asleep'",
        "UPDATE subscriptions SET timings = '[7]'",
        "UPDATE subscriptions SET timings = '[[\"25:00\", []]]'",
        "UPDATE subscriptions SET topics = '7'",
        "UPDATE subscriptions SET next_at = 'noon'",
    ],
)
def test_a_row_that_nobody_wrote_is_said_to_be_damaged(path: Path, change: str) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            await Subscriptions(database).save(subscription(), now=NOW)
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(change)
        async with open_database(path) as database:
            with pytest.raises(StoreError, match="is damaged"):
                await Subscriptions(database).of(HERE)
            with pytest.raises(StoreError, match="is damaged"):
                await Subscriptions(database).all()

    asyncio.run(scenario())
