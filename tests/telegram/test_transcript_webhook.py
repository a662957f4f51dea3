"""The whole bot is called by Telegram on its own server, and by nobody else."""

import asyncio
import json
import socket
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest

from bot.telegram.hearing import KINDS
from bot.telegram.webhook import HEADER
from tests.fakes.bot_api.server import FakeBotApi, fake_bot_api
from tests.fakes.on_air import HOOK, Scene, on_air

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def fronted(api: FakeBotApi) -> int:
    """Let the webhook's public host lead to a port here, and return the port."""
    port = free_port()
    api.fronts["bot.example.org"] = f"http://127.0.0.1:{port}"
    return port


async def posted(api: FakeBotApi, body: bytes, *, secret: str | None = None) -> int:
    """Post to the bot as anybody may, and return the status of its answer."""
    address = f"{api.fronts['bot.example.org']}/telegram/webhook"
    named = {} if secret is None else {HEADER: secret}
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=BytesIO(body), headers=named) as answer,
    ):
        return answer.status


def test_a_bot_that_is_called_answers_and_a_stranger_is_not_heard(tmp_path: Path) -> None:
    async def scene() -> None:
        async with fake_bot_api() as api:
            async with on_air(tmp_path, api=api, port=fronted(api)) as stage:
                anna = api.private("Anna")
                digest = await stage.hears(anna, None, "/brief")
                assert "Four countries agreed on one track gauge" in digest.text
                await stage.presses(anna, digest, "1")
                assert "about 12 million tonnes" in anna.last.text

                await _strangers(stage)
            (hook,) = api.called("setWebhook")
            assert hook["url"] == HOOK
            assert hook["allowed_updates"] == list(KINDS)
            assert hook["secret_token"] == api.webhook.secret != ""
            assert not api.called("getUpdates")

    asyncio.run(scene())


async def _strangers(stage: Scene) -> None:
    """See that nothing follows from what others post, nor from what Telegram garbles."""
    api = stage.api
    chat = api.private("Bo")
    forged = {
        "update_id": 9_000_000,
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": {"id": chat.id, "type": "private"},
            "from": {"id": chat.id, "is_bot": False, "first_name": "Bo"},
            "text": "/brief",
        },
    }
    body = json.dumps(forged).encode()
    near = api.webhook.secret[:-1] + "?"
    assert [await posted(api, body), await posted(api, body, secret=near)] == [403, 403]
    assert await posted(api, body, secret="") == 403

    proof = api.webhook.secret
    for garbled in (b"", b"{", b"[1]", b'{"update_id": 5, "message": {"date": "soon"}}'):
        assert await posted(api, garbled, secret=proof) == 200
    assert await posted(api, b" " * 2_000_000, secret=proof) == 413
    # What went before has been worked off once what comes last is answered.
    anna = api.private("Last")
    await stage.hears(anna, None, "/status")
    assert chat.texts == []
    assert await posted(api, body, secret=proof) == 200
    await api.until(lambda: chat.texts)


def test_what_comes_while_the_bot_is_away_is_sent_again_and_answered(tmp_path: Path) -> None:
    async def scene() -> None:
        async with fake_bot_api() as api:
            port = fronted(api)
            async with on_air(tmp_path, api=api, port=port) as stage:
                anna = api.private("Anna")
                await stage.hears(anna, None, "/status")
            anna.says(None, "/brief")
            await api.until(lambda: api.webhook.error)
            assert len(anna.texts) == 1

            async with on_air(tmp_path, api=api, port=port):
                await api.until(lambda: len(anna.texts) > 1)

            assert "Four countries agreed" in anna.last.text
            assert [call.get("drop_pending_updates") for call in api.called("setWebhook")] == [
                None,
                None,
            ]

    asyncio.run(scene())


def test_a_secret_that_was_lost_is_replaced_at_the_next_start(tmp_path: Path) -> None:
    async def scene() -> None:
        async with fake_bot_api() as api:
            port = fronted(api)
            async with on_air(tmp_path, api=api, port=port) as stage:
                anna = api.private("Anna")
                await stage.hears(anna, None, "/status")
            before = api.webhook.secret
            (tmp_path / "data" / "keys" / "telegram-webhook").unlink()

            async with on_air(tmp_path, api=api, port=port) as stage:
                await api.until(lambda: api.webhook.secret != before)
                assert "Four countries agreed" in (await stage.hears(anna, None, "/brief")).text

    asyncio.run(scene())


def test_back_to_fetching_takes_the_webhook_away_and_loses_nothing(tmp_path: Path) -> None:
    async def scene() -> None:
        async with fake_bot_api() as api:
            async with on_air(tmp_path, api=api, port=fronted(api)) as stage:
                anna = api.private("Anna")
                await stage.hears(anna, None, "/status")
            api.fronts.clear()
            anna.says(None, "/brief")

            async with on_air(tmp_path, api=api):
                await api.until(lambda: len(anna.texts) > 1)

            assert "Four countries agreed" in anna.last.text
            assert api.webhook.url == ""
            assert [call.get("drop_pending_updates") for call in api.called("deleteWebhook")] == [
                None
            ]

    asyncio.run(scene())
