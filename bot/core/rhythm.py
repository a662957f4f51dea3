"""The rhythm of a feed: how often it brings news, how soon items leave it, when to look again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import ceil, exp

from bot.core.feed_moments import believed, fastest, unpinned
from bot.core.health import Standing

#: What is older counts for less than half (1/e) in the rate of news.
MEMORY = timedelta(days=14)
#: A burst is remembered about as long.
BURST_MEMORY = timedelta(days=7)
#: A shorter pause is no silence.
SILENCE = timedelta(hours=6)
#: So many silences are remembered: a month of nights.
SILENCES = 30
#: Nobody is called stale sooner: a long weekend is no death.
PATIENCE = timedelta(days=4)
#: Where all that is known came within an hour, it may well be a monthly's last issue.
NEW_PATIENCE = timedelta(days=45)
#: A feed that is silent for half a year is stale, whatever it did before.
MOST_PATIENCE = timedelta(days=180)
#: No more items of a feed are weighed, the newest.
WEIGHED = 500
#: A look is worth its while when so many new items are expected, or a third of the feed.
WORTH = 2.0
#: A feed that has never brought anything is looked at so often.
UNKNOWN = timedelta(hours=1)
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """What the looks at a feed have taught; a new one knows nothing."""

    #: Since when its news is known: its oldest item at the first look.
    began: datetime | None = None
    #: The last look that answered, and the last one that showed any items.
    looked: datetime | None = None
    shown: datetime | None = None
    #: Its newest news.
    newest: datetime | None = None
    #: So many looks one after another brought nothing new.
    idle: int = 0
    #: How many items the feed has room for: the most that it showed lately.
    items: int = 0
    #: How many items came in each hour of the day (UTC), fading with ``MEMORY``; as of ``shown``.
    hours: tuple[float, ...] = (0.0,) * 24
    #: The last silences, in seconds.
    silences: tuple[float, ...] = ()
    #: The shortest time in which more than a third of the feed was replaced, in seconds; None
    #: while that was never seen.
    third: float | None = None


def learned(rhythm: Rhythm, *, now: datetime, brought: Sequence[datetime], new: int) -> Rhythm:
    """Return what is known after a look that answered.

    ``brought`` says for each item now in the feed when it was published or, where nobody knows
    that to the minute, when it was first seen; ``new`` is how many of them nobody had seen. A feed
    that says that it has not changed brought nothing.
    """
    began = rhythm.began or now
    idle = rhythm.idle + 1
    if not brought:
        return replace(rhythm, began=began, looked=now, idle=idle)
    moments = believed(brought, now=now)
    doubtful = len(moments) < len(brought)
    moments = moments[-WEIGHED:]
    if rhythm.looked is None:
        moments = unpinned(moments)
        began = min([*moments, began])
    fresh = moments[max(0, len(moments) - new) :]
    if new and doubtful and (not fresh or (rhythm.newest and fresh[-1] <= rhythm.newest)):
        # The new items are those that bear no true date.
        fresh = [now]
    newest, silences = _heard(rhythm, fresh)
    room = _room(rhythm, len(brought), now=now)
    return Rhythm(
        began=began,
        looked=now,
        shown=now,
        newest=newest,
        idle=0 if fresh else idle,
        items=room,
        hours=_hours(rhythm, fresh, now=now),
        silences=silences,
        third=_third(rhythm, moments, items=(len(brought), room), new=new, now=now),
    )


def interval(rhythm: Rhythm, *, now: datetime, least: timedelta, most: timedelta) -> timedelta:
    """Return how long to wait until the next look.

    It is the shortest of: the time in which ``WORTH`` new items are expected, or a third of the
    feed where that is fewer, by what came at each hour of the day; the shortest time in which
    more than a third of the feed was ever replaced, so that a burst of thrice the worst one seen
    still loses nothing; ``most``. It is never shorter than ``least``.
    """
    if rhythm.newest is None:
        return max(least, min(UNKNOWN, most))
    wait = _expected(rhythm, now=now, worth=min(WORTH, rhythm.items / 3), most=most)
    if rhythm.third is not None:
        wait = min(wait, timedelta(seconds=rhythm.third))
    return max(least, min(wait, most))


def standing(rhythm: Rhythm) -> Standing:
    """Return how it stood at its last look: OK, QUIET or STALE.

    STALE is a silence beyond ``PATIENCE`` and beyond four times the 95th percentile of its
    earlier silences, at most ``MOST_PATIENCE``; so is a feed that never had anything newer.
    QUIET is one whose last two looks brought nothing.
    """
    if _silent(rhythm) > _patience(rhythm):
        return Standing.STALE
    return Standing.QUIET if rhythm.idle > 1 else Standing.OK


def since(rhythm: Rhythm) -> datetime | None:
    """Return since when it is stale: its newest news, or the first look; None while it is not."""
    if standing(rhythm) is not Standing.STALE:
        return None
    return rhythm.newest or rhythm.began


def daily(rhythm: Rhythm, *, now: datetime) -> float | None:
    """Return how many items it brings a day, the last two weeks counting most.

    None while less than a day of it is known.
    """
    if rhythm.began is None or now - rhythm.began < _DAY:
        return None
    return sum(rhythm.hours) * _faded(rhythm, now) / _days(rhythm, now)


def _hours(rhythm: Rhythm, fresh: Sequence[datetime], *, now: datetime) -> tuple[float, ...]:
    faded = _faded(rhythm, now)
    hours = [weight * faded for weight in rhythm.hours]
    for moment in fresh:
        hours[moment.astimezone(UTC).hour] += exp((moment - now) / MEMORY)
    return tuple(hours)


def _heard(rhythm: Rhythm, fresh: Sequence[datetime]) -> tuple[datetime | None, tuple[float, ...]]:
    """Return the newest news and the silences before it.

    A silence of a feed already known counts for no more than what made it stale, so that one
    long outage does not excuse the next.
    """
    newest, silences = rhythm.newest, list(rhythm.silences)
    most = MOST_PATIENCE if newest is None else _patience(rhythm)
    moments = [one for one in fresh if newest is None or one > newest]
    for before, after in pairwise(moments if newest is None else [newest, *moments]):
        if after - before >= SILENCE:
            silences.append(min(after - before, most).total_seconds())
    return max(moments, default=newest), tuple(silences[-SILENCES:])


def _room(rhythm: Rhythm, items: int, *, now: datetime) -> int:
    """Return how many items the feed has room for; one that forgets by age shows fewer by night."""
    if rhythm.shown is None or items >= rhythm.items:
        return items
    fading = exp(min(0.0, (rhythm.shown - now) / BURST_MEMORY))
    return round(items + (rhythm.items - items) * fading)


def _third(
    rhythm: Rhythm,
    moments: Sequence[datetime],
    *,
    items: tuple[int, int],
    new: int,
    now: datetime,
) -> float | None:
    """Return the shortest time, in seconds, in which more than a third of the feed came.

    It is read from the items themselves. Where most of a full feed is new since the last look, or
    all of any, half the time since then may be too long already. A burst fades with
    ``BURST_MEMORY``. ``items`` are how many it shows and has room for.
    """
    shown, room = items
    found = fastest(moments, more_than=room / 3, most=_DAY)
    most = shown / 2 if shown == room else shown - 1
    if rhythm.looked is not None and new > most >= 1:
        found = min(found, (now - rhythm.looked) / 2)
    if rhythm.third is None or rhythm.shown is None:
        return None if found >= _DAY else found.total_seconds()
    seconds = found.total_seconds()
    if seconds > rhythm.third > 0:
        fading = 1 - exp(min(0.0, (rhythm.shown - now) / BURST_MEMORY))
        seconds = rhythm.third * (seconds / rhythm.third) ** fading
    return seconds


def _expected(rhythm: Rhythm, *, now: datetime, worth: float, most: timedelta) -> timedelta:
    """Return the time until so many items are expected, or ``most``."""
    faded, days = _faded(rhythm, now), _days(rhythm, now)
    mean = sum(rhythm.hours) / 24 / days
    moment = now.astimezone(UTC)
    hour = moment.hour
    # In hours, for that is quickly added.
    waited, longest = 0.0, most / _HOUR
    left = 1 - (60 * moment.minute + moment.second + moment.microsecond / 1e6) / 3600
    while waited < longest:
        # An hour that is hardly known yet is taken for an average one.
        coming = left * faded * (rhythm.hours[hour] + mean) / (days + 1)
        if coming >= worth:
            return timedelta(hours=waited + left * (worth / coming))
        worth -= coming
        waited += left
        hour, left = (hour + 1) % 24, 1.0
    return most


def _faded(rhythm: Rhythm, now: datetime) -> float:
    """Return by how much the hours' counts have faded since they were written."""
    return exp(min(0.0, (rhythm.shown - now) / MEMORY)) if rhythm.shown else 1.0


def _days(rhythm: Rhythm, now: datetime) -> float:
    """Return how many days are known, fading as the counts do; an hour at least."""
    known = max(now - (rhythm.began or now), _HOUR)
    return (MEMORY / _DAY) * (1 - exp(-known / MEMORY))


def _silent(rhythm: Rhythm) -> timedelta:
    """Return for how long it has been silent, as far as anybody looked."""
    last = rhythm.newest or rhythm.began
    return timedelta() if last is None or rhythm.looked is None else rhythm.looked - last


def _patience(rhythm: Rhythm) -> timedelta:
    """Return how long it may be silent before it is stale."""
    if rhythm.silences:
        ordered = sorted(rhythm.silences)
        usual = timedelta(seconds=ordered[ceil(0.95 * len(ordered)) - 1])
        return min(max(PATIENCE, 4 * usual), MOST_PATIENCE)
    if rhythm.newest and rhythm.began and rhythm.newest - rhythm.began < _HOUR:
        return NEW_PATIENCE
    return PATIENCE
