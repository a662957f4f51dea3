"""What each refusal of Slack means for a message."""

from dataclasses import dataclass

from bot.core.delivery import Deferred, Outcome, Refused, Scope, Unsure
from bot.slack.address import Address
from bot.slack.reasons import ACCOUNTS, why_closed, why_not_scoped

#: A connection that could not be made is tried again after so many seconds.
RETRY = 5.0
#: So long is waited where Slack asks to slow down and does not say how long, in seconds.
_PAUSE = 30.0
#: The same where the quota of a free workspace is used up: it counts over days.
_HOURS = 4 * 3600.0
#: The longest of Slack's own words that is shown.
_LONGEST_DETAIL = 300

_SLOWER = frozenset({"ratelimited", "rate_limited"})
_TROUBLE = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
_BLOCKS = frozenset({"msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format"})
_METADATA = frozenset(
    {
        "metadata_too_large",
        "metadata_must_be_sent_from_app",
        "invalid_metadata_format",
        "invalid_metadata_schema",
    }
)
_TOO_MANY_REQUESTS, _SERVER_ERROR = 429, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What Slack said in place of taking a message."""

    #: Its name for the error; empty where it gave none.
    error: str = ""
    #: Of HTTP.
    status: int = 200
    #: Seconds that it asks to wait (``Retry-After``); None where it does not say.
    retry_after: float | None = None
    #: The scopes that it misses and those that the token has, with commas.
    needed: str = ""
    provided: str = ""
    #: What else it explains (``response_metadata.messages``).
    details: tuple[str, ...] = ()


def is_unreadable(complaint: Complaint) -> bool:
    """Say whether Slack cannot take our blocks: the message is sent again as words alone."""
    return complaint.error in _BLOCKS


def is_about_metadata(complaint: Complaint) -> bool:
    """Say whether Slack cannot take our metadata: the message is sent again without it."""
    return complaint.error in _METADATA


def may_join(complaint: Complaint) -> bool:
    """Say whether joining the channel would mend it: a public one may be joined once."""
    return complaint.error == "not_in_channel"


def outcome(complaint: Complaint, address: Address, *, me: str) -> Outcome:
    """Return what a refusal of a message means; ``me`` is the bot as people call it, "@briefbot".

    ==================================  =========================================================
    ratelimited, rate_limited, 429      put off for the time it names: the whole workspace waits
    message_limit_exceeded              put off for hours
    not there, not in it, archived,     refused by the conversation, and what mends it
    a policy forbids it
    missing_scope, and all that the     refused for the account: which scope, which token
    token or the installation lacks
    internal_error ... 5xx              nobody knows whether it is there
    blocks, metadata, anything else     refused for this message: our bug
    ==================================  =========================================================
    """
    error = complaint.error
    asked = _asked(complaint)
    if asked is not None:
        return asked
    if error == "missing_scope":
        return Refused(why_not_scoped(complaint.needed, complaint.provided), Scope.ACCOUNT)
    if error in ACCOUNTS:
        return Refused(ACCOUNTS[error], Scope.ACCOUNT)
    closed = why_closed(error, address, me)
    if closed:
        return Refused(closed, Scope.DESTINATION)
    if error in _TROUBLE or complaint.status >= _SERVER_ERROR:
        return Unsure(f"Slack has trouble of its own ({error or complaint.status}).")
    return Refused(_bug(complaint, address), Scope.PART)


def _asked(complaint: Complaint) -> Deferred | None:
    """Return how long Slack asks to wait, if it does."""
    if complaint.error == "message_limit_exceeded":
        why = "The workspace has used up the messages of its free plan."
        return Deferred(max(_HOURS, complaint.retry_after or 0.0), Scope.ACCOUNT, why)
    if complaint.error in _SLOWER or complaint.status == _TOO_MANY_REQUESTS:
        seconds = _PAUSE if complaint.retry_after is None else max(0.0, complaint.retry_after)
        return Deferred(seconds, Scope.ACCOUNT, "Slack asks the app to slow down.")
    return None


def unanswered(*, sent: bool) -> Outcome:
    """Return what it means that no answer came: whether the request may have left this machine."""
    if sent:
        return Unsure("Slack did not answer in time, or the connection broke.")
    return Deferred(RETRY, Scope.ACCOUNT, "Slack cannot be reached.")


def _bug(complaint: Complaint, address: Address) -> str:
    detail = " ".join("; ".join(complaint.details).split())[:_LONGEST_DETAIL]
    said = complaint.error or f"HTTP {complaint.status}"
    explained = f" ({detail})" if detail else ""
    return f"Slack did not take a message to {address.destination}: {said}{explained}."
