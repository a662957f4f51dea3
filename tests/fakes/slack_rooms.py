"""The room of Slack between the fake Slack and an ear that keeps what it is handed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypedDict, Unpack

from aiohttp import web

from bot.app.crowd import Steps
from bot.app.hands import Hands
from bot.app.lines import Lines
from bot.slack.client import Me
from bot.slack.connection import connected
from bot.slack.heard import Heard, Submitted
from bot.slack.room import Slack
from bot.slack.socket import Limits
from bot.slack.troubles import STEADY
from bot.store.database import Database, open_database
from bot.store.heard import HeardBefore
from tests.fakes.delivery import SetClock
from tests.fakes.slack.server import FakeSlack, fake_slack

#: A second of the room's waiting lasts so long in a test.
SECOND = 0.001


@dataclass
class Keeper:
    """An ear that keeps what it hears, in lines of their own."""

    slack: FakeSlack
    #: Until it is set, nothing is done with what was heard.
    patience: asyncio.Event
    #: Until it is set, nothing is taken at all.
    attention: asyncio.Event
    hands: Hands = field(default_factory=Hands)
    handed: list[Heard] = field(default_factory=list)
    done: list[Heard] = field(default_factory=list)
    #: What it raises the next time it is handed something.
    stumbles: Exception | None = None
    #: What is noted of each thing, by what it is.
    _steps: dict[int, Steps] = field(default_factory=dict)

    async def hand(self, heard: Heard, lines: Lines[Heard], steps: Steps) -> None:
        await self.attention.wait()
        error, self.stumbles = self.stumbles, None
        if error is not None:
            raise error
        self.handed.append(heard)
        self._steps[id(heard)] = steps
        self.slack.changed()
        await lines.put(f"line {len(self.handed)}", heard)

    async def work(self, job: Heard) -> None:
        await self.patience.wait()
        async with self._steps[id(job)].turn() as its_turn:
            assert its_turn
            self.done.append(job)
            self._steps[id(job)].done()
        self.slack.changed()


@dataclass
class Operator:
    """Keeps what the operator is told."""

    slack: FakeSlack
    told: list[str] = field(default_factory=list)

    async def tell(self, sentence: str) -> None:
        self.told.append(sentence)
        self.slack.changed()


@dataclass
class Scene:
    """A bot that listens on Slack."""

    slack: FakeSlack
    room: Slack[Heard]
    ear: Keeper
    operator: Operator
    database: Database
    clock: SetClock
    running: asyncio.Task[None]
    #: How long the room has waited each time, in its own seconds.
    waits: list[float]
    #: Who the bot is, once it knows.
    met: list[Me]

    @property
    def heard(self) -> list[Heard]:
        return self.ear.done

    async def hears(self, number: int = 1) -> list[Heard]:
        """Wait until so many things were heard, and return them."""
        await self.slack.until(lambda: len(self.heard) >= number)
        return self.heard

    async def stop(self) -> None:
        """Stop as a signal does."""
        self.running.cancel()
        with suppress(asyncio.CancelledError):
            await self.running


def nothing(slack: FakeSlack) -> None:
    """Leave the server as it is."""
    del slack


def fine(said: Submitted) -> Mapping[str, Any]:
    """Find nothing wrong with a form."""
    del said
    return {}


class How(TypedDict, total=False):
    """How a scene differs from the usual one, in Socket Mode."""

    #: "socket" or "http".
    mode: str
    #: The server, where it outlives the bot.
    slack: FakeSlack
    #: Where the database is; in memory otherwise.
    path: Path
    #: What happens before the bot starts.
    before: Callable[[FakeSlack], None]
    #: Whether the scene begins once the bot hears.
    started: bool
    check: Callable[[Submitted], Mapping[str, Any]]
    bot_token: str
    app_token: str
    command: str
    limits: Limits


@asynccontextmanager
async def listening(**how: Unpack[How]) -> AsyncIterator[Scene]:
    """Give a bot that listens from the start of the block until its end."""
    async with AsyncExitStack() as stack:
        slack = how.get("slack")
        if slack is None:
            slack = await stack.enter_async_context(fake_slack())
        how.get("before", nothing)(slack)
        by_socket = how.get("mode", "socket") == "socket"
        database = await stack.enter_async_context(open_database(how.get("path")))
        connection = await stack.enter_async_context(
            connected(how.get("bot_token", slack.settings.bot_token), url=f"{slack.url}/api/")
        )
        clock, operator = SetClock(), Operator(slack)
        ear = Keeper(slack, asyncio.Event(), asyncio.Event())
        ear.patience.set()
        ear.attention.set()
        waits: list[float] = []
        met: list[Me] = []

        async def sleep(seconds: float) -> None:
            if seconds == STEADY:
                await asyncio.sleep(min(seconds * SECOND, 0.03))
                return
            waits.append(seconds)
            clock.forward(timedelta(seconds=seconds))
            await asyncio.sleep(min(seconds * SECOND, 0.03))

        room = Slack(
            ear=ear,
            connection=connection,
            heard=HeardBefore(database, clock),
            check=how.get("check", fine),
            tell=operator,
            clock=clock,
            chance=lambda: 1.0,
            app_token=how.get("app_token", slack.settings.app_token) if by_socket else "",
            signing_secret="" if by_socket else slack.settings.signing_secret,
            command=how.get("command", "/brief"),
            sleep=sleep,
            ready=met.append,
            limits=how.get("limits", Limits(ping=0.1)),
        )
        running = asyncio.create_task(room.run())
        scene = Scene(slack, room, ear, operator, database, clock, running, waits, met)
        stack.push_async_callback(scene.stop)
        if not by_socket:
            url = await stack.enter_async_context(serving(room))
            if how.get("started", True):
                await takes(room)
                assert await slack.listens_at(url), "the room does not answer the challenge"
        elif how.get("started", True):
            await slack.until(lambda: slack.sockets.open)
        yield scene


async def takes(room: Slack[Heard]) -> None:
    """Wait until the room takes what is posted."""
    for _ in range(500):
        status, _, _ = await room.take({}, b"")
        if status != HTTPStatus.SERVICE_UNAVAILABLE:
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


@asynccontextmanager
async def serving(room: Slack[Heard]) -> AsyncIterator[str]:
    """Serve what Slack posts; give the address."""

    async def take(request: web.Request) -> web.Response:
        status, headers, body = await room.take(request.headers, await request.read())
        return web.Response(status=status, headers=headers, body=body)

    app = web.Application()
    app.router.add_post("/slack/events", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    finally:
        await runner.cleanup()


def play(scene: Callable[[Scene], Awaitable[None]], **how: Unpack[How]) -> None:
    """Play a scene with a bot that listens."""

    async def whole() -> None:
        async with listening(**how) as made:
            await scene(made)

    asyncio.run(whole())
