"""A bot in a process of its own that posts to Slack until all is done, or is killed.

Usage: python -m tests.delivery.slack_caller FOLDER URL TOKEN
"""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.app.outbox import Filled, Job
from bot.core.page import Block, Button, Buttons, Heading, Item, Note, Page, Plain
from bot.slack.channel import SlackChannel
from bot.slack.client import made_clients, made_session
from bot.slack.history import Looking
from bot.slack.rates import Rates
from bot.slack.render import render
from bot.store.database import open_database
from tests.delivery.child import Clock
from tests.delivery.node import node
from tests.fakes.press import NOW

#: So many at a time that a kill meets some of them in flight.
RATES = Rates(fan_out=500.0, channel=500.0)
#: So few at once that after a kill each can be looked for without waiting for its turn.
WORKERS = 8
#: What the fake has taken is there within this time, in seconds.
SETTLED = 0.5


def _story(number: int) -> tuple[Block, ...]:
    said = (f"{number}. Rain", "It rained.", f"It was wet, and {'very ' * 300}cold.")
    headline, lead, more = ((Plain(words),) for words in said)
    return (Heading(headline, level=2), Item(lead), Item(more), Note((Plain("Trend"),)))


_PAGE = Page(
    (
        Heading((Plain("SCO"),)),
        *_story(1),
        *_story(2),
        Buttons(((Button("1", "/brief 1"),),), NOW),
    )
)
_MESSAGES = render(_PAGE)
#: Messages of a digest: one in the channel, and one below it for each story.
PARTS = 3


async def folded_digest(job: Job) -> Filled:
    """Prepare the same page for all."""
    del job
    return Filled(page=_PAGE, payloads=_MESSAGES)


async def main(folder: Path, url: str, token: str) -> None:
    """Deliver until nothing is left to do."""
    async with open_database(folder / "briefbot.db") as database, made_session() as session:
        clients = made_clients(token, url=url, session=session)
        channel = SlackChannel(clients, rates=RATES, looking=Looking(settled=SETTLED))
        channels = {"slack": channel}
        made = node(
            database, channels, folded_digest, clock=Clock(datetime.now(UTC)), workers=WORKERS
        )
        running = asyncio.create_task(made.engine.run())
        await made.publish.start()
        await made.round()
        while await made.engine.still() is not None:
            await asyncio.sleep(0.02)
            made.engine.stir()
        running.cancel()
        await asyncio.wait({running})


if __name__ == "__main__":
    place, server, secret = sys.argv[1:]
    asyncio.run(main(Path(place), server, secret))
