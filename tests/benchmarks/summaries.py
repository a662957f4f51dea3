"""Measures briefs beside the lead, sumy and the best that extraction could do: ROUGE, time, memory.

ROUGE needs labelled data that is not part of the repository; time and memory do not.
"""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import fmean

from bot.core.values import Article
from tests.benchmarks import datasets
from tests.benchmarks.datasets import Summarised, SummarySet
from tests.benchmarks.footprint import OURS, Footprint, footprint, write
from tests.benchmarks.methods import Method, lead, oracle, shown, sumy, whole
from tests.benchmarks.picture import Point, draw
from tests.benchmarks.rouge import Judge, Rouge, average
from tests.benchmarks.startup import ROUNDS, add, measure
from tests.benchmarks.tables import progress, table

PICTURE = datasets.ROOT / "dist" / "bench-summaries.png"
LEAD, WHOLE, SHOWN, ORACLE = "lead", "ours, whole sentences", "ours, as shown", "greedy oracle"
LEXRANK = "sumy LexRank"
CALIBRATION = "calibration, a million additions"
#: So many articles are enough to time a method by.
TIMED = 100
#: How many times as long sumy LexRank is promised to take.
FASTER_THAN_LEXRANK = 3.0
#: What a process that only briefs may hold, at most, in megabytes.
MEMORY = 60.0


@dataclass(frozen=True, slots=True)
class Quality:
    """A method's scores on one set at one length, article by article."""

    source: SummarySet
    length: int
    scores: dict[str, list[Rouge]]

    def gain(self, method: str) -> float:
        """Return how far the method's mean ROUGE is above the lead's."""
        return average(self.scores[method]).mean - average(self.scores[LEAD]).mean


def main() -> int:
    """Print the tables and draw the picture."""
    methods: dict[str, Method] = {LEAD: lead, WHOLE: whole, SHOWN: shown, **sumy()}
    found = [source for source in datasets.SUMMARY_SETS if datasets.present(source.file)]
    judged: list[Quality] = []
    if not found:
        print(datasets.ABSENT.format(datasets.folder()))
    for source in found:
        items = datasets.summarised(source)
        for length in source.lengths:
            progress(f"summaries: {source.name}, {length} of {len(items)} articles' sentences")
            judged.append(judge(source, length, items, methods))
            print(quality_table(judged[-1]))
    pooled = [quality for quality in judged if quality.source.pooled]
    if pooled:
        print(pooled_table(pooled))
    articles = [item.article for source in found[:1] for item in datasets.summarised(source)]
    speed = timed(methods, articles or list(datasets.own()))
    if pooled:
        PICTURE.parent.mkdir(exist_ok=True)
        draw(points(pooled, speed), PICTURE)
        print(f"Picture: {PICTURE.relative_to(datasets.ROOT)}")
    return 0


def judge(
    source: SummarySet, length: int, items: Sequence[Summarised], methods: dict[str, Method]
) -> Quality:
    """Return the scores of each method, the oracle's last."""
    judging = Judge()
    scores: dict[str, list[Rouge]] = {
        name: [judging.score(choose(item.article, length), item.references) for item in items]
        for name, choose in methods.items()
    }
    scores[ORACLE] = [
        judging.score(oracle(item.article, length, item.references), item.references)
        for item in items
    ]
    return Quality(source, length, scores)


def quality_table(quality: Quality) -> str:
    """Return the scores on one set, and what they are above the lead's."""
    rows = []
    for method, scores in quality.scores.items():
        mean = average(scores)
        values = (mean.one, mean.two, mean.long, mean.mean)
        rows.append([method, *(f"{value:.1f}" for value in values), f"{quality.gain(method):+.2f}"])
    articles = len(quality.scores[LEAD])
    lines = "1 line" if quality.length == 1 else f"{quality.length} lines"
    title = f"Summaries: {quality.source.name}, {articles} articles, {lines}"
    return table(title, ["F1, points", "R-1", "R-2", "R-Lsum", "mean", "to lead"], rows)


def pooled_table(pooled: Sequence[Quality]) -> str:
    """Return the scores on all sets of one kind, each article counting once."""
    names = ", ".join(quality.source.name for quality in pooled)
    rows = []
    for method in pooled[0].scores:
        mean = average(score for quality in pooled for score in quality.scores[method])
        gain = fmean(gains(pooled, method))
        rows.append([method, f"{mean.one:.1f}", f"{mean.mean:.1f}", f"{gain:+.2f}"])
    articles = sum(len(quality.scores[LEAD]) for quality in pooled)
    return table(
        f"Summaries pooled: {names}, {articles} articles, 3 lines",
        ["F1, points", "R-1", "mean", "to lead"],
        rows,
    )


def gains(pooled: Sequence[Quality], method: str) -> list[float]:
    """Return article by article how far a method is above the lead."""
    return [
        score.mean - base.mean
        for quality in pooled
        for score, base in zip(quality.scores[method], quality.scores[LEAD], strict=True)
    ]


def timed(methods: dict[str, Method], articles: Sequence[Article]) -> dict[str, float]:
    """Print time and memory of each method; return its milliseconds an article."""
    sample = articles[:TIMED]
    progress(f"summaries: time of {len(sample)} articles, {ROUNDS} interleaved rounds")
    best = measure(
        {
            CALIBRATION: add,
            **{name: partial(every, choose, sample) for name, choose in methods.items()},
        }
    )
    memory = footprints(sample, [SHOWN, *(name for name in methods if name.startswith("sumy"))])
    ours, rows = best[WHOLE], []
    for name, seconds in best.items():
        mark = memory.get(name)
        first = f"{mark.milliseconds:.2f}" if mark else ""
        held = f"{mark.megabytes:.0f}" if mark else ""
        rows.append([name, f"{1000 * seconds:.2f}", f"{seconds / ours:.2f}", first, held])
    print(
        table(
            f"Summaries: time of an article, 3 lines, best of {ROUNDS} interleaved rounds",
            ["", "ms", "x ours", "ms, first pass", "MB at most"],
            rows,
        )
    )
    lexrank, brief = best[LEXRANK] / ours, best[LEXRANK] / best[SHOWN]
    print(
        f"sumy LexRank takes {lexrank:.1f} times as long as ours takes to choose"
        f" (promised {FASTER_THAN_LEXRANK:.0f}), {brief:.1f} times as long as a whole brief.\n"
        f"A process that only briefs holds {memory[SHOWN].megabytes:.0f} MB"
        f" (promised under {MEMORY:.0f}).\n"
    )
    return {name: 1000 * seconds for name, seconds in best.items()}


def every(choose: Method, articles: Sequence[Article]) -> int:
    """Choose three sentences of each article; return how many articles there were."""
    for article in articles:
        choose(article, 3)
    return len(articles)


def footprints(articles: Sequence[Article], methods: Sequence[str]) -> dict[str, Footprint]:
    """Return what each method needs in a process of its own, where nothing is warm."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "articles.jsonl"
        write(articles, file)
        return {name: footprint(OURS if name == SHOWN else name, file) for name in methods}


def points(pooled: Sequence[Quality], speed: dict[str, float]) -> list[Point]:
    """Return the methods that have both a time and a quality."""
    return [
        Point(name, speed[name], fmean(gains(pooled, name)), name in {WHOLE, SHOWN})
        for name in pooled[0].scores
        if name in speed
    ]


if __name__ == "__main__":
    sys.exit(main())
