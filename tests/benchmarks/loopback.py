"""A platform on this machine, in a process of its own: it takes messages and numbers them.

Usage: python -m tests.benchmarks.loopback, which prints its port and serves until its input ends.
"""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.core.delivery import Delivered, Outcome, Pace, Payload, Post, Unsure
from bot.core.page import Page
from bot.core.subscription import Destination

ROOT = Path(__file__).parents[2]
#: How many messages may be on their way at once.
CONNECTIONS = 32

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Loopback:
    """A channel to that platform."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.idle: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()
        #: When the first message was sent, on the clock of ``perf_counter``.
        self.first: float | None = None

    async def open(self) -> None:
        """Connect."""
        for _ in range(CONNECTIONS):
            self.idle.put_nowait(await asyncio.open_connection("127.0.0.1", self.port))

    def rest(self) -> None:
        """Count the next message as the first."""
        self.first = None

    async def aclose(self) -> None:
        """Leave."""
        while not self.idle.empty():
            _, writer = self.idle.get_nowait()
            writer.close()
            await writer.wait_closed()

    def render(self, page: Page, *, flat: bool = False) -> tuple[Payload, ...]:
        """Return two messages: the page's notification, and its blocks in short."""
        del flat
        return {"text": page.summary}, {"text": str(page.blocks)[:3000]}

    def paces(self, destination: Destination, *, answer: bool = False) -> tuple[Pace, ...]:
        """Return no limits."""
        del destination, answer
        return ()

    async def send(self, post: Post) -> Outcome:
        """Send the message and wait for its number."""
        self.first = self.first or time.perf_counter()
        reader, writer = await self.idle.get()
        try:
            message = {"chat": post.destination.address, **post.payload}
            writer.write(json.dumps(message).encode() + b"\n")
            return Delivered((await reader.readline()).decode().strip())
        finally:
            self.idle.put_nowait((reader, writer))

    async def find(self, post: Post) -> Outcome:
        """Say that nobody knows."""
        return Unsure(f"{post.destination} cannot be searched.")


@asynccontextmanager
async def connected() -> AsyncIterator[Loopback]:
    """Start the platform, and stop it at the end."""
    platform = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.loopback"),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert platform.stdin
    assert platform.stdout
    channel = Loopback(int(await platform.stdout.readline()))
    await channel.open()
    try:
        yield channel
    finally:
        await channel.aclose()
        platform.stdin.close()
        await platform.wait()


async def serve() -> None:
    """Take messages until the input ends."""
    count = 0

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        while line := await reader.readline():
            json.loads(line)
            count += 1
            writer.write(f"{count}\n".encode())
        writer.close()

    async with await asyncio.start_server(take, "127.0.0.1", 0) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve())
