"""When a feed is looked at next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.rhythm import Rhythm, interval

#: A feed that fails is asked at least once a day, and one that asks for patience, too.
LONGEST = timedelta(days=1)
#: So many looks may fail before a feed is asked more seldom than any that works: a day or so.
HOPED = 10
#: A look that left something undone is made good so soon.
SOON = timedelta(minutes=1)
#: This share of a wait is left to chance, so that feeds do not keep step with each other.
_SPREAD = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The shortest and the longest wait between two looks at a feed, whatever its rhythm."""

    least: timedelta = timedelta(minutes=10)
    most: timedelta = timedelta(hours=4)


def after_answer(
    rhythm: Rhythm, *, now: datetime, bounds: Bounds, patience: float, chance: float
) -> datetime:
    """Return when to look again at a feed that answered, given a chance from 0 to 1.

    It is never later than its rhythm says, save where the feed asks for more ``patience``, in
    seconds: that is obeyed up to the longest wait, for beyond it news would be lost.
    """
    wait = interval(rhythm, now=now, least=bounds.least, most=bounds.most)
    asked = min(timedelta(seconds=min(patience, LONGEST.total_seconds())), bounds.most)
    return now + max(wait * (1 - _SPREAD * chance), asked, bounds.least)


def after_failure(
    *, now: datetime, bounds: Bounds, failures: int, retry: float | None, chance: float
) -> datetime:
    """Return when to look again at a feed that has failed so many times, given a chance.

    The wait begins with the shortest, for a wire shows its items for some hours only, and doubles
    up to the longest; after ``HOPED`` looks, up to a day. What its server asks for with ``retry``,
    in seconds, is obeyed up to a day.
    """
    doubled = bounds.least * 2.0 ** min(failures - 1, 20)
    wait = min(doubled, LONGEST if failures > HOPED else bounds.most)
    asked = timedelta(seconds=min(retry or 0.0, LONGEST.total_seconds()))
    return now + max(wait * (1 + _SPREAD * (2 * chance - 1)), asked, bounds.least)
