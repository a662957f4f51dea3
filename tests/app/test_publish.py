"""What has come is booked and put, once."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.app.counts import Counts
from bot.app.publish import Publish
from bot.core.delivery import Kind, State, Work
from bot.core.errors import StoreError
from bot.core.slots import TOO_OLD, Booked, Booking, next_slot
from bot.core.subscription import Destination, Schedule, Standing, Subscription, Timing
from tests.fakes.delivery import HERE, NOW, MemoryDelivery, SetClock, Told

MORNING = datetime(2025, 9, 2, 8, tzinfo=UTC)


@dataclass
class Put:
    """A queue that keeps what is put, or fails."""

    works: list[Work] = field(default_factory=list)
    broken: bool = False

    async def put(self, works: Sequence[Work]) -> None:
        if self.broken:
            raise StoreError("The disk is full.")
        self.works.extend(works)


class Publishing:
    """Publish with all its ports in memory."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.rows = MemoryDelivery()
        self.queue = Put()
        self.told = Told()
        self.counts = Counts()
        self.clock = SetClock(now)
        self.publish = Publish(
            slots=self.rows,
            subscriptions=self.rows,
            queue=self.queue,
            clock=self.clock,
            tell=self.told,
            counts=self.counts,
        )

    def subscribe(self, name: str, *, zone: str = "UTC", since: datetime = NOW) -> Subscription:
        schedule = Schedule((Timing(time(8)),), zone)
        subscription = Subscription(
            destination=Destination("loop", name),
            schedule=schedule,
            next=next_slot(Schedule(schedule.timings, "UTC"), since),
            id=len(self.rows.subscriptions) + 1,
        )
        self.rows.subscriptions[subscription.destination] = subscription
        return subscription

    def keys(self) -> list[str]:
        return [work.key for work in self.queue.works]


def test_a_slot_that_has_come_becomes_one_work() -> None:
    publishing = Publishing()
    publishing.subscribe("here")

    counts = [asyncio.run(publishing.publish.due()) for _ in range(2)]

    assert counts == [1, 0]
    assert publishing.queue.works == [
        Work(kind="publish", args=("1",), line="loop:here", key="publish:1")
    ]
    assert publishing.rows.unnoted == set()
    assert publishing.rows.subscriptions[HERE].next == next_slot(
        Schedule((Timing(time(8)),), "UTC"), MORNING
    )
    assert publishing.counts.slots == {State.DUE: 1}


def test_nothing_is_booked_before_its_time() -> None:
    publishing = Publishing(MORNING - timedelta(seconds=1))
    publishing.subscribe("here")

    assert asyncio.run(publishing.publish.due()) == 0
    assert publishing.rows.rows == {}


def test_slots_that_are_all_too_old_put_nothing() -> None:
    publishing = Publishing(MORNING + timedelta(hours=7))
    publishing.subscribe("here")

    assert asyncio.run(publishing.publish.due()) == 0
    assert publishing.counts.slots[State.MISSED] == 1
    assert publishing.keys() == []


def test_thousands_are_booked_in_batches() -> None:
    publishing = Publishing()
    for number in range(1001):
        publishing.subscribe(str(number))

    assert asyncio.run(publishing.publish.due()) == 1001
    assert len(set(publishing.keys())) == 1001


def test_slots_that_were_missed_are_counted_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    publishing = Publishing()
    publishing.subscribe("here", since=MORNING - timedelta(days=2))

    with caplog.at_level(logging.WARNING):
        asyncio.run(publishing.publish.due())

    assert publishing.counts.slots == {State.MISSED: 1, State.DUE: 1}
    assert caplog.messages == [f"loop:here, 2025-09-01T08:00Z: missed. {TOO_OLD}"]


def test_a_zone_that_is_gone_stops_its_subscription_only_and_the_operator_is_told() -> None:
    publishing = Publishing()
    publishing.subscribe("gone", zone="Mars/Base")
    publishing.subscribe("here")

    assert asyncio.run(publishing.publish.due()) == 1

    stopped = publishing.rows.subscriptions[Destination("loop", "gone")]
    assert (stopped.standing, stopped.next) == (Standing.STOPPED, None)
    assert stopped.reason.startswith("The time zone 'Mars/Base' is not in")
    assert publishing.told.sentences == [f"loop:gone gets no digest any more. {stopped.reason}"]


def test_what_a_crash_left_unput_is_put_by_the_sweep_and_only_that() -> None:
    publishing = Publishing()
    publishing.subscribe("here")
    publishing.queue.broken = True
    with pytest.raises(StoreError):
        asyncio.run(publishing.publish.due())
    publishing.queue.broken = False

    counts = [asyncio.run(publishing.publish.sweep()) for _ in range(2)]

    assert counts == [1, 0]
    assert publishing.keys() == ["publish:1"]


def test_at_the_start_all_that_is_open_is_put_again() -> None:
    publishing = Publishing()
    publishing.subscribe("here")
    asyncio.run(publishing.publish.due())
    closed = publishing.rows.add()
    asyncio.run(publishing.rows.close(closed, State.POSTED, why="", now=NOW))
    publishing.queue.works.clear()

    assert asyncio.run(publishing.publish.start()) == 1
    assert publishing.keys() == ["publish:1"]


def test_what_somebody_asked_for_goes_before_digests() -> None:
    publishing = Publishing()
    for kind in (Kind.DIGEST, Kind.AGAIN, Kind.NOTICE):
        publishing.rows.add(kind=kind)

    asyncio.run(publishing.publish.sweep())

    assert [work.priority for work in publishing.queue.works] == [0, 1, 1]


AHEAD = timedelta(days=365)


def test_a_clock_that_was_ahead_for_a_while_keeps_no_digest_back() -> None:
    publishing = Publishing()
    publishing.subscribe("here")
    clock = publishing.clock

    async def scenario() -> None:
        await publishing.publish.due()
        clock.forward(AHEAD)
        await publishing.publish.due()
        clock.forward(timedelta(minutes=1) - AHEAD)
        await publishing.publish.due()
        for _ in range(3):
            clock.forward(timedelta(days=1))
            await publishing.publish.due()

    asyncio.run(scenario())

    posted = [one for one in publishing.rows.rows.values() if one.state is State.DUE]
    days = [one.due - MORNING for one in posted]
    assert sorted(days) == [timedelta(days=day) for day in (0, 1, 2, 3, 365)]
    assert not [one for one in publishing.rows.rows.values() if one.state is State.MISSED]


def test_a_clock_that_was_ahead_before_the_start_keeps_no_digest_back() -> None:
    publishing = Publishing(NOW)
    wrong = publishing.subscribe("here", since=NOW + AHEAD)
    right = publishing.subscribe("there")
    lost = publishing.subscribe("lost", zone="Mars/Base", since=NOW + AHEAD)
    bare = replace(wrong, destination=Destination("loop", "bare"), schedule=None, id=4)
    publishing.rows.subscriptions[bare.destination] = bare

    asyncio.run(publishing.publish.start())

    found = publishing.rows.subscriptions
    assert found[wrong.destination].next == found[right.destination].next == right.next
    assert found[lost.destination].next == lost.next
    assert found[bare.destination].next == bare.next


def test_a_slot_that_was_booked_or_cancelled_is_no_next_slot_again() -> None:
    publishing = Publishing(NOW)
    subscription = publishing.subscribe("here", since=NOW + timedelta(days=1))
    slot = next_slot(Schedule((Timing(time(8)),), "UTC"), NOW)
    assert slot is not None
    booked = Booked(slot=slot, state=State.CANCELLED)
    booking = Booking(subscription=subscription, slots=(booked,), next=subscription.next)
    asyncio.run(publishing.rows.book([booking], now=NOW))

    asyncio.run(publishing.publish.start())

    assert publishing.rows.subscriptions[HERE].next == subscription.next


def test_a_clock_that_is_set_back_by_seconds_changes_nothing() -> None:
    publishing = Publishing()
    publishing.subscribe("here")

    async def scenario() -> None:
        for _ in range(3):
            await publishing.publish.due()
            publishing.clock.forward(timedelta(seconds=-20))

    asyncio.run(scenario())

    assert publishing.keys() == ["publish:1"]
