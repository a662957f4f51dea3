"""The dates of feeds, in whatever zone and form they come."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache

from bot.core.values import Published
from bot.sources import declared

#: No printed date is longer than this, in characters.
_LENGTH = 80
#: Feeds are younger than this year: RSS came in 1999, and older news are not told in it.
_FIRST = date(1995, 1, 1)
_AHEAD = timedelta(days=1)
#: Seconds and milliseconds since 1970, from 2001 on: ten and thirteen digits.
_EPOCH = re.compile(r"([0-9]{10})(?:[0-9]{3})?")
_MIDNIGHT, _LEAP = (24, 0, 0), 60
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan январь января янв",
            "february feb февраль февраля фев февр",
            "march mar март марта мар",
            "april apr апрель апреля апр",
            "may май мая",
            "june jun июнь июня июн",
            "july jul июль июля июл",
            "august aug август августа авг",
            "september sep sept сентябрь сентября сен сент",
            "october oct октябрь октября окт",
            "november nov ноябрь ноября ноя нояб",
            "december dec декабрь декабря дек",
        ),
        start=1,
    )
    for name in names.split()
}
#: Hours from UTC by name: those of RFC 822, and of the countries this bot's news comes from. What
#: several zones go by (IST, CST in China) means what RFC 822 says, or nothing.
_ZONES = {
    name: hours
    for hours, names in (
        (0.0, "ut utc gmt z wet"),
        (1.0, "bst cet met mez west"),
        (2.0, "cest eet mesz sast"),
        (3.0, "msk eest trt мск"),
        (3.5, "irst"),
        (4.0, "azt get samt"),
        (4.5, "aft"),
        (5.0, "pkt uzt tjt tmt yekt"),
        (6.0, "kgt omst novt"),
        (7.0, "krat ict hovt wib"),
        (8.0, "hkt sgt irkt awst ulat"),
        (9.0, "jst kst"),
        (10.0, "aest vlat"),
        (11.0, "aedt"),
        (-4.0, "edt ast"),
        (-5.0, "est cdt"),
        (-6.0, "cst mdt"),
        (-7.0, "mst pdt"),
        (-8.0, "pst"),
    )
    for name in names.split()
}
_CLOCK = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
_HALF = r"(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?"
#: The bracket repeats the zone in words: "+0300 (MSK)".
_ZONE = (
    r"(?:\s?\(?(?P<zone>(?:GMT|UTC)?[+-][0-9]{1,2}(?::?[0-9]{2})?|[^\W\d_]{1,5}))?"
    r"\)?(?:\s?\([^()]*\))?"
)
_WEEKDAY = r"(?:[^\W\d_]{2,12}(?:\.?,?\s|,))?"
_DAY, _YEAR = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?", r"(?P<year>[0-9]{4}|[0-9]{2})"
_NUMBERED = (
    r"(?P<year>[0-9]{4})(?:[-/.]|\s?年\s?)(?P<month>[0-9]{1,2})(?:[-/.]|\s?月\s?)"
    r"(?P<day>[0-9]{1,2})(?:\s?日)?"
)
_NAME = r"(?P<name>[^\W\d_]{3,9})\.?,?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # Mon, 4 May 2026 08:00:00 +0500 (RFC 822), Monday, 04-May-26 08:00 GMT (RFC 850)
        rf"{_WEEKDAY}{_DAY}[\s-]{_NAME}[\s-]{_YEAR}(?:\s?г\.?|\sгода)?,?(?:\s{_CLOCK}{_HALF}{_ZONE})?",
        # Mon May 4 08:00:00 +0500 2026 (the clock of Unix)
        rf"{_WEEKDAY}{_NAME}\s{_DAY}\s{_CLOCK}{_ZONE}\s(?P<year>[0-9]{{4}})",
        # May 4, 2026 8:00 AM
        rf"{_WEEKDAY}{_NAME}\s{_DAY},?\s(?P<year>[0-9]{{4}}),?(?:\s{_CLOCK}{_HALF}{_ZONE})?",
        # 2026-05-04T08:00:00+05:00 (ISO 8601) and what comes near it
        rf"{_NUMBERED}(?:(?:T|,?\s?){_CLOCK}{_HALF}{_ZONE})?",
        # 04.05.2026 08:00, as Russian sites print it
        rf"{_DAY}\.(?P<month>[0-9]{{1,2}})\.(?P<year>[0-9]{{4}}),?(?:\s{_CLOCK}{_ZONE})?",
    )
)


def published(printed: str) -> Published | None:
    """Return the day as printed, and the moment where a zone is given; None for no real day.

    A time without a zone is left out: it may mean any of 26 hours.
    """
    printed = " ".join(printed.split())
    if not printed or len(printed) > _LENGTH:
        return None
    if epoch := _EPOCH.fullmatch(printed):
        moment = datetime.fromtimestamp(int(epoch[1]), UTC)
        return Published(day=moment.date(), at=moment)
    for form in _FORMS:
        if match := form.fullmatch(printed):
            return _read(match.groupdict())
    return declared.published(printed)


def is_past_belief(day: Published) -> bool:
    """Say whether a date is older than any feed's news: 1970 is what machines say for "unknown"."""
    return day.day < _FIRST


def is_ahead(day: Published, now: datetime) -> bool:
    """Say whether a date lies more than a day ahead; a day without a time begins in Kiribati."""
    if day.at is not None:
        return day.at - now > _AHEAD
    return day.day - now.astimezone(UTC).date() > _AHEAD


def believed(day: Published | None, now: datetime) -> Published | None:
    """Return a date unless it is past belief or ahead."""
    return None if day is None or is_past_belief(day) or is_ahead(day, now) else day


def _read(parts: dict[str, str | None]) -> Published | None:
    printed = parts["year"] or ""
    year = int(printed) if len(printed) > len("26") else 2000 + int(printed)
    month = int(parts.get("month") or _MONTHS.get((parts.get("name") or "").lower(), 0))
    try:
        day = date(year, month, int(parts["day"] or 0))
    except ValueError:
        return None
    zone = _zone(parts.get("zone") or "")
    if zone is None or parts.get("hour") is None:
        return Published(day=day)
    with suppress(ValueError, OverflowError):
        at = datetime(day.year, day.month, day.day, tzinfo=zone) + _time(parts)
        return Published(day=at.date(), at=at.astimezone(UTC))
    return Published(day=day)


def _time(parts: dict[str, str | None]) -> timedelta:
    """Return how far into its day a time is; raises ``ValueError`` for one that no clock shows."""
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    second = int(parts.get("second") or 0)
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half in "Pp" else 0)
    # 24:00 ends a day (ISO 8601), and a leap second ends a minute.
    ends_day = (hour, minute, second) == _MIDNIGHT
    time(0 if ends_day else hour, minute, 59 if second == _LEAP else second)
    return timedelta(hours=hour, minutes=minute, seconds=second)


@lru_cache(maxsize=256)
def _zone(printed: str) -> timezone | None:
    """Return the zone of "+0500", "GMT+5", "UTC" or "MSK"; None where it is none that is known."""
    name = printed.lower()
    if name.startswith(("gmt", "utc")):
        name = name[3:] or "z"
    if name[0:1] not in ("+", "-"):
        return timezone(timedelta(hours=_ZONES[name])) if name in _ZONES else None
    digits = name[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) <= len("05") else (digits[:-2], digits[-2:])
    away = timedelta(hours=int(hours), minutes=int(minutes))
    with suppress(ValueError):
        return timezone(away if name[0] == "+" else -away)
    return None
