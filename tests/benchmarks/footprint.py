"""Briefs articles in a process of its own, and says how long the first pass and its memory took.

Usage: python -m tests.benchmarks.footprint METHOD FILE, where FILE holds articles as JSON lines.
"""

import importlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.brief import brief
from bot.core.values import Article

ROOT = Path(__file__).parents[2]
#: The method that loads nothing but the core.
OURS = "briefbot"
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a process needs that does nothing but choose sentences."""

    #: Milliseconds an article, when each is seen for the first time.
    milliseconds: float
    #: The most memory it held, in megabytes (2 to the 20th).
    megabytes: float


def footprint(method: str, articles: Path) -> Footprint:
    """Start the process and return what it needed."""
    command = [sys.executable, "-m", "tests.benchmarks.footprint", method, str(articles)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return Footprint(**json.loads(done.stdout))


def write(articles: Sequence[Article], path: Path) -> None:
    """Write the articles where another process can read them."""
    lines = [json.dumps({"id": one.id, "title": one.title, "text": one.text}) for one in articles]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(method: str, file: str) -> None:
    """Choose three sentences of each article, one article in memory at a time."""
    if method == OURS:
        choose = brief_of
    else:
        # In the process for ours it must not be loaded.
        choose = importlib.import_module("tests.benchmarks.methods").sumy()[method]
    articles, seconds = 0, 0.0
    with Path(file).open(encoding="utf-8") as lines:
        for line in lines:
            article = Article(source="bench", **json.loads(line))
            begun = time.perf_counter()
            choose(article, 3)
            seconds += time.perf_counter() - begun
            articles += 1
    print(json.dumps({"milliseconds": 1000 * seconds / articles, "megabytes": peak()}))


def brief_of(article: Article, count: int) -> None:
    """Brief the article."""
    brief(article, lines=count)


def peak() -> float:
    """Return the most memory that this process has held, in megabytes.

    Linux hands the parent's peak on in ``ru_maxrss``, so there the process's own is read.
    """
    if _STATUS.exists():
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024**2 if sys.platform == "darwin" else most / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
