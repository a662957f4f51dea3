"""Answers in crumbs are given up early, and never keep the event loop from its other work."""

import asyncio
import time

import pytest

from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.sources.client import Client, Limits, Response
from tests.fakes.feed_server import HOST, Answer, endless, feed_server, page, raw

LIMITS = Limits(allow_private=True, gap=0, seconds=3)
#: Generous: what was seen before was 800 ms.
BLOCK = 0.25
CHUNKED = {"Transfer-Encoding": "chunked"}


async def nowhere(host: str, port: int) -> list[str]:
    raise OSError(host, port)


def fetched(answer: Answer) -> tuple[Response | Fault, float]:
    """Return what comes of it, and for how long the event loop was blocked at most."""

    async def run() -> tuple[Response | Fault, float]:
        async with feed_server() as server, Client(LIMITS, agent="B", resolve=nowhere) as client:
            site = await server.site({"/": answer})
            longest = 0.0

            async def watch() -> None:
                nonlocal longest
                before = time.monotonic()
                while True:
                    await asyncio.sleep(0.005)
                    longest = max(longest, time.monotonic() - before)
                    before = time.monotonic()

            watching = asyncio.create_task(watch())
            try:
                got: Response | Fault = await client.get(site.url("/"), own=f"{HOST}:{site.port}")
            except FeedError as error:
                got = error.fault
            watching.cancel()
            return got, longest

    return asyncio.run(run())


def test_an_answer_in_crumbs_is_given_up() -> None:
    found, longest = fetched(endless(b"1\r\na\r\n" * 20_000, headers=CHUNKED))

    assert isinstance(found, Fault)
    assert (found.reason, found.detail) == (Reason.BAD_ANSWER, "it comes in too many pieces")
    assert longest < BLOCK


def test_an_answer_line_by_line_is_read() -> None:
    lines = b"".join(b"%x\r\n%b\r\n" % (60, b"x" * 60) for _ in range(3000)) + b"0\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    found, _ = fetched(raw(head + lines))

    assert isinstance(found, Response)
    assert len(found.content) == 180_000


def test_hints_before_the_answer_block_nothing() -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 20_000
    found, longest = fetched(raw(hints + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnews"))

    assert isinstance(found, Response | Fault)
    assert longest < BLOCK


@pytest.mark.parametrize("size", [10, 1_000_000])
def test_an_answer_in_one_piece_is_read_whole(size: int) -> None:
    found, _ = fetched(page(b"x" * size))

    assert isinstance(found, Response)
    assert len(found.content) == size
