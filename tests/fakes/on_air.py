"""The whole bot, put together as `briefbot run` does it, on a fake Telegram."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from pydantic import SecretStr

from bot.config.environment import Environment
from bot.config.load import load
from bot.core.subscription import Slot, Subscription, destination_of
from bot.store.subscriptions import Subscriptions
from bot.wiring.bot import Bot, built
from bot.wiring.duty import on_duty
from tests.fakes.bot_api.chat import Chat
from tests.fakes.bot_api.flood import UNLIMITED, Limits
from tests.fakes.bot_api.server import FakeBotApi, fake_bot_api
from tests.fakes.bot_api.values import Message, Person, Topic

T = TypeVar("T")

GAUGE = """ date {day} ASTANA, Kazakhstan. Four countries agreed on one track gauge for freight, \
Kazinform reports.

Freight lines will carry about 12 million tonnes of grain a year.

“We have waited thirty years for this day,” said Minister Aidar Bekov.

Work begins on 15 May 2030 near Dostyk, a town on the border.
"""
WATER = """ date {day} OSH, Kyrgyzstan. Engineers repaired an irrigation canal ahead of plan, \
Kazinform reports.

Farmers in three districts will receive water for 40,000 hectares of cotton this summer.
"""
#: Where Telegram calls a bot that is called.
HOOK = "https://bot.example.org/telegram/webhook"
CONFIG = """
[digest]
title = "Steppe"
zone = "UTC"
[access]
mode = "{access}"
{more}
[[sources]]
name = "news"
folder = "{news}"
"""


@dataclass(frozen=True)
class Scene:
    """A Telegram with the bot on it."""

    api: FakeBotApi
    bot: Bot

    def place(self, chat: Chat, topic: Topic | None = None) -> str:
        return f"telegram:{chat.id}" + (f"/{topic.id}" if topic else "")

    async def hears(
        self, chat: Chat, person: Person | None, text: str, *, topic: Topic | None = None
    ) -> Message:
        """Say something there, and return the bot's answer."""
        before = len(chat.messages)
        chat.says(person, text, topic=topic)
        return await self.next_of(chat, before)

    async def next_of(self, chat: Chat, before: int) -> Message:
        """Return the bot's first message there after so many."""
        await self.api.until(lambda: len(chat.messages) > before)
        return chat.messages[before]

    async def presses(
        self, chat: Chat, message: Message, label: str, *, by: Person | None = None
    ) -> str:
        """Press a button, wait until something came of it, and return what popped up."""
        before, former = len(chat.messages), len(message.former)
        press = chat.presses(message, label, by=by)
        await self.api.until(lambda: press.answered)
        if not press.alert:
            await self.api.until(
                lambda: len(chat.messages) > before or len(message.former) > former
            )
        return press.answer

    async def of(self, place: str) -> Subscription:
        """Return what the chat has asked for."""
        found = await self._subscriptions.of(destination_of(place))
        assert found is not None
        return found

    async def comes_due(self, place: str) -> None:
        """Let the time of the chat's digest be now."""
        now = datetime.now(UTC) - timedelta(seconds=1)
        chat = await self.of(place)
        slot = Slot(now, now.date(), now.time().replace(second=0, microsecond=0))
        await self._subscriptions.save(replace(chat, next=slot), now=now)

    async def posted(self, place: str) -> None:
        """Wait until the digest is noted as posted: from then on its buttons are known."""
        history = self.bot.parts.delivery.history
        await eventually(lambda: history.last(destination_of(place)))

    @property
    def _subscriptions(self) -> Subscriptions:
        return self.bot.parts.delivery.subscriptions


@asynccontextmanager
async def on_air(  # noqa: PLR0913 - each is a way in which one scene differs from the others
    folder: Path,
    *,
    access: str = "open",
    more: str = "",
    limits: Limits = UNLIMITED,
    api: FakeBotApi | None = None,
    port: int | None = None,
) -> AsyncIterator[Scene]:
    """Run the bot in that folder, with two articles of today.

    It may be on a Telegram that outlives it, and with a port it is called there at ``HOOK`` in
    place of fetching.
    """
    news = folder / "news"
    news.mkdir(exist_ok=True)
    today = datetime.now(UTC).date().isoformat()
    (news / "gauge.txt").write_text(GAUGE.format(day=today), "utf-8")
    (news / "water.txt").write_text(WATER.format(day=today), "utf-8")
    path = folder / "briefbot.toml"
    path.write_text(CONFIG.format(access=access, more=more, news=news), "utf-8")
    async with AsyncExitStack() as stack:
        if api is None:
            api = await stack.enter_async_context(fake_bot_api(limits=limits))
        environment = Environment(
            telegram_bot_token=SecretStr(api.token),
            telegram_api_url=api.url,
            telegram_webhook_url=None if port is None else HOOK,
            data_dir=folder / "data",
            http_port=port or 0,
        )
        config = load(path, environment=environment)
        bot = await stack.enter_async_context(built(config, version="0", posts=True))
        duties = await stack.enter_async_context(on_duty(bot, serve=False))
        await bot.parts.gather.once()
        tasks = [asyncio.create_task(duty(_at_once)) for duty in duties]
        try:
            await api.until(lambda: api.feed.polled if port is None else api.webhook.url)
            yield Scene(api, bot)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def eventually(look: Callable[[], Awaitable[T]]) -> T:
    """Look again and again until there is something to see: a database tells nobody of itself."""
    async with asyncio.timeout(5):
        while True:
            found = await look()
            if found:
                return found
            await asyncio.sleep(0.01)


async def _at_once() -> None:
    """Wait for nothing: the news was read."""


def play(
    folder: Path,
    scene: Callable[[Scene], Awaitable[None]],
    *,
    access: str = "open",
    more: str = "",
) -> None:
    """Play a scene with the bot."""

    async def run() -> None:
        async with on_air(folder, access=access, more=more) as stage:
            await scene(stage)

    asyncio.run(run())
