"""A year on an injected clock: each slot has one digest, or a series that says why not."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.app.outbox import Filled, Job
from bot.core.delivery import (
    LATE_FROM,
    Deferred,
    Delivered,
    Outcome,
    Pace,
    Payload,
    Post,
    Series,
    State,
)
from bot.core.page import Page
from bot.core.slots import next_slot
from bot.core.subscription import Destination, Schedule, Subscription, Timing
from bot.store.database import Database, open_database
from bot.store.history import History
from bot.store.subscriptions import Subscriptions
from tests.benchmarks.tables import table
from tests.delivery.node import Node, node
from tests.fakes.delivery import SetClock

pytestmark = pytest.mark.slow

#: A leap year, in UTC.
START, END = datetime(2028, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)

#: Of both hemispheres, with times that their clocks leave out or repeat, and one without either.
SCHEDULES = {
    "Europe/Berlin": (Timing(time(2, 30), (6,)),),
    "America/New_York": (Timing(time(1, 30), (6,)), Timing(time(8), (0,))),
    "America/Santiago": (Timing(time(0, 15), (6,)),),
    "Australia/Sydney": (Timing(time(2, 15), (6,)),),
    "Australia/Lord_Howe": (Timing(time(2), (6,)),),
    "Pacific/Chatham": (Timing(time(3), (6,)),),
    "Asia/Almaty": (Timing(time(8), (1,)), Timing(time(12), (1,))),
}


def outages(
    chance: random.Random, count: int, longest: timedelta
) -> list[tuple[datetime, datetime]]:
    """Return times in which something does not work, in order, without those that overlap."""
    found: list[tuple[datetime, datetime]] = []
    for begin in sorted(chance.random() for _ in range(count)):
        since = START + begin * (END - START)
        if not found or since > found[-1][1] + HOUR:
            # Most are short, a few are long.
            found.append((since, since + chance.random() ** 3 * longest + timedelta(minutes=1)))
    return found


def during(times: Sequence[tuple[datetime, datetime]], moment: datetime) -> datetime | None:
    """Return until when the outage lasts, if there is one."""
    return next((until for since, until in times if since <= moment < until), None)


@dataclass
class Fickle:
    """A channel that asks to wait while it does not work."""

    clock: SetClock
    broken: Sequence[tuple[datetime, datetime]]
    sent: Counter[int] = field(default_factory=Counter)

    def render(self, page: Page, *, flat: bool = False) -> tuple[Payload, ...]:
        raise NotImplementedError

    def paces(self, destination: Destination, *, answer: bool = False) -> tuple[Pace, ...]:
        del destination, answer
        return ()

    async def send(self, post: Post) -> Outcome:
        if during(self.broken, self.clock.now()):
            return Deferred(3600.0)
        self.sent[post.series] += 1
        return Delivered(str(post.series))

    async def find(self, post: Post) -> Outcome:
        raise NotImplementedError


async def same_page(job: Job) -> Filled:
    del job
    return Filled(page=Page(()), payloads=({"text": "A digest"},))


@asynccontextmanager
async def started(database: Database, channel: Fickle) -> AsyncIterator[Node]:
    """Run a bot, which may end at any time."""
    bot = node(database, {"loop": channel}, same_page, clock=channel.clock)
    running = asyncio.create_task(bot.engine.run())
    try:
        await bot.publish.start()
        yield bot
    finally:
        running.cancel()
        await asyncio.wait({running})


async def live(
    database: Database,
    channel: Fickle,
    moments: Sequence[datetime],
    off: Sequence[tuple[datetime, datetime]],
) -> None:
    """Let the year pass from one moment at which something is to be done to the next."""
    clock, left = channel.clock, iter(sorted(moments))
    moment = next(left, END)
    while clock.now() < END:
        async with started(database, channel) as bot:
            while not (until := during(off, clock.now())) and clock.now() < END:
                await bot.round()
                later = await bot.engine.still()
                while moment <= clock.now():
                    moment = next(left, END)
                clock.moment = max(clock.moment, min(moment, later or END))
                bot.engine.stir()
        clock.moment = until or END


def expected(schedule: Schedule) -> Iterator[tuple[datetime, date, time]]:
    """Yield the slots of the year, counted day by day."""
    zone = ZoneInfo(schedule.zone)
    for number in range(-1, 368):
        day = START.date() + timedelta(days=number)
        for timing in schedule.timings:
            moment = datetime.combine(day, timing.at, zone).astimezone(UTC)
            if day.weekday() in timing.days and START < moment < END:
                yield moment, day, timing.at


def test_in_a_year_of_outages_every_slot_is_posted_once_or_says_why_not() -> None:
    chance = random.Random(2028)  # noqa: S311 - a test keeps no secret
    clock = SetClock(START)
    channel = Fickle(clock, outages(chance, 30, 16 * HOUR))
    off = outages(chance, 40, 40 * HOUR)
    schedules = [Schedule(timings, zone) for zone, timings in SCHEDULES.items()]
    due = {each.zone: list(expected(each)) for each in schedules}

    async def main() -> Sequence[Series]:
        async with open_database(None) as database:
            stored = Subscriptions(database)
            for schedule in schedules:
                destination = Destination("loop", schedule.zone)
                first = next_slot(schedule, START)
                await stored.save(
                    Subscription(destination=destination, schedule=schedule, next=first), now=START
                )
            await live(database, channel, [slot[0] for each in due.values() for slot in each], off)
            return await History(database).series(limit=10_000)

    series = asyncio.run(main())

    print(drawn(series))  # noqa: T201 - a table for people, with -s
    for zone, slots in due.items():
        found = [one for one in series if one.destination.address == zone and one.slot]
        assert sorted((s.slot.moment, s.slot.day, s.slot.at) for s in found if s.slot) == sorted(
            slots
        )
    posted = {one.id for one in series if one.state is State.POSTED}
    assert channel.sent == Counter(dict.fromkeys(posted, 1))
    others = [one for one in series if one.id not in posted]
    assert {one.state for one in others} == {State.MISSED, State.COVERED}
    assert all(one.why for one in others)
    assert all(one.ended for one in series)


def drawn(series: Sequence[Series]) -> str:
    """Return what became of the slots, zone by zone."""
    rows = []
    for zone in SCHEDULES:
        ones = [one for one in series if one.destination.address == zone]
        states = Counter(one.state for one in ones)
        late = sum(
            one.state is State.POSTED and one.ended is not None and one.ended - one.due >= LATE_FROM
            for one in ones
        )
        counts = [len(ones), states[State.POSTED] - late, late]
        rows.append([zone, *map(str, [*counts, states[State.COVERED], states[State.MISSED]])])
    total = ["all", *(str(sum(int(row[column]) for row in rows)) for column in range(1, 6))]
    headings = ["zone", "slots", "on time", "late", "covered", "missed"]
    return table("A year with outages", headings, [*rows, total])
