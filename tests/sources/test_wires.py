"""What is sent over a wire arrives whole, and what comes over it is told as it comes."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from bot.sources.wire import Wire

T = TypeVar("T")
#: More than any system takes at once.
MUCH = 8_000_000


class Listener(asyncio.Protocol):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.came = b""
        self.error: Exception | None = None
        self.told = asyncio.Event()
        self.ended = asyncio.Event()

    def data_received(self, data: bytes) -> None:
        self.came += data
        self.told.set()

    def eof_received(self) -> None:
        self.ended.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.error = exc
        self.ended.set()


@contextmanager
def wired() -> Iterator[tuple[Wire, Listener, socket.socket]]:
    """Give a wire, who listens to it, and its other end."""
    here, there = socket.socketpair()
    here.settimeout(0)
    there.settimeout(0)
    listener = Listener()
    wire = Wire(here, listener)
    try:
        yield wire, listener, there
    finally:
        wire.abort()
        there.close()


def done(work: Callable[[Wire, Listener, socket.socket], Awaitable[T]]) -> T:
    async def scenario() -> T:
        with wired() as (wire, listener, there):
            return await asyncio.wait_for(work(wire, listener, there), 10)

    return asyncio.run(scenario())


async def received(there: socket.socket, count: int) -> bytes:
    found = bytearray()
    while len(found) < count:
        found += await asyncio.get_running_loop().sock_recv(there, 1_000_000)
    return bytes(found)


def test_what_comes_is_told_and_then_the_end() -> None:
    async def work(_: Wire, listener: Listener, there: socket.socket) -> bytes:
        there.send(b"news")
        await listener.told.wait()
        there.close()
        await listener.ended.wait()
        return listener.came

    assert done(work) == b"news"


def test_what_the_other_side_has_closed_is_closed_here() -> None:
    async def work(_: Wire, listener: Listener, there: socket.socket) -> bytes:
        there.shutdown(socket.SHUT_WR)
        await listener.ended.wait()
        return await asyncio.get_running_loop().sock_recv(there, 1)

    assert done(work) == b""


def test_more_than_fits_is_sent_as_it_fits_and_in_its_order() -> None:
    async def work(wire: Wire, listener: Listener, there: socket.socket) -> bool:
        wire.write(b"a" * MUCH)
        wire.write(b"b")
        first = await received(there, MUCH + 1)
        wire.write(b"c")
        assert await received(there, 1) == b"c"
        return first == b"a" * MUCH + b"b" and listener.error is None

    assert done(work)


def test_what_finds_no_room_is_sent_once_there_is() -> None:
    async def scenario() -> bytes:
        here, there = socket.socketpair()
        with here, there:
            here.settimeout(0)
            there.settimeout(0)
            filled = 0
            with suppress(BlockingIOError):
                while True:
                    filled += here.send(b"a" * 65_536)
            wire = Wire(here, Listener())
            wire.write(b"news")
            found = await received(there, filled + 4)
            wire.abort()
            return found[filled:]

    assert asyncio.run(scenario()) == b"news"


def test_who_pauses_is_told_nothing_until_they_listen_again() -> None:
    async def work(wire: Wire, listener: Listener, there: socket.socket) -> list[bytes]:
        wire.pause_reading()
        there.send(b"news")
        await asyncio.sleep(0.01)
        before = listener.came
        wire.resume_reading()
        await listener.told.wait()
        return [before, listener.came]

    assert done(work) == [b"", b"news"]


def test_a_wire_that_breaks_while_sending_is_lost() -> None:
    async def work(wire: Wire, listener: Listener, there: socket.socket) -> Exception | None:
        there.close()
        wire.write(b"news")
        return listener.error

    assert isinstance(done(work), ConnectionError)


def test_a_wire_that_breaks_with_something_unsent_is_lost() -> None:
    async def work(wire: Wire, listener: Listener, there: socket.socket) -> Exception | None:
        wire.write(b"a" * MUCH)
        wire.pause_reading()
        there.close()
        await listener.ended.wait()
        return listener.error

    assert isinstance(done(work), ConnectionError)


def test_a_closed_wire_tells_and_sends_no_more() -> None:
    async def work(wire: Wire, listener: Listener, there: socket.socket) -> bytes:
        wire.write(b"a" * MUCH)
        there.send(b"news")
        wire.abort()
        wire.abort()
        wire.resume_reading()
        await asyncio.sleep(0)
        return listener.came

    assert done(work) == b""


def test_who_is_woken_for_nothing_waits_on() -> None:
    async def scenario() -> list[bytes]:
        here, there = socket.socketpair()
        here.settimeout(0)
        both = [Listener(), Listener()]
        both[1].told = both[0].told
        # Both hear that something is there, and one of them has it all.
        wires = [Wire(each, one) for each, one in zip((here, here.dup()), both, strict=True)]
        there.send(b"news")
        await both[0].told.wait()
        there.close()
        await asyncio.gather(*(one.ended.wait() for one in both))
        for wire in wires:
            wire.abort()
        return sorted(one.came for one in both)

    assert asyncio.run(scenario()) == [b"", b"news"]
