"""A room that cannot hear tries again ever more slowly, and tells its operator in time."""

from datetime import timedelta
from enum import Enum

import pytest

from bot.app.patience import FIRST, LAST, PATIENCE, Mends, Patience, as_asked
from tests.fakes.delivery import SetClock
from tests.fakes.press import NOW


class Cause(Enum):
    NETWORK = "network"
    TOKEN = "token"  # noqa: S105 - a kind of trouble, no secret


def patience(clock: SetClock, chance: float = 1.0) -> Patience:
    return Patience(clock=clock, chance=lambda: chance)


@pytest.mark.parametrize(("chance", "part"), [(0.0, 0.5), (1.0, 1.0)])
def test_a_lost_connection_is_tried_ever_more_slowly(chance: float, part: float) -> None:
    waits, here = list[float](), patience(SetClock(), chance)

    for _ in range(20):
        here.met(Cause.NETWORK)
        waits.append(here.backoff())

    assert waits[:4] == [FIRST * part, 2 * part, 4 * part, 8 * part]
    assert waits[-1] == LAST * part


def test_another_cause_begins_anew() -> None:
    clock = SetClock()
    here = patience(clock)

    here.met(Cause.NETWORK)
    clock.forward(timedelta(seconds=5))
    same = here.met(Cause.NETWORK)
    other = here.met(Cause.TOKEN)

    assert (same, other, here.times) == (NOW, NOW + timedelta(seconds=5), 1)


def test_what_goes_by_is_told_once_it_lasts() -> None:
    clock = SetClock()
    here = patience(clock)
    here.heard()

    here.met(Cause.NETWORK)
    soon = here.is_time(Mends.TIME)
    clock.forward(PATIENCE)
    here.met(Cause.NETWORK)

    assert (soon, here.is_time(Mends.TIME)) == (False, True)


def test_a_clock_that_is_set_back_keeps_nobody_from_being_told() -> None:
    clock = SetClock()
    here = patience(clock)
    here.heard()

    here.met(Cause.NETWORK)
    clock.forward(-PATIENCE)

    assert here.is_time(Mends.TIME)


def test_a_room_that_never_heard_says_so_at_once() -> None:
    here = patience(SetClock())
    here.met(Cause.NETWORK)
    first = here.is_time(Mends.TIME)
    here.over()
    here.met(Cause.NETWORK)

    assert (first, here.is_time(Mends.TIME)) == (True, False)


def test_what_a_person_has_to_mend_is_told_at_once_and_a_rival_when_it_stays() -> None:
    here = patience(SetClock())

    here.met(Cause.TOKEN)
    first = (here.is_time(Mends.PERSON), here.is_time(Mends.RIVAL))
    here.met(Cause.TOKEN)

    assert (first, here.is_time(Mends.RIVAL)) == ((True, False), True)


def test_what_a_platform_asks_for_is_waited_and_a_second_at_least() -> None:
    assert (as_asked(0.0), as_asked(7.0)) == (FIRST, 7.0)
