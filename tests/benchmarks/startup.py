"""Measures how soon `briefbot brief` answers, beside the import of its libraries alone.

Every figure is the best of several rounds, and the rounds take turns, so that a busy machine
slows all of them alike. Seconds differ between machines; the ratios are what to compare.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bot.core.brief import brief
from bot.core.values import Article

ROOT = Path(__file__).parent.parent.parent
ROUNDS = 7
#: The promise: an answer within so many times the libraries' own start.
PROMISED = 1.3


def main() -> int:
    """Print the table; return 1 when the start is slower than promised."""
    command = Path(sys.executable).with_name("briefbot")
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    articles = [Article(id=seed.name, source="seeds", text=seed.read_text()) for seed in seeds]
    peers: dict[str, Callable[[], int]] = {
        "import pydantic_settings, typer, rich": partial(
            run, [sys.executable, "-c", "import pydantic_settings, typer, rich"]
        ),
        f"briefbot brief {seeds[0].name}": partial(
            run, [str(command), "brief", str(seeds[0]), "--format", "text"]
        ),
        "brief(), an article": partial(brief_all, articles),
        "calibration, a million additions": add,
    }
    best = measure(peers)
    reference, start = list(best.values())[:2]
    print(f"best of {ROUNDS} interleaved rounds, Python {sys.version.split()[0]}")
    for name, seconds in best.items():
        print(f"{name:40} {seconds * 1000:9.2f} ms  {seconds / reference:6.2f}")
    print(f"start over import: {start / reference:.2f}, promised {PROMISED}")
    return int(start / reference > PROMISED)


def measure(peers: dict[str, Callable[[], int]]) -> dict[str, float]:
    """Return for each name the seconds that one unit of its work took at best."""
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, work in peers.items():
            begun = time.perf_counter()
            units = work()
            seconds = (time.perf_counter() - begun) / units
            best[name] = min(seconds, best.get(name, seconds))
    return best


def run(command: Sequence[str]) -> int:
    """Run a command to its end."""
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return 1


def brief_all(articles: Sequence[Article]) -> int:
    """Brief every article and return how many there are."""
    for article in articles:
        brief(article)
    return len(articles)


def add() -> int:
    """Add up a million numbers, to tell one machine from another."""
    total = 0
    for number in range(1_000_000):
        total += number
    return 1


if __name__ == "__main__":
    sys.exit(main())
