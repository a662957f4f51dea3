"""The labelled data that is measured on: what lies beside the repository, and our own articles."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.core.values import Article
from bot.core.wire import read
from tests.labels import FOLDER

ROOT = Path(__file__).parents[2]
#: What is said where the labelled data is absent.
ABSENT = (
    "No labelled data in {}: what needs it is left out. Name its folder in BRIEFBOT_EVAL."
    " Measured on seeds/ and tests/labelled/ only."
)


@dataclass(frozen=True, slots=True)
class Summarised:
    """An article and the summaries that people wrote of it."""

    article: Article
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySet:
    """Articles of one origin with their summaries."""

    name: str
    file: str
    #: The lengths to measure, in sentences.
    lengths: tuple[int, ...]
    #: How many of an article's summaries count; all of them where None.
    references: int | None
    #: Whether its results belong to the pooled figure.
    pooled: bool


SUMMARY_SETS = (
    SummarySet(
        name="FRANK",
        file="summaries_frank_cnndm_250.jsonl",
        lengths=(3,),
        references=None,
        pooled=True,
    ),
    SummarySet(
        name="SummEval",
        file="summaries_summeval.jsonl",
        lengths=(3,),
        references=1,
        pooled=True,
    ),
    SummarySet(
        name="REALSumm",
        file="summaries_realsumm.jsonl",
        lengths=(3,),
        references=1,
        pooled=True,
    ),
    SummarySet(
        name="GUM news",
        file="summaries_gum_news_a.jsonl",
        lengths=(2, 1),
        references=None,
        pooled=False,
    ),
)


def folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the labelled data should be."""
    return Path(environment.get("BRIEFBOT_EVAL") or ROOT.parent / "shared" / "eval")


def present(name: str) -> bool:
    """Say whether a file of the labelled data is there."""
    return (folder() / name).is_file()


def rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of a file of the labelled data, in its order."""
    with (folder() / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def summarised(source: SummarySet) -> list[Summarised]:
    """Return the articles of a set with the summaries that count."""
    return [
        Summarised(
            Article(
                id=row["id"],
                source=source.name,
                text=row["article"],
                title=row["title"] or None,
                language=row["lang"],
            ),
            tuple(row["reference"][: source.references]),
        )
        for row in rows(source.file)
    ]


def of_file(path: Path) -> Article:
    """Return the article of a text file, with what its own form says of it."""
    text = path.read_text(encoding="utf-8")
    wire = read(text, "en")
    return Article(
        id=path.stem,
        source=path.parent.name,
        text=text,
        published=wire.published,
        place=wire.place,
        publisher=wire.publisher,
    )


def own() -> Sequence[Article]:
    """Return the seeds and the articles that were written for the tests."""
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    return [of_file(path) for path in (*seeds, *labelled_files())]


def labelled_files() -> list[Path]:
    """Return the articles whose facts are labelled; the labels lie beside them as TOML."""
    return sorted(FOLDER.glob("*.txt"))
