"""Messages keep the pace that platforms ask for, whatever the clock does."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine

from bot.core.delivery import Pace
from bot.store.database import Database
from bot.store.delivery_tables import paces as table
from bot.store.outbox import Outbox
from bot.store.paces import Paces, hold, reserve
from tests.fakes.subscribed import NOW, Opened

SECOND = timedelta(seconds=1)
A_DAY = timedelta(days=1)
CHAT = Pace("loop:1", 1.0)
ACCOUNT = Pace("loop", 0.1, burst=3)


def test_a_message_a_second_goes_each_second(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        paces = Paces(database)

        assert await paces.reserve([CHAT], now=NOW) is None
        assert await paces.reserve([CHAT], now=NOW) == NOW + SECOND
        assert await paces.reserve([CHAT], now=NOW + SECOND / 2) == NOW + SECOND
        assert await paces.reserve([CHAT], now=NOW + SECOND) is None
        assert await paces.reserve([CHAT], now=NOW + 9 * SECOND) is None

    opened(scenario)


def test_a_burst_goes_at_once_after_a_rest(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        paces = Paces(database)
        tenth = SECOND / 10

        assert [await paces.reserve([ACCOUNT], now=NOW) for _ in range(4)] == [
            *(None, None, None),
            NOW + tenth,
        ]
        assert await paces.reserve([ACCOUNT], now=NOW + tenth) is None
        assert await paces.reserve([ACCOUNT], now=NOW + tenth) == NOW + 2 * tenth

    opened(scenario)


def test_a_message_counts_at_all_its_paces_or_at_none(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        paces = Paces(database)
        once = Pace("loop", 10.0)
        assert await paces.reserve([once, CHAT], now=NOW) is None

        assert await paces.reserve([once, Pace("loop:2", 1.0)], now=NOW) == NOW + 10 * SECOND
        assert await paces.reserve([Pace("loop:2", 1.0)], now=NOW) is None
        assert await paces.reserve([], now=NOW) is None

    opened(scenario)


def test_a_held_pace_lets_nothing_go_before_its_moment(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        paces, until = Paces(database), NOW + 30 * SECOND
        await Outbox(database).hold("loop", until=until)
        await paces.hold("loop", until=NOW)

        assert await paces.reserve([ACCOUNT, CHAT], now=NOW) == until
        assert await paces.reserve([CHAT], now=NOW) is None
        assert await paces.reserve([ACCOUNT], now=until) is None

    opened(scenario)


def test_a_clock_that_was_set_back_holds_nothing_up(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        paces = Paces(database)
        assert await paces.reserve([CHAT], now=NOW + A_DAY) is None

        assert await paces.reserve([CHAT], now=NOW) == NOW + SECOND
        assert await paces.reserve([CHAT], now=NOW + SECOND) is None

    opened(scenario)


def test_a_hold_goes_back_with_the_clock(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        paces, tomorrow = Paces(database), NOW + A_DAY
        await paces.reserve([CHAT], now=tomorrow)
        await database.write(
            lambda connection: hold(connection, CHAT.name, tomorrow + 30 * SECOND, tomorrow)
        )

        assert await paces.reserve([CHAT], now=NOW) == NOW + 30 * SECOND

        # What is held by the clock that was set back stays held.
        await Outbox(database).hold(CHAT.name, until=NOW + 60 * SECOND)
        assert await paces.reserve([CHAT], now=NOW + SECOND) == NOW + 60 * SECOND
        assert await paces.reserve([CHAT], now=NOW + 60 * SECOND) is None

    opened(scenario)


def test_a_small_step_back_between_two_tasks_gives_no_room(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await Paces(database).reserve([CHAT], now=NOW)

        assert await Paces(database).reserve([CHAT], now=NOW - SECOND / 2) == NOW + SECOND

    opened(scenario)


@given(
    interval=st.floats(0.01, 10),
    burst=st.integers(1, 5),
    steps=st.lists(st.floats(0, 5), min_size=1, max_size=30),
)
def test_no_stretch_of_time_has_more_messages_than_the_pace_allows(
    interval: float, burst: int, steps: list[float]
) -> None:
    pace = Pace("loop", interval, burst)
    engine = create_engine("sqlite://")
    gone: list[datetime] = []
    now = NOW
    with engine.begin() as connection:
        table.create(connection)
        for step in steps:
            now += timedelta(seconds=step)
            gone += [now for _ in range(burst + 1) if reserve(connection, [pace], now) is None]
    engine.dispose()

    slack = timedelta(microseconds=len(gone))
    for first, start in enumerate(gone):
        for last in range(first + burst, len(gone)):
            least = (last - first - burst + 1) * timedelta(seconds=interval)
            assert gone[last] - start >= least - slack
    assert gone[0] == NOW + timedelta(seconds=steps[0])


@pytest.mark.parametrize("interval", [1 / 30, 0.05])
def test_who_comes_back_when_told_may_go(opened: Opened, interval: float) -> None:
    async def scenario(database: Database) -> None:
        pace, now = Pace("loop", interval), NOW
        for _ in range(5):
            assert await Paces(database).reserve([pace], now=now) is None
            told = await Paces(database).reserve([pace], now=now)
            assert told is not None
            now = told

    opened(scenario)
