"""The real client fetches updates from the fake server, or has them sent."""

import asyncio
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, Message, Update
from telegram.error import BadRequest, Conflict
from telegram.ext import CommandHandler

from tests.fakes.bot_api.clients import polling, run, talking
from tests.fakes.bot_api.server import FakeBotApi, fake_bot_api


async def echo(update: Update, context: Any) -> None:  # noqa: ANN401 # any application's
    """Answer a command with its words."""
    assert isinstance(update.effective_message, Message)
    await update.effective_message.reply_text(" ".join(context.args) or "nothing")


def test_an_update_is_given_until_it_is_confirmed() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")
        chat.says(None, "one")
        chat.says(None, "two")

        first = await bot.get_updates()
        again = await bot.get_updates(limit=1)
        rest = await bot.get_updates(offset=first[0].update_id + 1)
        newest = await bot.get_updates(offset=-1)

        assert [one.message.text for one in first if one.message] == ["one", "two"]
        assert [one.update_id for one in again] == [first[0].update_id]
        assert [one.update_id for one in rest] == [first[1].update_id]
        assert newest == rest
        assert await bot.get_updates(offset=first[1].update_id + 1) == ()

    run(scene)


def test_a_long_poll_ends_with_the_first_update() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")
        poll = asyncio.create_task(bot.get_updates(timeout=50))
        await api.until(lambda: api.feed.polled)

        chat.says(None, "one")

        (update,) = await poll
        assert update.message is not None
        assert (update.message.text, api.feed.longest) == ("one", 50)

    run(scene)


def test_the_kinds_that_are_wanted_are_remembered() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        channel = api.channel("News")
        chat = api.private("Anna")
        await bot.get_updates(allowed_updates=["channel_post"])

        chat.says(None, "one")
        channel.posts("two")

        (update,) = await bot.get_updates()
        assert update.channel_post is not None
        assert update.channel_post.text == "two"

    run(scene)


def test_a_second_poller_ends_the_first() -> None:
    async def play() -> None:
        async with fake_bot_api() as api, talking(api) as one, talking(api) as other:
            first = asyncio.create_task(one.get_updates(timeout=10))
            await api.until(lambda: api.feed.polled)

            second = asyncio.create_task(other.get_updates(timeout=10))
            with pytest.raises(Conflict, match="terminated by other getUpdates request"):
                await first
            api.private("Anna").says(None, "one")

            assert len(await second) == 1

    asyncio.run(play())


def test_a_rival_takes_every_poll_until_it_leaves() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        poll = asyncio.create_task(bot.get_updates(timeout=10))
        await api.until(lambda: api.feed.polled)

        api.second_poller()

        for one in (poll, asyncio.create_task(bot.get_updates())):
            with pytest.raises(Conflict, match="make sure that only one bot instance is running"):
                await one
        api.second_poller_leaves()
        assert await bot.get_updates() == ()

    run(scene)


def test_polling_survives_a_conflict() -> None:
    async def play() -> None:
        async with fake_bot_api() as api, polling(api, CommandHandler("brief", echo)):
            chat = api.private("Anna")
            api.second_poller()
            api.second_poller_leaves()

            chat.says(None, "/brief")
            await api.until(lambda: chat.messages)

    asyncio.run(play())


def test_an_update_may_be_malformed() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        api.sends_raw(message={"message_id": "x"})

        with pytest.raises(KeyError):
            await bot.get_updates()

    run(scene)


#: Comes with each update, so that the bot knows who sends it.
PROOF = "A-z_9"


@pytest.mark.parametrize("status", [200, 500])
def test_a_webhook_is_sent_each_update_until_it_takes_it(status: int) -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        heard: list[tuple[str | None, str]] = []

        async def hear(request: web.Request) -> web.Response:
            update = Update.de_json(await request.json(), bot)
            assert update.message is not None
            secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
            heard.append((secret, str(update.message.text)))
            return web.Response(status=status if len(heard) == 1 else 200)

        app = web.Application()
        app.router.add_post("/hook", hear)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        chat = api.private("Anna")

        address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        await bot.set_webhook(address, secret_token=PROOF)
        chat.says(None, "one")
        chat.says(None, "two")
        await api.until(lambda: not api.feed.pending)

        assert heard == [(PROOF, "one")] * (1 if status == 200 else 2) + [(PROOF, "two")]
        await runner.cleanup()

    run(scene)


def test_what_went_wrong_with_a_webhook_can_be_asked() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        await bot.set_webhook("http://127.0.0.1:1/hook", max_connections=5)
        api.private("Anna").says(None, "one")
        await api.until(lambda: api.webhook.error)

        info = await bot.get_webhook_info()

        assert (info.url, info.pending_update_count, info.max_connections) == (
            "http://127.0.0.1:1/hook",
            1,
            5,
        )
        assert info.last_error_message == "Connection failed: ClientConnectorError"
        await bot.delete_webhook(drop_pending_updates=True)
        assert (await bot.get_webhook_info()).pending_update_count == 0

    run(scene)


def test_polls_and_webhooks_exclude_each_other() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        poll = asyncio.create_task(bot.get_updates(timeout=10))
        await api.until(lambda: api.feed.polled)

        await bot.set_webhook("https://example.org/hook")

        with pytest.raises(Conflict, match="terminated by setWebhook request"):
            await poll
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        await bot.set_webhook("")
        assert await bot.get_updates() == ()

    run(scene)


#: What no webhook may be, and what the server says.
WEBHOOKS = [
    ({"url": "http://example.org/"}, "An https url must be provided for webhook"),
    ({"url": "https://example.org:8080/"}, "only on ports 80, 88, 443 or 8443"),
    (
        {"url": "https://example.org/", "secret_token": "é"},
        "Secret token contains unallowed characters",
    ),
]


@pytest.mark.parametrize(("said", "complaint"), WEBHOOKS)
def test_a_webhook_has_rules(said: dict[str, str], complaint: str) -> None:
    async def scene(_: FakeBotApi, bot: Bot) -> None:
        with pytest.raises(BadRequest, match=f"(?i){complaint}"):
            await bot.set_webhook(**said)  # type: ignore[arg-type] # both are texts

    run(scene)
