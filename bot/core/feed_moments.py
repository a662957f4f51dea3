"""The moments of a feed's items: which can be, which tell anything, how fast they came at most."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

#: News of so short a time came together: most sites publish in batches.
BATCH = timedelta(minutes=5)
#: Feeds were invented in 1999: what is older bears no true date.
_FIRST = datetime(1995, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


def believed(brought: Sequence[datetime], *, now: datetime) -> list[datetime]:
    """Return the moments that can be, the oldest first; a clock may be a day ahead."""
    latest = now + _DAY
    moments = sorted([one for one in brought if _FIRST < one < latest])
    if moments and moments[-1] > now:
        return [min(one, now) for one in moments]
    return moments


def unpinned(moments: list[datetime]) -> list[datetime]:
    """Leave out the few old items that stay on top of a feed: they tell nothing of its rhythm.

    They are at most a quarter, and ten times as far from the others as those are among each other.
    """
    for start in range(len(moments) // 4, 0, -1):
        if moments[start] - moments[start - 1] > 10 * (moments[-1] - moments[start]):
            return moments[start:]
    return moments


def fastest(moments: Sequence[datetime], *, more_than: float, most: timedelta) -> timedelta:
    """Return the shortest time between two batches with more items than that, or ``most``.

    A batch that comes at once cannot be caught in its middle, however often one looks.
    """
    found = most
    start = batch = 0
    begins: list[int] = []
    for end, moment in enumerate(moments):
        if moment - moments[batch] >= BATCH:
            batch = end
        begins.append(batch)
        while end - start + 1 > more_than and begins[start] < batch:
            found = min(found, moments[batch] - moments[begins[start]])
            start += 1
    return found
