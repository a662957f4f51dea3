"""A bot in a process of its own that posts to Telegram until all is done, or is killed.

Usage: python -m tests.delivery.caller FOLDER NOW URL TOKEN, where NOW is what its clock shows at
the start.
"""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

from bot.app.outbox import Filled, Job
from bot.core.page import Item, Page, Plain
from bot.store.database import open_database
from bot.telegram.channel import TelegramChannel
from bot.telegram.client import made_bot
from bot.telegram.rates import Rates
from bot.telegram.render import render
from tests.delivery.child import Clock
from tests.delivery.node import node

#: Messages of a digest.
PARTS = 3
#: So many at a time that a kill meets some of them in flight.
RATES = Rates(fan_out=500.0, chat=500.0, group=30_000)

_PAGE = Page(tuple(Item((Plain(f"{number}. " + "Rain fell. " * 300),)) for number in range(PARTS)))
_MESSAGES = render(_PAGE)


async def long_digest(job: Job) -> Filled:
    """Prepare the same page for all."""
    del job
    return Filled(page=_PAGE, payloads=_MESSAGES)


async def main(folder: Path, now: datetime, url: str, token: str) -> None:
    """Deliver until nothing is left to do."""
    bot = made_bot(token, url=url)
    async with open_database(folder / "briefbot.db") as database, bot:
        channels = {"telegram": TelegramChannel(bot, rates=RATES)}
        made = node(database, channels, long_digest, clock=Clock(now))
        running = asyncio.create_task(made.engine.run())
        await made.publish.start()
        await made.round()
        while await made.engine.still() is not None:
            await asyncio.sleep(0.02)
            made.engine.stir()
        running.cancel()
        await asyncio.wait({running})


if __name__ == "__main__":
    place, moment, server, secret = sys.argv[1:]
    asyncio.run(main(Path(place), datetime.fromisoformat(moment), server, secret))
