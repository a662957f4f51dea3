"""Parts are handed out one by one, and what became of each is written with all that follows."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot.app.outbox import Ready, Wait
from bot.app.ports import Edition
from bot.core.delivery import (
    Deferred,
    Delivered,
    Fate,
    Kind,
    Moved,
    Outcome,
    Pace,
    Post,
    Receipt,
    Refused,
    Scope,
    Series,
    State,
    Tried,
    Unsure,
    Work,
)
from bot.core.errors import StoreError
from bot.core.slots import Booked
from bot.core.subscription import Destination, Standing
from bot.store.database import Database, open_database
from bot.store.delivery_tables import chats
from bot.store.desk import Desk
from bot.store.editions import Editions
from bot.store.history import History
from bot.store.moving import ELSEWHERE
from bot.store.outbox import Outbox
from bot.store.paces import Paces
from bot.store.slots import Slots
from bot.store.subscriptions import Subscriptions
from bot.store.works import Works
from tests.fakes.subscribed import (
    HERE,
    MINUTE,
    NOW,
    THERE,
    TOMORROW,
    Opened,
    booking,
    due_series,
    filled,
    subscription,
)

ACCOUNT = Pace("file", 0.1, burst=100)
CHAT = Pace(str(HERE), 1.0, burst=100)
PACES = (ACCOUNT, CHAT)
LONG_AGO = NOW - timedelta(days=30)


async def on_its_way(database: Database, *payloads: str, destination: Destination = HERE) -> int:
    number = await due_series(database, destination)
    await Desk(database).fill(number, filled(*payloads), now=NOW)
    return number


async def ready(database: Database, number: int, paces: Sequence[Pace] = PACES) -> Ready:
    found = await Outbox(database).begin(number, paces, now=NOW)
    assert isinstance(found, Ready)
    return found


async def record(
    database: Database, number: int, *outcomes: Outcome, paces: Sequence[Pace] = PACES
) -> Post:
    """Begin and record one outcome after the other, a minute later; return the last post."""
    posts = []
    for outcome in outcomes:
        posts.append((await ready(database, number, ())).post)
        await Outbox(database).record(posts[-1], outcome, paces, now=NOW + MINUTE)
    return posts[-1]


async def series(database: Database, number: int) -> Series:
    found = await History(database).one(number)
    assert found is not None
    return found


async def receipts(database: Database, number: int) -> list[Receipt]:
    return list(await History(database).receipts(number))


async def fates(database: Database, number: int) -> list[Fate]:
    return [receipt.fate for receipt in await receipts(database, number)]


def test_parts_are_handed_out_in_order_the_later_ones_under_the_first(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await on_its_way(database, "one", "two", "three")
        outbox = Outbox(database)

        first = await ready(database, number)
        assert first == Ready(
            Post(series=number, part=0, destination=HERE, payload={"text": "one"}),
            interrupted=False,
        )
        assert await fates(database, number) == [Fate.SENDING, Fate.WAITING, Fate.WAITING]
        await outbox.record(first.post, Delivered("m1"), PACES, now=NOW)
        second = await ready(database, number)
        assert (second.post.part, second.post.payload, second.post.under) == (
            1,
            {"text": "two"},
            "m1",
        )
        await outbox.record(second.post, Delivered("m2"), PACES, now=NOW)
        assert (await ready(database, number)).post.under == "m1"

    opened(scenario)


def test_a_delivered_series_is_posted_and_is_the_chats_last_edition(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await on_its_way(database, "one", "two")
        await record(database, number, Delivered("m1"))
        assert (await series(database, number)).state is State.SENDING
        edition = Edition(destination=str(HERE), made=NOW, stories=(("a",), ("b",)))
        assert await Editions(database).last(str(HERE)) == edition

        last = await record(database, number, Delivered("m2"))

        posted = await series(database, number)
        assert (posted.state, posted.why, posted.ended) == (State.POSTED, "", NOW + MINUTE)
        assert await receipts(database, number) == [
            Receipt(
                series=number,
                part=part,
                fate=Fate.DELIVERED,
                attempts=1,
                reference=f"m{part + 1}",
                changed=NOW + MINUTE,
            )
            for part in (0, 1)
        ]
        assert await Editions(database).last(str(HERE)) == edition
        assert await Outbox(database).begin(number, PACES, now=NOW) is None

        # Said twice, as after a crash: nothing is counted again.
        await Outbox(database).record(last, Delivered("m2"), PACES, now=NOW + 9 * MINUTE)
        assert await series(database, number) == posted

    opened(scenario)


def test_what_is_not_on_its_way_is_not_handed_out(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await due_series(database)

        assert await Outbox(database).begin(number, PACES, now=NOW) is None
        assert await Outbox(database).begin(number + 1, PACES, now=NOW) is None

    opened(scenario)


def test_a_part_without_room_waits_and_is_not_begun(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await on_its_way(database, "one")
        slow = (ACCOUNT, Pace(str(HERE), 60.0))
        await Paces(database).reserve(slow, now=NOW)

        assert await Outbox(database).begin(number, slow, now=NOW) == Wait(NOW + MINUTE)
        assert await fates(database, number) == [Fate.WAITING]
        assert (await receipts(database, number))[0].attempts == 0
        assert isinstance(await Outbox(database).begin(number, slow, now=NOW + MINUTE), Ready)

    opened(scenario)


def test_a_part_found_in_sending_was_interrupted_and_is_counted_so(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await on_its_way(database, "one", "two")
        await ready(database, number)

        again = await ready(database, number)

        assert again.interrupted
        assert again.post.part == 0
        receipt = (await receipts(database, number))[0]
        assert (receipt.attempts, receipt.interrupted) == (2, 1)

    opened(scenario)


def test_of_an_interrupted_part_it_is_known_when_it_may_have_been_sent(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await on_its_way(database, "one", "two")
        due = (await series(database, number)).due

        assert (await ready(database, number)).post.tried is None
        assert (await ready(database, number)).post.tried == Tried(due, NOW)
        await record(database, number, Unsure("The line broke."))
        assert (await ready(database, number)).post.tried == Tried(due, NOW + MINUTE)
        await record(database, number, Delivered("m1"))
        assert (await ready(database, number)).post.tried is None

    opened(scenario)


def test_an_unsure_part_stays_as_it_is_and_is_counted_once(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await on_its_way(database, "one")
        await record(database, number, Unsure("The line broke."))
        receipt = (await receipts(database, number))[0]
        assert (receipt.fate, receipt.why, receipt.interrupted) == (
            Fate.SENDING,
            "The line broke.",
            0,
        )

        again = await ready(database, number)
        assert again.interrupted
        await Outbox(database).record(again.post, Delivered("m1"), PACES, now=NOW)

        receipt = (await receipts(database, number))[0]
        assert (receipt.fate, receipt.why, receipt.interrupted) == (Fate.DELIVERED, "", 1)

    opened(scenario)


@pytest.mark.parametrize(
    ("scope", "held"),
    [(Scope.PART, set[str]()), (Scope.DESTINATION, {CHAT.name}), (Scope.ACCOUNT, {ACCOUNT.name})],
)
def test_a_deferred_part_waits_and_holds_the_pace_of_its_scope(
    opened: Opened, scope: Scope, held: set[str]
) -> None:
    async def scenario(database: Database) -> None:
        number = await on_its_way(database, "one")

        await record(database, number, Deferred(30, scope, "Flood."))

        receipt = (await receipts(database, number))[0]
        assert (receipt.fate, receipt.why, receipt.interrupted) == (Fate.WAITING, "Flood.", 0)
        now = NOW + MINUTE
        told = {
            pace.name: await Paces(database).reserve([pace], now=now) for pace in (ACCOUNT, CHAT)
        }
        assert {name for name, until in told.items() if until} == held
        assert set(told.values()) - {None} <= {now + timedelta(seconds=30)}
        assert not (await ready(database, number, ())).interrupted

    opened(scenario)


def test_a_chat_without_a_pace_of_its_own_holds_the_one_there_is(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await on_its_way(database, "one")

        await record(database, number, Deferred(30), paces=(ACCOUNT,))

        until = NOW + MINUTE + timedelta(seconds=30)
        assert await Outbox(database).begin(number, (ACCOUNT,), now=NOW + MINUTE) == Wait(until)

    opened(scenario)


@pytest.mark.parametrize(
    ("seconds", "days"), [(1e18, 366), (float("inf"), 366), (float("nan"), 0), (-5, 0)]
)
def test_any_wait_that_a_platform_asks_for_is_a_moment(
    opened: Opened, seconds: float, days: int
) -> None:
    async def scenario(database: Database) -> None:
        number = await on_its_way(database, "one")

        await record(database, number, Deferred(seconds))

        until = NOW + MINUTE + timedelta(days=days)
        told = await Paces(database).reserve([CHAT], now=NOW + MINUTE)
        assert told == (until if days else None)

    opened(scenario)


def test_a_refused_part_is_skipped_and_the_rest_goes_on(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await on_its_way(database, "one", "two")

        await record(database, number, Refused("Bad markup.", Scope.PART), Delivered("m2"))

        posted = await series(database, number)
        assert (posted.state, posted.why) == (State.POSTED, "Bad markup.")
        assert await fates(database, number) == [Fate.REFUSED, Fate.DELIVERED]
        assert await Editions(database).last(str(HERE)) is not None

    opened(scenario)


def test_a_late_series_stays_late_though_a_part_is_refused(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await due_series(database)
        await Desk(database).fill(number, replace(filled("one", "two"), why="Late."), now=NOW)

        await record(database, number, Delivered("m1"), Refused("Bad markup.", Scope.PART))

        assert (await series(database, number)).why == "Late."

    opened(scenario)


def test_a_series_none_of_whose_parts_arrived_is_refused_and_moves_nothing(
    opened: Opened,
) -> None:
    async def scenario(database: Database) -> None:
        number = await on_its_way(database, "one", "two")
        refused = Refused("Bad markup.", Scope.PART)

        await record(database, number, refused, replace(refused, why="Too long."))

        ended = await series(database, number)
        assert (ended.state, ended.why) == (State.REFUSED, "Bad markup.")
        assert await Editions(database).last(str(HERE)) is None
        later = await Desk(database).open(HERE, Kind.DIGEST, None, now=NOW)
        job = await Desk(database).job(later, shown_since=LONG_AGO)
        assert job is not None
        assert (job.since, job.shown) == (None, frozenset())

    opened(scenario)


def test_a_chat_that_refuses_ends_what_is_open_there_and_stops(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await on_its_way(database, "one", "two", "three")
        other = await on_its_way(database, "one", destination=THERE)
        waiting = await Desk(database).open(HERE, Kind.AGAIN, None, now=NOW)
        await record(database, number, Delivered("m1"))
        before = await Subscriptions(database).of(HERE)

        await record(database, number, Refused("Kicked.", Scope.DESTINATION))

        ended, cancelled = await series(database, number), await series(database, waiting)
        assert (ended.state, ended.why, ended.ended) == (State.REFUSED, "Kicked.", NOW + MINUTE)
        assert (cancelled.state, cancelled.why) == (State.CANCELLED, "Kicked.")
        assert await fates(database, number) == [Fate.DELIVERED, Fate.REFUSED, Fate.REFUSED]
        assert before is not None
        assert await Subscriptions(database).of(HERE) == replace(
            before, standing=Standing.STOPPED, reason="Kicked.", next=None
        )
        assert (await series(database, other)).state is State.SENDING
        spared = await Subscriptions(database).of(THERE)
        assert spared is not None
        assert spared.standing is Standing.ACTIVE

    opened(scenario)


def test_a_chat_that_its_admin_paused_stays_paused(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        paused = replace(subscription(), standing=Standing.PAUSED)
        await Subscriptions(database).save(paused, now=NOW)
        number = await Desk(database).open(HERE, Kind.AGAIN, filled("one"), now=NOW)

        await record(database, number, Refused("Kicked.", Scope.DESTINATION))

        kept = await Subscriptions(database).of(HERE)
        assert kept is not None
        assert (kept.standing, kept.reason) == (Standing.PAUSED, "")

    opened(scenario)


@pytest.mark.parametrize("paces", [PACES, ()])
def test_an_account_that_refuses_is_left_alone_for_a_minute(
    opened: Opened, paces: Sequence[Pace]
) -> None:
    async def scenario(database: Database) -> None:
        number = await on_its_way(database, "one")

        await record(database, number, Refused("Bad token.", Scope.ACCOUNT), paces=paces)

        assert (await series(database, number)).state is State.SENDING
        receipt = (await receipts(database, number))[0]
        assert (receipt.fate, receipt.why) == (Fate.WAITING, "Bad token.")
        begun = await Outbox(database).begin(number, (ACCOUNT,), now=NOW + MINUTE)
        assert (begun == Wait(NOW + 2 * MINUTE)) is bool(paces)

    opened(scenario)


def test_a_part_that_arrives_after_the_end_leaves_it_ended_but_was_told(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await on_its_way(database, "one")
        post = (await ready(database, number)).post
        await Desk(database).close(number, State.CANCELLED, why="By hand.", now=NOW)
        cancelled = await series(database, number)

        await Outbox(database).record(post, Delivered("m1"), PACES, now=NOW + MINUTE)

        assert await fates(database, number) == [Fate.DELIVERED]
        assert await series(database, number) == cancelled
        assert await Editions(database).last(str(HERE)) is not None

    opened(scenario)


def test_a_chat_that_moved_is_known_by_its_new_address_everywhere(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        posted = await on_its_way(database, "one")
        await record(database, posted, Delivered("m1"))
        number = await Desk(database).open(HERE, Kind.AGAIN, filled("one", "two"), now=NOW)
        await Works(database).put([Work(kind="publish", line=str(HERE), key="k")])
        before = await Subscriptions(database).of(HERE)
        allow = insert(chats).values(destination=str(HERE), allowed=True, owner="7")
        await database.write(lambda connection: connection.execute(allow))

        await record(database, number, Delivered("m1"), Moved(THERE))

        assert before is not None
        assert await Subscriptions(database).of(THERE) == replace(before, destination=THERE)
        assert await Subscriptions(database).of(HERE) is None
        assert [each.destination for each in await History(database).series(limit=9)] == [
            THERE,
            THERE,
        ]
        assert await Editions(database).last(str(HERE)) is None
        assert await Editions(database).last(str(THERE)) is not None
        assert [kept.work.line for kept in await Works(database).all()] == [str(THERE)]
        found = await database.read(lambda connection: connection.execute(select(chats)).all())
        assert [(row.destination, row.allowed, row.owner) for row in found] == [
            (str(THERE), True, "7")
        ]
        again = await ready(database, number)
        assert (again.post.destination, again.post.part, again.interrupted) == (THERE, 1, False)

    opened(scenario)


def test_a_chat_that_moved_to_one_with_a_subscription_takes_its_settings(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        theirs = await Subscriptions(database).save(
            replace(subscription(THERE), language="zh", next=TOMORROW), now=NOW
        )
        number = await on_its_way(database, "one")
        ours = await Subscriptions(database).of(HERE)
        assert ours is not None
        another = Booked(slot=TOMORROW, state=State.DUE)
        (open_one,) = await Slots(database).book([booking(ours, another)], now=NOW)
        both: list[dict[str, object]] = [
            {"destination": str(HERE), "allowed": True, "owner": "1", "title": "News"},
            {"destination": str(THERE), "allowed": None, "owner": "2", "title": ""},
        ]
        await database.write(lambda connection: connection.execute(insert(chats), both))

        await record(database, number, Moved(THERE), Delivered("m1"))

        assert await Subscriptions(database).all() == [theirs]
        posted, cancelled = await series(database, number), await series(database, open_one.series)
        assert (posted.state, posted.destination, posted.subscription) == (
            State.POSTED,
            THERE,
            None,
        )
        assert (cancelled.state, cancelled.why) == (State.CANCELLED, ELSEWHERE)
        found = await database.read(lambda connection: connection.execute(select(chats)).all())
        assert [(row.destination, row.allowed, row.owner, row.title) for row in found] == [
            (str(THERE), True, "2", "News")
        ]

    opened(scenario)


def test_a_chat_of_which_nothing_else_is_known_moves(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        notice = replace(filled("one"), edition=None, until=None)
        number = await Desk(database).open(HERE, Kind.NOTICE, notice, now=NOW)

        await record(database, number, Moved(THERE), Delivered("m1"))

        posted = await series(database, number)
        assert (posted.state, posted.destination) == (State.POSTED, THERE)
        assert await History(database).filled(number) == notice

    opened(scenario)


def test_a_chat_that_moved_to_where_it_is_changes_nothing(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await on_its_way(database, "one")
        before = await Subscriptions(database).all()

        post = await record(database, number, Moved(HERE))
        gone = replace(post, series=number + 1)
        await Outbox(database).record(gone, Moved(THERE), PACES, now=NOW)

        assert await Subscriptions(database).all() == before
        assert await fates(database, number) == [Fate.WAITING]

    opened(scenario)


def test_what_was_begun_is_found_begun_after_a_crash(path: Path) -> None:
    async def before() -> int:
        async with open_database(path) as database:
            number = await on_its_way(database, "one")
            await ready(database, number)
            return number

    async def after(number: int) -> None:
        async with open_database(path) as database:
            assert (await ready(database, number)).interrupted

    asyncio.run(after(asyncio.run(before())))


def test_parts_of_many_series_are_begun_and_recorded_at_the_same_time(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        desk, outbox = Desk(database), Outbox(database)

        async def deliver(name: int) -> int:
            place = Destination("file", f"{name}")
            number = await desk.open(place, Kind.DIGEST, filled("one", "two"), now=NOW)
            while isinstance(begun := await outbox.begin(number, PACES, now=NOW), Ready):
                assert begun.post.destination == place
                await outbox.record(begun.post, Delivered(f"{name}"), PACES, now=NOW)
            return number

        numbers = await asyncio.gather(*(deliver(name) for name in range(40)))

        for number in numbers:
            assert (await series(database, number)).state is State.POSTED
            assert await fates(database, number) == [Fate.DELIVERED] * 2

    opened(scenario)


@pytest.mark.parametrize(
    ("change", "use"),
    [
        ("UPDATE sheets SET payloads = '[]'", lambda database: ready(database, 1)),
        ("UPDATE sheets SET payloads = '['", lambda database: ready(database, 1)),
        ("UPDATE parts SET fate = '?'", lambda database: receipts(database, 1)),
        ("UPDATE series SET state = '?'", lambda database: series(database, 1)),
        ("UPDATE sheets SET page = '{}'", lambda database: History(database).filled(1)),
    ],
)
def test_a_row_that_nobody_wrote_is_said_to_be_damaged(
    path: Path, change: str, use: Callable[[Database], Awaitable[object]]
) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            assert await on_its_way(database, "one") == 1
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute(change)
            with pytest.raises(StoreError, match="is damaged"):
                await use(database)

    asyncio.run(scenario())
