"""Each error of Slack's becomes one outcome, no attempt is repeated, and all wait when told to."""

import asyncio
from collections.abc import Callable

import pytest

from bot.core.delivery import Deferred, Delivered, Refused, Scope, Unsure
from bot.slack.channel import SlackChannel
from tests.fakes.slack.channels import HELLO, play, post, posting, to
from tests.fakes.slack.errors import SlackError, missing_scope
from tests.fakes.slack.server import FakeSlack, fake_slack

INSTALL = "Install the app in the workspace again"

#: What Slack names, how far it reaches, and words of what mends it: a row for each error that
#: refuses (docs.slack.dev, chat.postMessage, and what any method may answer).
REFUSED = {
    "channel_not_found": (Scope.DESTINATION, "“/invite @briefbot”"),
    "not_in_channel": (Scope.DESTINATION, "“/invite @briefbot”"),
    "is_archived": (Scope.DESTINATION, "Unarchiving it mends that"),
    "restricted_action": (Scope.DESTINATION, "An admin of the workspace"),
    "restricted_action_read_only_channel": (Scope.DESTINATION, "read-only"),
    "restricted_action_thread_only_channel": (Scope.DESTINATION, "replies in threads only"),
    "restricted_action_non_threadable_channel": (Scope.DESTINATION, "flat"),
    "restricted_action_thread_locked": (Scope.DESTINATION, "locked"),
    "messages_tab_disabled": (Scope.DESTINATION, "“Messages tab”"),
    "access_denied": (Scope.DESTINATION, "An admin of the workspace"),
    "account_inactive": (Scope.ACCOUNT, INSTALL),
    "invalid_auth": (Scope.ACCOUNT, "SLACK_BOT_TOKEN"),
    "not_authed": (Scope.ACCOUNT, "SLACK_BOT_TOKEN"),
    "not_allowed_token_type": (Scope.ACCOUNT, "xoxb-"),
    "token_revoked": (Scope.ACCOUNT, INSTALL),
    "token_expired": (Scope.ACCOUNT, "token rotation"),
    "no_permission": (Scope.ACCOUNT, INSTALL),
    "team_access_not_granted": (Scope.ACCOUNT, "admin of the organisation"),
    "org_login_required": (Scope.ACCOUNT, "moved into an organisation"),
    "team_added_to_org": (Scope.ACCOUNT, "moved into an organisation"),
    "ekm_access_denied": (Scope.ACCOUNT, "suspended"),
    "enterprise_is_restricted": (Scope.ACCOUNT, "admin of the organisation"),
    "accesslimited": (Scope.ACCOUNT, "admin of the organisation"),
    "two_factor_setup_required": (Scope.ACCOUNT, "two-factor authentication"),
    "msg_blocks_too_long": (Scope.PART, "msg_blocks_too_long"),
    "invalid_blocks": (Scope.PART, "invalid_blocks"),
    "invalid_blocks_format": (Scope.PART, "invalid_blocks_format"),
    "too_many_attachments": (Scope.PART, "too_many_attachments"),
    "cannot_reply_to_message": (Scope.DESTINATION, "the first message of a thread"),
    "team_not_found": (Scope.DESTINATION, "workspace"),
    "no_text": (Scope.PART, "no_text"),
    "method_deprecated": (Scope.PART, "method_deprecated"),
}
SLOWER = "Slack asks the app to slow down."


@pytest.mark.parametrize("error", REFUSED)
def test_a_refusal_reaches_as_far_as_it_should_and_says_what_mends_it(error: str) -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        slack.refuses("chat.postMessage", error, times=99)

        sent = await channel.send(post(to(news)))

        scope, words = REFUSED[error]
        assert isinstance(sent, Refused)
        assert sent.scope is scope
        assert words in sent.why
        assert sent.why.endswith((".", ")."))
        assert news.history == []

    play(scene)


def test_a_missing_scope_is_named_with_where_to_click() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        slack.refuses("chat.postMessage", missing_scope(["chat:write"], ["commands"]))

        assert await channel.send(post(to(news))) == Refused(
            "The Slack app lacks the scope chat:write (it has commands). At "
            "https://api.slack.com/apps, choose the app, add it under “OAuth & Permissions”, “Bot "
            "Token Scopes”, and press “Reinstall to Workspace”.",
            Scope.ACCOUNT,
        )

    play(scene)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (SlackError("ratelimited", status=429, retry_after=7), Deferred(7, Scope.ACCOUNT, SLOWER)),
        (SlackError("rate_limited", retry_after=9), Deferred(9, Scope.ACCOUNT, SLOWER)),
        (SlackError("rate_limited"), Deferred(30, Scope.ACCOUNT, SLOWER)),
        (
            SlackError("ratelimited", status=429, retry_after=99999999),
            Deferred(3600, Scope.ACCOUNT, SLOWER),
        ),
        (
            SlackError("message_limit_exceeded"),
            Deferred(
                4 * 3600,
                Scope.ACCOUNT,
                "The workspace has used up the messages of its free plan.",
            ),
        ),
    ],
)
def test_asked_to_wait_it_waits(error: SlackError, outcome: Deferred) -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        slack.refuses("chat.postMessage", error)

        assert await channel.send(post(to(news))) == outcome

    play(scene)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        ("internal_error", 200),
        ("internal_error", 500),
        ("fatal_error", 200),
        ("service_unavailable", 503),
        ("request_timeout", 408),
    ],
)
def test_of_slack_in_trouble_nobody_knows_and_nothing_is_repeated(error: str, status: int) -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        # It is posted, and the answer says that it failed.
        slack.denies("chat.postMessage", SlackError(error, status=status))

        sent = await channel.send(post(to(news)))

        assert sent == Unsure(f"Slack has trouble of its own ({error}).")
        assert len(slack.called("chat.postMessage")) == len(news.messages) == 1

    play(scene)


@pytest.mark.parametrize("breaks", [FakeSlack.loses_answer, FakeSlack.drops, FakeSlack.hangs])
def test_a_lost_answer_is_not_asked_for_again(breaks: Callable[..., None]) -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        # A kept connection is what a library would try again on.
        await channel.send(post(to(news), series=0))
        breaks(slack, "chat.postMessage")

        sent = await channel.send(post(to(news)))

        assert sent == Unsure("Slack did not answer in time, or the connection broke.")
        assert len(slack.called("chat.postMessage")) == 2
        assert len(news.messages) == (1 if breaks is FakeSlack.drops else 2)

    play(scene, answer=0.3)


@pytest.mark.parametrize("status", [404, 502, 503])
def test_a_page_of_some_other_server_says_nothing_of_the_message(status: int) -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        slack.goes_down(status)

        assert isinstance(await channel.send(post(to(news))), Unsure)

        slack.comes_back()
        assert isinstance(await channel.send(post(to(news))), Delivered)

    play(scene)


def test_what_never_left_is_put_off_and_not_doubted() -> None:
    async def whole() -> None:
        async with fake_slack() as slack:
            address = slack.url
        # Nobody listens there any more.
        slack.url = address
        async with posting(slack) as channel:
            assert await channel.send(post(to("C1"))) == Deferred(
                5.0, Scope.ACCOUNT, "Slack cannot be reached."
            )

    asyncio.run(whole())


def test_who_is_told_to_wait_asks_nothing_until_then() -> None:
    async def whole() -> None:
        moment = [100.0]
        async with fake_slack() as slack, posting(slack, seconds=lambda: moment[0]) as channel:
            one, other = slack.channel("one"), slack.channel("other")
            slack.floods("chat.postMessage", 30, one)

            told = await channel.send(post(to(one)))
            # The whole workspace waits, not only that channel.
            waits = await channel.send(post(to(other)))
            moment[0] += 29
            still = await channel.send(post(to(other)))
            moment[0] += 1
            sent = await channel.send(post(to(other)))

        assert told == waits == Deferred(30, Scope.ACCOUNT, SLOWER)
        assert still == Deferred(1, Scope.ACCOUNT, SLOWER)
        assert isinstance(sent, Delivered)
        assert len(slack.called("chat.postMessage")) == 2

    asyncio.run(whole())


def test_a_shorter_wait_shortens_no_longer_one() -> None:
    async def whole() -> None:
        moment = [100.0]
        async with fake_slack() as slack, posting(slack, seconds=lambda: moment[0]) as channel:
            news = slack.channel("news")
            for seconds in (30, 5):
                asked = SlackError("ratelimited", status=429, retry_after=seconds)
                slack.refuses("chat.postMessage", asked)

            await asyncio.gather(*(channel.send(post(to(news))) for _ in range(2)))
            moment[0] += 29
            still = await channel.send(post(to(news)))

        assert still == Deferred(1, Scope.ACCOUNT, SLOWER)

    asyncio.run(whole())


def test_a_revoked_token_is_told_of_every_message() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        slack.revokes_token()

        for _ in range(2):
            sent = await channel.send(post(to(news), HELLO))
            assert isinstance(sent, Refused)
            assert sent.scope is Scope.ACCOUNT
            assert slack.settings.bot_token not in sent.why

    play(scene)
