"""Measures the facts found in our own labelled articles: precision and recall of each kind."""

import sys
from collections.abc import Iterable

from bot.core.facts import facts
from bot.core.report import report
from tests import labels
from tests.benchmarks import datasets
from tests.benchmarks.tables import progress, table
from tests.scoring import Tallies, Tally, score

#: Where every wrong and every missing fact is listed.
STUDY = datasets.ROOT / "dist" / "bench-facts.txt"
#: What is promised: a wrong fact is worse than a missing one.
PRECISION, RECALL = 0.97, 0.85
KINDS = ("quotes", "figures", "events")


def main() -> int:
    """Print the table and write down what is wrong."""
    paths = datasets.labelled_files()
    progress(f"facts: {len(paths)} labelled articles")
    scored = {
        path.stem: score(labels.read(path), facts(report(datasets.of_file(path)))) for path in paths
    }
    total = sum(scored.values(), Tallies())
    rows = [row(kind, getattr(total, kind)) for kind in KINDS]
    headings = ["", "labels", "right", "wrong", "missing", "precision", "recall", "in part"]
    print(table(f"Facts: {len(paths)} articles of our own", headings, rows))
    print(f"Promised: precision {PRECISION:.2f}, recall {RECALL:.2f}.", end=" ")
    print("In part: the recall if speaker, hedge, period, what is counted or day may differ.")
    STUDY.parent.mkdir(exist_ok=True)
    STUDY.write_text("\n".join(study(scored)) + "\n", encoding="utf-8")
    print(f"Every wrong and every missing one: {STUDY.relative_to(datasets.ROOT)}\n")
    return 0


def row(kind: str, tally: Tally) -> list[str]:
    """Return a row of the table."""
    counts = (tally.labelled, tally.right, len(tally.wrong), len(tally.missing))
    part = tally.loose / tally.labelled if tally.labelled else 1.0
    shares = (tally.precision if tally.found else None, tally.recall, part)
    return [
        kind,
        *map(str, counts),
        *("none found" if share is None else f"{share:.3f}" for share in shares),
    ]


def study(scored: dict[str, Tallies]) -> Iterable[str]:
    """Yield what is wrong and what is missing, kind by kind and article by article."""
    for kind in KINDS:
        yield f"== {kind}"
        for name, tallies in scored.items():
            tally: Tally = getattr(tallies, kind)
            yield from (f"{name}  WRONG    {told}" for told in tally.wrong)
            yield from (f"{name}  MISSING  {told}" for told in tally.missing)


if __name__ == "__main__":
    sys.exit(main())
