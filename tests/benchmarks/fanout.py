"""Measures a fan-out: ten thousand chats whose digest is due at once, through a loopback platform.

Every part is sent over a socket to a process of its own. Beside it, in the same run, a bare loop
sends the same messages over as many connections and keeps nothing. Parts a second differ between
machines; the ratio is what to compare.

Usage: python -m tests.benchmarks.fanout [DESTINATIONS]
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app.outbox import Filled, Job
from bot.core.delivery import Delivered, Payload, Post, State
from bot.core.page import Page
from bot.core.subscription import Destination
from bot.store.database import open_database
from tests.benchmarks.composing import composing
from tests.benchmarks.family import resident
from tests.benchmarks.loopback import CONNECTIONS, Loopback, connected
from tests.benchmarks.tables import progress, table
from tests.delivery.node import Node, node, subscribe

DESTINATIONS = 10_000
#: The promise: so many parts a second with full durability.
PROMISED = 200.0
#: The bare loop is run so often; the best run counts.
BARE_RUNS = 3
#: A bot that has nothing to do is watched for so many seconds, with a round each second.
IDLE = 5

MOMENT = datetime(2025, 9, 2, 8, tzinfo=UTC)
PAYLOADS: tuple[Payload, ...] = tuple({"text": f"{part} " + 1500 * "x"} for part in range(2))


@dataclass
class Clock:
    """Stands where it is set."""

    moment: datetime

    def now(self) -> datetime:
        """Return that moment."""
        return self.moment


@dataclass(frozen=True, slots=True)
class Measured:
    """What a fan-out took."""

    #: Seconds from the bell to the first part, to the last booking and to the last receipt.
    first: float
    booked: float
    whole: float
    #: Megabytes at the most, above those of the bot before it.
    megabytes: float
    #: The share of a core that the bot needed while nothing was due.
    idle: float


async def two_parts(job: Job) -> Filled:
    """Prepare the same page for all."""
    del job
    return Filled(page=Page((), "A digest"), payloads=PAYLOADS)


async def main(destinations: int) -> int:
    """Print the table; return 1 when it is slower than promised or something is missing."""
    names = [Destination("loop", str(number)) for number in range(destinations)]
    clock = Clock(MOMENT - timedelta(hours=1))
    async with connected() as channel:
        bare = min([await bare_loop(channel, names) for _ in range(BARE_RUNS)])
        with tempfile.TemporaryDirectory() as folder:
            async with open_database(Path(folder) / "briefbot.db") as database:
                progress(f"subscribing {destinations:,} chats")
                await subscribe(database, names, moment=MOMENT)
                bot = node(database, {"loop": channel}, two_parts, clock=clock)
                progress("sending")
                found = await measure(bot, channel, clock)
    count = len(PAYLOADS) * destinations
    speed = count / found.whole
    print(drawn(found, count, bare))
    progress("composing")
    print(await composing(destinations))
    complete = bot.counts.parts == {"delivered": count}
    booked = bot.counts.slots[State.DUE] == destinations
    print(f"{speed:,.0f} parts a second, promised {PROMISED:.0f}")
    return int(not (complete and booked and speed >= PROMISED))


async def bare_loop(channel: Loopback, names: Sequence[Destination]) -> float:
    """Send the same messages and keep nothing; return the seconds it took."""
    left = iter([(name, part) for name in names for part in range(len(PAYLOADS))])

    async def send() -> None:
        for name, part in left:
            post = Post(series=1, part=part, destination=name, payload=PAYLOADS[part])
            assert isinstance(await channel.send(post), Delivered)

    begun = time.perf_counter()
    await asyncio.gather(*(send() for _ in range(CONNECTIONS)))
    return time.perf_counter() - begun


async def measure(bot: Node, channel: Loopback, clock: Clock) -> Measured:
    """Let the bot rest, then let the slot come, and wait until all is sent."""
    running = asyncio.create_task(bot.engine.run())
    await bot.publish.start()
    used = time.process_time()
    for _ in range(IDLE):
        await bot.round()
        await asyncio.sleep(1)
    idle = (time.process_time() - used) / IDLE
    before = resident()
    channel.rest()
    watch = Watch()
    watching = asyncio.create_task(watch.run())
    clock.moment = MOMENT + timedelta(seconds=1)
    begun = time.perf_counter()
    await bot.publish.due()
    booked = time.perf_counter() - begun
    await bot.engine.still()
    whole = time.perf_counter() - begun
    running.cancel()
    watching.cancel()
    await asyncio.wait({running, watching})
    return Measured(
        first=(channel.first or begun) - begun,
        booked=booked,
        whole=whole,
        megabytes=watch.most - before,
        idle=idle,
    )


@dataclass
class Watch:
    """Looks how much memory this process holds."""

    most: float = 0.0

    async def run(self) -> None:
        """Look ten times a second, until cancelled."""
        while True:
            self.most = max(self.most, resident())
            await asyncio.sleep(0.1)


def drawn(found: Measured, count: int, bare: float) -> str:
    """Return the table."""
    rows = [
        ["the bot", f"{count / found.whole:,.0f}", f"{bare / found.whole:.2f}"],
        ["a bare loop", f"{count / bare:,.0f}", "1.00"],
    ]
    others = [
        ["from the bell to the first part, s", f"{found.first:.2f}"],
        ["from the bell to the last booking, s", f"{found.booked:.2f}"],
        ["from the bell to the last receipt, s", f"{found.whole:.2f}"],
        ["memory above the idle bot's, MB", f"{found.megabytes:.0f}"],
        ["idle, % of a core", f"{100 * found.idle:.2f}"],
    ]
    title = f"{count:,} parts to {count // len(PAYLOADS):,} chats"
    return "\n".join(
        [
            table(title, ["", "parts a second", "ratio"], rows),
            table("Besides", ["", "measured"], others),
        ]
    )


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else DESTINATIONS)))
