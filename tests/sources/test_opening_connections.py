"""A connection is opened to the first address that answers, in the time that there is."""

import asyncio
import socket
import sys
from collections.abc import Iterator, Sequence

import pytest

from bot.core.health import Reason
from bot.sources.guard import Target
from bot.sources.opening import Opening
from bot.sources.stop import StopError


async def at_home(host: str, port: int) -> Sequence[str]:
    del port
    return {"twice.test": ("::1", "127.0.0.1")}.get(host, ("127.0.0.1",))


queues = pytest.mark.skipif(
    sys.platform != "linux", reason="other systems treat a full queue in ways of their own"
)


@pytest.fixture
def busy() -> Iterator[socket.socket]:
    """Give a server that lets nobody in before it accepts who waits already."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, socket.socket() as waiting:
        waiting.connect(server.getsockname())
        yield server


async def opened(host: str, port: int, seconds: float = 5, *, private: bool = True) -> bool:
    opening = Opening(at_home, private=private)
    stream = await opening.open(Target("http", host, port, "/"), tls=None, seconds=seconds)
    is_silent = stream.is_silent
    stream.close()
    return is_silent


@queues
def test_a_server_that_lets_nobody_in_is_given_up(busy: socket.socket) -> None:
    with pytest.raises(StopError) as stop:
        asyncio.run(opened("news.test", busy.getsockname()[1], 0.1))

    assert (stop.value.reason, stop.value.detail) == (Reason.NO_ANSWER, "0.1 seconds")


@queues
def test_a_server_that_takes_its_time_is_waited_for(busy: socket.socket) -> None:
    async def scenario() -> bool:
        opening = asyncio.create_task(opened("news.test", busy.getsockname()[1]))
        await asyncio.sleep(0.01)
        accepted, _ = busy.accept()
        accepted.close()
        return await opening

    assert asyncio.run(scenario())


def test_the_next_address_is_tried_where_one_refuses() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert asyncio.run(opened("twice.test", server.getsockname()[1]))


@pytest.mark.parametrize("host", ["127.0.0.1", "news.test"])
def test_an_address_of_the_house_is_not_connected_to(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with pytest.raises(StopError) as stop:
            asyncio.run(opened(host, server.getsockname()[1], private=False))
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()

    assert stop.value.reason is Reason.FORBIDDEN_ADDRESS
