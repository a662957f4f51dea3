"""Who asks is answered before Telegram is asked for more."""

import asyncio
from contextlib import suppress

from telegram import Bot, Update

from bot.telegram.polling import Polling
from bot.telegram.troubles import Troubles
from tests.fakes.bot_api.clients import run
from tests.fakes.bot_api.server import FakeBotApi
from tests.fakes.delivery import SetClock


class Watched(Polling):
    """Notes when it asks."""

    order: list[str]

    async def _fetch(self, hold: float) -> list[object]:
        self.order.append("asked")
        return await super()._fetch(hold)


class Silent:
    """Tells nobody."""

    async def tell(self, sentence: str) -> None:
        del sentence


def test_an_answer_begins_before_more_is_asked_for() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        answers: set[asyncio.Task[None]] = set()
        order: list[str] = []

        async def answer(update: Update) -> None:
            # It looks something up before it writes.
            for _ in range(5):
                await asyncio.sleep(0)
            order.append("answered")
            assert update.effective_chat is not None
            await bot.send_message(update.effective_chat.id, "Here.")

        async def hand(update: Update) -> None:
            answers.add(asyncio.create_task(answer(update)))

        troubles = Troubles(tell=Silent(), clock=SetClock(), chance=lambda: 1.0)
        polling = Watched(bot=bot, hand=hand, troubles=troubles, sleep=asyncio.sleep, hold=1)
        polling.order = order
        running = asyncio.create_task(polling.run())
        await api.until(lambda: api.feed.polled)
        chat = api.private("Anna")
        chat.says(None, "/brief")
        await api.until(lambda: chat.texts)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

        assert order[:2] == ["asked", "answered"]

    run(scene)
