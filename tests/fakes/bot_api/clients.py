"""The real client, talking to the fake server."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from telegram import Bot
from telegram.ext import Application, BaseHandler
from telegram.request import HTTPXRequest

from tests.fakes.bot_api.flood import UNLIMITED, Limits
from tests.fakes.bot_api.server import FakeBotApi, fake_bot_api

#: Any application, and any handler of one.
App = Application[Any, Any, Any, Any, Any, Any]
Handler = BaseHandler[Any, Any, Any]


def _request() -> HTTPXRequest:
    """Return a way to the server that reads no certificates: that takes longer than a test."""
    return HTTPXRequest(httpx_kwargs={"verify": False})


@asynccontextmanager
async def talking(api: FakeBotApi, token: str = "") -> AsyncIterator[Bot]:
    """Give a bot that talks to the server, with its own token or another."""
    bot = Bot(
        token or api.token,
        base_url=f"{api.url}/bot",
        base_file_url=f"{api.url}/file/bot",
        request=_request(),
        get_updates_request=_request(),
    )
    async with bot:
        yield bot


@asynccontextmanager
async def polling(
    api: FakeBotApi, *handlers: Handler, allowed: Sequence[str] | None = None
) -> AsyncIterator[App]:
    """Give an application that polls the server and handles what it hears."""
    app: App = (
        Application.builder()
        .token(api.token)
        .base_url(f"{api.url}/bot")
        .base_file_url(f"{api.url}/file/bot")
        .request(_request())
        .get_updates_request(_request())
        .job_queue(None)
        .build()
    )
    app.add_handlers(handlers)
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(allowed_updates=allowed)
        await api.until(lambda: api.feed.polled)
        yield app
        await app.updater.stop()
        await app.stop()


def run(
    scene: Callable[[FakeBotApi, Bot], Awaitable[None]],
    *,
    limits: Limits = UNLIMITED,
    clock: Callable[[], float] = time.time,
) -> None:
    """Play a scene with a server and a bot that talks to it."""

    async def play() -> None:
        async with fake_bot_api(limits=limits, clock=clock) as api, talking(api) as bot:
            await scene(api, bot)

    asyncio.run(play())
