"""A rhythm comes back as it was kept, and a damaged row costs no more than learning it again."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.rhythm import Rhythm, interval, learned, standing
from bot.core.rhythm_record import kept, rhythm_of

NOW = datetime(2025, 9, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

ago = st.timedeltas(timedelta(), timedelta(days=60))


def known() -> Rhythm:
    brought = [NOW - number * 7 * HOUR for number in range(30)]
    return learned(Rhythm(), now=NOW, brought=brought, new=30)


def wait(rhythm: Rhythm) -> timedelta:
    return interval(rhythm, now=NOW, least=timedelta(), most=24 * HOUR)


@given(st.lists(ago, max_size=20))
def test_a_rhythm_survives_being_kept(ago: list[timedelta]) -> None:
    rhythm = learned(Rhythm(), now=NOW, brought=[NOW - one for one in ago], new=len(ago))

    again = rhythm_of(json.loads(json.dumps(kept(rhythm))))

    assert standing(again) is standing(rhythm)
    assert abs(wait(again) - wait(rhythm)) < timedelta(seconds=1)
    assert rhythm_of(kept(again)) == again


def test_a_new_rhythm_survives_being_kept() -> None:
    assert rhythm_of(json.loads(json.dumps(kept(Rhythm())))) == Rhythm()


@pytest.mark.parametrize(
    "damage",
    [
        {"began": "yesterday"},
        {"looked": 1e300},
        {"shown": float("nan")},
        {"newest": -1e18},
        {"newest": 1e15},
        {"idle": -1},
        {"idle": True},
        {"items": 3.5},
        {"items": None},
        {"hours": []},
        {"hours": "0" * 24},
        {"hours": [0.0] * 23 + ["x"]},
        {"hours": [0.0] * 23 + [-1]},
        {"hours": [0.0] * 23 + [True]},
        {"hours": [0.0] * 23 + [float("inf")]},
        {"hours": [0.0] * 23 + [10**400]},
        {"hours": 24},
        {"silences": [1.0] * 31},
        {"silences": None},
        {"third": float("inf")},
    ],
)
def test_a_damaged_row_is_learned_again(damage: dict[str, object]) -> None:
    assert rhythm_of({**kept(known()), **damage}) == Rhythm()


@pytest.mark.parametrize("row", [None, [], "{}", 7, {}])
def test_what_is_no_row_is_learned_again(row: object) -> None:
    assert rhythm_of(row) == Rhythm()


@given(
    st.dictionaries(
        st.sampled_from(sorted(kept(Rhythm()))), st.none() | st.integers() | st.floats()
    )
)
def test_no_row_can_break_the_next_look(damage: dict[str, object]) -> None:
    rhythm = rhythm_of({**kept(known()), **damage})

    after = learned(rhythm, now=NOW, brought=[NOW], new=1)
    assert HOUR <= interval(after, now=NOW, least=HOUR, most=2 * HOUR) <= 2 * HOUR
    standing(after)
