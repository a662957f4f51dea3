"""Which news comes first.

score = ln(1 + publishers) + 0.5 ** (age in hours / 24) + (3 - tier) / 10

Publishers are counted once each, whatever they reprint; the age is counted from the last moment
the publication may mean, and nothing is younger than now; the tier is the best of the sources that
bring it, 1 for a source of record, and 2 where nobody set one. Equal scores are ordered by the lead
article's id, so that every node orders alike.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from bot.core.values import Article

#: News loses half its weight for being new in so many hours.
_HALF_LIFE = 24.0
#: The tier of a source that has none, and the lowest there is.
_TIER, _LAST_TIER = 2, 3

Group = tuple[Article, ...]
#: The tier of each source by its name.
Tiers = Mapping[str, int]

_UNTOLD: Tiers = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a score is the sum of."""

    publishers: float
    recency: float
    tier: float

    @property
    def score(self) -> float:
        """Return the sum, rounded so that every machine orders alike."""
        return round(self.publishers + self.recency + self.tier, 9)


def ranked(groups: Sequence[Group], now: datetime, tiers: Tiers = _UNTOLD) -> list[Group]:
    """Return the groups of copies, the one to be told first at the head."""
    return sorted(groups, key=lambda group: (-terms(group, now, tiers).score, group[0].id))


def terms(group: Group, now: datetime, tiers: Tiers = _UNTOLD) -> Terms:
    """Return what a group's score is made of; an article without a date counts as one day old."""
    published = [article.published.latest() for article in group if article.published]
    age = max((now - max(published)).total_seconds() / 3600, 0.0) if published else _HALF_LIFE
    publishers = {article.publisher or article.source for article in group}
    tier = min(tiers.get(article.source, _TIER) for article in group)
    return Terms(
        publishers=math.log1p(len(publishers)),
        recency=math.pow(0.5, min(age / _HALF_LIFE, 1000.0)),
        tier=(_LAST_TIER - tier) / 10,
    )
