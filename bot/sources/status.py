"""What a status and its headers mean for the one who asks: an error, and when to ask again."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.sources.client import Response

#: A server's wish for patience counts for a day at most, in seconds.
_DAY = 86_400.0


def refusal(response: Response, *, name: str, now: datetime) -> FeedError | None:
    """Return why an answer is none, by its status; None for one with a content."""
    status = response.status
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    retry = retry_after(response.headers, now)
    fault = Fault(name=name, reason=_reason(status), detail=_words(status))
    return FeedError(fault, retry=retry)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return in how many seconds a server may be asked again, as it says; None where it does not.

    It says so in seconds or as a date (RFC 9110, section 10.2.3).
    """
    said = headers.get("retry-after", "").strip()
    if said.isdecimal():
        return min(float(said[:9]), _DAY)
    moment = _moment(said)
    return None if moment is None else min(max(0.0, (moment - now).total_seconds()), _DAY)


def freshness(headers: Mapping[str, str], now: datetime) -> float:
    """Return for how many seconds an answer stays fresh, as its server says (RFC 9111)."""
    said = [part.strip().lower() for part in headers.get("cache-control", "").split(",")]
    if "no-cache" in said or "no-store" in said:
        return 0.0
    for part in said:
        name, _, seconds = part.partition("=")
        seconds = seconds.strip(' "')
        if name == "max-age" and seconds.isdecimal():
            age = headers.get("age", "").strip()
            return min(max(0.0, float(seconds[:9]) - _count(age)), _DAY)
    expires = _moment(headers.get("expires", ""))
    return 0.0 if expires is None else min(max(0.0, (expires - now).total_seconds()), _DAY)


def _count(printed: str) -> float:
    return float(printed[:9]) if printed.isdecimal() else 0.0


def _moment(printed: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(printed)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _reason(status: int) -> Reason:
    match status:
        case HTTPStatus.GONE:
            return Reason.GONE
        case HTTPStatus.TOO_MANY_REQUESTS:
            return Reason.TOO_MANY_REQUESTS
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
            return Reason.LOGIN_PAGE
        case _:
            return Reason.HTTP_ERROR


def _words(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
