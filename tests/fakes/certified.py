"""Servers that prove who they are, and who believes them."""

import shutil
import ssl
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.sources.client import Client, Limits, Response

OPENSSL = shutil.which("openssl")
LIMITS = Limits(allow_private=True, gap=0, seconds=5)
MAKE = (
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
    "-subj /CN=feeds.test -addext subjectAltName=DNS:feeds.test "
    "-keyout key.pem -out certificate.pem"
)

needs_openssl = pytest.mark.skipif(OPENSSL is None, reason="openssl makes the certificate")


def certify(folder: Path) -> Path:
    """Make a certificate of feeds.test that signs itself; return its folder."""
    subprocess.run([OPENSSL or "", *MAKE.split()], cwd=folder, check=True, capture_output=True)
    return folder


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


def reason(found: Response | Fault) -> tuple[Reason, str]:
    assert isinstance(found, Fault)
    return found.reason, found.detail
