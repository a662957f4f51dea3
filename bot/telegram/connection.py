"""The bot and its channel to Telegram, opened together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from telegram import Bot

from bot.core.page import Page
from bot.telegram.channel import TelegramChannel
from bot.telegram.client import made_bot
from bot.telegram.request import Trust


@dataclass(frozen=True, slots=True)
class Connection:
    """What speaks to Telegram."""

    #: Its own text holds the token.
    bot: Bot = field(repr=False)
    channel: TelegramChannel


@asynccontextmanager
async def connected(
    token: str, *, url: str, trust: Trust, topic_gone: Page | None = None
) -> AsyncIterator[Connection]:
    """Give the bot with that token and its channel, and close their connections at the end.

    Nothing is asked of the server yet. ``trust``, ``TokenError`` and ``ConfigError`` are as of
    ``made_bot``, ``topic_gone`` as the channel takes it.
    """
    bot = made_bot(token, url=url, trust=trust)
    try:
        yield Connection(bot, TelegramChannel(bot, topic_gone=topic_gone))
    finally:
        await bot.shutdown()
        # A bot that never said who it is does not close what it has opened.
        await bot.request.shutdown()
