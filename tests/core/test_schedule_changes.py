"""What is typed changes a schedule as far as it says, and no further."""

from datetime import time

import pytest

from bot.core.schedule_changes import Clash, Reach, changed, reach
from bot.core.subscription import Schedule, Timing
from bot.core.timing import MAX_TIMINGS, Adjusted, Timed

WORKDAYS, WEEKEND = (0, 1, 2, 3, 4), (5, 6)
EIGHT, SIX = Timing(time(8), WORKDAYS), Timing(time(18), WORKDAYS)
ASTANA = Schedule((EIGHT,), "Asia/Almaty")


@pytest.mark.parametrize(
    ("before", "read", "add", "after"),
    [
        (None, Timed((EIGHT,)), False, Schedule((EIGHT,), "UTC")),
        (None, Timed((EIGHT,), "Asia/Tashkent"), False, Schedule((EIGHT,), "Asia/Tashkent")),
        (None, Timed((EIGHT,)), True, Schedule((EIGHT,), "UTC")),
        (ASTANA, Timed((SIX,)), False, Schedule((SIX,), "Asia/Almaty")),
        (ASTANA, Timed((SIX,), "Asia/Tashkent"), False, Schedule((SIX,), "Asia/Tashkent")),
        (ASTANA, Timed((SIX,)), True, Schedule((EIGHT, SIX), "Asia/Almaty")),
        (ASTANA, Timed((SIX,), "Asia/Almaty"), True, Schedule((EIGHT, SIX), "Asia/Almaty")),
        (
            ASTANA,
            Timed((Timing(time(8), WEEKEND),)),
            True,
            Schedule((Timing(time(8), (*WORKDAYS, *WEEKEND)),), "Asia/Almaty"),
        ),
        (ASTANA, Adjusted(days=(0,)), False, Schedule((Timing(time(8), (0,)),), "Asia/Almaty")),
        (ASTANA, Adjusted(zone="Asia/Tashkent"), False, Schedule((EIGHT,), "Asia/Tashkent")),
        (ASTANA, Timed((SIX,), "Asia/Tashkent"), True, Clash.OTHER_ZONE),
        (ASTANA, Adjusted(days=(0,)), True, Clash.NO_TIME),
        (None, Adjusted(days=(0,)), False, Clash.NO_TIME),
    ],
)
def test_a_schedule_changes_as_it_was_typed(
    before: Schedule | None, read: Timed | Adjusted, *, add: bool, after: Schedule | Clash
) -> None:
    assert changed(before, read, add=add, zone="UTC") == after


def test_a_chat_gets_no_more_digests_a_day_than_can_be_read() -> None:
    full = Schedule(tuple(Timing(time(hour)) for hour in range(MAX_TIMINGS)), "UTC")

    assert changed(full, Timed((SIX,)), add=True, zone="UTC") is Clash.TOO_MANY


def test_what_a_digest_covers_follows_from_its_days() -> None:
    assert reach(Schedule((Timing(time(8)),), "UTC")) is Reach.DAY
    assert reach(ASTANA) is Reach.WEEKEND
    assert reach(Schedule((EIGHT, Timing(time(9), WEEKEND)), "UTC")) is Reach.DAY
    assert reach(Schedule((Timing(time(8), (0, 2)),), "UTC")) is Reach.SINCE
