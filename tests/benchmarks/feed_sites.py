"""A thousand feeds on this machine, each on a port of its own, in a process of its own.

Usage: python -m tests.benchmarks.feed_sites COUNT, which prints the feeds' addresses and then, for
each line it reads, changes what they answer: "all" (none is slow, broken or new), "news" (a third
has new items, ten are slow, ten broken).
"""

import asyncio
import contextlib
import hashlib
import json
import resource
import sys
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

from tests.fakes.feed_server import Answer, cut, drip, feed_server, page
from tests.fakes.feed_texts import NEWEST, Entry, atom, entries, rss

ROOT = Path(__file__).parents[2]
#: So many of each are slow and broken, and the slow ones take so many seconds.
ODD, SLOW = 10, 1.0
_GAP = timedelta(minutes=30)


class Sites:
    """The process, as the one who started it sees it."""

    def __init__(self, process: asyncio.subprocess.Process, addresses: Sequence[str]) -> None:
        self.addresses = addresses
        self._process = process

    async def answer(self, how: str) -> None:
        """Change what the feeds answer."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{how}\n".encode())
        await self._process.stdout.readline()


@contextlib.asynccontextmanager
async def sites(count: int) -> AsyncIterator[Sites]:
    """Start the process, and stop it at the end."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.feed_sites", str(count)),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**20,
    )
    assert process.stdin
    assert process.stdout
    try:
        yield Sites(process, json.loads(await process.stdout.readline()))
    finally:
        process.stdin.close()
        await process.wait()


def feed(number: int, *, shift: int) -> bytes:
    """Return a feed of the sizes that news sites serve, after so many more items."""
    host, title = f"https://site{number}.example", f"Site {number}"

    def some(count: int, *, words: int = 0, summary: int = 32) -> list[Entry]:
        newest = NEWEST + shift * _GAP
        return entries(count, first=shift, words=words, summary=summary, host=host, newest=newest)

    match number % 10:
        case 0 | 1 | 2 | 3:
            return rss(some(10, words=500), title=title)
        case 4 | 5 | 6:
            return rss(some(25, summary=48), title=title)
        case 7:
            return rss(some(50, summary=0), title=title)
        case 8:
            return atom(some(20, words=400), title=title)
        case _:
            return rss(some(100), title=title)


def sound(content: bytes) -> Answer:
    """Answer with a feed that says when it is unchanged."""
    return page(content, headers={"ETag": f'"{hashlib.sha256(content).hexdigest()[:20]}"'})


async def serve(count: int) -> None:
    """Serve the feeds until the input ends."""
    shifts = [0] * count
    lines = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(lines)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
    async with feed_server() as server:
        places = [
            await server.site({"/feed.xml": sound(feed(number, shift=0))})
            for number in range(count)
        ]
        print(json.dumps([place.url() for place in places]), flush=True)
        while line := await lines.readline():
            for number, place in enumerate(places):
                news = line == b"news\n"
                shifts[number] += 2 * (news and number % 3 == 0)
                content = feed(number, shift=shifts[number])
                place.pages["/feed.xml"] = sound(content)
                if news and number < ODD:
                    place.pages["/feed.xml"] = drip(content, pieces=10, seconds=SLOW)
                elif news and number < 2 * ODD:
                    place.pages["/feed.xml"] = broken(content, number)
            print("changed", flush=True)


def broken(content: bytes, number: int) -> Answer:
    """Answer with what is no feed, one way or the other."""
    if number % 2:
        return cut(content, after=len(content) // 2)
    return page(b"<html><body><h1>We will be back soon</h1></body></html>", kind="text/html")


def raise_limit() -> None:
    """Allow this process as many open connections as the system lets it have."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = 10_000 if hard == resource.RLIM_INFINITY else min(hard, 10_000)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


if __name__ == "__main__":
    raise_limit()
    asyncio.run(serve(int(sys.argv[1])))
