"""A feed is asked as often as it needs, never oftener than it wishes, and less when it fails."""

from datetime import timedelta

import pytest

from bot.app.feed_plan import HOPED, Bounds, after_answer, after_failure
from bot.core.rhythm import UNKNOWN, Rhythm
from tests.fakes.press import NOW

BOUNDS = Bounds(least=timedelta(minutes=10), most=timedelta(hours=4))
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("patience", "chance", "wait"),
    [
        (0.0, 0.0, UNKNOWN),
        (0.0, 1.0, UNKNOWN * 0.9),
        (7200.0, 0.5, timedelta(hours=2)),
        (1e9, 0.5, timedelta(hours=4)),
    ],
)
def test_after_an_answer_it_is_patient(patience: float, chance: float, wait: timedelta) -> None:
    following = after_answer(Rhythm(), now=NOW, bounds=BOUNDS, patience=patience, chance=chance)

    assert following == NOW + wait


@pytest.mark.parametrize(
    ("failures", "retry", "wait"),
    [
        (1, None, BOUNDS.least),
        (2, None, 2 * BOUNDS.least),
        (5, None, 16 * BOUNDS.least),
        (6, None, BOUNDS.most),
        (HOPED, None, BOUNDS.most),
        (HOPED + 1, None, 24 * HOUR),
        (10_000, None, 24 * HOUR),
        (1, 7200.0, 2 * HOUR),
        (1, 1e12, 24 * HOUR),
        (1, 1.0, BOUNDS.least),
    ],
)
def test_after_failures_the_wait_doubles_from_the_least_and_after_a_day_to_a_day(
    failures: int, retry: float | None, wait: timedelta
) -> None:
    following = after_failure(now=NOW, bounds=BOUNDS, failures=failures, retry=retry, chance=0.5)

    assert following == NOW + wait


def test_an_outage_of_some_hours_costs_no_wire_its_items() -> None:
    down, asked, failures = timedelta(hours=8), NOW, 0
    while asked < NOW + down:
        failures += 1
        asked = after_failure(now=asked, bounds=BOUNDS, failures=failures, retry=None, chance=1.0)

    assert asked - (NOW + down) < timedelta(hours=6)


def test_the_least_wait_holds_whatever_chance_says() -> None:
    narrow = Bounds(least=HOUR, most=HOUR)

    for chance in (0.0, 1.0):
        answered = after_answer(Rhythm(), now=NOW, bounds=narrow, patience=0.0, chance=chance)
        failed = after_failure(now=NOW, bounds=narrow, failures=1, retry=None, chance=chance)
        assert answered == NOW + HOUR
        assert NOW + HOUR <= failed <= NOW + 1.1 * HOUR
