"""Series that wait for one account go one by one."""

from datetime import timedelta

from bot.app.turns import Turns
from bot.core.delivery import Pace
from tests.fakes.delivery import NOW

SECOND = timedelta(seconds=1)
ONE = Pace("one", interval=1.0)


def test_each_series_gets_the_next_second_and_keeps_it() -> None:
    turns = Turns()

    assert [turns.take(series, ONE, now=NOW) - NOW for series in (1, 2, 3)] == [
        0 * SECOND,
        1 * SECOND,
        2 * SECOND,
    ]
    assert turns.take(2, ONE, now=NOW) == NOW + SECOND
    assert turns.take(2, ONE, now=NOW + 5 * SECOND) == NOW + SECOND


def test_a_burst_goes_at_once_and_other_accounts_do_not_wait() -> None:
    turns = Turns()
    burst = Pace("many", interval=1.0, burst=3)

    assert [turns.take(series, burst, now=NOW) - NOW for series in (1, 2, 3, 4)] == [
        0 * SECOND,
        0 * SECOND,
        0 * SECOND,
        1 * SECOND,
    ]
    assert turns.take(5, ONE, now=NOW) == NOW


def test_a_series_of_many_parts_leaves_room_for_them_and_the_next_do_too() -> None:
    turns = Turns()
    turns.take(1, ONE, now=NOW)
    turns.learn(1, ONE, 3)

    assert [turns.take(series, ONE, now=NOW) - NOW for series in (2, 3)] == [3 * SECOND, 6 * SECOND]


def test_what_took_no_turn_takes_no_room() -> None:
    turns = Turns()
    turns.learn(1, ONE, 3)

    assert turns.take(2, ONE, now=NOW) == NOW


def test_shorter_series_make_no_room_but_for_those_after_them() -> None:
    turns = Turns()
    turns.take(1, ONE, now=NOW)
    turns.learn(1, ONE, 3)
    turns.take(2, ONE, now=NOW)
    turns.learn(2, ONE, 1)

    assert [turns.take(series, ONE, now=NOW) - NOW for series in (3, 4)] == [6 * SECOND, 7 * SECOND]


def test_a_turn_that_was_in_vain_is_followed_by_another() -> None:
    turns = Turns()
    turns.take(1, ONE, now=NOW)
    turns.leave(1)

    assert turns.take(1, ONE, now=NOW) == NOW + SECOND


def test_one_that_waits_for_its_own_sake_delays_no_other() -> None:
    turns = Turns()
    turns.take(1, ONE, now=NOW)
    turns.leave(1)

    assert [turns.take(series, ONE, now=NOW) - NOW for series in (2, 3)] == [SECOND, 2 * SECOND]
    assert turns.take(1, ONE, now=NOW + 9 * SECOND) == NOW + 9 * SECOND


def test_nothing_goes_while_an_account_is_held() -> None:
    turns = Turns()
    turns.take(1, ONE, now=NOW)
    turns.hold(ONE, NOW + 60 * SECOND)

    assert turns.take(1, ONE, now=NOW + SECOND) == NOW + 60 * SECOND
    assert turns.take(2, ONE, now=NOW + SECOND) == NOW + 61 * SECOND


def test_a_series_that_is_over_is_forgotten() -> None:
    turns = Turns()
    turns.take(1, ONE, now=NOW)
    turns.leave(1)
    turns.leave(2)

    assert turns.take(1, ONE, now=NOW) == NOW + SECOND


def test_a_clock_that_is_set_back_forgets_turns_that_lie_a_day_ahead() -> None:
    turns = Turns()
    turns.hold(ONE, NOW + 60 * SECOND)
    turns.take(1, ONE, now=NOW)
    yesterday = NOW - timedelta(days=1)

    assert turns.take(1, ONE, now=yesterday) == yesterday
