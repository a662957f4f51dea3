"""What Slack says in place of doing what it was called for."""

from dataclasses import dataclass
from http import HTTPStatus

#: So long is waited where Slack asks to slow down and does not say how long, in seconds.
PAUSE = 30.0
#: No wait that is asked for holds longer without a look whether it is over, in seconds: Slack asks
#: for a minute or so, and what stands before it may ask for anything.
_LONGEST_WAIT = 3600.0

_SLOWER = frozenset({"ratelimited", "rate_limited"})
_TROUBLE = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What Slack said in place of doing what it was called for."""

    #: Its name for the error; empty where it gave none.
    error: str = ""
    #: Of HTTP; 0 where no answer came.
    status: int = 200
    #: Whether the request may have left this machine.
    sent: bool = True
    #: Seconds that it asks to wait (``Retry-After``); None where it does not say.
    retry_after: float | None = None
    #: The scopes that it misses and those that the token has, with commas.
    needed: str = ""
    provided: str = ""
    #: What else it explains (``response_metadata.messages``).
    details: tuple[str, ...] = ()

    @property
    def pause(self) -> float:
        """Return how long to wait where it asks to slow down, in seconds."""
        return PAUSE if self.retry_after is None else max(0.0, self.retry_after)


def named_wait(header: str | None) -> float | None:
    """Return the seconds that a ``Retry-After`` asks to wait, an hour at most; None for none."""
    named = "" if header is None else header.strip()
    return min(float(named), _LONGEST_WAIT) if named.isdecimal() else None


def asks_to_slow_down(complaint: Complaint) -> bool:
    """Say whether Slack is called too often."""
    return complaint.error in _SLOWER or complaint.status == HTTPStatus.TOO_MANY_REQUESTS


def is_server_trouble(complaint: Complaint) -> bool:
    """Say whether Slack has trouble of its own, or none of its servers gave the answer."""
    failed = complaint.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return not complaint.error or complaint.error in _TROUBLE or failed
