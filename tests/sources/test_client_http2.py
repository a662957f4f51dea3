"""HTTP/2 is spoken where it is offered, and its odd servers are called what they are."""

import asyncio
import socket
import struct
from collections.abc import Callable
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import pytest

from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.sources.client import Client, Limits, Response
from tests.fakes.certified import (
    LIMITS,
    certify,
    fetched,
    here,
    needs_openssl,
    proof,
    reason,
    trust,
)

pytestmark = needs_openssl


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a certificate of feeds.test that signs itself."""
    return certify(tmp_path_factory.mktemp("certificate"))


Play = Callable[[h2.connection.H2Connection, int], None]


def over_http2(
    folder: Path, play: Play, *, limits: Limits = LIMITS, times: int = 1
) -> tuple[Response | Fault, int]:
    """Return what the client makes at last of a server that plays this to each request.

    With it comes to how many connections that led.
    """
    opened = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal opened
        opened += 1
        talk = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        talk.initiate_connection()
        try:
            writer.write(talk.data_to_send())
            while some := await reader.read(65536):
                for event in talk.receive_data(some):
                    if isinstance(event, h2.events.RequestReceived):
                        play(talk, event.stream_id)
                writer.write(talk.data_to_send())
        finally:
            writer.close()

    async def run() -> Response | Fault:
        tls = proof(folder, "h2")
        server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
        async with server, Client(limits, agent="x", resolve=here, trust=trust(folder)) as client:
            own = f"feeds.test:{server.sockets[0].getsockname()[1]}"
            return [await asked(client, own) for _ in range(times)][-1]

    return asyncio.run(run()), opened


async def asked(client: Client, own: str) -> Response | Fault:
    try:
        return await client.get(f"https://{own}/", own=own)
    except FeedError as error:
        return error.fault


def tell(talk: h2.connection.H2Connection, stream: int) -> None:
    talk.send_headers(stream, [(":status", "200"), ("etag", '"2"')])
    talk.send_data(stream, b"news", end_stream=True)


def test_http2_is_spoken_where_it_is_offered(folder: Path) -> None:
    found, opened = over_http2(folder, tell, times=3)

    assert isinstance(found, Response)
    assert (found.content, found.headers) == (b"news", {"etag": '"2"'})
    assert opened == 1


def test_a_server_that_ends_after_an_answer_is_asked_over_another_connection(folder: Path) -> None:
    def play(talk: h2.connection.H2Connection, stream: int) -> None:
        tell(talk, stream)
        talk.close_connection()

    found, opened = over_http2(folder, play, times=2)

    assert isinstance(found, Response)
    assert opened == 2


def test_an_answer_over_http2_is_read_among_notes_of_the_connection(folder: Path) -> None:
    def play(talk: h2.connection.H2Connection, stream: int) -> None:
        talk.send_headers(stream, [(":status", "103"), ("link", "</a>")])
        talk.send_headers(stream, [(":status", "200")])
        for _ in range(3):
            talk.send_data(stream, b"x" * 10_000)
            talk.ping(b"12345678")
        talk.end_stream(stream)

    found, _ = over_http2(folder, play)

    assert isinstance(found, Response)
    assert len(found.content) == 30_000


def test_a_server_that_says_everything_but_an_answer_is_given_up(folder: Path) -> None:
    def play(talk: h2.connection.H2Connection, stream: int) -> None:
        del stream
        for _ in range(200):
            talk.ping(b"12345678")

    assert reason(over_http2(folder, play)[0]) == (
        Reason.BAD_ANSWER,
        "it comes in too many pieces",
    )


@pytest.mark.parametrize("status", ["abc", "²"])
def test_a_status_that_is_none_breaks_the_rules(folder: Path, status: str) -> None:
    def play(talk: h2.connection.H2Connection, stream: int) -> None:
        talk.send_headers(stream, [(":status", status)])

    assert reason(over_http2(folder, play)[0]) == (Reason.BAD_ANSWER, "it breaks the rules of HTTP")


@pytest.mark.parametrize(
    ("said", "detail"),
    [
        # Data that belongs to no stream (RFC 9113, section 6.1).
        (b"\0\0\1\0\0\0\0\0\0x", "it breaks the rules of HTTP"),
        (b"", "the connection was closed before the end"),
    ],
)
def test_what_is_no_http2_where_it_was_agreed_on_is_called_so(
    folder: Path, said: bytes, detail: str
) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(said)
        writer.close()

    async def run() -> Response | Fault:
        server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=proof(folder, "h2"))
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await fetched("feeds.test", port, trust(folder))

    assert reason(asyncio.run(run())) == (Reason.BAD_ANSWER, detail)


def test_a_connection_that_is_cut_off_over_http2_is_called_closed(folder: Path) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        linger = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()

    async def run() -> Response | Fault:
        server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=proof(folder, "h2"))
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await fetched("feeds.test", port, trust(folder))

    assert reason(asyncio.run(run())) == (
        Reason.BAD_ANSWER,
        "the connection was closed before the end",
    )


def test_a_large_answer_over_http2_is_left(folder: Path) -> None:
    def play(talk: h2.connection.H2Connection, stream: int) -> None:
        talk.send_headers(stream, [(":status", "200")])
        talk.send_data(stream, b"x" * 5000)

    small = Limits(allow_private=True, gap=0, max_bytes=1000)

    assert reason(over_http2(folder, play, limits=small)[0]) == (
        Reason.TOO_LARGE,
        "more than 1000 bytes",
    )


def test_a_server_that_says_goodbye_over_http2_is_called_so(folder: Path) -> None:
    def play(talk: h2.connection.H2Connection, stream: int) -> None:
        talk.send_headers(stream, [(":status", "200")])
        talk.close_connection(1)

    assert reason(over_http2(folder, play)[0]) == (
        Reason.BAD_ANSWER,
        "the connection was closed before the end",
    )


def test_a_stream_that_is_reset_is_no_answer(folder: Path) -> None:
    def play(talk: h2.connection.H2Connection, stream: int) -> None:
        talk.send_headers(stream, [(":status", "200")])
        talk.reset_stream(stream, 2)

    assert reason(over_http2(folder, play)[0])[0] is Reason.BAD_ANSWER
