"""The numbers are counted truly."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.app.numbers import BOUNDS, SourceNumbers, Spread, Timings, source_numbers
from bot.core.health import Fault, Health, Reason, Standing
from bot.core.values import Published

NOW = datetime(2025, 9, 2, 8, 0, tzinfo=UTC)


def health(name: str, newest: Published | None = None, failing: Fault | None = None) -> Health:
    return Health(source=name, failing=failing, checked=NOW, newest=newest)


def test_a_source_is_told_by_its_state_and_the_age_of_its_newest_article() -> None:
    moment = NOW - timedelta(hours=2)
    gone = Fault(name="tass", reason=Reason.ABSENT)

    numbers = source_numbers(
        [
            health("trend", Published(day=moment.date(), at=moment)),
            health("tass", failing=gone),
            health("seeds", Published(day=date(2025, 9, 1))),
            health("today", Published(day=NOW.date())),
        ],
        NOW,
    )

    assert numbers == (
        SourceNumbers(name="trend", ok=True, standing=Standing.OK, age=7200.0),
        SourceNumbers(name="tass", ok=False, standing=Standing.FAILING, age=None),
        SourceNumbers(name="seeds", ok=True, standing=Standing.OK, age=8 * 3600.0),
        SourceNumbers(name="today", ok=True, standing=Standing.OK, age=0.0),
    )


def test_what_takes_time_is_counted_by_its_name_and_within_its_bound() -> None:
    moments = iter([0.0, 0.2, 1.0, 21.0, 30.0, 30.01])
    timings = Timings(lambda: next(moments))

    with timings.measured("brief"):
        pass
    with timings.measured("brief"):
        pass
    with timings.measured("help"):
        pass

    spreads = timings.spreads()
    assert spreads["brief"].counts == tuple(
        int(place in {BOUNDS.index(0.25), len(BOUNDS)}) for place in range(len(BOUNDS) + 1)
    )
    assert spreads["brief"].seconds == pytest.approx(20.2)
    assert sum(spreads["help"].counts) == 1


def test_what_fails_is_counted_all_the_same() -> None:
    timings = Timings(lambda: 5.0)

    with pytest.raises(KeyError), timings.measured("brief"):
        raise KeyError

    assert timings.spreads() == {"brief": Spread((1, *[0] * len(BOUNDS)), 0.0)}
