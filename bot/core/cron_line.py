"""Simple cron lines: times of day on days of the week, as crontab(5) writes them."""

import re
from collections.abc import Mapping, Sequence
from datetime import time

#: How many fields a line has: minute, hour, day of the month, month, day of the week.
FIELDS = 5

_PART = re.compile(r"(?:(?P<any>[*?])|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>\d{1,2}))?")
_ANY = frozenset("*?")
_NICKNAMES = frozenset(
    "@yearly @annually @monthly @weekly @daily @midnight @hourly @reboot".split()
)
_DAYS = {name: number for number, name in enumerate("sun mon tue wed thu fri sat".split())}
_MINUTES = range(60)
_HOURS = range(24)
# Both 0 and 7 are Sunday.
_WEEK = range(8)


def is_cron(words: Sequence[str]) -> bool:
    """Say whether the words look like a cron line, simple or not."""
    return any("*" in word or word in _NICKNAMES for word in words)


def cron_times(fields: Sequence[str]) -> tuple[Sequence[time], tuple[int, ...]] | None:
    """Return the times of day and the days, 0 for Monday, that the five fields name.

    None for what is no cron line, or names days of the month or months: a schedule has none.
    """
    if len(fields) != FIELDS or not _ANY.issuperset(fields[2:4]):
        return None
    minutes = _values(fields[0], _MINUTES, {})
    hours = _values(fields[1], _HOURS, {})
    days = _values(fields[4], _WEEK, _DAYS)
    if not minutes or not hours or not days:
        return None
    times = [time(hour, minute) for hour in sorted(hours) for minute in sorted(minutes)]
    return times, tuple(sorted({(day - 1) % 7 for day in days}))


def _values(field: str, allowed: range, names: Mapping[str, int]) -> set[int]:
    """Return the numbers that a field names; none at all when a part of it cannot be read."""
    values: set[int] = set()
    for part in field.split(","):
        read = _part(part, allowed, names)
        if not read:
            return set()
        values |= read
    return values


def _part(part: str, allowed: range, names: Mapping[str, int]) -> set[int]:
    said = _PART.fullmatch(part)
    if said is None:
        return set()
    first = _number(said["first"] or str(allowed[0]), names)
    last = _number(said["last"] or said["first"] or str(allowed[-1]), names)
    step = int(said["step"] or 1)
    # "5/2" would mean "from 5 on" to some crons and nothing to others.
    alone = said["any"] is None and said["last"] is None
    if first not in allowed or last not in allowed or not step or (said["step"] and alone):
        return set()
    if first > last:
        # Only a week goes round: "fri-mon".
        last += 7 if allowed is _WEEK else 0
    return {value if value in allowed else value - 7 for value in range(first, last + 1, step)}


def _number(said: str, names: Mapping[str, int]) -> int:
    """Return the number that is said, -1 when it is none."""
    return names[said] if said in names else int(said) if re.fullmatch(r"\d{1,2}", said) else -1
