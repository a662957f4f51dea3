"""Kills a bot that delivers, fifty times by default, and counts what was lost and doubled.

Usage: python -m tests.benchmarks.kills [KILLS]
"""

import random
import sys
import tempfile
from pathlib import Path

from tests.delivery.child import PARTS, POINTS
from tests.delivery.kills import Kill, any_moments, trial

DESTINATIONS = 300
KILLS = 50


def main(count: int) -> int:
    """Print the table; return 1 when something was lost or doubled that must not be."""
    chance = random.Random(count)  # noqa: S311 - a benchmark keeps no secret
    # All the kills together leave something to be sent by the last run.
    most = max(1, DESTINATIONS * PARTS // (2 * count))
    kills = [
        Kill(point, 1 if point in POINTS[:2] else chance.randint(1, most))
        for point in POINTS[: count // 2]
    ]
    later = any_moments(count - len(kills), most=most, seed=count)
    with tempfile.TemporaryDirectory() as folder:
        found = trial(Path(folder), destinations=DESTINATIONS, kills=[*kills, *later])
        print(found.drawn())
        unexplained = found.doubled() - found.in_flight
        print(f"doubled without having been in flight: {unexplained.total()}")
        print(f"destinations with parts out of order: {len(found.disordered())}")
        return int(bool(found.lost() or unexplained or found.disordered()))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS))
