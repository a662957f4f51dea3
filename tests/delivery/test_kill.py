"""A bot that is killed at any moment loses nothing, and doubles only what was in flight."""

from pathlib import Path

import pytest

from tests.delivery.child import PARTS, POINTS
from tests.delivery.kills import Kill, any_moments, trial

pytestmark = pytest.mark.slow

DESTINATIONS = 300


def test_a_fan_out_survives_ten_kills(tmp_path: Path) -> None:
    first = [Kill(point, 1) for point in POINTS[:2]]
    named = [Kill(point, 40) for point in POINTS[2:]]

    found = trial(
        tmp_path,
        destinations=DESTINATIONS,
        kills=[*first, *named, *any_moments(5, most=60, seed=4)],
    )

    print(found.drawn())  # noqa: T201 - a table for people, with -s
    assert found.lost() == []
    assert found.disordered() == []
    assert found.doubled() <= found.in_flight
    assert found.states() == {"posted": DESTINATIONS}
    assert len(found.sent()) == DESTINATIONS * PARTS + found.doubled().total()
