"""The whole bot, put together as `briefbot run` does it, on a fake Slack."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.config.environment import Environment
from bot.config.load import load
from bot.core.subscription import Destination, Slot, Subscription
from bot.wiring.bot import Bot, built
from bot.wiring.duty import on_duty
from tests.fakes.on_air import CONFIG, GAUGE, WATER, eventually
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack.values import TEAM_ID


@dataclass(frozen=True)
class Scene:
    """A Slack with the bot on it."""

    slack: FakeSlack
    bot: Bot

    def at(self, channel: Channel) -> Destination:
        """Return the destination that a channel is."""
        return Destination("slack", f"{TEAM_ID}/{channel.id}")

    async def of(self, channel: Channel) -> Subscription:
        """Return what the channel has asked for."""
        found = await self.bot.parts.delivery.subscriptions.of(self.at(channel))
        assert found is not None
        return found

    async def comes_due(self, channel: Channel) -> None:
        """Let the time of the channel's digest be now."""
        now = datetime.now(UTC) - timedelta(seconds=1)
        slot = Slot(now, now.date(), now.time().replace(second=0, microsecond=0))
        chat = replace(await self.of(channel), next=slot)
        await self.bot.parts.delivery.subscriptions.save(chat, now=now)

    async def posted(self, channel: Channel) -> None:
        """Wait until the digest is noted as posted: from then on its buttons are known."""
        await eventually(lambda: self.bot.parts.delivery.history.last(self.at(channel)))


@asynccontextmanager
async def on_air(
    folder: Path, *, access: str = "open", slack: FakeSlack | None = None
) -> AsyncIterator[Scene]:
    """Run the bot in that folder, with two articles of today; its Slack may outlive it."""
    news = folder / "news"
    news.mkdir(exist_ok=True)
    today = datetime.now(UTC).date().isoformat()
    (news / "gauge.txt").write_text(GAUGE.format(day=today), "utf-8")
    (news / "water.txt").write_text(WATER.format(day=today), "utf-8")
    path = folder / "briefbot.toml"
    path.write_text(CONFIG.format(access=access, more="", news=news), "utf-8")
    async with AsyncExitStack() as stack:
        if slack is None:
            slack = await stack.enter_async_context(fake_slack())
        environment = Environment(
            slack_bot_token=SecretStr(slack.settings.bot_token),
            slack_app_token=SecretStr(slack.settings.app_token),
            slack_api_url=f"{slack.url}/api/",
            data_dir=folder / "data",
            http_port=0,
        )
        config = load(path, environment=environment)
        bot = await stack.enter_async_context(built(config, version="0", posts=True))
        duties = await stack.enter_async_context(on_duty(bot, serve=False))
        await bot.parts.gather.once()
        tasks = [asyncio.create_task(duty(_at_once)) for duty in duties]
        hears = slack
        try:
            await slack.until(lambda: hears.sockets.open)
            yield Scene(slack, bot)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _at_once() -> None:
    """Wait for nothing: the news was read."""


def play(folder: Path, scene: Callable[[Scene], Awaitable[None]], *, access: str = "open") -> None:
    """Play a scene with the bot."""

    async def run() -> None:
        async with on_air(folder, access=access) as stage:
            await scene(stage)

    asyncio.run(run())
