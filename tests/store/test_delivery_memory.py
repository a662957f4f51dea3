"""What was posted, what waits and when the bot ran is remembered, and let go in time."""

import asyncio
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Table, func, select

from bot.app.outbox import Ready
from bot.app.queue import Kept
from bot.app.slots import Stretch
from bot.core.delivery import Delivered, Kind, Pace, State, Work
from bot.core.errors import StoreError
from bot.store.database import Database, open_database
from bot.store.delivery_tables import lives, paces, parts, series, sheets
from bot.store.desk import Desk
from bot.store.history import History
from bot.store.housekeeping import prune_delivery
from bot.store.lives import Lives
from bot.store.outbox import Outbox
from bot.store.paces import Paces
from bot.store.works import Works
from tests.fakes.subscribed import HERE, MINUTE, NOW, THERE, Opened, due_series, filled

A_DAY = timedelta(days=1)
WORK = Work(kind="publish", args=("12", "x"), line="file:a", key="publish:12")


async def posted(database: Database, day: int, *, kind: Kind = Kind.DIGEST) -> int:
    """Post a series of its own page so many days after ``NOW``; return its number."""
    now = NOW + day * A_DAY
    content = replace(filled("one", f"day {day}"), until=now)
    number = await Desk(database).open(HERE, kind, content, now=now)
    while isinstance(ready := await Outbox(database).begin(number, (), now=now), Ready):
        await Outbox(database).record(ready.post, Delivered("there"), (), now=now)
    return number


async def count(database: Database, *tables: Table) -> list[int]:
    queries = [select(func.count()).select_from(table) for table in tables]
    return await database.read(
        lambda connection: [connection.execute(query).scalar_one() for query in queries]
    )


def test_series_are_listed_the_latest_due_first(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        history = History(database)
        first, second = await posted(database, 0), await posted(database, 1)
        other = await due_series(database, THERE)

        due = frozenset({State.DUE})

        everything = await history.series(limit=9)
        assert [each.id for each in everything] == [second, other, first]
        assert await history.series(limit=1) == everything[:1]
        assert await history.series(limit=-1) == []
        assert await history.series(destination=HERE, limit=9) == everything[::2]
        assert await history.series(states=due, limit=9) == everything[1:2]
        assert await history.series(destination=HERE, states=due, limit=9) == []
        assert await history.series(states=frozenset(), limit=9) == []

    opened(scenario)


def test_the_last_posted_digest_is_remembered_with_its_page(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        history = History(database)
        assert await history.last(HERE) is None
        await posted(database, 0)
        number = await posted(database, 1)
        await posted(database, 2, kind=Kind.AGAIN)
        await Desk(database).open(HERE, Kind.DIGEST, filled("unsent"), now=NOW + 3 * A_DAY)

        found = await history.last(HERE)

        assert found is not None
        assert found[0] == await history.one(number)
        assert found[1] == await history.filled(number)
        assert found[1].payloads == ({"text": "one"}, {"text": "day 1"})
        assert found[1].until == NOW + A_DAY

    opened(scenario)


def test_a_series_nobody_wrote_has_no_page(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await due_series(database)

        assert await History(database).filled(number) is None
        assert await History(database).one(number + 1) is None

    opened(scenario)


def test_a_page_of_a_newer_version_is_said_to_be_one(path: Path) -> None:
    page = json.dumps({"summary": "", "blocks": [["chart", []]]})

    async def scenario() -> None:
        async with open_database(path) as database:
            number = await posted(database, 0)
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute("UPDATE sheets SET page = ?", (page,))
            with pytest.raises(StoreError, match=r"unknown kind: chart\. A newer Briefbot wrote"):
                await History(database).filled(number)

    asyncio.run(scenario())


def test_works_are_kept_in_the_order_they_were_put(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        works = Works(database)
        later = replace(WORK, key="b", not_before=NOW, priority=3, args=())

        first, second = await works.put([WORK, later])

        assert (first.work, second.work) == (WORK, later)
        assert first.id < second.id
        assert await works.all() == [first, second]
        assert await works.put([]) == []

    opened(scenario)


def test_a_work_whose_key_waits_is_left_out(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        works = Works(database)
        (first,) = await works.put([WORK])
        fresh = replace(WORK, key="b")

        (kept,) = await works.put([replace(WORK, line="other"), fresh, replace(fresh, priority=9)])

        assert kept.work == fresh
        assert await works.all() == [first, kept]

    opened(scenario)


def test_a_number_is_never_given_twice(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        works = Works(database)
        (first,) = await works.put([WORK])

        await works.done(first.id)
        await works.done(first.id)

        assert await works.all() == []
        (second,) = await works.put([WORK])
        assert second.id > first.id

    opened(scenario)


def test_a_work_that_is_put_off_is_kept_for_its_moment(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        works = Works(database)
        (kept,) = await works.put([WORK])

        await works.again(kept.id, NOW + MINUTE)

        assert await works.all() == [Kept(id=kept.id, work=replace(WORK, not_before=NOW + MINUTE))]

    opened(scenario)


@pytest.mark.slow
def test_ten_thousand_works_are_put_together(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        given = [replace(WORK, key=f"{number}") for number in range(10_000)]

        kept = await Works(database).put(given)

        assert [each.work for each in kept] == given

    opened(scenario)


def test_the_stretches_in_which_the_bot_ran_are_remembered(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        kept = Lives(database)
        assert await kept.since(NOW) == []
        await kept.begin(NOW)
        await kept.beat(NOW + MINUTE)
        await kept.begin(NOW + 5 * MINUTE)
        await kept.beat(NOW + 9 * MINUTE, stopped=True)

        killed = Stretch(began=NOW, last=NOW + MINUTE, stopped=False)
        stopped = Stretch(began=NOW + 5 * MINUTE, last=NOW + 9 * MINUTE, stopped=True)
        assert await kept.since(NOW) == [killed, stopped]
        assert await kept.since(NOW + MINUTE) == [stopped]

    opened(scenario)


def test_a_beat_after_the_clock_was_set_back_begins_a_stretch(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        kept = Lives(database)
        await kept.beat(NOW + A_DAY)

        await kept.beat(NOW)
        await kept.beat(NOW + MINUTE)

        assert await kept.since(NOW) == [
            Stretch(began=NOW, last=NOW + MINUTE, stopped=False),
            Stretch(began=NOW + A_DAY, last=NOW + A_DAY, stopped=False),
        ]

    opened(scenario)


def test_old_series_go_with_their_parts_and_pages(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        for day in range(4):
            await posted(database, day)
        missed = await due_series(database)
        await Desk(database).close(missed, State.MISSED, why="Old.", now=NOW)
        before = NOW + 2 * A_DAY

        assert await prune_delivery(database, before=before, shown_since=NOW + 9 * A_DAY) == 3

        assert await count(database, series, parts, sheets) == [2, 4, 2]
        assert await prune_delivery(database, before=before, shown_since=NOW + 9 * A_DAY) == 0

    opened(scenario)


def test_what_was_shown_of_late_and_what_is_open_stays(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await posted(database, 0)
        late = await posted(database, 1)
        last = await posted(database, 2)
        again = await posted(database, 0, kind=Kind.AGAIN)
        waiting = await due_series(database)
        forever = NOW + 99 * A_DAY

        assert await prune_delivery(database, before=forever, shown_since=NOW + A_DAY) == 1
        left = {each.id for each in await History(database).series(limit=9)}
        assert left == {late, last, again, waiting}

        # The last of its kind stays, whatever its age: it says how far the news was told.
        assert await prune_delivery(database, before=forever, shown_since=forever) == 1
        left = {each.id for each in await History(database).series(limit=9)}
        assert left == {last, again, waiting}
        job = await Desk(database).job(waiting, shown_since=NOW)
        assert job is not None
        assert job.since == NOW + 2 * A_DAY

    opened(scenario)


def test_paces_and_stretches_of_old_go_too(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await Paces(database).reserve([Pace("old", 1.0)], now=NOW)
        await Paces(database).reserve([Pace("new", 1.0)], now=NOW + 2 * A_DAY)
        await Outbox(database).hold("held", until=NOW + 2 * A_DAY)
        await Outbox(database).hold("free", until=NOW)
        for day in (0, 2):
            await Lives(database).begin(NOW + day * A_DAY)

        await prune_delivery(database, before=NOW + A_DAY, shown_since=NOW)

        assert await count(database, lives, paces) == [1, 2]
        await prune_delivery(database, before=NOW + 9 * A_DAY, shown_since=NOW)
        assert await count(database, lives, paces) == [1, 0]

    opened(scenario)
