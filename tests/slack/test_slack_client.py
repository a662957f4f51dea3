"""The clients are made from a token that can be one, and no message ever holds it."""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackRequestError

from bot.core.errors import BriefbotError, ConfigError
from bot.slack.client import (
    Clients,
    ComplaintError,
    Me,
    TokenError,
    UnreachableError,
    answered,
    checked_url,
    complaint_of,
    introduce,
    made_clients,
    made_session,
)
from bot.slack.complaint import Complaint
from bot.slack.connection import Connection, connected
from tests.fakes.slack.errors import SlackError, missing_scope
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack.settings import APP_TOKEN, BOT_TOKEN

TOKEN = "xoxb-0-1-SECRET"  # noqa: S105 - opens nothing


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://slack.com/api/", "https://slack.com/api/"),
        (" https://slack.com/api ", "https://slack.com/api/"),
        ("https://slack.example:8443", "https://slack.example:8443/"),
        ("http://127.0.0.1:8082/api/", "http://127.0.0.1:8082/api/"),
        ("http://localhost:8082/api", "http://localhost:8082/api/"),
        ("http://[::1]:8082/api", "http://[::1]:8082/api/"),
    ],
)
def test_a_server_is_reached_over_https_or_on_this_machine(url: str, kept: str) -> None:
    assert checked_url(url) == kept


@pytest.mark.parametrize(
    "url",
    [
        "",
        "slack.com",
        "ftp://slack.com/api/",
        "http://slack.com/api/",
        "http://10.0.0.1/api/",
        "https://me:secret@slack.com/api/",
        "https://slack.com/api/?a=1",
        "https://slack.com/api/#a",
        "https://slack.com:99999/api/",
        "https://[::1/api/",
        "https:///api/",
    ],
)
def test_no_other_address_is_a_server(url: str) -> None:
    with pytest.raises(ConfigError, match="SLACK_API_URL: expected"):
        checked_url(url)


def clients_of(token: str, url: str) -> Clients:
    """Return clients whose session is closed: they connect nowhere."""

    async def made() -> Clients:
        async with made_session() as session:
            return made_clients(token, url=url, session=session)

    return asyncio.run(made())


@pytest.mark.parametrize(
    ("token", "words"),
    [
        (APP_TOKEN, "SLACK_BOT_TOKEN holds an app-level token, which begins with xapp-"),
        ("", "(it begins with xoxb-)"),
        ("xoxp-1-2-SECRET", "(it begins with xoxb-)"),
        ("xoxb-1-2-SECRET\r\nX-Evil: 1", "(it begins with xoxb-)"),
        ("xoxb-1-2-SÉCRET", "(it begins with xoxb-)"),
    ],
)
def test_what_can_be_no_bots_token_is_told_at_once_without_it(token: str, words: str) -> None:
    with pytest.raises(TokenError) as raised:
        clients_of(token, "https://slack.com/api/")

    assert words in str(raised.value)
    assert "SECRET" not in str(raised.value)


def test_a_token_may_have_blanks_around_it_and_the_client_repeats_no_post() -> None:
    clients = clients_of(f" {TOKEN}\n", "http://127.0.0.1:1/api")

    assert clients.posts.token == clients.questions.token == TOKEN
    assert clients.posts.base_url == "http://127.0.0.1:1/api/"
    assert clients.posts.retry_handlers == []
    assert len(clients.questions.retry_handlers) == 2
    assert TOKEN not in repr(clients)


def test_no_proxy_stands_between_the_bot_and_this_very_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")

    assert clients_of(TOKEN, "http://127.0.0.1:1/api/").posts.proxy is None
    assert clients_of(TOKEN, "https://slack.com/api/").posts.proxy == "http://proxy.example:3128"


def introduced(slack: FakeSlack, token: str = BOT_TOKEN) -> "asyncio.Task[Me]":
    async def ask() -> Me:
        async with connected(token, url=f"{slack.url}/api/") as connection:
            return await introduce(connection.posts)

    return asyncio.create_task(ask())


def test_a_bot_knows_its_name_once_it_is_introduced() -> None:
    async def scene() -> None:
        async with fake_slack() as slack:
            assert await introduced(slack) == Me("T0000TEAM", "U0000BOT", "B0000BOT", "briefbot")

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("token_revoked", "Install the app in the workspace again"),
        ("account_inactive", "Install the app in the workspace again"),
        ("team_access_not_granted", "admin of the organisation"),
    ],
)
def test_a_token_that_is_not_accepted_is_told_without_it(error: str, words: str) -> None:
    async def scene() -> None:
        async with fake_slack() as slack:
            slack.settings.token_error = error
            with pytest.raises(TokenError) as raised:
                await introduced(slack)
            assert words in str(raised.value)
            shown = "".join(traceback.format_exception(raised.value))
            assert BOT_TOKEN not in shown

    asyncio.run(scene())


def test_a_token_of_another_app_is_told() -> None:
    async def scene() -> None:
        async with fake_slack() as slack:
            with pytest.raises(TokenError, match="SLACK_BOT_TOKEN"):
                await introduced(slack, TOKEN)

    asyncio.run(scene())


@pytest.mark.parametrize("breaks", ["gone", "502", "trouble"])
def test_a_server_that_gives_no_answer_is_named_without_the_token(breaks: str) -> None:
    async def scene() -> None:
        async with fake_slack() as slack:
            if breaks == "gone":
                slack.goes_down()
            elif breaks == "502":
                slack.goes_down(502)
            else:
                slack.refuses("auth.test", "internal_error")
            with pytest.raises(UnreachableError) as raised:
                await introduced(slack)
            assert f"{slack.url}/api/" in str(raised.value)
            assert "SLACK_API_URL" in str(raised.value)
            assert BOT_TOKEN not in "".join(traceback.format_exception(raised.value))

    asyncio.run(scene())


async def introduced_by(connection: Connection) -> Me:
    return await introduce(connection.posts)


async def odd_answer(
    body: str,
    kind: str,
    status: int,
    ask: Callable[[Connection], Awaitable[Me]] = introduced_by,
) -> BriefbotError | ComplaintError | Me:
    """Return what an answer that is none of Slack's comes to."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(
            body=body.encode("latin-1"), status=status, headers={"Content-Type": kind}
        )

    app = web.Application()
    app.router.add_post("/api/auth.test", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
        async with connected(TOKEN, url=url) as connection:
            return await ask(connection)
    except BriefbotError as error:
        return error
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("<html>Please log in</html>", "text/html", 200),
        ("ok", "text/plain", 200),
        ("{not json", "application/json", 200),
        ("[1, 2]", "application/json", 200),
        ('"ok"', "application/json", 200),
        ("null", "application/json", 200),
        ("\xff\xfe", "application/json", 200),
        ("", "application/json", 200),
        ("x", "application/json; charset=nonsense", 200),
        ("zip", "application/gzip", 200),
        ("no", "text/plain", 502),
        ("[1]", "application/json", 500),
    ],
)
def test_an_answer_that_is_none_of_slacks_is_no_stack_trace(
    body: str, kind: str, status: int
) -> None:
    assert isinstance(asyncio.run(odd_answer(body, kind, status)), UnreachableError)


def test_bytes_in_place_of_an_answer_are_a_complaint() -> None:
    async def scene(connection: Connection) -> Me:
        with pytest.raises(ComplaintError) as raised:
            await answered(connection.posts.auth_test())
        raise BriefbotError(str(raised.value))

    found = asyncio.run(odd_answer("zip", "application/gzip", 200, scene))

    assert str(found) == "HTTP 200"


@pytest.mark.parametrize(
    "body", ['{"ok": true}', '{"ok": true, "team_id": "T1", "user_id": 7, "bot_id": "B1"}']
)
def test_an_answer_without_the_ids_is_that_of_another_kind_of_token(body: str) -> None:
    assert isinstance(asyncio.run(odd_answer(body, "application/json", 200)), TokenError)


def test_a_bot_without_a_handle_has_the_usual_one() -> None:
    body = '{"ok": true, "team_id": "T1", "user_id": "U1", "bot_id": "B1"}'

    found = asyncio.run(odd_answer(body, "application/json", 200))

    assert found == Me("T1", "U1", "B1", "briefbot")


def complained(error: SlackError) -> Complaint:
    async def scene() -> Complaint:
        async with fake_slack() as slack:
            slack.refuses("chat.postMessage", error)
            async with connected(BOT_TOKEN, url=f"{slack.url}/api/") as connection:
                with pytest.raises(ComplaintError) as raised:
                    await answered(connection.posts.chat_postMessage(channel="C1", text="a"))
            return raised.value.complaint

    return asyncio.run(scene())


def test_a_complaint_keeps_all_that_slack_says() -> None:
    assert complained(missing_scope(["chat:write"], ["commands", "im:history"])) == Complaint(
        error="missing_scope", needed="chat:write", provided="commands,im:history"
    )
    assert complained(SlackError("ratelimited", status=429, retry_after=12)) == Complaint(
        error="ratelimited", status=429, retry_after=12.0
    )
    assert complained(SlackError("invalid_blocks", messages=["a", "b"])) == Complaint(
        error="invalid_blocks", details=("a", "b")
    )
    assert complained(SlackError("fatal_error", response_metadata="odd", needed=7)) == Complaint(
        error="fatal_error"
    )


def test_what_never_left_is_told_from_what_may_have_arrived() -> None:
    for error in (aiohttp.InvalidURL("x"), aiohttp.ConnectionTimeoutError()):
        assert complaint_of(error) == Complaint(status=0, sent=False)
    for broken in (
        TimeoutError(),
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientOSError(),
        aiohttp.ClientPayloadError(),
        SlackRequestError("x"),
    ):
        assert complaint_of(broken) == Complaint(status=0, sent=True)


def test_the_library_writes_no_message_out_for_a_log_that_nobody_reads() -> None:
    clients = clients_of(TOKEN, "https://slack.com/api/")

    assert clients.posts.logger.level > logging.DEBUG


def test_nothing_of_a_connection_shows_its_token() -> None:
    async def scene() -> None:
        async with connected(TOKEN, url="http://127.0.0.1:1/api", command="/scobot") as connection:
            assert connection.server == "http://127.0.0.1:1/api/"
            assert TOKEN not in repr(connection)
            assert TOKEN not in str(ComplaintError(Complaint(status=502)))

    asyncio.run(scene())
