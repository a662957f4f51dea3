"""Over TLS a server proves who it is, by its name; HTTP/2 is spoken where it is offered."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import pytest

from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.sources.client import Client, Limits, Response
from bot.sources.trust import trusting
from tests.fakes.feed_server import feed_server, page

OPENSSL = shutil.which("openssl")
LIMITS = Limits(allow_private=True, gap=0, seconds=5)
MAKE = (
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
    "-subj /CN=feeds.test -addext subjectAltName=DNS:feeds.test "
    "-keyout key.pem -out certificate.pem"
)

pytestmark = pytest.mark.skipif(OPENSSL is None, reason="openssl makes the certificate")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a certificate of feeds.test that signs itself."""
    there = tmp_path_factory.mktemp("certificate")
    command = [OPENSSL or "", *MAKE.split()]
    subprocess.run(command, cwd=there, check=True, capture_output=True)
    return there


def proof(folder: Path, *protocols: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    context.set_alpn_protocols([*protocols, "http/1.1"])
    return context


def trust(folder: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=folder / "certificate.pem")


async def here(host: str, port: int) -> Sequence[str]:
    del host, port
    return ("127.0.0.1",)


async def fetched(
    host: str, port: int, trusted: ssl.SSLContext | None, *, limits: Limits = LIMITS
) -> Response | Fault:
    async with Client(limits, agent="x", resolve=here, trust=trusted) as client:
        try:
            return await client.get(f"https://{host}:{port}/", own=f"{host}:{port}")
        except FeedError as error:
            return error.fault


def over_http(folder: Path, host: str, trusted: ssl.SSLContext | None) -> Response | Fault:
    async def run() -> Response | Fault:
        async with feed_server() as server:
            site = await server.site({"/": page(b"news")}, tls=proof(folder))
            return await fetched(host, site.port, trusted)

    return asyncio.run(run())


def reason(found: Response | Fault) -> tuple[Reason, str]:
    assert isinstance(found, Fault)
    return found.reason, found.detail


def test_a_server_is_believed_by_the_name_that_was_asked(folder: Path) -> None:
    found = over_http(folder, "feeds.test", trust(folder))

    assert isinstance(found, Response)
    assert found.content == b"news"


def test_a_certificate_of_another_name_is_not_believed(folder: Path) -> None:
    why, detail = reason(over_http(folder, "other.test", trust(folder)))

    assert why is Reason.BAD_CERTIFICATE
    assert detail.startswith("Hostname mismatch")


def test_a_certificate_that_nobody_vouches_for_is_not_believed(folder: Path) -> None:
    why, detail = reason(over_http(folder, "feeds.test", None))

    assert why is Reason.BAD_CERTIFICATE
    assert "self-signed" in detail.replace("self signed", "self-signed")


def test_the_operator_s_own_authority_is_believed_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "certificate.pem"))

    assert isinstance(over_http(folder, "feeds.test", trusting()), Response)
    assert len(trusting().get_ca_certs()) > 50


def test_a_server_without_encryption_is_called_so() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            await reader.read()
        finally:
            writer.close()

    async def run() -> Response | Fault:
        server = await asyncio.start_server(plain, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await fetched("feeds.test", port, None)

    assert reason(asyncio.run(run())) == (
        Reason.NO_CONNECTION,
        "no encryption that both of us know",
    )


@pytest.mark.parametrize("limits", [replace(LIMITS, seconds=0.2), replace(LIMITS, opening=0.2)])
def test_a_server_that_never_shakes_hands_is_given_up(limits: Limits) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.read()
        finally:
            writer.close()

    async def run() -> Response | Fault:
        server = await asyncio.start_server(silent, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await fetched("feeds.test", port, None, limits=limits)

    assert reason(asyncio.run(run())) == (Reason.NO_ANSWER, "0.2 seconds")


Play = Callable[[h2.connection.H2Connection, int], None]


def over_http2(folder: Path, play: Play, *, limits: Limits = LIMITS) -> Response | Fault:
    """Return what the client makes of a server that plays this to each request."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
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
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await fetched("feeds.test", port, trust(folder), limits=limits)

    return asyncio.run(run())


def test_http2_is_spoken_where_it_is_offered(folder: Path) -> None:
    def play(talk: h2.connection.H2Connection, stream: int) -> None:
        talk.send_headers(stream, [(":status", "200"), ("etag", '"2"')])
        talk.send_data(stream, b"news", end_stream=True)

    found = over_http2(folder, play)

    assert isinstance(found, Response)
    assert (found.content, found.headers) == (b"news", {"etag": '"2"'})


def test_a_large_answer_over_http2_is_left(folder: Path) -> None:
    def play(talk: h2.connection.H2Connection, stream: int) -> None:
        talk.send_headers(stream, [(":status", "200")])
        talk.send_data(stream, b"x" * 5000)

    small = Limits(allow_private=True, gap=0, max_bytes=1000)

    assert reason(over_http2(folder, play, limits=small)) == (
        Reason.TOO_LARGE,
        "more than 1000 bytes",
    )


def test_a_server_that_says_goodbye_over_http2_is_called_so(folder: Path) -> None:
    def play(talk: h2.connection.H2Connection, stream: int) -> None:
        talk.send_headers(stream, [(":status", "200")])
        talk.close_connection(1)

    assert reason(over_http2(folder, play)) == (
        Reason.BAD_ANSWER,
        "the connection was closed before the end",
    )


def test_a_stream_that_is_reset_is_no_answer(folder: Path) -> None:
    def play(talk: h2.connection.H2Connection, stream: int) -> None:
        talk.send_headers(stream, [(":status", "200")])
        talk.reset_stream(stream, 2)

    assert reason(over_http2(folder, play))[0] is Reason.BAD_ANSWER
