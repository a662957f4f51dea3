"""Measures a fan-out on a strict fake of Slack, with its limits and without.

With limits it runs in real time: a workspace takes 300 messages a minute of an app (Slack promises
"several hundred"), so the least that they allow is a fifth of a second a message, evenly; only who
sends all 300 at the beginning of each minute needs less for a few hundred. A channel takes one a
second, which a fan-out of one message a channel does not meet.

Usage: python -m tests.benchmarks.slack [CHANNELS]
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app.outbox import Filled, Job
from bot.core.page import Page, Paragraph, Plain
from bot.core.subscription import Destination
from bot.slack.channel import SlackChannel
from bot.slack.client import made_clients, made_session
from bot.slack.payload import Message, arguments, read
from bot.slack.rates import Rates
from bot.store.database import Database, open_database
from bot.wiring.parts import SystemClock
from tests.benchmarks.tables import progress, table
from tests.delivery.node import Node, node, subscribe
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.limits import UNLIMITED, Limits
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack.values import TEAM_ID

CHANNELS = 1000
#: The promise: what a fan-out may take above what its limit allows.
LATE = 1.1
#: So many requests are under way at once, in the bot and in the bare loop.
AT_ONCE = 32
#: Without limits, so many channels are posted to.
UNPACED = 500
PAGE = Page((Paragraph((Plain(1500 * "x"),)),), "A digest")
_FAST = Rates(fan_out=1e6, answers=1e6, channel=1e6)


@dataclass(frozen=True)
class Limited:
    """What came of a run with Slack's limits."""

    #: Seconds from the first message to the last.
    took: float
    refused: int
    #: The most messages in any minute.
    busiest: int
    missing: int
    doubled: int


async def main(channels: int) -> int:
    """Print the table; return 1 when a promise is broken."""
    progress("without limits")
    bare, ours = await unlimited(UNPACED)
    least = (channels - 1) * 60 / Limits().workspace
    progress(f"{channels:,} channels with Slack's limits, {least:.0f} s at least")
    run = await limited(channels)
    print(
        table(
            f"A fan-out to {channels:,} channels of Slack",
            ["", "seconds", "ratio"],
            [
                ["with limits", f"{run.took:.1f}", f"{run.took / least:.3f}"],
                ["300 a minute, evenly", f"{least:.1f}", "1.000"],
                [f"without limits, to {UNPACED}", f"{ours:.1f}", f"{ours / bare:.2f}"],
                ["bare chat.postMessage", f"{bare:.1f}", "1.00"],
            ],
        )
    )
    print(
        f"{run.refused} refused for coming too soon, {run.busiest} messages in the busiest minute, "
        f"{run.missing} channels without their digest, {run.doubled} with two"
    )
    kept = (run.took <= LATE * least, run.refused == run.missing == run.doubled == 0)
    return int(not all(kept))


async def limited(channels: int) -> Limited:
    """Post to so many channels of a Slack that refuses what comes too soon."""
    async with fake_slack(limits=Limits()) as slack:
        known = [slack.channel(f"news-{number}") for number in range(channels)]
        async with speaking(slack) as channel, serving(known, channel) as bot:
            await bot.publish.due()
            await slack.until(lambda: all(one.history for one in reversed(known)), seconds=None)
            await bot.engine.still()
        sent = [one.moment for one in slack.calls if one.method == "chat.postMessage"]
        return Limited(
            took=sent[-1] - sent[0],
            refused=slack.rates.refused,
            busiest=max(sum(first <= one < first + 60 for one in sent) for first in sent),
            missing=sum(not one.messages for one in known),
            doubled=sum(len(one.messages) > 1 for one in known),
        )


async def unlimited(channels: int) -> tuple[float, float]:
    """Return the seconds of a bare loop, and of the bot with all its receipts."""
    async with fake_slack(limits=UNLIMITED) as slack, speaking(slack, rates=_FAST) as channel:
        known = [slack.channel(f"news-{number}") for number in range(channels)]
        bare = await bare_loop(slack, known)
        async with serving(known, channel) as bot:
            begun = time.perf_counter()
            await bot.publish.due()
            await bot.engine.still()
            ours = time.perf_counter() - begun
        assert all(len(one.messages) == 2 for one in known)
        return bare, ours


async def bare_loop(slack: FakeSlack, known: Sequence[Channel]) -> float:
    """Post the same by bare calls of the library; return the seconds."""
    left = iter(known)
    async with made_session() as session:
        token, url = slack.settings.bot_token, f"{slack.url}/api/"
        clients = made_clients(token, url=url, session=session)
        message = read(SlackChannel(clients).render(PAGE)[0])
        assert isinstance(message, Message)
        said = arguments(message)

        async def send() -> None:
            for one in left:
                await clients.posts.chat_postMessage(channel=one.id, **said)

        begun = time.perf_counter()
        await asyncio.gather(*(send() for _ in range(AT_ONCE)))
        return time.perf_counter() - begun


@asynccontextmanager
async def speaking(slack: FakeSlack, rates: Rates | None = None) -> AsyncIterator[SlackChannel]:
    """Give a channel to the server."""
    async with made_session() as session:
        token, url = slack.settings.bot_token, f"{slack.url}/api/"
        clients = made_clients(token, url=url, session=session)
        yield SlackChannel(clients, rates=rates)


@asynccontextmanager
async def serving(known: Sequence[Channel], channel: SlackChannel) -> AsyncIterator[Node]:
    """Run what delivers, with a digest due in each of these channels."""
    payloads = channel.render(PAGE)

    async def filled(job: Job) -> Filled:
        del job
        return Filled(page=PAGE, payloads=payloads)

    with tempfile.TemporaryDirectory() as folder:
        async with open_database(Path(folder) / "briefbot.db") as database:
            await due(database, known)
            made = node(database, {"slack": channel}, filled, clock=SystemClock())
            running = asyncio.create_task(made.engine.run())
            await made.publish.start()
            yield made
            running.cancel()
            await asyncio.wait({running})


async def due(database: Database, known: Sequence[Channel]) -> None:
    """Let the digests of these channels be due."""
    moment = datetime.now(UTC) - timedelta(seconds=1)
    places = [Destination("slack", f"{TEAM_ID}/{one.id}") for one in known]
    await subscribe(database, places, moment=moment)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else CHANNELS)))
