"""Measures the sentence splitter beside those of others: F1 of whole sentences, and speed."""

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from nltk.tokenize.punkt import PunktSentenceTokenizer
from pysbd import Segmenter

from bot.core.languages import NEUTRAL, language
from bot.core.sentences import sentences
from tests.benchmarks import datasets
from tests.benchmarks.tables import progress, table

Pairs = Iterable[tuple[int, int]]
#: A text in, the places of its sentences out.
Splitter = Callable[[str], Pairs]
ROUNDS = 3
#: Sentences of a file without paragraphs are joined, so many to a text.
RUN = 20


@dataclass(frozen=True, slots=True)
class Source:
    """Texts whose sentences are known; joined by a blank, they are the text."""

    name: str
    language: str
    texts: tuple[tuple[str, ...], ...]
    #: The F1 in points that is promised, or None.
    promised: float | None = None
    labelled: bool = True


def main() -> int:
    """Print the table."""
    found = list(sources())
    if not found:
        print(datasets.ABSENT.format(datasets.folder()))
        texts = tuple((article.text,) for article in datasets.own())
        found = [Source("our own articles", "en", texts, labelled=False)]
    rows = [row for source in found for row in measured(source)]
    headings = ["", "F1", "precision", "recall", "Mchar/s", "F1 promised"]
    print(table(f"Sentences, best of {ROUNDS} rounds", headings, rows))
    return 0


def sources() -> Iterable[Source]:
    """Yield what is there of the labelled sentences."""
    if datasets.present("sentences_gum_news_a.jsonl"):
        rows = datasets.rows("sentences_gum_news_a.jsonl")
        texts = tuple(tuple(paragraph) for row in rows for paragraph in row["paragraphs"])
        yield Source("GUM news", "en", texts, 95.5)
    for name, code, promised, file in (
        ("PUD English", "en", 99.5, "sentences_en_pud.jsonl"),
        ("PUD Russian", "ru", None, "sentences_ru_pud.jsonl"),
        ("GSD Russian", "ru", None, "sentences_ru_gsd_dev.jsonl"),
    ):
        if datasets.present(file):
            lines = [str(row["text"]) for row in datasets.rows(file)]
            starts = range(0, len(lines), RUN)
            texts = tuple(tuple(lines[start : start + RUN]) for start in starts)
            yield Source(name, code, texts, promised)


def splitters(code: str) -> dict[str, Splitter]:
    """Return the splitters of a language by name; none of them needs a download."""
    rules = language(code)
    ours = "ours (no rules yet)" if rules is NEUTRAL else "ours"
    segmenter = Segmenter(language=code, clean=False, char_span=True)
    return {
        ours: lambda text: [(span.start, span.end) for span in sentences(text, rules)],
        "nltk punkt, untrained": PunktSentenceTokenizer().span_tokenize,
        "pysbd": lambda text: [(span.start, span.end) for span in segmenter.segment(text)],
    }


def measured(source: Source) -> Iterable[list[str]]:
    """Yield the table's row of each splitter."""
    texts = [" ".join(text) for text in source.texts]
    gold = [set(places(text)) for text in source.texts]
    for name, split in splitters(source.language).items():
        progress(f"sentences: {source.name}, {name}")
        found, seconds = fastest(split, texts)
        right = sum(len(one & other) for one, other in zip(gold, found, strict=True))
        precision = 100 * right / sum(map(len, found))
        recall = 100 * right / sum(map(len, gold))
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        scores = [f"{score:.1f}" if source.labelled else "" for score in (f1, precision, recall)]
        speed = f"{sum(map(len, texts)) / seconds / 1e6:.2f}"
        promised = f"{source.promised}" if source.promised and name == "ours" else ""
        yield [f"{source.name}: {name}", *scores, speed, promised]


def places(text: Sequence[str]) -> Pairs:
    """Yield where the sentences of a text stand once they are joined."""
    start = 0
    for sentence in text:
        yield start, start + len(sentence)
        start += len(sentence) + 1


def fastest(split: Splitter, texts: Sequence[str]) -> tuple[list[set[tuple[int, int]]], float]:
    """Return the sentences of each text, blanks around them left out, and the best time taken."""
    seconds, found = float("inf"), [list[tuple[int, int]]()]
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        found = [list(split(text)) for text in texts]
        seconds = min(seconds, time.perf_counter() - begun)
    return [
        {trimmed(text, start, end) for start, end in pairs}
        for text, pairs in zip(texts, found, strict=True)
    ], seconds


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place without the blanks at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


if __name__ == "__main__":
    sys.exit(main())
