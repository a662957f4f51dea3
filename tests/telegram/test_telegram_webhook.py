"""Telegram calls the bot at its own address, and only Telegram is heard there."""

import asyncio
import json
import socket

import aiohttp
import pytest

from bot.store.heard import KEPT
from bot.telegram.room import Hook
from bot.telegram.webhook import HEADER
from bot.web.server import Server
from bot.web.webhook import webhook_route
from tests.fakes.bot_api.server import FakeBotApi
from tests.fakes.ears import Scene, listening, play

PATH = "/telegram/webhook"
PROOF = "a-secret"


def hook(port: int = 9) -> Hook:
    return Hook(f"http://127.0.0.1:{port}{PATH}", PROOF)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_what_is_typed_comes_by_the_webhook() -> None:
    async def whole() -> None:
        port = free_port()
        async with listening(hook=hook(port)) as here:
            server = Server(host="127.0.0.1", port=port)
            server.add_routes([webhook_route(PATH, HEADER, here.room.take)])
            async with server.open():
                await here.api.until(lambda: here.api.webhook.url)
                chat = here.api.private("Anna")
                chat.says(None, "/brief")
                await here.api.until(lambda: chat.texts)

            assert here.api.webhook.secret == PROOF
            assert chat.texts == ["Answer to brief"]

    asyncio.run(whole())


def test_who_has_not_the_secret_is_not_heard(caplog: pytest.LogCaptureFixture) -> None:
    async def scene(here: Scene) -> None:
        assert await here.room.take(b"{}", PROOF) == 503
        await here.api.until(lambda: here.api.webhook.url)
        for secret in ("", "A-secret", "gehe\udcff"):
            assert await here.room.take(b'{"update_id": 1}', secret) == 403
        for body in (b"", b"{", b"[" * 100_000, b"[]", b"null", b'{"update_id": 1, "message": 5}'):
            assert await here.room.take(body, PROOF) == 200
        for body in (b'{"update_id": [1]}', b'{"update_id": {}}', b'{"update_id": "1"}', b"{}"):
            assert await here.room.take(body, PROOF) == 200

        assert here.asks == []

    play(scene, hook=hook())

    assert sum("no JSON" in message for message in caplog.messages) == 3


def test_what_telegram_sends_again_is_taken_once() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        assert chat.person is not None
        who = {"chat": chat.json(), "from": chat.person.json()}

        def says(number: int, text: str) -> bytes:
            said = {"message_id": number, "date": 1, "text": text, **who}
            return json.dumps({"update_id": number, "message": said}).encode()

        await here.api.until(lambda: here.api.webhook.url)
        for number, text in ((5, "/brief"), (6, "/status"), (5, "/brief"), (6, "/status")):
            assert await here.room.take(says(number, text), PROOF) == 200
        # A low number is no repetition: Telegram chooses one at random after a quiet week.
        assert await here.room.take(says(1, "/topics"), PROOF) == 200
        await here.api.until(lambda: len(chat.texts) == 3)

        assert here.texts == ["/brief", "/status", "/topics"]
        # After a day it is another one.
        here.clock.forward(KEPT)
        assert await here.room.take(says(5, "/help"), PROOF) == 200
        await here.api.until(lambda: len(chat.texts) == 4)
        assert here.texts[3:] == ["/help"]

    play(scene, hook=hook())


def test_a_webhook_that_somebody_else_set_is_replaced(caplog: pytest.LogCaptureFixture) -> None:
    def taken(api: FakeBotApi) -> None:
        api.webhook.url = "http://127.0.0.1:1/theirs"

    async def scene(here: Scene) -> None:
        await here.api.until(lambda: here.api.webhook.url == hook().url)
        chat = here.api.private("Anna")
        chat.says(None, "/brief")
        # Nobody answers at that address.
        looks = len(here.api.called("getWebhookInfo"))
        await here.api.until(lambda: here.api.webhook.error)
        await here.api.until(lambda: len(here.api.called("getWebhookInfo")) > looks + 1)

    play(scene, hook=hook(), before=taken)

    assert "Another webhook was set" in caplog.text
    assert "Telegram cannot reach TELEGRAM_WEBHOOK_URL" in caplog.text


def test_a_webhook_that_cannot_be_set_is_tried_again() -> None:
    def down(api: FakeBotApi) -> None:
        api.refuses("setWebhook", 400, "Bad Request: bad webhook: Failed to resolve host")

    async def scene(here: Scene) -> None:
        await here.api.until(lambda: here.api.webhook.url)

        assert "failed to resolve host" in here.operator.told[0]

    play(scene, hook=hook(), before=down)


def test_a_post_is_answered_with_its_status() -> None:
    async def take(body: bytes, secret: str) -> int:
        return 200 if (body, secret) == (b"news", "x") else 403

    async def whole() -> list[int]:
        server = Server(host="127.0.0.1", port=0)
        server.add_routes([webhook_route(PATH, HEADER, take)])
        async with server.open() as url, aiohttp.ClientSession() as session:
            found = []
            for headers in ({HEADER: "x"}, {}):
                async with session.post(f"{url}{PATH}", data=b"news", headers=headers) as answer:
                    found.append(answer.status)
            return found

    assert asyncio.run(whole()) == [200, 403]
