"""The command itself, run as the README shows it: a token, a server, and an answer."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.fakes.bot_api.server import FakeBotApi, fake_bot_api
from tests.fakes.commands import Process, running

pytestmark = pytest.mark.slow

#: The token of another bot.
OTHER = "654321:another-token"


def play(scene: Callable[[FakeBotApi], Awaitable[None]]) -> None:
    async def run() -> None:
        async with fake_bot_api() as api:
            await scene(api)

    asyncio.run(run())


async def said(process: Process) -> str:
    """Return all that the command said, once it has ended."""
    out, _ = await asyncio.wait_for(process.communicate(), 20)
    return out.decode()


def test_a_run_answers_in_telegram_until_it_is_stopped(tmp_path: Path) -> None:
    async def scene(api: FakeBotApi) -> None:
        anna = api.private("Anna")
        async with running(tmp_path, api, "--stay") as process:
            await api.until(lambda: api.feed.polled, seconds=20)
            anna.says(None, "/brief")
            await api.until(lambda: anna.messages, seconds=10)
            assert "Four countries agreed on one track gauge" in anna.last.text

            process.terminate()
            out = await said(process)

        assert process.returncode == 0
        assert "I post to this terminal and to Telegram.\n" in out
        assert "I post to Telegram as @Brief_Bot.\n" in out
        assert out.endswith("Stopped.\n")
        assert api.token not in out

    play(scene)


def test_what_was_asked_of_a_bot_that_was_killed_is_answered_by_the_next_one(
    tmp_path: Path,
) -> None:
    async def scene(api: FakeBotApi) -> None:
        anna = api.person("Anna")
        team = api.supergroup("Team", owner=anna)
        async with running(tmp_path, api, "--stay", heard=False) as process:
            await api.until(lambda: api.feed.polled, seconds=20)
            api.hangs("getChatMember")
            team.says(anna, "/help")
            await api.until(lambda: api.called("getChatMember"), seconds=10)
            # Telegram was told that it was heard: it will not say it again.
            await api.until(lambda: not api.feed.pending, seconds=10)
            process.kill()
            await process.wait()
        assert not team.texts

        async with running(tmp_path, api, "--stay", heard=False):
            await api.until(lambda: team.texts, seconds=20)
            await api.until(lambda: api.feed.polled, seconds=10)
        assert ["/brief" in text for text in team.texts] == [True]

    play(scene)


def test_updates_are_taken_where_telegram_sends_them(tmp_path: Path) -> None:
    async def scene(api: FakeBotApi) -> None:
        address = "https://bot.example.org/telegram/webhook"
        async with running(tmp_path, api, "--stay", TELEGRAM_WEBHOOK_URL=address) as process:
            await api.until(lambda: api.called("setWebhook"), seconds=20)
            process.terminate()
            out = await said(process)

        (hook,) = api.called("setWebhook")
        assert hook["url"] == address
        assert len(hook["secret_token"]) == 64
        assert hook["secret_token"] not in out

    play(scene)


def test_the_archive_of_another_bot_is_not_taken_over_unasked(tmp_path: Path) -> None:
    async def scene(api: FakeBotApi) -> None:
        async with running(tmp_path, api) as process:
            assert "End of input." in await said(process)

        async with running(tmp_path, api, token=OTHER) as process:
            refused = await said(process)
        assert process.returncode == 1
        assert "This database belongs to the telegram bot 123456" in refused
        assert "another-token" not in refused

        async with running(tmp_path, api, "--adopt", token=OTHER) as process:
            assert "End of input." in await said(process)

    play(scene)


@pytest.mark.parametrize(
    ("token", "url", "sentence"),
    [
        (OTHER, "", "Telegram does not accept the bot's token. Set TELEGRAM_BOT_TOKEN to the one"),
        ("", "http://127.0.0.1:9", "Telegram gives no answer at http://127.0.0.1:9."),
    ],
)
def test_a_run_that_ends_says_why_telegram_does_not_take_it(
    token: str, url: str, sentence: str, tmp_path: Path
) -> None:
    async def scene(api: FakeBotApi) -> None:
        given = {"TELEGRAM_API_URL": url or api.url}
        async with running(tmp_path, api, token=token, heard=True, **given) as process:
            out = await said(process)

        assert "Four countries agreed on one track gauge" in out
        assert out.splitlines()[-1].startswith(sentence)
        assert process.returncode == 1
        assert "another-token" not in out

    play(scene)


def test_a_webhook_needs_a_secret_that_telegram_takes(tmp_path: Path) -> None:
    async def scene(api: FakeBotApi) -> None:
        async with running(
            tmp_path,
            api,
            "--stay",
            TELEGRAM_WEBHOOK_URL="https://bot.example.org/telegram/webhook",
            TELEGRAM_WEBHOOK_SECRET="not one!",  # noqa: S106 - opens nothing
        ) as process:
            out = await said(process)

        assert process.returncode == 1
        assert "TELEGRAM_WEBHOOK_SECRET: expected 1 to 256 letters, digits, dashes and" in out
        assert "not one!" not in out

    play(scene)
