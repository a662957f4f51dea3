"""A feed is looked at as often as its news asks for, and called stale only when it is."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.health import Standing
from bot.core.rhythm import (
    SILENCES,
    WEIGHED,
    Rhythm,
    daily,
    interval,
    learned,
    since,
    standing,
)

#: A Monday.
NOW = datetime(2025, 9, 1, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LEAST, MOST = 10 * MINUTE, 4 * HOUR


def first(moments: Sequence[datetime], now: datetime = NOW) -> Rhythm:
    return learned(Rhythm(), now=now, brought=moments, new=len(moments))


def every(gap: timedelta, count: int, last: datetime = NOW) -> list[datetime]:
    """Return so many moments, the newest first, as feeds have them."""
    return [last - number * gap for number in range(count)]


def wait(rhythm: Rhythm, now: datetime = NOW) -> timedelta:
    return interval(rhythm, now=now, least=LEAST, most=MOST)


def silent(rhythm: Rhythm, now: datetime) -> Rhythm:
    return learned(rhythm, now=now, brought=(), new=0)


def lived(moments: Sequence[datetime], *, items: int, start: datetime, end: datetime) -> Rhythm:
    """Return what looks every four hours at a feed of its newest items have taught."""
    rhythm, seen, now = Rhythm(), start - 9999 * DAY, start
    while now <= end:
        shown = sorted(one for one in moments if one <= now)[-items:]
        new = sum(one > seen for one in shown)
        rhythm, seen = learned(rhythm, now=now, brought=shown, new=new), max([seen, *shown])
        now += 4 * HOUR
    return rhythm


# When to look again


def test_a_feed_never_looked_at_is_looked_at_within_the_hour() -> None:
    assert wait(Rhythm()) == HOUR
    assert wait(first([])) == HOUR
    assert interval(Rhythm(), now=NOW, least=LEAST, most=20 * MINUTE) == 20 * MINUTE


def test_the_more_news_the_sooner_the_next_look() -> None:
    waits = [wait(first(every(gap, 30))) for gap in (MINUTE, 20 * MINUTE, HOUR, DAY)]

    assert waits == sorted(waits)
    assert waits[0] == LEAST
    assert LEAST < waits[1] < waits[2] < MOST == waits[3]


def test_no_look_waits_until_more_than_a_third_of_the_feed_is_new() -> None:
    # Fifteen items of one hour, some days ago, and few since: another such hour may come.
    burst = every(4 * MINUTE, 15, NOW - 2 * DAY)
    calm = first([*every(8 * HOUR, 5), *burst])

    assert wait(calm) <= 7 * 4 * MINUTE
    assert wait(first(every(8 * HOUR, 20))) == MOST


def test_a_burst_is_forgotten_by_and_by() -> None:
    burst = every(4 * MINUTE, 15, NOW - 2 * DAY)
    rhythm = first([*every(8 * HOUR, 5), *burst])
    waits = [wait(rhythm)]
    for day in range(1, 30):
        now = NOW + day * DAY
        rhythm = learned(rhythm, now=now, brought=every(8 * HOUR, 20, now), new=3)
        waits.append(wait(rhythm, now))

    assert waits == sorted(waits)
    assert waits[-1] == MOST
    assert waits[5] < MOST


def test_news_that_comes_at_once_is_no_reason_to_look_more_often() -> None:
    batches = [day - n * MINUTE / 60 for day in every(DAY, 3) for n in range(10)]

    assert wait(first(batches), NOW + 2 * HOUR) == MOST


def test_a_feed_that_was_mostly_replaced_is_looked_at_twice_as_soon() -> None:
    rhythm = first([NOW] * 10)
    later = NOW + 4 * HOUR
    after = learned(rhythm, now=later, brought=[later] * 9 + [NOW], new=9)

    assert wait(after, later) <= 2 * HOUR


def test_a_feed_of_one_item_is_looked_at_three_times_an_item() -> None:
    day = [NOW + number * HOUR for number in range(100)]
    rhythm = Rhythm()
    for moment in day:
        rhythm = learned(rhythm, now=moment, brought=[moment], new=1)

    assert 15 * MINUTE < wait(rhythm, day[-1]) <= 25 * MINUTE


def test_a_night_without_news_has_few_looks() -> None:
    start = NOW.replace(hour=0)
    office = [
        start + d * DAY + h * HOUR + m * MINUTE
        for d in range(14)
        for h in range(8, 20)
        for m in (5, 25, 45)
    ]
    rhythm = lived(office, items=40, start=start, end=start + 14 * DAY)
    morning, night = start + 14 * DAY + 10 * HOUR, start + 14 * DAY + 21 * HOUR

    assert wait(rhythm, night) > 3 * HOUR
    assert wait(rhythm, morning) < HOUR


def test_the_bounds_hold_whatever_the_rhythm() -> None:
    assert wait(first(every(MINUTE / 60, 300))) == LEAST
    assert wait(first(every(400 * DAY, 3))) == MOST
    assert interval(Rhythm(), now=NOW, least=2 * HOUR, most=HOUR) == 2 * HOUR


# How it stands


def test_a_feed_that_brings_news_is_well() -> None:
    rhythm = first(every(HOUR, 20))

    assert standing(rhythm) is Standing.OK
    assert since(rhythm) is None


def test_two_looks_without_news_make_it_quiet_and_news_makes_it_well() -> None:
    rhythm = first(every(HOUR, 20))
    once = silent(rhythm, NOW + HOUR)
    twice = silent(once, NOW + 2 * HOUR)
    news = learned(twice, now=NOW + 3 * HOUR, brought=every(HOUR, 20, NOW + 3 * HOUR), new=1)

    assert [standing(one) for one in (once, twice, news)] == [
        Standing.OK,
        Standing.QUIET,
        Standing.OK,
    ]


def test_silence_far_beyond_its_rhythm_makes_it_stale_since_its_last_news() -> None:
    rhythm = first(every(HOUR, 20))
    held = silent(rhythm, NOW + 4 * DAY)
    stale = silent(rhythm, NOW + 4 * DAY + HOUR)

    assert (standing(held), standing(stale)) == (Standing.OK, Standing.STALE)
    assert since(stale) == NOW


def test_nobody_is_stale_while_nobody_looked() -> None:
    rhythm = first(every(HOUR, 20))

    assert standing(rhythm) is Standing.OK
    assert standing(Rhythm()) is Standing.OK


def test_a_feed_just_set_up_that_has_only_old_items_is_stale() -> None:
    last = datetime(2017, 5, 3, tzinfo=UTC)
    rhythm = first(every(HOUR, 20, last))

    assert standing(rhythm) is Standing.STALE
    assert since(rhythm) == last


def test_a_feed_that_never_had_an_item_is_stale_in_the_end() -> None:
    rhythm = silent(first([]), NOW + 5 * DAY)

    assert standing(rhythm) is Standing.STALE
    assert since(rhythm) == NOW


def weekdays(*hours: int) -> list[datetime]:
    days = (NOW.replace(hour=0) + number * DAY for number in range(-56, 57))
    return [day + hour * HOUR for day in days if day.weekday() < 5 for hour in hours]


@pytest.mark.parametrize(
    ("moments", "items"),
    [
        (weekdays(9), 10),
        (weekdays(*range(8, 19)), 30),
        ([NOW + number * 7 * DAY for number in range(-9, 9)], 5),
        ([NOW + number * 30 * DAY for number in range(-9, 3)], 4),
        ([NOW + number * 30 * DAY for number in range(-9, 3)], 1),
        ([NOW + week * 7 * DAY + n * MINUTE for week in range(-9, 9) for n in range(15)], 15),
    ],
    ids=["weekday daily", "weekday wire", "weekly", "monthly", "last issue", "weekly issue"],
)
def test_an_ordinary_pause_makes_nobody_stale(moments: list[datetime], items: int) -> None:
    begin = NOW - 10 * DAY
    for day in range(40):
        rhythm = lived(moments, items=items, start=begin, end=begin + day * DAY)
        assert standing(rhythm) is not Standing.STALE, day


def test_one_long_outage_does_not_excuse_the_next() -> None:
    back = NOW + 300 * DAY
    rhythm = learned(first(every(HOUR, 20)), now=back, brought=every(HOUR, 20, back), new=20)

    assert standing(silent(rhythm, back + 15 * DAY)) is not Standing.STALE
    assert standing(silent(rhythm, back + 17 * DAY)) is Standing.STALE


def test_an_item_pinned_on_top_teaches_nothing() -> None:
    rhythm = first([*every(HOUR, 20), NOW - 2000 * DAY, NOW - 9000 * DAY])

    assert standing(silent(rhythm, NOW + 5 * DAY)) is Standing.STALE


# Dates that cannot be


def test_dates_that_cannot_be_count_for_nothing() -> None:
    mad = [datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)]
    sound = every(HOUR, 20)

    assert replaced(first([*sound, *mad])) == replaced(first(sound))


def replaced(rhythm: Rhythm) -> tuple[object, ...]:
    return rhythm.newest, rhythm.hours, rhythm.silences


def test_a_clock_a_little_ahead_is_believed_to_mean_now() -> None:
    assert first([NOW + HOUR]).newest == NOW


def test_new_items_without_a_true_date_are_news_of_now() -> None:
    mad = datetime(1970, 1, 1, tzinfo=UTC)
    later = NOW + DAY

    assert first([mad]).newest == NOW
    after = learned(first(every(HOUR, 20)), now=later, brought=[mad, *every(HOUR, 19)], new=1)
    assert after.newest == later
    assert standing(after) is Standing.OK


def test_news_that_bears_an_old_date_does_not_make_it_older() -> None:
    later = NOW + HOUR
    rhythm = learned(
        first(every(HOUR, 20)), now=later, brought=[*every(HOUR, 20), NOW - 9 * DAY], new=1
    )

    assert rhythm.newest == NOW


def test_a_huge_feed_is_weighed_by_its_newest() -> None:
    rhythm = first(every(MINUTE, 10_000))

    assert sum(rhythm.hours) == pytest.approx(WEIGHED, rel=0.05)


def test_a_clock_that_jumps_back_breaks_nothing() -> None:
    rhythm = first(every(HOUR, 20))
    before = NOW - 100_000 * DAY

    back = learned(rhythm, now=before, brought=every(HOUR, 20, before), new=0)
    assert LEAST <= wait(back, before) <= MOST
    assert standing(back) is not Standing.STALE


# How much a day


def test_items_a_day_are_known_after_a_day() -> None:
    assert daily(Rhythm(), now=NOW) is None
    assert daily(first(every(HOUR, 6)), now=NOW) is None
    assert daily(first(every(HOUR, 240)), now=NOW) == pytest.approx(24, rel=0.05)


def test_items_a_day_fade_when_it_falls_silent() -> None:
    rhythm = first(every(HOUR, 240))

    amounts = [daily(rhythm, now=NOW + days * DAY) or 0 for days in (0, 7, 30, 90)]
    assert amounts == sorted(amounts, reverse=True)
    assert amounts[-1] < 0.1


# Whatever a feed does

bounds = (datetime.fromisoformat(day) for day in ("1969-01-01", "2100-01-01"))
moments = st.datetimes(*bounds, timezones=st.just(UTC))
recent = st.timedeltas(timedelta(), 40 * DAY).map(lambda ago: NOW - ago)
looks = st.lists(
    st.tuples(
        st.timedeltas(-DAY, 20 * DAY),
        st.lists(moments | recent, max_size=12),
        st.integers(0, 14),
    ),
    max_size=8,
)


@given(looks, st.timedeltas(MINUTE, DAY), st.timedeltas(MINUTE, DAY))
def test_any_feed_can_be_learned(
    looks: list[tuple[timedelta, list[datetime], int]], one: timedelta, other: timedelta
) -> None:
    least, most = sorted([one, other])
    rhythm, now = Rhythm(), NOW
    for passed, brought, new in looks:
        now += passed
        rhythm = learned(rhythm, now=now, brought=brought, new=new)

        assert least <= interval(rhythm, now=now, least=least, most=most) <= most
        assert (since(rhythm) is None) == (standing(rhythm) is not Standing.STALE)
        assert (daily(rhythm, now=now) or 0) >= 0
        assert rhythm.newest is None or rhythm.newest <= max(now, rhythm.newest)
        assert len(rhythm.silences) <= SILENCES


@given(st.lists(st.timedeltas(timedelta(), 3 * DAY), min_size=3, max_size=60), st.data())
def test_the_order_of_a_feed_does_not_matter(ago: list[timedelta], data: st.DataObject) -> None:
    brought = [NOW - one for one in ago]

    assert first(brought) == first(data.draw(st.permutations(brought)))


@given(st.lists(st.timedeltas(timedelta(), DAY), min_size=6, max_size=60))
def test_no_wait_holds_more_than_a_third_of_a_feed_unless_it_came_at_once(
    ago: list[timedelta],
) -> None:
    brought = sorted(NOW - one for one in ago)
    waited = interval(first(brought), now=NOW, least=timedelta(), most=DAY)

    for begin in brought:
        caught = [one for one in brought if begin <= one < begin + waited]
        assert len(caught) <= len(brought) / 3 or caught[-1] - begin < max(waited, 5 * MINUTE)
