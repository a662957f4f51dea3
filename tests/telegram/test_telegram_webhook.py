"""Telegram calls the bot at its own address, and only Telegram is heard there."""

import asyncio
import json
import socket
from collections.abc import Callable
from contextlib import suppress

import aiohttp
import pytest
from telegram import Bot, Update

from bot.store.heard import KEPT
from bot.telegram.room import Hook
from bot.telegram.troubles import Troubles
from bot.telegram.webhook import HEADER, PATH, Webhook, at_host
from bot.web.server import Server
from bot.web.webhook import webhook_route
from tests.fakes.bot_api.clients import run
from tests.fakes.bot_api.server import FakeBotApi
from tests.fakes.delivery import SetClock
from tests.fakes.ears import Operator, Scene, listening, play

PROOF = "a-secret"
#: Nobody is called there by the fake.
OURS = f"https://bot.example.org{PATH}"
LOST = "Wrong response from the webhook: 404 Not Found"


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
        # Nobody answers at that address.
        chat.says(None, "/brief")
        await here.api.until(lambda: here.operator.told)

        (told,) = here.operator.told
        assert "(Connection failed: ClientConnectorError)" in told
        assert "1 update waits" in told

    play(scene, hook=hook(), before=taken)

    assert "Another webhook was set" in caplog.text


Step = Callable[[FakeBotApi], None]


def looks(*steps: Step) -> tuple[list[str], list[float]]:
    """Return what the operator is told where a step follows each look, and the pauses."""
    operator, pauses = Operator(), list[float]()

    async def scene(api: FakeBotApi, bot: Bot) -> None:
        left, over = list(steps), asyncio.Event()

        async def sleep(seconds: float) -> None:
            pauses.append(seconds)
            if not left:
                over.set()
                await asyncio.Event().wait()
            left.pop(0)(api)

        webhook = Webhook(
            bot=bot,
            url=OURS,
            secret=PROOF,
            hand=nobody,
            troubles=Troubles(tell=operator, clock=SetClock(), chance=lambda: 1.0),
            sleep=sleep,
        )
        running = asyncio.create_task(webhook.run())
        await over.wait()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

    run(scene)
    return operator.told, pauses


async def nobody(update: Update) -> None:
    raise AssertionError(update)


def fails(second: int, waiting: int = 1, error: str = LOST) -> Step:
    """Let Telegram try in vain at that second, and so many updates wait."""

    def step(api: FakeBotApi) -> None:
        api.webhook.error, api.webhook.error_date = error, second
        api.feed.pending[:] = [{"update_id": number} for number in range(1, waiting + 1)]

    return step


def delivers(api: FakeBotApi) -> None:
    """Let Telegram deliver all that waits; its last error stays known, as at Telegram."""
    api.feed.pending.clear()


def takes(url: str) -> Step:
    """Let another program set its webhook, or take ours away."""

    def step(api: FakeBotApi) -> None:
        api.webhook.url = url

    return step


def passes(api: FakeBotApi) -> None:
    """Let time go by."""
    del api


def goes_down(api: FakeBotApi) -> None:
    api.goes_down()


def test_a_webhook_that_cannot_be_delivered_to_is_told_once_with_what_to_do() -> None:
    (told,), pauses = looks(fails(50, waiting=3), fails(60, waiting=4), fails(60, waiting=5))

    assert told == (
        "Telegram cannot deliver what people type to TELEGRAM_WEBHOOK_URL (Wrong response from "
        "the webhook: 404 Not Found); 3 updates wait, and who types gets no answer. Its path must "
        "be /telegram/webhook, and the proxy there must pass that, with its headers, to "
        "HTTP_HOST:HTTP_PORT. Digests are sent meanwhile."
    )
    assert pauses == [30, 300, 300, 300]


def test_a_webhook_that_is_deaf_again_after_it_was_well_is_told_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")

    told, _ = looks(fails(50), fails(60), delivers, fails(70))

    assert len(told) == 2
    assert caplog.messages.count("Telegram is heard again.") == 1


def test_an_outage_meanwhile_tells_a_deaf_webhook_no_second_time() -> None:
    def comes_back(api: FakeBotApi) -> None:
        api.comes_back()

    told, _ = looks(fails(50), goes_down, comes_back, fails(70))

    assert len(told) == 1


def test_an_error_that_is_over_is_not_told() -> None:
    # What waits has just come: Telegram has met no error since.
    assert looks(fails(50, waiting=0), fails(50, waiting=1))[0] == []


def test_an_error_from_before_the_webhook_was_set_is_not_told() -> None:
    def before(api: FakeBotApi) -> None:
        api.webhook.url = "https://rival.example.org/x"
        fails(50)(api)

    assert looks(before, fails(50))[0] == []


def test_a_rival_that_keeps_replacing_the_webhook_is_told_once_by_its_host() -> None:
    theirs = takes("https://rival.example.org/123:SECRET")

    assert looks(theirs, passes)[0] == []
    (told,), _ = looks(theirs, theirs, theirs)
    again, _ = looks(theirs, theirs, passes, theirs, theirs)

    assert told == (
        "Another program keeps setting a webhook of its own (at rival.example.org) for the bot's "
        "Telegram token, so that each hears only some of what people type. Stop the other one, or "
        "revoke the token at @BotFather and give this bot the new one. This one sets "
        "TELEGRAM_WEBHOOK_URL again every five minutes. Digests are sent meanwhile."
    )
    assert again == [told, told]


def test_a_rival_that_takes_the_webhook_away_is_told() -> None:
    (told,), _ = looks(takes(""), takes(""))

    assert told.startswith("Another program keeps removing the webhook for the bot's Telegram")


def test_an_address_without_a_host_names_none() -> None:
    assert [at_host(url) for url in ("https://[", "nonsense", "")] == ["", "", ""]


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
