"""A series is prepared from what its chat has seen, and its parts are written once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select

from bot.app.outbox import Filled, Job, Ready
from bot.app.ports import Edition
from bot.core.delivery import Deferred, Delivered, Fate, Kind, Receipt, State
from bot.core.page import Page
from bot.core.slots import Booked
from bot.core.subscription import Destination, Slot
from bot.store.database import Database
from bot.store.delivery_tables import sheets
from bot.store.desk import Desk
from bot.store.editions import Editions
from bot.store.history import History
from bot.store.outbox import Outbox
from bot.store.posting import EMPTY
from bot.store.slots import Slots
from bot.store.subscriptions import Subscriptions
from tests.fakes.subscribed import (
    HERE,
    MINUTE,
    NOW,
    PAGE,
    THERE,
    TODAY,
    Opened,
    booking,
    due_series,
    filled,
    subscription,
)

LONG_AGO = NOW - timedelta(days=30)


async def job(database: Database, number: int) -> Job:
    found = await Desk(database).job(number, shown_since=LONG_AGO)
    assert found is not None
    return found


async def post(
    database: Database, content: Filled, destination: Destination = HERE, kind: Kind = Kind.DIGEST
) -> int:
    """Post it at the moment it was made."""
    now = NOW if content.edition is None else content.edition.made
    number = await Desk(database).open(destination, kind, content, now=now)
    while isinstance(ready := await Outbox(database).begin(number, (), now=now), Ready):
        await Outbox(database).record(ready.post, Delivered("there"), (), now=now)
    return number


async def receipts(database: Database, number: int) -> Sequence[Receipt]:
    return await History(database).receipts(number)


async def count_sheets(database: Database) -> int:
    query = select(func.count()).select_from(sheets)
    return await database.read(lambda connection: connection.scalar(query) or 0)


def test_the_first_job_of_a_chat_has_seen_nothing(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await due_series(database)

        found = await job(database, number)

        assert found.series == await History(database).one(number)
        assert found.subscription == await Subscriptions(database).of(HERE)
        assert (found.since, found.shown) == (None, frozenset())
        assert await Desk(database).job(number + 1, shown_since=LONG_AGO) is None

    opened(scenario)


def test_a_job_knows_the_last_posted_window_and_what_was_shown(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        old = Edition(destination=str(HERE), made=LONG_AGO - MINUTE, stories=(("old",),))
        await post(database, replace(filled("x"), edition=old, until=LONG_AGO - MINUTE))
        await post(database, filled("x", articles=("a", "b")))
        await post(database, filled("x", articles=("c",)), THERE)
        unposted = await Desk(database).open(HERE, Kind.DIGEST, filled("x"), now=NOW)
        later = replace(filled("x", articles=("d",)), until=NOW + MINUTE)
        await Desk(database).close(unposted, State.CANCELLED, why="", now=NOW)
        await Desk(database).open(HERE, Kind.DIGEST, later, now=NOW)

        found = await job(database, await due_series(database))

        assert found.since == NOW
        assert found.shown == {"a", "b"}

    opened(scenario)


def test_a_message_without_a_window_moves_none(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        notice = Filled(page=PAGE, payloads=({"text": "The disk is full."},))
        await post(database, notice, kind=Kind.NOTICE)

        found = await job(database, await due_series(database))

        assert (found.since, found.shown) == (None, frozenset())
        assert await Editions(database).last(str(HERE)) is None

    opened(scenario)


def test_a_draft_is_what_a_digest_would_be_made_from_and_writes_nothing(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await post(database, filled("x"))
        stored = await Subscriptions(database).save(replace(subscription(), silent=True), now=NOW)
        number = await due_series(database)
        desk = Desk(database)

        drafted = await desk.draft(stored, shown_since=LONG_AGO, now=NOW + MINUTE)
        unknown = await desk.draft(subscription(THERE), shown_since=LONG_AGO, now=NOW)

        real = await job(database, number)
        assert (drafted.since, drafted.shown) == (real.since, real.shown)
        assert drafted.since == NOW
        assert drafted.subscription == stored
        assert drafted.series.id == 0
        assert (drafted.series.subscription, drafted.series.silent) == (stored.id, True)
        assert (drafted.series.slot, drafted.series.due) == (None, NOW + MINUTE)
        assert (drafted.series.kind, drafted.series.state) == (Kind.DIGEST, State.DUE)
        assert (unknown.series.subscription, unknown.since) == (None, None)
        assert len(await History(database).series(limit=9)) == 2

    opened(scenario)


def test_a_filled_series_is_on_its_way_with_its_parts(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await due_series(database)

        await Desk(database).fill(number, replace(filled("one", "two"), why="Late."), now=NOW)

        series = (await job(database, number)).series
        assert (series.state, series.parts, series.why) == (State.SENDING, 2, "Late.")
        assert await receipts(database, number) == [
            Receipt(series=number, part=part, fate=Fate.WAITING, changed=NOW) for part in (0, 1)
        ]
        assert await History(database).filled(number) == replace(filled("one", "two"), why="Late.")

    opened(scenario)


def test_a_series_is_filled_once(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await due_series(database)
        desk = Desk(database)
        await desk.fill(number, filled("one"), now=NOW)

        await desk.fill(number, filled("one", "two"), now=NOW)
        await desk.fill(number + 1, filled("one"), now=NOW)

        assert len(await receipts(database, number)) == 1
        assert await receipts(database, number + 1) == []

    opened(scenario)


def test_a_page_without_a_message_is_not_called_posted(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await due_series(database)

        await Desk(database).fill(number, filled(), now=NOW)

        series = await History(database).one(number)
        assert series is not None
        assert (series.state, series.why, series.ended) == (State.REFUSED, EMPTY, NOW)

    opened(scenario)


def test_a_page_of_many_chats_is_kept_once(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        desk, shared = Desk(database), filled("one", "two")
        numbers = [
            await desk.open(Destination("file", f"{n}"), Kind.DIGEST, shared, now=NOW)
            for n in range(5)
        ]
        # The same, made anew, as after a restart.
        numbers.append(await Desk(database).open(HERE, Kind.DIGEST, filled("one", "two"), now=NOW))
        assert await count_sheets(database) == 1

        for other in (
            filled("one", "three"),
            filled("one", "two", articles=("a",)),
            replace(shared, page=Page((), "Another")),
            replace(shared, edition=None),
        ):
            await desk.open(HERE, Kind.DIGEST, other, now=NOW)
        assert await count_sheets(database) == 5

        for number in numbers:
            assert (await job(database, number)).series.parts == 2
        kept = await History(database).filled(numbers[0])
        assert kept is not None
        assert kept.edition is not None
        assert kept.edition.destination == "file:0"

    opened(scenario)


def test_a_sheet_that_was_let_go_is_written_anew(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        desk, shared = Desk(database), filled("one")
        await desk.open(HERE, Kind.DIGEST, shared, now=NOW)
        await database.write(
            lambda connection: (
                connection.exec_driver_sql("DELETE FROM series").rowcount
                + connection.exec_driver_sql("DELETE FROM sheets").rowcount
            )
        )

        number = await desk.open(HERE, Kind.DIGEST, shared, now=NOW)

        assert await History(database).filled(number) == shared

    opened(scenario)


def test_a_closed_series_is_over(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        desk = Desk(database)
        quiet, cut = await due_series(database), await due_series(database, THERE)
        await desk.fill(cut, filled("one", "two"), now=NOW)

        await desk.close(quiet, State.QUIET, why="No news.", now=NOW + MINUTE)
        await desk.close(cut, State.CANCELLED, why="By hand.", now=NOW)
        await desk.close(cut, State.UNKNOWN, why="Too late.", now=NOW)

        ended = [await History(database).one(number) for number in (quiet, cut)]
        assert [each and (each.state, each.why) for each in ended] == [
            (State.QUIET, "No news."),
            (State.CANCELLED, "By hand."),
        ]
        assert ended[0] is not None
        assert ended[0].ended == NOW + MINUTE
        assert await desk.job(quiet, shown_since=LONG_AGO) is None
        assert await Outbox(database).begin(cut, (), now=NOW) is None

    opened(scenario)


def test_a_series_without_a_slot_belongs_to_its_chat(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        stored = await Subscriptions(database).save(replace(subscription(), silent=True), now=NOW)
        desk = Desk(database)

        mine = await job(database, await desk.open(HERE, Kind.DIGEST, None, now=NOW))
        other = await job(database, await desk.open(THERE, Kind.AGAIN, filled("x"), now=NOW))

        assert mine.subscription == stored
        assert (mine.series.slot, mine.series.due) == (None, NOW)
        assert (mine.series.state, mine.series.silent) == (State.DUE, True)
        assert (other.subscription, other.series.kind) == (None, Kind.AGAIN)
        assert (other.series.state, other.series.silent) == (State.SENDING, False)
        assert len(await Slots(database).unput(limit=9)) == 2

    opened(scenario)


async def parts_of(database: Database, number: int) -> Sequence[tuple[Fate, int]]:
    return [(one.fate, one.attempts) for one in await receipts(database, number)]


def test_parts_that_wait_are_taken_back_and_written_anew(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number, desk, outbox = await due_series(database), Desk(database), Outbox(database)
        fresh = await job(database, number)
        await desk.fill(number, replace(filled("1", "2"), why="Late."), now=NOW)
        ready = await outbox.begin(number, (), now=NOW)
        assert isinstance(ready, Ready)
        await outbox.record(ready.post, Deferred(60.0), (), now=NOW)

        assert await desk.unfill(number)

        assert await job(database, number) == fresh
        assert await receipts(database, number) == []
        assert not await desk.unfill(number)

        await desk.fill(number, filled("3"), now=NOW)
        again = await outbox.begin(number, (), now=NOW)
        assert isinstance(again, Ready)
        assert again.post.payload == {"text": "3"}

    opened(scenario)


def test_parts_of_which_one_may_be_there_are_not_taken_back(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number, desk, outbox = await due_series(database), Desk(database), Outbox(database)
        await desk.fill(number, filled("1", "2"), now=NOW)
        await outbox.begin(number, (), now=NOW)

        assert not await desk.unfill(number)

        ready = await outbox.begin(number, (), now=NOW)
        assert isinstance(ready, Ready)
        await outbox.record(ready.post, Deferred(60.0), (), now=NOW)
        assert not await desk.unfill(number)

        await outbox.record(ready.post, Delivered("there"), (), now=NOW)
        assert not await desk.unfill(number)

        assert await parts_of(database, number) == [(Fate.DELIVERED, 2), (Fate.WAITING, 0)]
        assert (await job(database, number)).series.state is State.SENDING

    opened(scenario)


def test_a_due_slot_is_covered_by_the_last_later_one_which_counts_it(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        stored = await Subscriptions(database).save(subscription(), now=NOW)
        ours = tuple(
            Booked(slot=slot_of_day(day), state=State.DUE, covers=covers)
            for day, covers in ((0, 3), (1, 0), (2, 0))
        )
        first, second, third = await Slots(database).book([booking(stored, *ours)], now=NOW)
        await due_series(database, THERE)
        desk = Desk(database)
        await desk.fill(second.series, filled("0"), now=NOW)
        jobs = [await job(database, one.series) for one in (first, second, third)]
        assert [one.overtaken for one in jobs] == [True, True, False]
        assert await desk.unfill(second.series)

        assert await desk.cover(first.series, why="Covered.", now=NOW + MINUTE)
        assert not await desk.cover(first.series, why="Covered.", now=NOW + MINUTE)
        assert not await desk.cover(third.series, why="Covered.", now=NOW + MINUTE)

        covered = await History(database).one(first.series)
        assert covered is not None
        assert (covered.state, covered.why, covered.ended) == (
            State.COVERED,
            "Covered.",
            NOW + MINUTE,
        )
        series = [(await job(database, one.series)).series for one in (second, third)]
        assert [(one.state, one.covers) for one in series] == [(State.DUE, 0), (State.DUE, 4)]

    opened(scenario)


def test_what_has_no_slot_or_is_on_its_way_covers_nothing(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number, desk = await due_series(database), Desk(database)
        asked_for = await desk.open(HERE, Kind.AGAIN, None, now=NOW + MINUTE)

        assert not (await job(database, number)).overtaken
        assert not (await job(database, asked_for)).overtaken
        assert not await desk.cover(number, why="Covered.", now=NOW)
        assert not await desk.cover(asked_for, why="Covered.", now=NOW)

    opened(scenario)


def slot_of_day(day: int) -> Slot:
    """Return the slot so many days after today's."""
    later = timedelta(days=day)
    return Slot(TODAY.moment + later, TODAY.day + later, TODAY.at)
