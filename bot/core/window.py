"""Which articles are today's news."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.core.values import Published, Stored

# The day begins in Kiribati fourteen hours before it does in UTC: a date is not ahead of its
# time before that.
_EARLIEST_ZONE = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Window:
    """The articles that a digest is made from, in the order they were given."""

    stored: tuple[Stored, ...]
    #: The day they are of, when none is news; None when they are news (or there are none).
    newest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingFound:
    """What was looked through in vain: so many articles, the oldest of that day."""

    words: str
    searched: int
    since: date | None
    #: What the chat follows, where no words were looked for.
    topics: tuple[str, ...] = ()


def choose(
    stored: Sequence[Stored], *, now: datetime, hours: int = 24, max_age_days: int
) -> Window:
    """Return the news of the last hours; when there is none, the articles of the newest day.

    News is what was first seen in that time and not published more than ``max_age_days`` ago.
    An import is news by its publication alone. A publication after now is not believed: such
    an article counts by its first sighting, and is no news if it came with an import.
    """
    since = now - timedelta(hours=hours)
    fresh = news(stored, now=now, since=since, max_age_days=max_age_days)
    if fresh:
        return Window(fresh, None)
    day = newest(stored, now=now)
    believed = any(_day(one, now) is not None for one in stored)
    return Window(
        tuple(one for one in stored if day == (_day(one, now) if believed else _seen(one, now))),
        day,
    )


def news(
    stored: Sequence[Stored], *, now: datetime, since: datetime, max_age_days: int
) -> tuple[Stored, ...]:
    """Return what is news since that moment, by the rules of ``choose``.

    What was published since then is never too old, however long ago that is: a digest a week, or
    the first one after sources were down, covers all its time.
    """
    too_old = min(now - timedelta(days=max_age_days), since)
    return tuple(one for one in stored if _is_news(one, now, since, too_old))


def newest(stored: Sequence[Stored], *, now: datetime) -> date | None:
    """Return the day of the newest article, never one after today in UTC; None without any.

    A day is that of publication, else of first sighting. Imports without a date that can be
    believed count only when there is nothing else.
    """
    days = [day for one in stored if (day := _day(one, now)) is not None]
    return max(days or [_seen(one, now) for one in stored], default=None)


def oldest(stored: Sequence[Stored], *, now: datetime) -> date | None:
    """Return the day of the oldest article, by the same reckoning as ``newest``."""
    days = [day for one in stored if (day := _day(one, now)) is not None]
    return min(days or [_seen(one, now) for one in stored], default=None)


def _is_news(one: Stored, now: datetime, since: datetime, too_old: datetime) -> bool:
    published = _believed(one, now)
    if published is not None and published.latest() < too_old:
        return False
    if one.imported:
        return published is not None and published.latest() >= since
    return one.seen >= since


def _believed(one: Stored, now: datetime) -> Published | None:
    """Return when the article was published, unless it claims to come from the future."""
    published = one.article.published
    return None if published is None or _ahead(published, now) else published


def _ahead(published: Published, now: datetime) -> bool:
    if published.at is not None:
        return published.at > now
    midnight = datetime.combine(published.day, time.min, UTC)
    return midnight > now + _EARLIEST_ZONE


def _day(one: Stored, now: datetime) -> date | None:
    """Return the day the article is of, as far as it can be believed, or None."""
    published = _believed(one, now)
    if published is not None:
        return published.day if published.day <= now.date() else _seen(one, now)
    return None if one.imported else _seen(one, now)


def _seen(one: Stored, now: datetime) -> date:
    return min(one.seen, now).date()
