"""Which news comes first.

score = ln(1 + publishers) + 0.5 ** (age in hours / 24)

Publishers are counted once each, whatever they reprint; the age is counted from the last moment
the publication may mean, and nothing is younger than now. Equal scores are ordered by the lead
article's id, so that every node orders alike.
"""

import math
from collections.abc import Sequence
from datetime import datetime

from bot.core.values import Article

#: News loses half its weight for being new in so many hours.
_HALF_LIFE = 24.0

Group = tuple[Article, ...]


def ranked(groups: Sequence[Group], now: datetime) -> list[Group]:
    """Return the groups of copies, the one to be told first at the head."""
    return sorted(groups, key=lambda group: (-score(group, now), group[0].id))


def score(group: Group, now: datetime) -> float:
    """Return a group's weight; an article without a date counts as one day old."""
    published = [article.published.latest() for article in group if article.published]
    age = max((now - max(published)).total_seconds() / 3600, 0.0) if published else _HALF_LIFE
    publishers = {article.publisher or article.source for article in group}
    return round(math.log1p(len(publishers)) + math.pow(0.5, min(age / _HALF_LIFE, 1000.0)), 9)
