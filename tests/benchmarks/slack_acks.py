"""Measures how soon the bot acknowledges what Slack tells, beside an echo app, on a strict fake.

The bot is put together as ``briefbot run`` does it. The echo app is Bolt's own in Socket Mode with
a command and a mention: it acknowledges and says what it heard, on the same fake and event loop; at
rest they take turns. During a fan-out it is the same app in a process that posts as many messages
a second with bare library calls. It keeps no pace that could be judged: its fake sets no limits.
Something is said every tenth of a second, whether what was said before is answered or not; each
tenth time it is a mention, whose answer is a message that the limits count.

Usage: python -m tests.benchmarks.slack_acks [CHANNELS]
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond, AsyncSay

from bot.core.subscription import Destination
from bot.slack.rates import Rates
from tests.benchmarks.tables import progress, table
from tests.delivery.node import subscribe
from tests.fakes.slack.acts import Act
from tests.fakes.slack.clients import bolt, by_socket, talking
from tests.fakes.slack.limits import Limits
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack.values import TEAM_ID
from tests.fakes.slack_on_air import on_air

CHANNELS = 1000
#: The promise: the time that 99 of 100 acknowledgements take, as a multiple of an echo's.
LATER = 2.0
#: So many things are said, with so many seconds between two.
SAID, PAUSE = 300, 0.1
#: The first ones open connections and learn who is who.
WARM = 10


async def main(channels: int) -> int:
    """Print the table; return 1 when the promise is broken."""
    progress("an echo app and the bot at rest, in turns")
    with tempfile.TemporaryDirectory() as folder:
        async with fake_slack(limits=Limits()) as slack, on_air(Path(folder), slack=slack) as stage:
            async with echoing() as other:
                echo, rest = await acknowledged(other, slack)
            progress(f"the bot during a fan-out to {channels:,} channels")
            due = datetime.now(UTC) - timedelta(seconds=1)
            known = [slack.channel(f"news-{number}") for number in range(channels)]
            places = [Destination("slack", f"{TEAM_ID}/{one.id}") for one in known]
            await subscribe(stage.bot.parts.database, places, moment=due)
            (busy,) = await acknowledged(slack)
            posted = sum(bool(one.messages) for one in known)
    progress("an echo app beside a bare fan-out")
    beside = await echoed_beside(channels)
    print(
        table(
            "Until what Slack tells is acknowledged, in milliseconds",
            ["", "median", "99 of 100", "latest", "99 of 100 to an echo's"],
            [
                row("an echo app", echo, echo),
                row("the bot", rest, echo),
                row("an echo app beside a bare fan-out", beside, beside),
                row("the bot during a fan-out", busy, beside),
            ],
        )
    )
    print(f"{posted} of {channels} channels were posted to meanwhile")
    kept = (
        slowest(rest) <= LATER * slowest(echo),
        slowest(busy) <= LATER * slowest(beside),
        0 < posted < channels,
    )
    return int(not all(kept))


def row(what: str, seconds: Sequence[float], echo: Sequence[float]) -> list[str]:
    """Return a row of the table."""
    times = (median(seconds), slowest(seconds), max(seconds))
    return [
        what,
        *(f"{1000 * one:.1f}" for one in times),
        f"{slowest(seconds) / slowest(echo):.2f}",
    ]


def slowest(seconds: Sequence[float]) -> float:
    """Return what 99 of 100 are within."""
    return sorted(seconds)[(len(seconds) * 99) // 100]


@asynccontextmanager
async def echoing() -> AsyncIterator[FakeSlack]:
    """Give a Slack with an echo app on it."""
    async with fake_slack() as slack, talking(slack) as client:
        app = bolt(slack, client)

        async def brief(ack: AsyncAck, respond: AsyncRespond, command: dict[str, Any]) -> None:
            await ack()
            await respond(text=command["text"] or "nothing")

        async def mentioned(event: dict[str, Any], say: AsyncSay) -> None:
            await say(text=event["text"], thread_ts=event["ts"])

        app.command("/brief")(brief)
        app.event("app_mention")(mentioned)
        async with by_socket(slack, app):
            yield slack


async def echoed_beside(channels: int) -> list[float]:
    """Return an echo app's seconds in a process that posts at the fan-out's rate."""
    async with echoing() as slack, talking(slack) as client:
        posting: set[asyncio.Task[Any]] = set()

        async def fan_out() -> None:
            begun = time.perf_counter()
            for number in range(channels):
                channel = slack.channel(f"news-{number}")
                post = client.chat_postMessage(channel=channel.id, text=1500 * "x")
                task = asyncio.create_task(post)
                posting.add(task)
                task.add_done_callback(posting.discard)
                next_one = begun + (number + 1) / Rates().fan_out
                await asyncio.sleep(max(0.0, next_one - time.perf_counter()))

        running = asyncio.create_task(fan_out())
        (took,) = await acknowledged(slack)
        running.cancel()
        await asyncio.gather(running, *posting, return_exceptions=True)
        return took


async def acknowledged(*slacks: FakeSlack) -> list[list[float]]:
    """Return the seconds until what is said on each of these servers is acknowledged.

    They take turns, so that what else goes on at the machine meets all alike; each asker asks once,
    in a channel of their own.
    """
    acts = [list[Act]() for _ in slacks]
    for number in range(SAID + WARM):
        for slack, said in zip(slacks, acts, strict=True):
            asker = slack.user(f"Asker {number}")
            channel = slack.channel(f"asked-{number}", members=[asker, slack.bot])
            said.append(asker.says("/brief" if number % 10 else "@Briefbot brief", in_=channel))
            await asyncio.sleep(PAUSE / len(slacks))
    took = []
    for slack, said in zip(slacks, acts, strict=True):
        measured = [act.delivery for act in said[WARM:] if act.delivery is not None]
        await slack.until(lambda: all(one.acked for one in measured), seconds=30)  # noqa: B023 - it is called at once
        took.append([one.seconds for one in measured])
    return took


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else CHANNELS)))
