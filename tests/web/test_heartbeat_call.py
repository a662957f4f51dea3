"""A heartbeat's call ends in time, and says no more than who did not hear it."""

import asyncio
import time

import pytest
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.core.errors import ConfigError
from bot.web.heartbeat import open_call
from bot.web.server import Server

KEY = "/ping/2f1c9a77-key"


async def heard(_: web.Request) -> web.Response:
    return web.Response(text="OK")


async def silent(_: web.Request) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


async def endless(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse()
    await answer.prepare(request)
    while True:
        await answer.write(bytes(10_000))


async def elsewhere(_: web.Request) -> web.Response:
    raise web.HTTPFound("/somewhere/else")


async def refused(_: web.Request) -> web.Response:
    raise web.HTTPNotFound


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the machine's own proxies."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def called(*routes: web.AbstractRouteDef, patience: float = 5.0) -> str:
    async def call() -> str:
        server = Server(host="127.0.0.1", port=0)
        server.add_routes(routes)
        async with server.open() as address, open_call(address + KEY, patience=patience) as beat:
            return await beat()

    return asyncio.run(call())


def test_a_call_that_is_heard_says_nothing() -> None:
    assert called(web.get(KEY, heard)) == ""


def test_an_endless_answer_is_heard_and_left() -> None:
    begun = time.monotonic()

    assert called(web.get(KEY, endless)) == ""
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    ("handler", "why"),
    [
        (refused, "127.0.0.1 answers with status 404."),
        (elsewhere, "127.0.0.1 sends the bot elsewhere (status 302). Name the final address."),
        (silent, "127.0.0.1 gives no answer in 0.05 s."),
    ],
)
def test_a_call_that_is_not_heard_says_why_and_keeps_the_key(handler: Handler, why: str) -> None:
    assert called(web.get(KEY, handler), patience=0.05 if handler is silent else 5.0) == why


def test_a_place_that_nobody_serves_is_told() -> None:
    async def call() -> str:
        async with Server(host="127.0.0.1", port=0).open() as address:
            pass
        async with open_call(address + KEY) as beat:
            return await beat()

    assert asyncio.run(call()) == "127.0.0.1 cannot be reached (ConnectError)."


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "example.org", "https://", "", "file:///etc/passwd", "http://a.b:x"],
)
def test_an_address_that_cannot_be_called_is_refused(url: str) -> None:
    async def call() -> None:
        async with open_call(url):
            pass

    with pytest.raises(ConfigError, match=r"^HEARTBEAT_URL cannot be called"):
        asyncio.run(call())


def test_a_proxy_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://127.0.0.1:70")

    async def call() -> None:
        async with open_call("https://example.org/ping"):
            pass

    with pytest.raises(ConfigError, match="HTTPS_PROXY"):
        asyncio.run(call())
