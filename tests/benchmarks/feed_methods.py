"""Reads feeds by one method in a process of its own, and says what each round took.

Usage: python -m tests.benchmarks.feed_methods METHOD, which reads the feeds' addresses from its
input and then does a round for each line, until its input ends.
"""

import asyncio
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.benchmarks.family import all_resident, cpu
from tests.benchmarks.feed_sites import raise_limit

ROOT = Path(__file__).parents[2]
#: So many requests are under way at once in each method, and so many threads work for reader.
AT_ONCE = 64
#: An event loop that is away for longer is blocked.
BLOCKED = 0.050

#: Looks at all feeds once and returns how many items it stored.
Look = Callable[[], Awaitable[int]]
#: Gets ready for these addresses.
Method = Callable[[Sequence[str], Path], contextlib.AbstractAsyncContextManager[Look]]


@dataclass(frozen=True, slots=True)
class Round:
    """What a round took."""

    seconds: float
    #: Seconds of a core, of the process and those it started.
    cpu: float
    #: What they hold after it.
    megabytes: float
    #: How often the event loop was away for longer than ``BLOCKED``, and for how long at most.
    blocks: int
    longest: float
    items: int


@contextlib.asynccontextmanager
async def bare(addresses: Sequence[str], folder: Path) -> AsyncIterator[Look]:
    """Get each address with httpx and keep nothing but its ETag."""
    import httpx  # noqa: PLC0415 - each process loads its own method alone

    del folder
    etags: dict[str, str] = {}
    limits = httpx.Limits(max_connections=AT_ONCE)
    async with httpx.AsyncClient(limits=limits, trust_env=False, timeout=30) as client:

        async def get(address: str) -> None:
            headers = {"If-None-Match": etags[address]} if address in etags else {}
            try:
                answer = await client.get(address, headers=headers)
            except httpx.HTTPError:
                return
            etags[address] = answer.headers.get("etag", "")

        async def look() -> int:
            left = iter(addresses)

            async def some() -> None:
                for address in left:
                    await get(address)

            # With all of them waiting in its pool at once httpx takes ten times as long.
            await asyncio.gather(*(some() for _ in range(AT_ONCE)))
            return 0

        yield look


@contextlib.asynccontextmanager
async def reader(addresses: Sequence[str], folder: Path) -> AsyncIterator[Look]:
    """Update all feeds with reader and its threads."""
    import reader as library  # noqa: PLC0415

    peer = library.make_reader(str(folder / "reader.db"))
    for address in addresses:
        peer.add_feed(address)

    async def look() -> int:
        before = peer.get_entry_counts().total or 0
        peer.update_feeds(scheduled=False, workers=AT_ONCE)
        return (peer.get_entry_counts().total or 0) - before

    with contextlib.closing(peer):
        yield look


@contextlib.asynccontextmanager
async def ours(addresses: Sequence[str], folder: Path) -> AsyncIterator[Look]:
    """Look at all feeds as the bot does, into an archive."""
    from tests.fakes.fed import fed, feed  # noqa: PLC0415

    settings = [feed(f"Feed {number}", address) for number, address in enumerate(addresses)]
    async with fed(folder, settings) as reading:

        async def look() -> int:
            return sum(one.new for one in (await reading.round()).values())

        yield look


METHODS: dict[str, Method] = {"bare": bare, "ours": ours, "reader": reader}


class Watchdog:
    """Counts how often the event loop is away."""

    def __init__(self) -> None:
        self.blocks, self.longest = 0, 0.0
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._task:
            self._task.cancel()

    async def _watch(self) -> None:
        pause = 0.005
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(pause)
            away = time.perf_counter() - begun - pause
            self.longest = max(self.longest, away)
            self.blocks += away > BLOCKED


async def measured(look: Look) -> Round:
    """Do a round and measure it."""
    used, begun = cpu(), time.perf_counter()
    async with Watchdog() as watchdog:
        items = await look()
    return Round(
        seconds=time.perf_counter() - begun,
        cpu=cpu() - used,
        megabytes=all_resident(),
        blocks=watchdog.blocks,
        longest=watchdog.longest,
        items=items,
    )


async def serve(method: Method) -> None:
    """Do rounds until the input ends."""
    addresses = json.loads(sys.stdin.readline())
    with tempfile.TemporaryDirectory() as folder:
        async with method(addresses, Path(folder)) as look:
            print("ready", flush=True)
            while await asyncio.to_thread(sys.stdin.readline):
                print(json.dumps(asdict(await measured(look))), flush=True)


@dataclass(frozen=True, slots=True)
class Racer:
    """The process, as the one who started it sees it."""

    process: asyncio.subprocess.Process

    async def round(self) -> Round:
        """Let it do a round; raises ``EOFError`` when it died."""
        assert self.process.stdin
        self.process.stdin.write(b"round\n")
        return Round(**json.loads(await self.line()))

    async def line(self) -> bytes:
        """Return what it says next."""
        assert self.process.stdout
        if not (line := await self.process.stdout.readline()):
            raise EOFError
        return line


@contextlib.asynccontextmanager
async def racer(name: str, addresses: Sequence[str]) -> AsyncIterator[Racer]:
    """Start a method, and stop it at the end."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.feed_methods", name),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin
    made = Racer(process)
    try:
        process.stdin.write(json.dumps(addresses).encode() + b"\n")
        await made.line()
        yield made
    finally:
        process.stdin.close()
        await process.wait()


if __name__ == "__main__":
    raise_limit()
    asyncio.run(serve(METHODS[sys.argv[1]]))
