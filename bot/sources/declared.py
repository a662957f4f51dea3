"""Values that an author or a publisher has filled into a form, taken only where they are sound."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from bot.core.values import Published

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*", re.ASCII)
#: No printed date is longer than this, in characters.
_DATE_LENGTH = 60
#: No address is longer than this, in characters; browsers and servers stop near it.
_URL_LENGTH = 2048
#: The date of RFC 5322, which feeds use too; Python's own reader takes far more and guesses.
_MAIL_DATE = re.compile(
    r"(?:[A-Za-z]{3}, )?[0-9]{1,2} [A-Za-z]{3} [0-9]{4} [0-9]{2}:[0-9]{2}(?::[0-9]{2})?"
    r" (?:[+-][0-9]{4}|[A-Z]{1,3})"
)
_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "january jan января",
            "february feb февраля",
            "march mar марта",
            "april apr апреля",
            "may мая",
            "june jun июня",
            "july jul июля",
            "august aug августа",
            "september sep sept сентября",
            "october oct октября",
            "november nov ноября",
            "december dec декабря",
        ),
        start=1,
    )
    for month in names.split()
}
_YEAR, _MONTH, _DAY = r"(?P<year>[0-9]{4})", r"(?P<month>[0-9]{1,2})", r"(?P<day>[0-9]{1,2})"
_NAME = r"(?P<name>[^\W\d_]+)"
#: 01/02/2025 is not here: it is a day in January or in February, and nobody can say which.
_PRINTED_DAYS = tuple(
    re.compile(form)
    for form in (
        rf"{_YEAR}[-/.]{_MONTH}[-/.]{_DAY}",
        rf"{_DAY}\.{_MONTH}\.{_YEAR}",
        rf"{_YEAR} ?年 ?{_MONTH} ?月 ?{_DAY} ?日",
        rf"{_DAY}(?:st|nd|rd|th)? {_NAME}\.?,? {_YEAR}(?: ?г\.?| года)?",
        rf"{_NAME}\.? {_DAY}(?:st|nd|rd|th)?,? {_YEAR}",
    )
)


def published(printed: str) -> Published | None:
    """Return the day, and the moment where a zone is given; None when it names no real day.

    The day is the printed one. A time without a zone is left out: it may mean any of 26 hours.
    """
    printed = " ".join(printed.split())
    if not printed or len(printed) > _DATE_LENGTH:
        return None
    moment = _moment(printed)
    if moment is None:
        day = _day(printed)
        return None if day is None else Published(day=day)
    if moment.tzinfo is None:
        return Published(day=moment.date())
    try:
        return Published(day=moment.date(), at=moment.astimezone(UTC))
    except OverflowError:
        return Published(day=moment.date())


def language(tag: str) -> str | None:
    """Return the language of a tag such as "ru-RU", without its region, or None if it is none."""
    match = _LANGUAGE.fullmatch(tag.strip())
    return match[1].lower() if match else None


def url(address: str) -> str | None:
    """Return the address if it is a whole web address that can be shown as a link, else None."""
    address = address.strip()
    if len(address) > _URL_LENGTH or not address.isprintable() or " " in address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.hostname else None


def words(printed: str) -> str | None:
    """Return the words on one line, or None when there are none."""
    return " ".join(printed.split()) or None


def _moment(printed: str) -> datetime | None:
    # YAML sets the zone off with a space, ISO 8601 does not.
    with suppress(ValueError):
        return datetime.fromisoformat(re.sub(r" (?=[+-][0-9]{2}:?[0-9]{2}$|Z$)", "", printed))
    if _MAIL_DATE.fullmatch(printed):
        with suppress(ValueError):
            return parsedate_to_datetime(printed)
    return None


def _day(printed: str) -> date | None:
    for form in _PRINTED_DAYS:
        match = form.fullmatch(printed)
        if match is None:
            continue
        parts = match.groupdict()
        month = int(parts.get("month") or _MONTHS.get(parts.get("name", "").lower(), 0))
        try:
            return date(int(parts["year"]), month, int(parts["day"]))
        except ValueError:
            return None
    return None
