"""The fake server tells a bot that sends too fast when to go on."""

import asyncio

import aiohttp
import pytest
from telegram import (
    Bot,
)
from telegram.error import (
    RetryAfter,
)

from tests.fakes.bot_api.clients import run
from tests.fakes.bot_api.errors import ApiError
from tests.fakes.bot_api.flood import Flood, Limits
from tests.fakes.bot_api.server import FakeBotApi, fake_bot_api

#: A moment in 2025, in seconds.
NOON = 1_756_789_200.0


# The client warns of what it will change whenever it tells of a flood.
@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
def test_a_flood_is_told_when_to_go_on() -> None:
    now = [NOON]

    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat, other = api.private("Anna"), api.private("Bob")
        api.floods(7, chat)

        with pytest.raises(RetryAfter, match="Retry in 7 seconds"):
            await bot.send_message(chat.id, "a")
        await bot.send_message(other.id, "a")
        now[0] += 7
        await bot.send_message(chat.id, "b")
        api.floods(3)
        with pytest.raises(RetryAfter):
            await bot.send_message(other.id, "b")

        assert (chat.texts, api.flood.refused) == (["b"], 2)

    run(scene, clock=lambda: now[0])


def test_the_answer_to_a_flood_says_so_twice() -> None:
    async def play() -> None:
        async with fake_bot_api() as api, aiohttp.ClientSession() as session:
            chat = api.private("Anna")
            api.floods(9)
            said = {"chat_id": str(chat.id), "text": "a"}

            answer = await session.post(f"{api.url}/bot{api.token}/sendMessage", data=said)

            assert (answer.status, answer.headers["Retry-After"]) == (429, "9")
            assert await answer.json() == {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests: retry after 9",
                "parameters": {"retry_after": 9},
            }

    asyncio.run(play())


def refused(flood: Flood, chat: int, *, group: bool = False) -> int:
    """Return the seconds to wait, or 0 for a message that is taken."""
    try:
        flood.count(chat, group=group)
    except ApiError as error:
        return error.parameters["retry_after"]
    return 0


def test_a_chat_takes_a_short_burst_and_then_one_a_second() -> None:
    now = [NOON]
    flood = Flood(lambda: now[0], Limits(burst=3))

    assert [refused(flood, 1) for _ in range(4)] == [0, 0, 0, 1]
    now[0] += 1
    assert [refused(flood, 1) for _ in range(2)] == [0, 1]
    now[0] += 60
    assert [refused(flood, 1) for _ in range(4)] == [0, 0, 0, 1]


def test_who_does_not_wait_is_refused_until_the_wait_is_over() -> None:
    now = [NOON]
    flood = Flood(lambda: now[0], Limits(burst=1, overall=2))

    assert refused(flood, 1) == 0
    now[0] += 0.5
    assert refused(flood, 1) == 1
    now[0] += 0.7
    # A second has passed since the message, and only 0.7 of the second to wait.
    assert refused(flood, 1) == 1
    assert [refused(flood, chat) for chat in (2, 3)] == [0, 0]
    now[0] += 0.7
    assert refused(flood, 4) == 1
    now[0] += 0.6
    assert refused(flood, 5) == 1
    now[0] += 0.5
    assert refused(flood, 5) == 0


def test_a_group_takes_twenty_a_minute() -> None:
    now = [NOON]
    flood = Flood(lambda: now[0], Limits())

    for _ in range(20):
        assert refused(flood, -1, group=True) == 0
        now[0] += 1
    assert refused(flood, -1, group=True) == 40
    now[0] += 40
    assert refused(flood, -1, group=True) == 0


def test_all_chats_together_take_thirty_a_second() -> None:
    now = [NOON]
    flood = Flood(lambda: now[0], Limits())

    assert [refused(flood, chat) for chat in range(31)] == [0] * 30 + [1]
    assert refused(flood, 99) == 1
    now[0] += 1
    assert refused(flood, 99) == 0
