"""How much an article says of what is sought: the BM25 of ``core.search``.

An index can weigh single terms itself, but a phrase only by looking for it once more through the
whole archive. Weighed here, phrases are looked for only in the articles that are ranked.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.search import TITLE_WEIGHT, Run, Terms

_K1 = 1.2
_B = 0.75
#: What a term is worth that half of the articles have, or more.
_LEAST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How much there is to look through."""

    articles: int
    #: The terms of all their titles and texts together.
    terms: int

    @property
    def average(self) -> float:
        """Return how many terms an article has."""
        return self.terms / self.articles


@dataclass(frozen=True, slots=True)
class Weighed:
    """Terms that stand side by side, and what it is worth to have them."""

    run: Run
    worth: float


def worth(holding: Iterable[int], extent: Extent) -> float:
    """Return what a run is worth, given how many articles hold each of its terms.

    A phrase is worth as much as its terms together, as in Lucene.
    """
    return sum(_rarity(each, extent.articles) for each in holding)


def relevance(kept: Terms, sought: Iterable[Weighed], extent: Extent) -> float:
    """Return how much these terms of an article say of what is sought; 0 where they have none."""
    length = _length(kept.head) + _length(kept.body)
    ceiling = _K1 * (1 - _B + _B * length / extent.average)
    total = 0.0
    for each in sought:
        times = TITLE_WEIGHT * _times(each.run, kept.head) + _times(each.run, kept.body)
        total += each.worth * (times * (_K1 + 1) / (times + ceiling))
    return total


def _rarity(holding: int, articles: int) -> float:
    rarity = math.log((articles - holding + 0.5) / (holding + 0.5))
    return rarity if rarity > 0 else _LEAST


def _length(joined: str) -> int:
    return joined.count(" ") + 1 if joined else 0


def _times(run: Run, joined: str) -> int:
    """Count how often the run stands in joined terms; where two overlap, both count."""
    text, phrase = f" {joined} ", f" {' '.join(run)} "
    step = len(run[0]) + 1
    times, at = 0, text.find(phrase)
    while at >= 0:
        times += 1
        at = text.find(phrase, at + step)
    return times
