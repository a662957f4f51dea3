"""Answers keep their pace in memory as the rows keep it for all."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.app.drawn import Drawn
from bot.core.delivery import Pace
from tests.fakes.delivery import NOW

SECOND = timedelta(seconds=1)
CHAT = Pace("loop:1", 1.0)
ACCOUNT = Pace("loop", 0.1, burst=3)


def test_a_message_counts_at_all_its_paces_or_at_none() -> None:
    drawn, slow = Drawn(), Pace("loop", 10.0)

    assert drawn.draw([slow, CHAT], now=NOW) is None
    assert drawn.draw([slow, Pace("loop:2", 1.0)], now=NOW) == NOW + 10 * SECOND
    assert drawn.draw([Pace("loop:2", 1.0)], now=NOW) is None
    assert drawn.draw([CHAT], now=NOW + SECOND / 2) == NOW + SECOND
    assert drawn.draw([CHAT], now=NOW + SECOND) is None


def test_a_burst_goes_at_once_after_a_rest() -> None:
    drawn = Drawn()

    gone = [drawn.draw([ACCOUNT], now=NOW) for _ in range(4)]

    assert gone == [None, None, None, NOW + SECOND / 10]


def test_what_is_held_waits_and_no_shorter_for_a_later_word() -> None:
    drawn = Drawn()
    drawn.hold(ACCOUNT, NOW + 30 * SECOND)
    drawn.hold(ACCOUNT, NOW + SECOND)

    assert drawn.draw([ACCOUNT, CHAT], now=NOW) == NOW + 30 * SECOND
    assert drawn.draw([CHAT], now=NOW) is None
    assert drawn.draw([ACCOUNT], now=NOW + 30 * SECOND) is None


def test_the_rows_are_asked_at_the_start_and_where_they_had_no_room() -> None:
    drawn = Drawn()
    assert drawn.doubts(now=NOW)

    drawn.trust([CHAT], now=NOW)

    assert not drawn.doubts(now=NOW)
    assert drawn.draw([CHAT], now=NOW) == NOW + SECOND

    drawn.doubt()

    assert drawn.doubts(now=NOW)


def test_a_clock_that_was_set_back_clears_what_it_made_wrong() -> None:
    drawn, tomorrow = Drawn(), NOW + timedelta(days=1)
    drawn.trust([CHAT], now=tomorrow)
    drawn.hold(CHAT, tomorrow + SECOND)

    assert drawn.draw([CHAT], now=tomorrow - SECOND / 2) == tomorrow + SECOND
    assert drawn.doubts(now=NOW)
    assert drawn.draw([CHAT], now=NOW) is None


def test_of_very_many_chats_those_that_may_write_are_forgotten() -> None:
    drawn = Drawn()
    for number in range(10_001):
        drawn.draw([Pace(f"loop:{number}", 1.0)], now=NOW)
    drawn.hold(ACCOUNT, NOW + 9 * SECOND)

    later = NOW + 2 * SECOND
    assert drawn.draw([CHAT], now=later) is None
    assert drawn.draw([CHAT], now=later) == later + SECOND
    assert drawn.draw([ACCOUNT], now=later) == NOW + 9 * SECOND


@given(
    interval=st.floats(0.01, 10),
    burst=st.integers(1, 5),
    steps=st.lists(st.floats(0, 5), min_size=1, max_size=30),
)
def test_no_stretch_of_time_has_more_answers_than_the_pace_allows(
    interval: float, burst: int, steps: list[float]
) -> None:
    pace, drawn, now, gone = Pace("loop", interval, burst), Drawn(), NOW, []
    for step in steps:
        now += timedelta(seconds=step)
        gone += [now for _ in range(burst + 1) if drawn.draw([pace], now=now) is None]

    slack = timedelta(microseconds=len(gone))
    for first, start in enumerate(gone):
        for last in range(first + burst, len(gone)):
            least = (last - first - burst + 1) * timedelta(seconds=interval)
            assert gone[last] - start >= least - slack
