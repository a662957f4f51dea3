"""The fake server fails as a test asks."""

import asyncio

import aiohttp
import pytest
from telegram import (
    Bot,
)
from telegram.error import (
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from tests.fakes.bot_api.clients import polling, run, talking
from tests.fakes.bot_api.server import FakeBotApi, fake_bot_api


def test_a_server_that_is_down_cuts_the_connection_and_comes_back() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")
        api.goes_down()

        with pytest.raises(NetworkError):
            await bot.send_message(chat.id, "a")
        api.goes_down(502)
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(chat.id, "b")
        api.comes_back()
        await bot.send_message(chat.id, "c")

        assert chat.texts == ["c"]

    run(scene)


def test_a_lost_answer_leaves_the_message_there() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")
        api.loses_answer("sendMessage")

        with pytest.raises(NetworkError):
            await bot.send_message(chat.id, "a")

        assert chat.texts == ["a"]
        await bot.send_message(chat.id, "b")

    run(scene)


def test_a_dropped_request_does_nothing() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat, other = api.private("Anna"), api.private("Bob")
        api.drops("sendMessage", chat=chat.id)

        await bot.send_message(other.id, "a")
        with pytest.raises(NetworkError):
            await bot.send_message(chat.id, "a")

        assert (chat.texts, other.texts) == ([], ["a"])

    run(scene)


def test_a_half_open_connection_never_answers() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")
        api.hangs("sendMessage")

        with pytest.raises(TimedOut):
            await bot.send_message(chat.id, "a", read_timeout=0.05)

        assert chat.texts == ["a"]

    run(scene)


def test_a_silent_server_does_nothing_and_comes_back() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")
        api.goes_silent()

        with pytest.raises(TimedOut):
            await bot.send_message(chat.id, "a", read_timeout=0.05)
        api.comes_back()
        await bot.send_message(chat.id, "b")

        assert chat.texts == ["b"]

    run(scene)


def test_a_poll_ends_when_the_server_goes_down() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        poll = asyncio.create_task(bot.get_updates(timeout=10))
        await api.until(lambda: api.feed.polled)

        api.goes_down()

        with pytest.raises(NetworkError):
            await poll

    run(scene)


def test_any_refusal_can_be_had_word_for_word() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")
        api.refuses("sendMessage", 403, "Forbidden: user is deactivated", times=2)
        api.refuses("getMe", 500, "Internal Server Error")

        for _ in range(2):
            with pytest.raises(Forbidden, match="user is deactivated"):
                await bot.send_message(chat.id, "a")
        api.is_well()
        await bot.get_me()

        assert [call.status for call in api.calls] == [200, 403, 403, 200]

    run(scene)


def test_a_revoked_token_opens_nothing() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        api.revokes_token()

        with pytest.raises(InvalidToken):
            await bot.send_message(1, "a")

    run(scene)


@pytest.mark.parametrize(
    ("token", "status"), [("7:another-bot", 401), ("no-token", 404), ("123456:", 404)]
)
def test_a_wrong_token_is_refused(token: str, status: int) -> None:
    async def play() -> None:
        async with fake_bot_api() as api, aiohttp.ClientSession() as session:
            answer = await session.get(f"{api.url}/bot{token}/getMe")
            assert (answer.status, (await answer.json())["error_code"]) == (status, status)

    asyncio.run(play())


def test_a_wrong_token_keeps_the_client_from_starting() -> None:
    async def play() -> None:
        async with fake_bot_api() as api:
            with pytest.raises(InvalidToken):
                async with talking(api, "7:another-bot"):
                    pass

    asyncio.run(play())


def test_polling_ends_when_the_token_is_revoked() -> None:
    async def play() -> None:
        async with fake_bot_api() as api, polling(api):
            api.revokes_token()
            await api.until(lambda: api.calls[-1].status == 401)

    asyncio.run(play())


def test_waiting_for_what_does_not_happen_ends() -> None:
    async def scene(api: FakeBotApi, _: Bot) -> None:
        with pytest.raises(TimeoutError):
            await api.until(lambda: False, seconds=0.01)
        with pytest.raises(LookupError, match="the bot has written nothing in Anna"):
            api.private("Anna").last.labels.clear()

    run(scene)


# The client warns of what it will change whenever it tells of a flood.
@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
def test_every_error_of_the_server_is_one_of_the_client() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        for status in (400, 401, 403, 404, 409, 413, 429, 500, 502):
            api.refuses("sendMessage", status, "x")
            with pytest.raises(TelegramError):
                await bot.send_message(1, "a")

    run(scene)
