"""ROUGE of a summary, as the papers on news report it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from rouge_score.rouge_scorer import RougeScorer

_KINDS = ("rouge1", "rouge2", "rougeLsum")
#: Where one sentence of a summary ends and the next begins.
_GAP = re.compile(r"(?<=[.!?]) (?=\S)")


@dataclass(frozen=True, slots=True)
class Rouge:
    """F1 of words, of pairs of words, and of the longest common sequence, in points of 100."""

    one: float
    two: float
    long: float

    @property
    def mean(self) -> float:
        """Return the mean of the three."""
        return fmean((self.one, self.two, self.long))


class Judge:
    """Compares summaries with those of people, words stemmed."""

    def __init__(self) -> None:
        """Prepare the stemmer."""
        self._scorer = RougeScorer(list(_KINDS), use_stemmer=True)

    def score(self, summary: Sequence[str], references: Sequence[str]) -> Rouge:
        """Return a summary's likeness to one reference: the one it is most like, by the mean."""
        return max(
            (self._against(reference, "\n".join(summary)) for reference in references),
            key=lambda rouge: rouge.mean,
        )

    def _against(self, reference: str, summary: str) -> Rouge:
        found = self._scorer.score("\n".join(_GAP.split(reference)), summary)
        return Rouge(*(100 * found[kind].fmeasure for kind in _KINDS))


def average(scores: Iterable[Rouge]) -> Rouge:
    """Return the mean of some scores, kind by kind."""
    kept = list(scores)
    return Rouge(
        fmean(score.one for score in kept),
        fmean(score.two for score in kept),
        fmean(score.long for score in kept),
    )
