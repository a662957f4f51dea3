"""What a chat asks for is kept in the archive, and no slot is lost by a change."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import time, timedelta

from sqlalchemy import func, select, update

from bot.app.saving import Restored, Saving
from bot.core.delivery import State
from bot.core.subscription import NOT_LISTED, Length, Schedule, Standing, Timing
from bot.store.chats import Chats
from bot.store.database import Database
from bot.store.delivery_tables import series, subscriptions
from bot.store.slots import Slots
from bot.store.subscriptions import PAUSED, Subscriptions
from tests.fakes.asks import ask
from tests.fakes.chats import HERE
from tests.fakes.press import NOW, StandingClock

Opened = Callable[[Callable[[Database], Awaitable[None]]], None]

ASK = ask("", of=str(HERE))
#: Every day at 08:30 in Astana: half an hour after ``NOW``.
SOON = Schedule((Timing(time(8, 30)),), "Asia/Almaty")


def saving(database: Database, clock: StandingClock) -> Saving:
    return Saving(
        subscriptions=Subscriptions(database), slots=Slots(database), clock=clock, language="en"
    )


async def states(database: Database) -> list[tuple[State, str]]:
    rows = await database.read(
        lambda connection: connection.execute(select(series.c.state, series.c.why)).all()
    )
    return [(row.state, row.why) for row in rows]


def test_a_change_is_kept_and_so_is_what_stood_before(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        settings = saving(database, StandingClock())
        fresh = await settings.of(HERE)

        first = await settings.save(replace(fresh, schedule=SOON), ASK)
        second = await settings.save(replace(first, length=Length.SHORT), ASK)

        assert await settings.of(HERE) == second
        assert await settings.undo(ASK) == Restored(first, again=False)
        assert await settings.undo(ASK) == Restored(second, again=True)
        assert await settings.undo(ASK) == Restored(first, again=False)
        assert await settings.earlier_zone(HERE) == SOON.zone

    opened(scenario)


def test_where_the_stories_stand_is_kept_and_older_rows_say_nothing_of_it(
    opened: Opened,
) -> None:
    async def scenario(database: Database) -> None:
        settings = saving(database, StandingClock())
        first = await settings.save(replace(await settings.of(HERE), flat=True), ASK)
        await settings.save(replace(first, flat=False), ASK)

        assert not (await settings.of(HERE)).flat
        assert await settings.undo(ASK) == Restored(first, again=False)
        # What older versions have kept for an undo does not say.
        older = update(subscriptions).values(
            previous=func.json_remove(subscriptions.c.previous, "$.flat")
        )
        await database.write(lambda connection: connection.execute(older))
        before = await settings.subscriptions.previous(HERE)
        assert before is not None
        assert not before.flat

    opened(scenario)


def test_a_slot_that_has_come_is_recorded_before_the_pause_that_cancels_it(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        clock = StandingClock()
        settings = saving(database, clock)
        set_up = await settings.save(replace(await settings.of(HERE), schedule=SOON), ASK)
        clock.moment = NOW + timedelta(hours=1)

        paused = await settings.save(replace(set_up, standing=Standing.PAUSED), ASK)

        assert paused.next is None
        assert await states(database) == [(State.CANCELLED, PAUSED)]

    opened(scenario)


def test_a_slot_that_has_come_goes_out_though_its_time_is_changed(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        clock = StandingClock()
        settings = saving(database, clock)
        set_up = await settings.save(replace(await settings.of(HERE), schedule=SOON), ASK)
        clock.moment = NOW + timedelta(hours=1)
        evening = Schedule((Timing(time(18)),), SOON.zone)

        await settings.save(replace(set_up, schedule=evening), ASK)
        await settings.save(replace(set_up, schedule=SOON), ASK)

        assert await states(database) == [(State.DUE, "")]
        [open_one] = await Slots(database).unput(limit=9)
        assert open_one.destination == HERE

    opened(scenario)


def test_the_next_slot_that_is_promised_has_no_series_yet(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        clock = StandingClock()
        settings = saving(database, clock)
        first = await settings.save(replace(await settings.of(HERE), schedule=SOON), ASK)
        assert first.next is not None
        clock.moment = first.next.moment + timedelta(minutes=5)
        west = replace(SOON, zone="Europe/Lisbon")

        # That time of day is still to come in the west, and was served in the east.
        second = await settings.save(replace(first, schedule=west), ASK)

        assert second.next is not None
        assert (second.next.day, second.next.at) == (
            first.next.day + timedelta(days=1),
            time(8, 30),
        )
        assert await states(database) == [(State.DUE, "")]

    opened(scenario)


def test_a_chat_that_the_operator_bars_cannot_list_itself_again(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        settings = saving(database, StandingClock())
        first = await settings.save(replace(await settings.of(HERE), schedule=SOON), ASK)
        await settings.save(replace(first, standing=Standing.PAUSED), ASK)
        await Chats(database).allow(HERE, allowed=False)

        again = await settings.save(replace(first, language="ru"), ASK)
        undone = await settings.undo(ASK)

        assert (again.standing, again.reason, again.next) == (Standing.STOPPED, NOT_LISTED, None)
        assert isinstance(undone, Restored)
        assert undone.subscription.standing is not Standing.ACTIVE

    opened(scenario)
