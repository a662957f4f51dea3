"""Who may call the fake Slack, and how a call is read."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.arguments import METHODS
from tests.fakes.slack.clients import run, talking
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack.settings import APP_TOKEN, BOT_TOKEN, Settings
from tests.fakes.slack.values import APP_ID, BOT_USER
from tests.fakes.slack.web_api import SERVED

ITSELF = {"api.test", "auth.test", "apps.connections.open"}


async def refusal(client: AsyncWebClient, method: str, **said: object) -> dict[str, Any]:
    """Return the answer to a call that is refused."""
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, params=said)
    return dict(caught.value.response.data)


def test_every_method_of_the_table_is_served() -> None:
    assert SERVED.keys() | ITSELF == METHODS.keys()


def test_the_bot_learns_who_it_is_and_what_it_may() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        slack.settings.scopes = {"chat:write", "commands"}

        answer = await client.auth_test()

        assert answer["user_id"] == BOT_USER
        assert answer.headers["X-OAuth-Scopes"] == "chat:write,commands"

    run(scene)


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("", "auth.test", "not_authed"),
        ("xoxb-of-somebody", "auth.test", "invalid_auth"),
        (APP_TOKEN, "chat.postMessage", "not_allowed_token_type"),
        (BOT_TOKEN, "apps.connections.open", "not_allowed_token_type"),
    ],
)
def test_a_wrong_token_is_refused(token: str, method: str, error: str) -> None:
    async def play() -> None:
        async with fake_slack() as slack, talking(slack, token) as client:
            assert (await refusal(client, method))["error"] == error

    asyncio.run(play())


def test_an_app_level_token_says_which_app_it_is_of() -> None:
    async def play() -> None:
        async with fake_slack() as slack, talking(slack, APP_TOKEN) as client:
            assert (await client.auth_test())["app_id"] == APP_ID

    asyncio.run(play())


def test_a_revoked_token_and_an_app_that_was_taken_out_are_refused() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        slack.revokes_token()
        revoked = await refusal(client, "auth.test")
        slack.uninstalls()
        gone = await refusal(client, "auth.test")

        assert (revoked["error"], gone["error"]) == ("token_revoked", "account_inactive")

    run(scene)


def test_a_missing_scope_is_named() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        slack.settings.scopes = {"commands", "channels:history"}
        private = slack.channel("staff", private=True)

        write = await refusal(client, "chat.postMessage", channel=private.id, text="a")
        read = await refusal(client, "conversations.history", channel=private.id)

        assert (write["needed"], write["provided"]) == ("chat:write", "channels:history,commands")
        assert (read["error"], read["needed"]) == ("missing_scope", "groups:history")

    run(scene)


def test_the_app_level_token_needs_its_scope_too() -> None:
    async def play() -> None:
        settings = Settings(app_scopes=set())
        async with fake_slack(settings) as slack, talking(slack, APP_TOKEN) as client:
            assert (await refusal(client, "apps.connections.open"))["needed"] == "connections:write"

    asyncio.run(play())


@pytest.mark.parametrize(
    ("method", "said", "message"),
    [
        ("chat.postMessage", {"text": "a"}, "[ERROR] missing required field: channel"),
        ("chat.postMessage", {"chanel": "C1"}, "[ERROR] chat.postMessage has no argument chanel"),
        (
            "chat.postMessage",
            {"channel": "C1", "unfurl_links": "perhaps"},
            "[ERROR] must be boolean [json-pointer:/unfurl_links]",
        ),
        (
            "conversations.history",
            {"channel": "C1", "limit": "many"},
            "[ERROR] must be number [json-pointer:/limit]",
        ),
        (
            "chat.postMessage",
            {"channel": "C1", "metadata": "[]"},
            "[ERROR] must be object [json-pointer:/metadata]",
        ),
    ],
)
def test_arguments_that_the_tables_forbid_fail_the_test(
    method: str, said: dict[str, Any], message: str
) -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        answer = await refusal(client, method, **said)

        assert answer["error"] == "invalid_arguments"
        assert answer["response_metadata"]["messages"] == [message]
        assert slack.faults == [f"{method}: invalid_arguments {message}"]
        slack.faults.clear()

    run(scene)


def test_a_fault_that_is_left_fails_the_test() -> None:
    async def scene(_: FakeSlack, client: AsyncWebClient) -> None:
        await refusal(client, "chat.nothing")

    with pytest.raises(AssertionError, match=r"chat\.nothing: unknown_method"):
        run(scene)


def test_a_call_may_be_a_form_an_address_or_json_and_its_token_in_the_form() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        news = slack.channel("news")
        url = f"{slack.url}/api/chat.postMessage"
        said = {"channel": news.id, "text": "a"}
        bearer = {"Authorization": f"Bearer {BOT_TOKEN}"}

        async with aiohttp.ClientSession() as session:
            for call in (
                session.post(url, data=said | {"token": BOT_TOKEN}),
                session.post(url, params=said, headers=bearer),
                session.post(url, json=said, headers=bearer),
            ):
                async with call as answer:
                    assert (await answer.json())["ok"] is True

        assert news.texts == ["a", "a", "a"]

    run(scene)


def test_json_is_not_for_the_token_nor_for_methods_that_read() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        headers = {"Authorization": f"Bearer {BOT_TOKEN}", "Content-Type": "application/json"}
        errors = []

        async with aiohttp.ClientSession() as session:
            for method, body in (
                ("chat.postMessage", f'{{"token": "{BOT_TOKEN}", "channel": "C1"}}'),
                ("conversations.info", '{"channel": "C1"}'),
                ("chat.postMessage", "{"),
                ("chat.postMessage", "[]"),
            ):
                url = f"{slack.url}/api/{method}"
                async with session.post(url, data=body, headers=headers) as answer:
                    errors.append((await answer.json())["error"])

        assert errors == ["not_authed", "invalid_arguments", "invalid_json", "json_not_object"]
        slack.faults.clear()

    run(scene)


def test_a_manifest_makes_the_settings() -> None:
    settings = Settings.of_manifest(
        {
            "features": {
                "app_home": {"home_tab_enabled": True},
                "slash_commands": [{"command": "/news", "should_escape": True}],
                "shortcuts": [{"name": "Brief", "callback_id": "b", "type": "message"}],
            },
            "oauth_config": {"scopes": {"bot": ["commands"]}},
            "settings": {
                "event_subscriptions": {"bot_events": ["app_mention"]},
                "interactivity": {"is_enabled": True},
                "socket_mode_enabled": True,
            },
        }
    )

    assert settings == Settings(
        scopes={"commands"},
        commands={"/news": True},
        shortcuts={"Brief": "b"},
        events={"app_mention"},
        messages_tab=False,
    )
    assert not settings.hears("app_mention"), "its scope is missing"
