"""The bot's token and the server's address are checked, and the token is in no error."""

import asyncio
import traceback
from collections.abc import Callable, Coroutine

import pytest

from bot.core.errors import BriefbotError, ConfigError
from bot.telegram.client import TokenError, checked_url, introduced, made_bot
from tests.fakes.bot_api.server import fake_bot_api

SECRET = "123456:the-secret-of-the-token"  # noqa: S105 # opens nothing


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://api.telegram.org", "https://api.telegram.org"),
        (" https://api.telegram.org/ ", "https://api.telegram.org"),
        ("https://bots.example.org:8443/telegram/", "https://bots.example.org:8443/telegram"),
        ("http://127.0.0.1:8081", "http://127.0.0.1:8081"),
        ("http://localhost:8081/", "http://localhost:8081"),
        ("http://[::1]:8081", "http://[::1]:8081"),
    ],
)
def test_a_server_is_reached_over_https_or_on_this_machine(url: str, kept: str) -> None:
    assert checked_url(url) == kept


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.telegram.org",
        "http://api.telegram.org",
        "http://10.0.0.1:8081",
        "http://localhost.example.org",
        "ftp://127.0.0.1",
        "https://",
        "https://name:password@example.org",
        "https://example.org/?key=1",
        "https://example.org/#part",
        "https://example.org:99999999",
        "https://[::1",
    ],
)
def test_no_other_address_is_a_server(url: str) -> None:
    with pytest.raises(ConfigError, match="TELEGRAM_API_URL: expected https://HOST or http://127"):
        checked_url(url)


def test_a_bot_knows_its_name_once_it_is_introduced() -> None:
    async def scene() -> str:
        async with fake_bot_api() as api, introduced(api.token, url=api.url) as bot:
            return str(bot.username)

    assert asyncio.run(scene()) == "Brief_Bot"


def test_a_token_that_is_not_accepted_is_told_without_it() -> None:
    async def scene() -> None:
        async with fake_bot_api() as api, introduced(SECRET, url=api.url):
            raise AssertionError

    shown = failure(scene)

    assert "TokenError: Telegram does not accept the bot's token. Set TELEGRAM_BOT_TOKEN" in shown
    assert SECRET not in shown


def test_a_token_that_is_none_is_told() -> None:
    with pytest.raises(TokenError):
        made_bot("")


def test_a_server_that_gives_no_answer_is_named_without_the_token() -> None:
    async def scene() -> None:
        async with fake_bot_api() as api:
            api.goes_down()
            async with introduced(api.token, url=api.url):
                raise AssertionError

    shown = failure(scene)

    assert "UnreachableError: Telegram gives no answer at http://127.0.0.1:" in shown
    assert "fake-token" not in shown


def failure(scene: Callable[[], Coroutine[None, None, None]]) -> str:
    """Return the whole trace of how a scene fails, as a log would show it."""
    with pytest.raises(BriefbotError) as failed:
        asyncio.run(scene())
    return "".join(traceback.format_exception(failed.value))
