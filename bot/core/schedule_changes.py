"""What becomes of a chat's schedule by what is typed."""

from collections.abc import Collection
from enum import Enum

from bot.core.subscription import EVERY_DAY, Schedule, Timing
from bot.core.timing import MAX_TIMINGS, Adjusted, Timed, merged

_WORKDAYS = frozenset(range(5))


class Clash(Enum):
    """Why what was typed does not go with the present schedule."""

    #: Days or a zone to change where there is no schedule, or to add without a time.
    NO_TIME = "no time"
    #: One more time, in another zone than the others.
    OTHER_ZONE = "other zone"
    TOO_MANY = "too many times"


class Reach(Enum):
    """How much news a digest covers when it does not come every day."""

    DAY = "day"
    #: Monday's covers the weekend.
    WEEKEND = "weekend"
    #: All that came since the one before.
    SINCE = "since"


def changed(
    before: Schedule | None, read: Timed | Adjusted, *, add: bool, zone: str
) -> Schedule | Clash:
    """Return the schedule after what was typed; the zone is for one that names none itself."""
    zone = zone if before is None else before.zone
    if isinstance(read, Adjusted):
        return Clash.NO_TIME if before is None or add else _adjusted(before, read)
    if before is None or not add:
        return Schedule(read.timings, read.zone or zone)
    if read.zone not in {None, zone}:
        return Clash.OTHER_ZONE
    timings = merged((*before.timings, *read.timings))
    return Clash.TOO_MANY if len(timings) > MAX_TIMINGS else Schedule(timings, zone)


def reach(schedule: Schedule) -> Reach:
    """Return how much news the digests of a schedule cover."""
    days = _days(schedule)
    if days == EVERY_DAY:
        return Reach.DAY
    return Reach.WEEKEND if days == _WORKDAYS else Reach.SINCE


def _adjusted(before: Schedule, read: Adjusted) -> Schedule:
    timings = before.timings
    if read.days is not None:
        timings = merged(Timing(timing.at, read.days) for timing in timings)
    return Schedule(timings, read.zone or before.zone)


def _days(schedule: Schedule) -> Collection[int]:
    return frozenset(day for timing in schedule.timings for day in timing.days)
