"""Each refusal of Slack means what its documentation says, and names who can mend it, and how."""

import pytest

from bot.core.delivery import Deferred, Outcome, Refused, Scope, Unsure
from bot.slack.address import Address
from bot.slack.complaint import Complaint
from bot.slack.outcomes import (
    is_about_metadata,
    is_asking_to_wait,
    is_unreadable,
    may_join,
    outcome,
    unanswered,
)
from bot.slack.reasons import ACCOUNTS, CONVERSATIONS

NEWS = Address("T0123", "C0456")


def meant(error: str, *, status: int = 200, retry_after: float | None = None) -> Outcome:
    said = Complaint(error=error, status=status, retry_after=retry_after)
    return outcome(said, NEWS, me="@briefbot")


#: The table of errors that Slack's pages name: what each is refused for, and a word of its mending.
REFUSED = {
    "channel_not_found": (Scope.DESTINATION, "“/invite @briefbot”"),
    "not_in_channel": (Scope.DESTINATION, "“/invite @briefbot”"),
    "is_archived": (Scope.DESTINATION, "Unarchiving"),
    "restricted_action": (Scope.DESTINATION, "admin of the workspace"),
    "restricted_action_read_only_channel": (Scope.DESTINATION, "read-only"),
    "restricted_action_thread_only_channel": (Scope.DESTINATION, "threads only"),
    "restricted_action_non_threadable_channel": (Scope.DESTINATION, "flat"),
    "restricted_action_thread_locked": (Scope.DESTINATION, "unlock"),
    "messages_tab_disabled": (Scope.DESTINATION, "“Messages tab”"),
    "account_inactive": (Scope.ACCOUNT, "Install the app in the workspace again"),
    "invalid_auth": (Scope.ACCOUNT, "SLACK_BOT_TOKEN"),
    "token_revoked": (Scope.ACCOUNT, "Install the app in the workspace again"),
    "token_expired": (Scope.ACCOUNT, "token rotation"),
    "not_authed": (Scope.ACCOUNT, "xoxb-"),
    "team_access_not_granted": (Scope.ACCOUNT, "admin of the organisation"),
    "org_login_required": (Scope.ACCOUNT, "moved into an organisation"),
    "team_added_to_org": (Scope.ACCOUNT, "Install the app"),
    "missing_scope": (Scope.ACCOUNT, "“Reinstall to Workspace”"),
    "msg_blocks_too_long": (Scope.PART, "msg_blocks_too_long"),
    "invalid_blocks": (Scope.PART, "invalid_blocks"),
    "invalid_blocks_format": (Scope.PART, "invalid_blocks_format"),
    "msg_too_long": (Scope.PART, "msg_too_long"),
    "too_many_attachments": (Scope.PART, "too_many_attachments"),
    "cannot_reply_to_message": (Scope.DESTINATION, "the first message of a thread"),
    "team_not_found": (Scope.DESTINATION, "workspace"),
    "metadata_too_large": (Scope.PART, "metadata_too_large"),
    "no_text": (Scope.PART, "no_text"),
    "whatever_comes_next": (Scope.PART, "whatever_comes_next"),
}


@pytest.mark.parametrize("error", REFUSED)
def test_an_error_is_refused_as_far_as_it_reaches_and_says_what_mends_it(error: str) -> None:
    scope, words = REFUSED[error]

    found = meant(error)

    assert isinstance(found, Refused)
    assert found.scope is scope
    assert words in found.why
    assert found.why.endswith((".", ")."))
    assert "{" not in found.why


@pytest.mark.parametrize("error", [*CONVERSATIONS, *ACCOUNTS])
def test_each_reason_is_a_sentence_without_gaps(error: str) -> None:
    found = meant(error)

    assert isinstance(found, Refused)
    assert found.scope is (Scope.DESTINATION if error in CONVERSATIONS else Scope.ACCOUNT)
    assert found.why.endswith((".", ")."))
    assert "{" not in found.why


@pytest.mark.parametrize("error", ["ratelimited", "rate_limited", ""])
def test_asked_to_slow_down_the_whole_workspace_waits(error: str) -> None:
    why = "Slack asks the app to slow down."

    assert meant(error, status=429, retry_after=7) == Deferred(7, Scope.ACCOUNT, why)
    assert meant(error, status=429) == Deferred(30, Scope.ACCOUNT, why)
    assert meant(error, status=429, retry_after=-1) == Deferred(0, Scope.ACCOUNT, why)


@pytest.mark.parametrize("error", ["ratelimited", "rate_limited"])
def test_it_is_so_whatever_the_status(error: str) -> None:
    assert isinstance(meant(error, retry_after=1), Deferred)


def test_a_used_up_free_plan_waits_for_hours() -> None:
    found = meant("message_limit_exceeded", status=429, retry_after=1)

    assert isinstance(found, Deferred)
    assert (found.seconds, found.scope) == (4 * 3600, Scope.ACCOUNT)
    assert found.why == "The workspace has used up the messages of its free plan."


@pytest.mark.parametrize(
    ("error", "status"),
    [
        ("internal_error", 200),
        ("fatal_error", 200),
        ("service_unavailable", 503),
        ("request_timeout", 408),
        ("", 500),
        ("", 502),
        ("whatever_comes_next", 504),
    ],
)
def test_of_slack_in_trouble_nobody_knows_what_it_did(error: str, status: int) -> None:
    found = meant(error, status=status)

    assert found == Unsure(f"Slack has trouble of its own ({error or status}).")


def test_a_missing_scope_is_named_with_those_there_are() -> None:
    said = Complaint(error="missing_scope", needed="chat:write", provided="commands,im:history")

    assert outcome(said, NEWS, me="@briefbot") == Refused(
        "The Slack app lacks the scope chat:write (it has commands,im:history). At "
        "https://api.slack.com/apps, choose the app, add it under “OAuth & Permissions”, “Bot "
        "Token Scopes”, and press “Reinstall to Workspace”.",
        Scope.ACCOUNT,
    )


def test_our_bug_is_told_in_slacks_words_as_far_as_they_are_short() -> None:
    said = Complaint(error="invalid_blocks", details=("no more than 50\n items", "x" * 1000))

    found = outcome(said, NEWS, me="@briefbot")

    assert isinstance(found, Refused)
    assert found.why.startswith(
        "Slack did not take a message to slack:T0123/C0456: invalid_blocks (no more than 50 items; "
    )
    assert len(found.why) < 400


@pytest.mark.parametrize("status", [200, 403, 404])
def test_an_answer_that_is_none_of_slacks_says_nothing_of_the_message(status: int) -> None:
    assert meant("", status=status) == Unsure(f"The answer is none of Slack's (HTTP {status}).")


def test_no_answer_is_a_complaint_too() -> None:
    for sent in (True, False):
        said = Complaint(status=0, sent=sent)

        assert outcome(said, NEWS, me="@briefbot") == unanswered(sent=sent)
        assert not is_asking_to_wait(said)


def test_who_asks_to_wait_is_told_from_who_cannot_be_reached() -> None:
    assert is_asking_to_wait(Complaint(error="ratelimited"))
    assert is_asking_to_wait(Complaint(status=429))
    assert is_asking_to_wait(Complaint(error="message_limit_exceeded"))
    assert not is_asking_to_wait(Complaint(error="internal_error"))


def test_without_an_answer_it_counts_whether_anything_left() -> None:
    assert unanswered(sent=False) == Deferred(5.0, Scope.ACCOUNT, "Slack cannot be reached.")
    assert isinstance(unanswered(sent=True), Unsure)


def test_what_can_be_tried_in_another_way_is_known() -> None:
    errors = ("msg_blocks_too_long", "metadata_too_large", "not_in_channel", "is_archived")
    found = [Complaint(error=error) for error in errors]

    assert [is_unreadable(one) for one in found] == [True, False, False, False]
    assert [is_about_metadata(one) for one in found] == [False, True, False, False]
    assert [may_join(one) for one in found] == [False, False, True, False]
