"""The days that a printed time may mean, counted from a day of publication.

A function returns None where no calendar has such a day, or none after the publication is near.
"""

from calendar import monthrange
from datetime import date, timedelta

#: A day or month without its year is the next one only when so near, in days: later is a guess.
NEAR = 300
_WEEK = 7
_MONTHS = 12

#: The first and the last day that a time may mean.
Days = tuple[date, date]


def day(year: int, month: int, number: int) -> date | None:
    """Return a day, unless no calendar has it."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def next_day(published: date, month: int, number: int) -> date | None:
    """Return the next such day after publication."""
    for year in (published.year, published.year + 1):
        found = day(year, month, number)
        if found and found > published:
            return found if (found - published).days <= NEAR else None
    return None


def month_of(year: int, month: int) -> Days | None:
    """Return the days of a month."""
    return months_of(year, month, month)


def months_of(year: int, first: int, last: int) -> Days | None:
    """Return the days from one month of a year to another."""
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def next_months(published: date, first: int, last: int) -> Days | None:
    """Return the next such months that end after publication."""
    for year in (published.year, published.year + 1):
        found = months_of(year, first, last)
        if found and found[1] > published:
            return found if (found[0] - published).days <= NEAR else None
    return None


def month_after(published: date, count: int) -> Days | None:
    """Return the month that is so many months after that of publication."""
    index = published.year * _MONTHS + published.month - 1 + count
    return month_of(index // _MONTHS, index % _MONTHS + 1)


def weekday_after(published: date, weekday: int) -> date | None:
    """Return the next such weekday after publication, Monday being 0.

    On the weekday itself nobody can tell whether today is meant or the next week.
    """
    ahead = (weekday - published.weekday()) % _WEEK
    return later(published, ahead) if ahead else None


def weekday_of_next_week(published: date, weekday: int) -> date | None:
    """Return that weekday of the week after, unless "next" may as well mean this week's."""
    found = later(published, _WEEK - published.weekday() + weekday)
    return found if found and (found - published).days <= _WEEK else None


def later(published: date, count: int) -> date | None:
    """Return the day that is so many days after publication."""
    try:
        return published + timedelta(days=count)
    except OverflowError:
        return None
