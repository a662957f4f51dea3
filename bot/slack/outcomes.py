"""What each refusal of Slack means for a message."""

from http import HTTPStatus

from bot.core.delivery import Deferred, Outcome, Refused, Scope, Unsure
from bot.slack.address import Address
from bot.slack.complaint import Complaint, asks_to_slow_down, is_server_trouble
from bot.slack.reasons import ACCOUNTS, why_closed, why_not_scoped

#: A connection that could not be made is tried again after so many seconds.
RETRY = 5.0
#: The quota of a free workspace counts over days: where it is used up, so many seconds are waited.
_HOURS = 4 * 3600.0
#: The longest of Slack's own words that is shown.
_LONGEST_DETAIL = 300

_BLOCKS = frozenset({"msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format"})
_METADATA = frozenset(
    {
        "metadata_too_large",
        "metadata_must_be_sent_from_app",
        "invalid_metadata_format",
        "invalid_metadata_schema",
    }
)


def is_unreadable(complaint: Complaint) -> bool:
    """Say whether Slack cannot take our blocks: the message is sent again as words alone."""
    return complaint.error in _BLOCKS


def is_about_metadata(complaint: Complaint) -> bool:
    """Say whether Slack cannot take our metadata: the message is sent again without it."""
    return complaint.error in _METADATA


def may_join(complaint: Complaint) -> bool:
    """Say whether joining the channel would mend it: a public one may be joined once."""
    return complaint.error == "not_in_channel"


def is_asking_to_wait(complaint: Complaint) -> bool:
    """Say whether Slack answered that it is called too often, or has no room."""
    return isinstance(_asked(complaint), Deferred)


def takes_no_file(complaint: Complaint, meant: Outcome) -> bool:
    """Say whether no file is taken there, though messages may be."""
    if isinstance(meant, Refused):
        return meant.scope is Scope.PART or complaint.error == "missing_scope"
    # The address for the bytes answers with a status alone.
    refused = not complaint.error and (
        HTTPStatus.BAD_REQUEST <= complaint.status < HTTPStatus.INTERNAL_SERVER_ERROR
    )
    return isinstance(meant, Unsure) and refused


def outcome(complaint: Complaint, address: Address, *, me: str) -> Outcome:
    """Return what a refusal of a message means; ``me`` is the bot as people call it, "@briefbot".

    ==================================  =========================================================
    ratelimited, rate_limited, 429      put off for the time it names: the whole workspace waits
    message_limit_exceeded              put off for hours
    not there, not in it, archived,     refused by the conversation, and what mends it
    a policy forbids it
    missing_scope, and all that the     refused for the account: which scope, which token
    token or the installation lacks
    no connection could be made         put off, for nothing was sent
    no answer, internal_error, 5xx,     nobody knows whether it is there
    an answer that is not Slack's
    blocks, metadata, anything else     refused for this message: our bug
    ==================================  =========================================================
    """
    if not complaint.status:
        return unanswered(sent=complaint.sent)
    return _asked(complaint) or _refused(complaint, address, me) or _unclear(complaint)


def _refused(complaint: Complaint, address: Address, me: str) -> Refused | None:
    """Return the refusal that Slack has made clear, if it has."""
    error = complaint.error
    if error == "missing_scope":
        return Refused(why_not_scoped(complaint.needed, complaint.provided), Scope.ACCOUNT)
    if error in ACCOUNTS:
        return Refused(ACCOUNTS[error], Scope.ACCOUNT)
    if closed := why_closed(error, address, me):
        return Refused(closed, Scope.DESTINATION, mendable=True)
    if is_server_trouble(complaint):
        return None
    return Refused(_bug(complaint, address), Scope.PART)


def _unclear(complaint: Complaint) -> Unsure:
    if complaint.error or complaint.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        said = complaint.error or complaint.status
        return Unsure(f"Slack has trouble of its own ({said}).")
    # A proxy on the way, or a server that is none of Slack's: our message is not at fault.
    return Unsure(f"The answer is none of Slack's (HTTP {complaint.status}).")


def _asked(complaint: Complaint) -> Deferred | None:
    """Return how long Slack asks to wait, if it does."""
    if complaint.error == "message_limit_exceeded":
        why = "The workspace has used up the messages of its free plan."
        return Deferred(max(_HOURS, complaint.retry_after or 0.0), Scope.ACCOUNT, why)
    if asks_to_slow_down(complaint):
        return Deferred(complaint.pause, Scope.ACCOUNT, "Slack asks the app to slow down.")
    return None


def unanswered(*, sent: bool) -> Outcome:
    """Return what it means that no answer came: whether the request may have left this machine."""
    if sent:
        return Unsure("Slack did not answer in time, or the connection broke.")
    return Deferred(RETRY, Scope.ACCOUNT, "Slack cannot be reached.")


def _bug(complaint: Complaint, address: Address) -> str:
    detail = " ".join("; ".join(complaint.details).split())[:_LONGEST_DETAIL]
    explained = f" ({detail})" if detail else ""
    return f"Slack did not take a message to {address.destination}: {complaint.error}{explained}."
