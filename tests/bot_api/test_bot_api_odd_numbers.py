"""The fake server outlives an update whose number is none."""

import pytest
from telegram import Bot

from tests.fakes.bot_api.clients import run
from tests.fakes.bot_api.server import FakeBotApi


@pytest.mark.parametrize("odd", ["x", None, [1]])
def test_an_update_without_a_number_goes_with_the_next_that_has_one(odd: object) -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        del bot
        chat = api.private("Anna")
        chat.says(None, "first")
        (first,) = await api.feed.poll(0, 100, 0, None)
        api.sends_raw(update_id=odd)

        (left,) = await api.feed.poll(first["update_id"] + 1, 100, 0, None)
        assert left["update_id"] == odd

        chat.says(None, "second")
        _, second = await api.feed.poll(first["update_id"] + 1, 100, 0, None)
        assert await api.feed.poll(second["update_id"] + 1, 100, 0, None) == []

    run(scene)
