"""Measures how fast /search answers on a large archive, beside a plain LIKE in the same run.

The archive is made up: words by Zipf's law, 150 to 300 an article, over a year of days. Every
figure is of 50 queries whose kinds take turns, so that a busy machine slows all of them alike;
each is asked in three rounds, of which the best counts. Milliseconds differ between machines; the
ratios are what to compare.

``search.py [ARTICLES]`` makes another number of articles than 100,000.
"""

import asyncio
import math
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from bot.app.ports import Found
from bot.app.search import Searches
from bot.core.found import found_page
from bot.core.search import PAGE, query
from bot.core.search_verb import SearchFor
from bot.core.values import Article, Published
from bot.core.wording import English
from bot.store.archive import Archive
from bot.store.database import Database, open_database
from bot.store.intake import Intake
from bot.store.search import Search

ARTICLES = 100_000
#: Making the archive ends after so many seconds, with as many articles as there are then.
PATIENCE = 120.0
#: The promise: no search takes more milliseconds.
PROMISED = 50.0
QUERIES = 50
ROUNDS = 3
#: LIKE is slow: it is asked a few of them only.
LIKES = 5

BATCH = 1000
VOCABULARY = 50_000
TODAY = date(2025, 9, 2)
NOW = datetime(2025, 9, 2, 8, tzinfo=UTC)
SYLLABLES = [first + last for first in "bdfgklmnprstvz" for last in "aeiou"]
#: The 100 words seen most often are the common ones, those behind the 5,000th the rare ones.
COMMON, RARE = 100, 5000


class Press:
    """Writes articles of made-up words."""

    def __init__(self) -> None:
        self.chance = random.Random(20250902)  # noqa: S311 - a benchmark keeps no secret
        spelled = {self._word(): None for _ in range(2 * VOCABULARY)}
        self.words = list(spelled)[:VOCABULARY]
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))

    def article(self, number: int) -> Article:
        said = self.chance.choices(
            self.words, cum_weights=self.weights, k=self.chance.randint(150, 300)
        )
        sentences = [" ".join(said[at : at + 20]).capitalize() for at in range(0, len(said), 20)]
        day = TODAY - timedelta(days=self.chance.randrange(365))
        return Article(
            id=f"wire/{number}",
            source="wire",
            title=" ".join(self.chance.sample(said, 8)).capitalize(),
            text=". ".join(sentences) + ".",
            published=Published(day=day),
        )

    def common(self) -> str:
        return self.words[self.chance.randrange(COMMON)]

    def rare(self) -> str:
        return self.words[self.chance.randrange(RARE, VOCABULARY)]

    def _word(self) -> str:
        return "".join(self.chance.choices(SYLLABLES, k=self.chance.randint(2, 4)))


class Questions:
    """Makes queries of each kind, from words as they stand in an article."""

    def __init__(self, press: Press, articles: Sequence[Article]) -> None:
        self.press = press
        self.articles = articles
        self.kinds: dict[str, Callable[[], SearchFor]] = {
            "a common word": lambda: asked(press.common()),
            "three common words": lambda: asked(" ".join(press.common() for _ in range(3))),
            "a rare word": lambda: asked(press.rare()),
            "a common and a rare word": lambda: asked(f"{press.common()} {press.rare()}"),
            "a phrase of two": lambda: asked(self.phrase(2)),
            "a phrase of four": lambda: asked(self.phrase(4)),
            "a phrase of common words": lambda: asked(f'"{press.common()} {press.common()}"'),
            "a common word without another": lambda: asked(f"{press.common()} -{press.common()}"),
            "a common word, page 3": lambda: asked(press.common(), 3),
        }

    def phrase(self, length: int) -> str:
        said = self.press.chance.choice(self.articles).text.split(". ")[0].split()
        start = self.press.chance.randrange(max(len(said) - length, 1))
        return f'"{" ".join(said[start : start + length])}"'


def asked(typed: str, page: int = 1) -> SearchFor:
    """Return the command for that page."""
    return SearchFor(query(typed), page)


async def main(articles: int) -> int:
    """Print the table; return 1 when a search takes longer than promised."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "briefbot.db"
        async with open_database(path) as database:
            press = Press()
            sample = await fill(database, press, articles)
            found, answered = await measure(database, Questions(press, sample))
        size = path.stat().st_size / 1e6
        print(f"{size:.0f} MB on disk, of which the index has {index_size(path) / 1e6:.0f} MB")
        scanned = measure_like(path, press)
    added = [addition() for _ in range(7)]
    every = [each for taken in found.values() for each in taken]
    like = statistics.median(scanned)
    print(f"\n{'milliseconds':34}{'median':>9}{'p95':>9}{'worst':>9}{'LIKE/it':>9}")
    for kind, taken in found.items():
        row(kind, taken, like)
    row(f"all {QUERIES} queries", every, like)
    row("the same with the page made", answered, like)
    row("LIKE, a word", scanned, like)
    row("calibration, a million additions", added, like)
    print(f"worst of all: {max(every):.1f} ms, promised {PROMISED:.0f}")
    return int(max(every) > PROMISED)


async def fill(database: Database, press: Press, articles: int) -> Sequence[Article]:
    """Store the articles as a source would bring them; return the last of them."""
    intake, begun, made = Intake(database), time.perf_counter(), 0
    batch: list[Article] = []
    while made < articles and time.perf_counter() - begun < PATIENCE:
        batch = [press.article(made + each) for each in range(min(BATCH, articles - made))]
        found = [Found(article=article, version="1") for article in batch]
        await intake.save(found, now=NOW, imported=True)
        made += len(batch)
    seconds = time.perf_counter() - begun
    cut = "" if made == articles else f", no more than {PATIENCE:.0f} s being given"
    print(f"{made:,} articles written, stored and indexed in {seconds:.0f} s{cut}")
    return batch


async def measure(
    database: Database, questions: Questions
) -> tuple[dict[str, list[float]], list[float]]:
    """Return the milliseconds of finding by kind, and those of whole answers."""
    search = Search(database)
    searches = Searches(search=search, archive=Archive(database), clock=Clock())
    kinds = list(questions.kinds)
    turns = [kinds[turn % len(kinds)] for turn in range(QUERIES)]
    plan = [(kind, questions.kinds[kind](), questions.kinds[kind]()) for kind in turns]
    found, answered = [math.inf] * QUERIES, [math.inf] * QUERIES
    for _ in range(ROUNDS):
        for turn, (_, one, other) in enumerate(plan):
            begun = time.perf_counter()
            await search.find(one.query, today=TODAY, limit=PAGE, skip=PAGE * (one.page - 1))
            found[turn] = min(found[turn], 1000 * (time.perf_counter() - begun))
            begun = time.perf_counter()
            found_page(await searches.results(other), words=English(), today=TODAY)
            answered[turn] = min(answered[turn], 1000 * (time.perf_counter() - begun))
    by_kind = {
        kind: [taken for taken, one in zip(found, turns, strict=True) if one == kind]
        for kind in kinds
    }
    return by_kind, answered


def measure_like(path: Path, press: Press) -> list[float]:
    """Return the milliseconds in which SQLite counts the articles that have some letters."""
    taken = []
    with closing(sqlite3.connect(path)) as connection:
        for turn in range(LIKES):
            word = press.rare() if turn % 2 else press.common()
            begun = time.perf_counter()
            connection.execute(
                "SELECT count(*) FROM articles WHERE text LIKE ?", (f"%{word}%",)
            ).fetchone()
            taken.append(1000 * (time.perf_counter() - begun))
    return taken


def index_size(path: Path) -> int:
    """Return how many bytes the index and the terms beside it have."""
    query = (
        "SELECT (SELECT sum(length(terms)) FROM indexed)"
        " + (SELECT sum(length(block)) FROM search_terms_data)"
        " + (SELECT sum(length(sz)) FROM search_terms_docsize)"
    )
    with closing(sqlite3.connect(path)) as connection:
        size: int = connection.execute(query).fetchone()[0]
    return size


def addition() -> float:
    """Return the milliseconds of a million additions, to tell one machine from another."""
    begun = time.perf_counter()
    total = 0
    for number in range(1_000_000):
        total += number
    return 1000 * (time.perf_counter() - begun)


def p95(taken: Sequence[float]) -> float:
    """Return what 95 in 100 stay below."""
    return sorted(taken)[max(0, -(-95 * len(taken) // 100) - 1)]


def row(name: str, taken: Sequence[float], like: float) -> None:
    """Print a line of the table."""
    median = statistics.median(taken)
    figures = f"{median:9.1f}{p95(taken):9.1f}{max(taken):9.1f}{like / median:9.1f}"
    print(f"{name:34}{figures}")


class Clock:
    """Stands at the day the archive ends."""

    def now(self) -> datetime:
        """Return that moment."""
        return NOW


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES)))
