"""The slots of a schedule: which comes next, and what becomes of those that have come."""

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from bot.core.delivery import State
from bot.core.subscription import EVERY_DAY, Schedule, Slot, Subscription
from bot.core.wording import later
from bot.core.zones import zone_named

#: Why a slot was missed.
TOO_OLD = later("The bot was not running, or could not work, until it was too old to be sent.")
#: Why a slot was covered.
COVERED = later("A later digest was overdue at the same time and covers it.")

_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)
# Python's calendar ends a year later, and a zone may need a day more than it is asked for.
_LAST_YEAR = 9998


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """A slot that has come, and what is to become of it."""

    slot: Slot
    #: ``DUE``, ``MISSED`` or ``COVERED``.
    state: State
    why: str = ""
    #: The overdue slots that a due one covers besides its own.
    covers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A subscription's slots up to now, and its next one: written together or not at all."""

    subscription: Subscription
    slots: tuple[Booked, ...]
    next: Slot | None


def next_slot(
    schedule: Schedule, after: datetime, *, taken: Collection[tuple[date, time]] = ()
) -> Slot | None:
    """Return the first slot after that moment; None when nothing is left of the calendar.

    Those that are ``taken``, by their local date and time, are passed over.

    Each local date that a timing names has one slot of it: a time that the clocks leave out moves
    forward by as much as they do, one that they repeat comes the first time, and a date that a
    zone leaves out has none. Raises ``ZoneError``.
    """
    slots = _after(schedule, after)
    return next((slot for slot in slots if (slot.day, slot.at) not in taken), None)


def overdue(subscription: Subscription, now: datetime, *, most: int) -> Booking:
    """Return what becomes of the slots that have come by now, the oldest first, and the next one.

    The latest is due if it is within the subscription's grace, and covers the others within it;
    older ones are missed. No more than ``most``, at least 1, are listed: the why of the oldest
    says since when there were others. Nothing is overdue while the next slot lies ahead, however
    far back the clock was set. Raises ``ZoneError``.
    """
    schedule, first = subscription.schedule, subscription.next
    if schedule is None or first is None:
        return Booking(subscription=subscription, slots=(), next=None)
    # Computed anew, for the zone's rules may have changed since it was stored.
    first = _slot(first.day, first.at, zone_named(schedule.zone))
    if first.moment > now:
        return Booking(subscription=subscription, slots=(), next=first)
    listed, all_listed = _come(schedule, first, now, most)
    within = [slot for slot in listed if now - slot.moment <= subscription.grace]
    booked = [_booked(slot, within) for slot in listed]
    if not all_listed:
        booked[0] = replace(booked[0], why=_with_earlier(booked[0].why, first.day))
    return Booking(subscription=subscription, slots=tuple(booked), next=next_slot(schedule, now))


def _come(schedule: Schedule, first: Slot, now: datetime, most: int) -> tuple[Sequence[Slot], bool]:
    """Return the slots from the first one up to now, no more than the latest ``most``.

    Says besides whether these are all. Long ago is not looked at one by one.
    """
    a_week = sum(len(timing.days) for timing in schedule.timings)
    reach = timedelta(weeks=most // max(a_week, 1) + 2)
    near = now - first.moment <= reach
    start = first.moment if near else now - reach
    later_ones = takewhile(
        lambda slot: slot.moment <= now,
        (slot for slot in _after(schedule, start - _TICK) if slot > first),
    )
    come = deque([first], most)
    count = 1
    for slot in later_ones:
        come.append(slot)
        count += 1
    return come, near and count <= most


def _booked(slot: Slot, within: Sequence[Slot]) -> Booked:
    if slot not in within:
        return Booked(slot=slot, state=State.MISSED, why=TOO_OLD)
    if slot != within[-1]:
        return Booked(slot=slot, state=State.COVERED, why=COVERED)
    return Booked(slot=slot, state=State.DUE, covers=len(within) - 1)


def _with_earlier(why: str, first: date) -> str:
    return f"{why} All digests before it, from {first} on, were missed too.".lstrip()


def _after(schedule: Schedule, after: datetime) -> Iterator[Slot]:
    """Yield the slots after that moment, in order, to the end of the calendar."""
    zone = zone_named(schedule.zone)
    if not any(EVERY_DAY.intersection(timing.days) for timing in schedule.timings):
        return
    # A time that moves forward at midnight belongs to the day before.
    day = after.astimezone(zone).date() - _DAY
    waiting: list[Slot] = []
    while day.year <= _LAST_YEAR:
        if _exists(day, zone):
            waiting.extend(_of_day(schedule, day, zone))
        day += _DAY
        start = _start(day, zone)
        waiting.sort()
        yield from (slot for slot in waiting if after < slot.moment < start)
        waiting = [slot for slot in waiting if slot.moment >= start]


def _of_day(schedule: Schedule, day: date, zone: ZoneInfo) -> Iterator[Slot]:
    for timing in schedule.timings:
        if day.weekday() in timing.days:
            yield _slot(day, timing.at, zone)


def _slot(day: date, at: time, zone: ZoneInfo) -> Slot:
    return Slot(datetime.combine(day, at.replace(fold=0), zone).astimezone(UTC), day, at)


def _exists(day: date, zone: ZoneInfo) -> bool:
    """Say whether the zone has that date: Samoa had no 30 December 2011."""
    return _slot(day, time.min, zone).moment.astimezone(zone).date() == day


def _start(day: date, zone: ZoneInfo) -> datetime:
    """Return a moment before which no time of that day or a later one can lie."""
    midnight = datetime.combine(day, time.min, zone)
    return min(midnight.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
