"""Over TLS a server proves who it is, by its name."""

import asyncio
import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.health import Fault, Reason
from bot.sources.client import Limits, Response
from bot.sources.trust import trusting
from tests.fakes.certified import LIMITS, certify, fetched, needs_openssl, proof, reason, trust
from tests.fakes.feed_server import feed_server, page

pytestmark = needs_openssl


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a certificate of feeds.test that signs itself."""
    return certify(tmp_path_factory.mktemp("certificate"))


def over_http(folder: Path, host: str, trusted: ssl.SSLContext | None) -> Response | Fault:
    async def run() -> Response | Fault:
        async with feed_server() as server:
            site = await server.site({"/": page(b"news")}, tls=proof(folder))
            return await fetched(host, site.port, trusted)

    return asyncio.run(run())


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
