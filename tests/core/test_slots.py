"""A schedule has one slot a local date whatever the clocks do, and none that comes is lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.delivery import State
from bot.core.errors import ZoneError
from bot.core.slots import COVERED, TOO_OLD, Booking, next_slot, overdue
from bot.core.subscription import Destination, Schedule, Slot, Subscription, Timing

DAY = timedelta(days=1)
ALMATY = "Asia/Almaty"
DAILY = Schedule((Timing(time(8)),), ALMATY)
TWICE = Schedule((Timing(time(8)), Timing(time(18))), ALMATY)
#: Tuesday 2 September 2025, 08:00 in Almaty.
EIGHT = datetime(2025, 9, 2, 3, tzinfo=UTC)
ZONES = sorted(available_timezones())
TIMES = [time(0), time(0, 30), time(1, 30), time(2), time(2, 30), time(3), time(12), time(23, 59)]
#: `make check` looks at more years; 2011 is the year in which Samoa had no 30 December.
YEARS = (2011, *range(2022, 2033)) if settings().max_examples > 30 else (2011, 2027, 2028)


def subscription(schedule: Schedule, since: datetime) -> Subscription:
    """Return one that waits for its first slot after that moment."""
    return Subscription(
        destination=Destination("file", "team.txt"),
        schedule=schedule,
        next=next_slot(schedule, since),
    )


def slots(schedule: Schedule, after: datetime, count: int) -> Iterator[Slot]:
    for _ in range(count):
        slot = next_slot(schedule, after)
        assert slot is not None
        assert slot.moment > after
        yield slot
        after = slot.moment


def is_left_out(day: date, zone: ZoneInfo) -> bool:
    """Say whether the zone has no such date, by its noon."""
    noon = datetime.combine(day, time(12), zone)
    return noon.astimezone(UTC).astimezone(zone).date() != day


def is_kept(slot: Slot, zone: ZoneInfo) -> bool:
    """Say whether a slot lies at its time, the first of two, or later by what was left out."""
    shown = slot.moment.astimezone(zone)
    ahead = shown.replace(tzinfo=None) - datetime.combine(slot.day, slot.at)
    return (not ahead and not shown.fold) or timedelta() < ahead <= timedelta(hours=3)


def assert_one_a_date(found: list[Slot], zone: ZoneInfo) -> None:
    days = [slot.day for slot in found]
    span = [days[0] + step * DAY for step in range((days[-1] - days[0]).days + 1)]
    assert days == [day for day in span if not is_left_out(day, zone)]
    assert all(is_kept(slot, zone) for slot in found)


def changes(zone: ZoneInfo) -> Iterator[tuple[datetime, timedelta | None, timedelta | None]]:
    """Yield each moment, to the hour, at which the zone's clocks change, and their offsets."""
    for year in YEARS:
        for start in (datetime(year, 1, 1, tzinfo=UTC) + step * 7 * DAY for step in range(53)):
            before = start.astimezone(zone).utcoffset()
            after = (start + 7 * DAY).astimezone(zone).utcoffset()
            if before != after:
                hours = (start + timedelta(hours=hour) for hour in range(7 * 24 + 1))
                yield (
                    next(at for at in hours if at.astimezone(zone).utcoffset() != before),
                    before,
                    after,
                )


def test_the_next_slot_is_the_first_after_a_moment() -> None:
    slot = Slot(EIGHT, date(2025, 9, 2), time(8))

    assert next_slot(DAILY, EIGHT - timedelta(seconds=1)) == slot
    assert next_slot(DAILY, EIGHT) == Slot(EIGHT + DAY, date(2025, 9, 3), time(8))


def test_only_the_days_of_a_timing_have_its_slots() -> None:
    weekdays = Schedule((Timing(time(8), (0, 1, 2, 3, 4)), Timing(time(10), (5,))), ALMATY)

    named = [(slot.day.isoweekday(), slot.at.hour) for slot in slots(weekdays, EIGHT, 7)]

    assert named == [(3, 8), (4, 8), (5, 8), (6, 10), (1, 8), (2, 8), (3, 8)]


def test_a_leap_day_has_its_slot() -> None:
    found = slots(DAILY, datetime(2028, 2, 28, 12, tzinfo=UTC), 2)

    assert [slot.day for slot in found] == [date(2028, 2, 29), date(2028, 3, 1)]


def test_a_time_that_the_clocks_leave_out_moves_forward() -> None:
    berlin = Schedule((Timing(time(2, 30)),), "Europe/Berlin")

    slot = next_slot(berlin, datetime(2027, 3, 27, 12, tzinfo=UTC))

    # 02:30 is 03:30 on that day, an hour after 02:30 was due the day before.
    assert slot == Slot(datetime(2027, 3, 28, 1, 30, tzinfo=UTC), date(2027, 3, 28), time(2, 30))


def test_a_time_that_moves_past_midnight_stays_the_slot_of_its_day() -> None:
    nuuk = Schedule((Timing(time(23, 30)), Timing(time(0, 15))), "America/Nuuk")

    found = list(slots(nuuk, datetime(2027, 3, 27, 12, tzinfo=UTC), 3))

    assert [(slot.day.day, slot.at) for slot in found] == [
        (28, time(0, 15)),
        (27, time(23, 30)),
        (28, time(23, 30)),
    ]


def test_slots_stay_in_order_where_midnight_itself_is_left_out() -> None:
    # The only such night so far: the clocks went from 23:30 to 00:30.
    toronto = Schedule((Timing(time(0, 30)), Timing(time(23, 45))), "America/Toronto")

    found = list(slots(toronto, datetime(1919, 3, 30, 20, tzinfo=UTC), 3))

    assert [(slot.day.day, slot.at.hour) for slot in found] == [(31, 0), (30, 23), (31, 23)]


def test_a_time_that_the_clocks_repeat_comes_the_first_time() -> None:
    berlin = Schedule((Timing(time(2, 30)),), "Europe/Berlin")

    found = list(slots(berlin, datetime(2027, 10, 30, 12, tzinfo=UTC), 2))

    assert [slot.moment.hour * 60 + slot.moment.minute for slot in found] == [30, 90]


def test_a_date_that_a_zone_leaves_out_has_no_slot() -> None:
    samoa = Schedule((Timing(time(8)),), "Pacific/Apia")

    found = slots(samoa, datetime(2011, 12, 28, 20, tzinfo=UTC), 2)

    assert [slot.day for slot in found] == [date(2011, 12, 29), date(2011, 12, 31)]


def test_every_zone_has_one_slot_a_date_around_each_change_of_its_clocks() -> None:
    alike = {change: name for name in ZONES for change in changes(ZoneInfo(name))}

    for (moment, _, _), name in alike.items():
        for at in TIMES:
            found = list(slots(Schedule((Timing(at),), name), moment - 2 * DAY, 5))
            assert_one_a_date(found, ZoneInfo(name))


@given(
    st.sampled_from(ZONES),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.dates(date(2000, 1, 1), date(2037, 1, 1)),
)
def test_any_zone_has_one_slot_a_date_all_year(name: str, at: time, start: date) -> None:
    zone = ZoneInfo(name)
    begin = datetime.combine(start, time(12), UTC)

    found = list(slots(Schedule((Timing(at),), name), begin, 370))

    assert_one_a_date(found, zone)


@given(st.sampled_from(ZONES), st.sets(st.sampled_from(TIMES), min_size=2), st.integers(0, 400))
def test_every_time_of_every_date_is_booked_once(name: str, ats: set[time], start: int) -> None:
    schedule = Schedule(tuple(Timing(at) for at in sorted(ats)), name)
    now = datetime(2027, 1, 1, tzinfo=UTC) + start * DAY
    waiting = subscription(schedule, now)
    booked: list[Slot] = []

    for _ in range(40):
        now += timedelta(hours=7)
        booking = overdue(waiting, now, most=400)
        booked += [each.slot for each in booking.slots]
        waiting = replace(waiting, next=booking.next)

    keys = [(slot.day, slot.at) for slot in booked]
    days = sorted({day for day, _ in keys})
    assert len(keys) == len(set(keys))
    assert {(day, at) for day in days[1:-1] for at in ats} <= set(keys)


@pytest.mark.parametrize(
    "schedule", [Schedule((), ALMATY), Schedule((Timing(time(8), ()),), ALMATY)]
)
def test_a_schedule_without_a_day_has_no_slot(schedule: Schedule) -> None:
    assert next_slot(schedule, EIGHT) is None


def test_nothing_comes_after_the_end_of_the_calendar() -> None:
    assert next_slot(DAILY, datetime(9998, 12, 31, 12, tzinfo=UTC)) is None


@pytest.mark.parametrize("zone", ["Mars/Base", "", "Asia", "../Asia/Almaty", "a\0b", "x" * 5000])
def test_a_zone_without_rules_is_said_by_name(zone: str) -> None:
    with pytest.raises(ZoneError, match="is not in this machine's zone data") as caught:
        next_slot(Schedule((Timing(time(8)),), zone), EIGHT)

    assert caught.value.zone == zone


def test_a_zone_that_is_gone_stops_a_booking() -> None:
    gone = replace(subscription(DAILY, EIGHT), schedule=replace(DAILY, zone="Mars/Base"))

    with pytest.raises(ZoneError, match="/schedule 8am Astana"):
        overdue(gone, EIGHT + DAY, most=400)


def said(booking: Booking) -> list[tuple[date, int, State, str, int]]:
    return [
        (each.slot.day, each.slot.at.hour, each.state, each.why, each.covers)
        for each in booking.slots
    ]


def test_a_slot_that_has_come_is_due() -> None:
    waiting = subscription(DAILY, EIGHT - DAY)

    booking = overdue(waiting, EIGHT, most=400)

    assert said(booking) == [(date(2025, 9, 2), 8, State.DUE, "", 0)]
    assert booking.next == Slot(EIGHT + DAY, date(2025, 9, 3), time(8))
    assert booking.subscription == waiting


def test_the_latest_overdue_slot_covers_those_within_grace_and_older_ones_are_missed() -> None:
    waiting = replace(subscription(TWICE, EIGHT - DAY), grace=timedelta(hours=12))

    booking = overdue(waiting, EIGHT + timedelta(hours=11), most=400)

    assert said(booking) == [
        (date(2025, 9, 1), 18, State.MISSED, TOO_OLD, 0),
        (date(2025, 9, 2), 8, State.COVERED, COVERED, 0),
        (date(2025, 9, 2), 18, State.DUE, "", 1),
    ]


def test_slots_that_are_all_older_than_the_grace_are_missed() -> None:
    booking = overdue(subscription(DAILY, EIGHT - DAY), EIGHT + timedelta(hours=7), most=400)

    assert said(booking) == [(date(2025, 9, 2), 8, State.MISSED, TOO_OLD, 0)]


def test_a_slot_as_old_as_the_grace_is_still_due() -> None:
    booking = overdue(subscription(DAILY, EIGHT - DAY), EIGHT + timedelta(hours=6), most=400)

    assert [each.state for each in booking.slots] == [State.DUE]


def test_two_times_that_a_change_puts_on_one_moment_are_both_booked() -> None:
    berlin = Schedule((Timing(time(2, 30)), Timing(time(3, 30))), "Europe/Berlin")
    night = datetime(2027, 3, 27, 12, tzinfo=UTC)

    booking = overdue(subscription(berlin, night), night + DAY, most=400)

    assert [(each.slot.at.hour, each.state) for each in booking.slots] == [
        (2, State.MISSED),
        (3, State.MISSED),
    ]


def test_nothing_is_overdue_before_the_next_slot_nor_after_the_clock_went_back() -> None:
    waiting = subscription(DAILY, EIGHT)

    for now in (EIGHT + timedelta(hours=1), EIGHT - DAY):
        booking = overdue(waiting, now, most=400)

        assert booking == Booking(subscription=waiting, slots=(), next=waiting.next)


def test_a_clock_that_jumps_a_day_and_back_doubles_nothing() -> None:
    waiting = subscription(DAILY, EIGHT - DAY)
    booked: list[Slot] = []

    for now in (EIGHT + DAY, EIGHT, EIGHT + DAY, EIGHT + 2 * DAY):
        booking = overdue(waiting, now, most=400)
        booked += [each.slot for each in booking.slots]
        waiting = replace(waiting, next=booking.next)

    assert [slot.day.day for slot in booked] == [2, 3, 4]


@pytest.mark.parametrize("schedule", [None, DAILY])
def test_a_subscription_that_waits_for_nothing_books_nothing(schedule: Schedule | None) -> None:
    idle = Subscription(destination=Destination("terminal"), schedule=schedule)

    booking = overdue(idle, EIGHT, most=400)

    assert booking == Booking(subscription=idle, slots=(), next=None)


def test_a_schedule_taken_away_leaves_no_next_slot() -> None:
    off = replace(subscription(DAILY, EIGHT - DAY), schedule=None)

    assert overdue(off, EIGHT, most=400).next is None


def test_a_slot_whose_zone_has_new_rules_comes_by_these() -> None:
    # Stored when Almaty was still at UTC+6.
    old = Slot(EIGHT - timedelta(hours=1), date(2025, 9, 2), time(8))
    waiting = replace(subscription(DAILY, EIGHT), next=old)

    early = overdue(waiting, old.moment, most=400)
    there = overdue(waiting, EIGHT, most=400)

    assert (early.slots, early.next) == ((), replace(old, moment=EIGHT))
    assert [each.slot.moment for each in there.slots] == [EIGHT]


def test_of_a_long_absence_the_latest_slots_are_listed_and_the_rest_summed_up() -> None:
    waiting = subscription(TWICE, datetime(2015, 9, 1, tzinfo=UTC))

    booking = overdue(waiting, EIGHT, most=5)

    assert len(booking.slots) == 5
    assert booking.slots[0].why == (
        f"{TOO_OLD} All digests before it, from 2015-09-01 on, were missed too."
    )
    assert [each.why for each in booking.slots[1:]] == [*[TOO_OLD] * 3, ""]
    assert booking.slots[-1].state is State.DUE


@pytest.mark.parametrize(("most", "why"), [(6, TOO_OLD), (5, f"{TOO_OLD} All digests before it")])
def test_no_more_are_listed_than_asked_for_and_nothing_is_summed_up_in_vain(
    most: int, why: str
) -> None:
    booking = overdue(subscription(DAILY, EIGHT - 6 * DAY), EIGHT, most=most)

    assert len(booking.slots) == most
    assert booking.slots[0].why.startswith(why)
    assert ("All digests" in booking.slots[0].why) == (most == 5)


def test_a_slot_that_no_timing_names_any_more_is_not_lost() -> None:
    waiting = replace(subscription(DAILY, EIGHT - 30 * DAY), schedule=Schedule((), ALMATY))

    booking = overdue(waiting, EIGHT, most=1)

    assert [each.state for each in booking.slots] == [State.MISSED]
    assert booking.next is None


def test_a_single_slot_listed_sums_up_the_others() -> None:
    booking = overdue(subscription(DAILY, EIGHT - 3 * DAY), EIGHT, most=1)

    assert said(booking) == [
        (
            date(2025, 9, 2),
            8,
            State.DUE,
            "All digests before it, from 2025-08-31 on, were missed too.",
            0,
        )
    ]
