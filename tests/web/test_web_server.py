"""The web server answers plainly, refuses clearly and ends quickly."""

import asyncio
import logging
import time
from collections.abc import Sequence

import httpx
import pytest
from aiohttp import web

from bot.core.errors import ConfigError
from bot.web.health import health_routes
from bot.web.server import LARGEST, Server


async def well() -> Sequence[str]:
    return ()


async def unwell() -> Sequence[str]:
    return ("archive: The disk is full.", "engine: does not run")


async def posted(request: web.Request) -> web.Response:
    return web.Response(text=f"{len(await request.read())} bytes")


async def broken(_: web.Request) -> web.Response:
    raise KeyError("a secret of the inside")


async def endless(_: web.Request) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


def served(*routes: web.AbstractRouteDef, port: int = 0) -> Server:
    server = Server(host="127.0.0.1", port=port)
    server.add_routes(routes)
    return server


def asked(
    server: Server, path: str, *, method: str = "GET", body: bytes | None = None
) -> httpx.Response:
    async def ask() -> httpx.Response:
        async with server.open() as address, httpx.AsyncClient(trust_env=False) as client:
            return await client.request(method, address + path, content=body)

    return asyncio.run(ask())


def test_it_is_alive_as_long_as_it_answers() -> None:
    answer = asked(served(*health_routes(unwell)), "/healthz")

    assert (answer.status_code, answer.text) == (200, "alive\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_is_ready_when_nothing_is_missing() -> None:
    answer = asked(served(*health_routes(well)), "/readyz")

    assert (answer.status_code, answer.text) == (200, "ready\n")


def test_it_is_not_ready_and_says_why() -> None:
    answer = asked(served(*health_routes(unwell)), "/readyz")

    assert answer.status_code == 503
    assert answer.text == "not ready\narchive: The disk is full.\nengine: does not run\n"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 404), ("GET", "/healthz/../etc/passwd", 404), ("POST", "/healthz", 405)],
)
def test_what_is_not_there_is_answered_in_plain_text(method: str, path: str, status: int) -> None:
    answer = asked(served(*health_routes(well)), path, method=method)

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.startswith(f"{status}: ")


def test_it_tells_no_versions() -> None:
    assert asked(served(), "/").headers["Server"] == "briefbot"


def test_other_rooms_mount_their_routes() -> None:
    server = served(*health_routes(well))
    server.add_routes([web.post("/telegram/webhook", posted)])

    assert asked(server, "/telegram/webhook", method="POST", body=b"12345").text == "5 bytes"


def test_a_body_that_no_platform_sends_is_refused() -> None:
    server = served(web.post("/webhook", posted))

    assert asked(server, "/webhook", method="POST", body=bytes(LARGEST + 1)).status_code == 413


def test_a_bug_is_logged_and_its_words_stay_inside(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = asked(served(web.get("/broken", broken)), "/broken")

    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "a secret of the inside" in caplog.text


def test_a_port_in_use_is_told_with_what_to_do() -> None:
    async def twice() -> None:
        async with served().open() as address:
            port = int(address.rpartition(":")[2])
            async with served(port=port).open():
                pass

    with pytest.raises(ConfigError) as refused:
        asyncio.run(twice())

    sentence = str(refused.value)
    assert sentence.startswith("Nothing can be served at 127.0.0.1, port ")
    assert sentence.endswith(
        ": another program uses that port. Stop it, or set HTTP_PORT to a port that is free."
    )


@pytest.mark.parametrize(
    ("host", "why"),
    [
        ("192.0.2.1", "this machine has no such address. Set HTTP_HOST to one that it has"),
        ("no..such..host", "no such host is known. Set HTTP_HOST to 127.0.0.1."),
        # The tests let nobody look up a name of the network; that, too, is told.
        ("example.org", "tests stay on this machine. Set HTTP_HOST and HTTP_PORT"),
    ],
)
def test_a_host_that_cannot_be_served_is_told_with_what_to_do(host: str, why: str) -> None:
    with pytest.raises(ConfigError) as refused:
        asked(Server(host=host, port=0), "/")

    assert why in str(refused.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_it_tells_its_address(host: str) -> None:
    async def address() -> str:
        async with Server(host=host, port=0).open() as told:
            return told

    try:
        told = asyncio.run(address())
    except ConfigError:
        pytest.skip("this machine has no IPv6")

    assert httpx.URL(told).host == host
    assert httpx.URL(told).port


def test_it_ends_within_a_second_whatever_is_in_hand() -> None:
    async def end() -> float:
        async with httpx.AsyncClient(trust_env=False) as client:
            async with served(web.get("/endless", endless), *health_routes(well)).open() as address:
                waiting = asyncio.create_task(client.get(f"{address}/endless"))
                await client.get(f"{address}/healthz")
                host, port = address.removeprefix("http://").split(":")
                _, idle = await asyncio.open_connection(host, int(port))
                idle.write(b"GET / HT")
                await idle.drain()
                begun = time.monotonic()
            seconds = time.monotonic() - begun
            idle.close()
            await asyncio.gather(waiting, return_exceptions=True)
        return seconds

    assert asyncio.run(end()) < 1


async def knocked(address: str, said: bytes) -> bytes:
    """Say something there, and return what is answered until the connection is closed."""
    host, port = address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(said)
    try:
        async with asyncio.timeout(5):
            return await reader.read()
    finally:
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (b"", b""),
        (b"POST /webhook HTTP/1.1\r\nHost: a\r\n", b""),
        (
            b"POST /webhook HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n1",
            b"HTTP/1.1 408 Request Timeout",
        ),
        (b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", b"HTTP/1.1 200 OK"),
    ],
)
def test_who_does_not_say_in_time_what_they_want_is_let_go(said: bytes, answer: bytes) -> None:
    async def ask() -> bytes:
        server = Server(host="127.0.0.1", port=0, patience=0.2)
        server.add_routes([web.post("/webhook", posted), *health_routes(well)])
        async with server.open() as address:
            return await knocked(address, said)

    assert asyncio.run(ask()).split(b"\r\n")[0] == answer


def test_a_request_that_comes_in_pieces_is_answered_and_so_is_the_next() -> None:
    async def ask() -> list[bytes]:
        server = Server(host="127.0.0.1", port=0, patience=0.3)
        server.add_routes([web.post("/webhook", posted)])
        async with server.open() as address:
            host, port = address.removeprefix("http://").split(":")
            reader, writer = await asyncio.open_connection(host, int(port))
            answers = []
            for _ in range(2):
                head = b"POST /webhook HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r"
                for piece in (head, b"\n1", b"2"):
                    writer.write(piece)
                    await asyncio.sleep(0.02)
                answers.append((await reader.readuntil(b"2 bytes")).split(b"\r\n")[0])
                await asyncio.sleep(0.35)
            writer.close()
            return answers

    assert asyncio.run(ask()) == [b"HTTP/1.1 200 OK"] * 2


def test_only_so_many_are_let_in_at_once() -> None:
    async def ask() -> list[bytes]:
        server = Server(host="127.0.0.1", port=0, patience=0.3, most=2)
        server.add_routes(health_routes(well))
        request = b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        async with server.open() as address:
            idle = [asyncio.create_task(knocked(address, b"GET /")) for _ in range(2)]
            await asyncio.sleep(0.1)
            refused = await knocked(address, request)
            await asyncio.gather(*idle)
            return [refused.split(b"\r\n")[0], (await knocked(address, request))[:15]]

    assert asyncio.run(ask()) == [b"HTTP/1.1 503 Service Unavailable", b"HTTP/1.1 200 OK"]
