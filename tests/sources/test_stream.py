"""What comes over a connection is read in pieces, waits where it is not, and is not lost."""

import asyncio
import time

import pytest

from bot.sources.stream import Stream


class Wire(asyncio.Transport):
    """Says whether anybody reads."""

    paused = False

    def pause_reading(self) -> None:
        self.paused = True

    def resume_reading(self) -> None:
        self.paused = False


def connected() -> tuple[Stream, Wire]:
    stream, wire = Stream(), Wire()
    stream.connection_made(wire)
    return stream, wire


def test_a_server_that_sends_more_than_is_read_waits() -> None:
    async def scenario() -> list[tuple[int, bool]]:
        stream, wire = connected()
        for _ in range(3):
            stream.data_received(b"x" * 60_000)
        return [(len(await stream.read(1)), wire.paused) for _ in range(3)]

    assert asyncio.run(scenario()) == [(65_536, True), (65_536, True), (48_928, False)]


def test_what_comes_in_the_last_moment_is_read() -> None:
    async def scenario() -> bytes:
        stream, _ = connected()
        reading = asyncio.create_task(stream.read(0.001))
        await asyncio.sleep(0)
        time.sleep(0.005)  # noqa: ASYNC251 - its time has run out when the bytes come
        asyncio.get_running_loop().call_soon(stream.data_received, b"news")
        return await reading

    assert asyncio.run(scenario()) == b"news"


def test_a_silence_ends_and_the_connection_can_be_read_on() -> None:
    async def scenario() -> bytes:
        stream, _ = connected()
        with pytest.raises(TimeoutError):
            await stream.read(0.001)
        stream.data_received(b"late")
        return await stream.read(1)

    assert asyncio.run(scenario()) == b"late"


def test_what_came_before_a_connection_broke_off_is_read_first() -> None:
    async def scenario() -> bytes:
        stream, _ = connected()
        stream.data_received(b"half")
        stream.connection_lost(OSError("reset"))
        found = await stream.read(1)
        with pytest.raises(ConnectionError):
            await stream.read(1)
        return found

    assert asyncio.run(scenario()) == b"half"
