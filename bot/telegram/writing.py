"""Shows in a chat that an answer is being written, where it takes a while."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import telegram
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.telegram.heard import Place

#: After so many seconds without an answer it shows; most answers are there before.
SLOW = 0.7
#: So many seconds Telegram shows it, at most.
_SHOWN = 4.5

log = logging.getLogger(__name__)


@asynccontextmanager
async def writing(
    bot: telegram.Bot, place: Place, *, sleep: Callable[[float], Awaitable[None]]
) -> AsyncIterator[None]:
    """Show it until the end of the block; never in a channel, which shows no such thing."""
    if place.channel:
        yield
        return
    slow = asyncio.Event()
    showing = asyncio.create_task(_show(bot, place, sleep, slow), name=f"writing {place.chat}")
    try:
        yield
    finally:
        showing.cancel()
        # One that only slept ends by itself; the answer does not wait for that.
        if slow.is_set():
            await asyncio.gather(showing, return_exceptions=True)


async def _show(
    bot: telegram.Bot,
    place: Place,
    sleep: Callable[[float], Awaitable[None]],
    slow: asyncio.Event,
) -> None:
    await sleep(SLOW)
    slow.set()
    while True:
        try:
            await bot.send_chat_action(
                place.chat, ChatAction.TYPING, message_thread_id=place.thread
            )
        except TelegramError as error:
            # The answer itself will show what is wrong.
            log.debug("Typing is not shown in %s: %s.", place.chat, type(error).__name__)
            return
        await sleep(_SHOWN)
