"""A schedule is said in full: its days, its times, its place and what the clocks there show."""

from datetime import UTC, date, datetime, time

import pytest

from bot.core.schedule_words import next_words, schedule_words, timings_words, zone_words
from bot.core.subscription import Schedule, Slot, Timing
from bot.core.wording import English

WORDS = English()
SUMMER = datetime(2025, 9, 2, 3, tzinfo=UTC)
WINTER = datetime(2025, 12, 2, 3, tzinfo=UTC)
EIGHT, TEN, EVENING = time(8), time(10), time(18, 30)


def test_a_schedule_is_said_in_full() -> None:
    schedule = Schedule((Timing(EIGHT, (0, 1, 2, 3, 4)),), "Asia/Almaty")

    assert schedule_words(schedule, WORDS, SUMMER) == (
        "weekdays at 08:00, Astana time (Asia/Almaty, UTC+5)"
    )


@pytest.mark.parametrize(
    ("timings", "said"),
    [
        ([Timing(EIGHT)], "every day at 08:00"),
        ([Timing(EIGHT, (5, 6))], "weekends at 08:00"),
        ([Timing(EIGHT, (0,))], "Mondays at 08:00"),
        ([Timing(EIGHT, (0, 2))], "Mondays and Wednesdays at 08:00"),
        (
            [Timing(EIGHT, (1, 3, 4)), Timing(EVENING, (1, 3, 4))],
            "Tuesdays, Thursdays and Fridays at 08:00 and 18:30",
        ),
        (
            [Timing(EIGHT), Timing(TEN, (5,)), Timing(EVENING)],
            "every day at 08:00 and 18:30; Saturdays at 10:00",
        ),
        (
            [Timing(EIGHT, (6,)), Timing(TEN, (6,)), Timing(EVENING, (6,))],
            "Sundays at 08:00, 10:00 and 18:30",
        ),
    ],
)
def test_times_with_the_same_days_are_said_together(timings: list[Timing], said: str) -> None:
    assert timings_words(timings, WORDS) == said


@pytest.mark.parametrize(
    ("zone", "now", "said"),
    [
        ("Europe/Berlin", SUMMER, "Berlin time (Europe/Berlin, UTC+2)"),
        ("Europe/Berlin", WINTER, "Berlin time (Europe/Berlin, UTC+1)"),
        ("Europe/London", WINTER, "London time (Europe/London, UTC+0)"),
        ("Asia/Kolkata", WINTER, "New Delhi time (Asia/Kolkata, UTC+5:30)"),
        ("America/St_Johns", WINTER, "St Johns time (America/St_Johns, UTC-3:30)"),
        ("UTC", WINTER, "UTC"),
        ("Mars/Base", WINTER, "Base time (Mars/Base)"),
    ],
)
def test_a_zone_is_said_with_its_place_and_its_offset(zone: str, now: datetime, said: str) -> None:
    assert zone_words(zone, WORDS, now) == said


def test_the_next_slot_is_said_by_its_day_and_time() -> None:
    slot = Slot(SUMMER, date(2025, 9, 3), time(8))

    assert next_words(slot, WORDS) == "Wednesday 3 September, 08:00"
