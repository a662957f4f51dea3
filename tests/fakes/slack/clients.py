"""The real client and the real Bolt, talking to the fake server."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.limits import UNLIMITED, Limits
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack.settings import Settings


@asynccontextmanager
async def talking(
    slack: FakeSlack, token: str | None = None, *, seconds: int = 5
) -> AsyncIterator[AsyncWebClient]:
    """Give a client that talks to the server, and repeats nothing by itself."""
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(
            slack.settings.bot_token if token is None else token,
            base_url=f"{slack.url}/api/",
            timeout=seconds,
            session=session,
            retry_handlers=[],
        )


def bolt(slack: FakeSlack, client: AsyncWebClient) -> AsyncApp:
    """Return an app of Bolt for this workspace."""
    return AsyncApp(signing_secret=slack.settings.signing_secret, client=client)


@asynccontextmanager
async def by_socket(slack: FakeSlack, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    """Let an app listen in Socket Mode."""
    handler = AsyncSocketModeHandler(app, slack.settings.app_token, ping_interval=0.2)
    # Its client asks for addresses where the app's client does.
    handler.client.web_client = AsyncWebClient(base_url=f"{slack.url}/api/")
    before = len(slack.sockets.open)
    # Bolt's own types stop here.
    connect: Callable[[], Awaitable[object]] = handler.connect_async
    close: Callable[[], Awaitable[object]] = handler.close_async
    await connect()
    await slack.until(lambda: len(slack.sockets.open) > before)
    try:
        yield handler
    finally:
        await close()


@asynccontextmanager
async def by_http(slack: FakeSlack, app: AsyncApp) -> AsyncIterator[str]:
    """Let an app listen over HTTP; give its address, which is verified."""
    runner = web.AppRunner(app.web_app(path="/slack/events"), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        assert await slack.listens_at(url), "the app does not answer the challenge"
        yield url
    finally:
        await runner.cleanup()


@asynccontextmanager
async def listening(slack: FakeSlack, app: AsyncApp, mode: str) -> AsyncIterator[None]:
    """Let an app listen by "socket" or by "http"."""
    if mode == "socket":
        async with by_socket(slack, app):
            yield
    else:
        async with by_http(slack, app):
            yield


def run(
    scene: Callable[[FakeSlack, AsyncWebClient], Awaitable[None]],
    *,
    settings: Settings | None = None,
    limits: Limits = UNLIMITED,
    clock: Callable[[], float] = time.time,
) -> None:
    """Play a scene with a server and a client that talks to it."""

    async def play() -> None:
        async with (
            fake_slack(settings, limits=limits, clock=clock) as slack,
            talking(slack) as client,
        ):
            await scene(slack, client)

    asyncio.run(play())
