"""A file goes only where Slack says, over a safe way, and what is not taken is told."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from bot.core.delivery import Deferred, Outcome, Payload, Refused, Scope, Unsure
from bot.slack.connection import connected
from bot.slack.payload import File, write
from tests.fakes.slack.channels import HELLO, post, to

FILE = File("ahead.ics", b"BEGIN:VCALENDAR")
WRITTEN = write(FILE)


async def acknowledged(_: web.Request) -> web.Response:
    return web.json_response({"ok": True})


def sent(
    address: str, take: Callable[[web.Request], Awaitable[web.Response]], payload: Payload = WRITTEN
) -> Outcome:
    """Return what becomes of a file for which the server names that address."""

    async def named(request: web.Request) -> web.Response:
        origin = f"http://{request.host}"
        place = address.replace("{here}", origin)
        return web.json_response({"ok": True, "upload_url": place, "file_id": "F1"})

    async def scene() -> Outcome:
        app = web.Application()
        app.router.add_post("/api/files.getUploadURLExternal", named)
        app.router.add_post("/upload", take)
        app.router.add_post("/api/chat.postMessage", acknowledged)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
            async with connected("xoxb-1", url=url) as connection:
                return await connection.channel.send(post(to("C1"), payload))
        finally:
            await runner.cleanup()

    return asyncio.run(scene())


async def never(_: web.Request) -> web.Response:
    raise AssertionError


@pytest.mark.parametrize(
    "address", ["http://10.0.0.1/upload", "http://127.0.0.1:1/upload", "", "file:///etc/passwd"]
)
def test_a_file_goes_to_no_other_place_that_anybody_could_read(address: str) -> None:
    found = sent(address, never)

    assert found == Deferred(5.0, Scope.PART, "The answer is none of Slack's (HTTP 200).")


def test_a_file_is_led_to_no_other_place() -> None:
    async def take(_: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect("http://127.0.0.1:1/elsewhere")

    found = sent("{here}/upload", take)

    assert isinstance(found, Deferred)


def test_a_file_that_is_too_large_is_refused() -> None:
    async def take(_: web.Request) -> web.Response:
        return web.Response(status=413)

    assert sent("{here}/upload", take) == Refused("Slack took no file: HTTP 413.", Scope.PART)


def test_a_file_that_is_cut_off_on_its_way_is_sent_again_later() -> None:
    async def take(request: web.Request) -> web.Response:
        assert await request.read() == FILE.content
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    found = sent("{here}/upload", take)

    assert found == Deferred(
        5.0, Scope.PART, "Slack did not answer in time, or the connection broke."
    )


def test_a_message_that_is_taken_without_a_reference_may_be_there() -> None:
    found = sent("", never, HELLO)

    assert found == Unsure("The answer is none of Slack's (HTTP 200).")


def test_a_file_follows_nobody_elsewhere() -> None:
    async def moved(_: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect("/api/chat.postMessage")

    found = sent("{here}/upload", moved)

    assert found == Deferred(5.0, Scope.PART, "The answer is none of Slack's (HTTP 307).")
