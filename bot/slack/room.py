"""Slack as a whole: hears and answers until it is stopped."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Generic, Protocol, TypeVar

from bot.app.crowd import Steps
from bot.app.hands import Hands
from bot.app.lines import Lines, open_lines
from bot.app.outbox import Tell
from bot.app.ports import Clock
from bot.app.undone import HeardBefore
from bot.slack.app import Check, Dispatch, dispatching, made_app
from bot.slack.client import Me, TokenError, UnreachableError, introduce
from bot.slack.connection import Connection
from bot.slack.endpoint import Answer, Endpoint
from bot.slack.heard import Heard
from bot.slack.intake import open_intake
from bot.slack.opening import paired
from bot.slack.reasons import why_not_answering
from bot.slack.render import COMMAND
from bot.slack.scopes import NEEDED, missing
from bot.slack.socket import Limits, Socket
from bot.slack.troubles import Kind, TroubleError, Troubles
from bot.slack.whereabouts import Name

log = logging.getLogger(__name__)

Job = TypeVar("Job")


class Hears(Protocol[Job]):
    """Answers what is heard."""

    @property
    def hands(self) -> Hands:
        """What answers are made with."""
        ...

    async def hand(self, heard: Heard, lines: Lines[Job], steps: Steps) -> None:
        """Bring what was heard to its line, with what is noted of it while it is worked on."""
        ...

    async def work(self, job: Job) -> None:
        """Do what follows from it."""
        ...


@dataclass(slots=True, kw_only=True)
class Slack(Generic[Job]):
    """Hears and answers. ``run`` goes on whatever the network or Slack does."""

    ear: Hears[Job]
    connection: Connection
    heard: HeardBefore
    check: Check
    tell: Tell
    clock: Clock
    #: Returns a number from 0 to 1, each time another.
    chance: Callable[[], float]
    #: With an app-level token the bot asks for what happens (Socket Mode).
    app_token: str = field(default="", repr=False)
    #: Without one Slack calls the bot, and signs with this.
    signing_secret: str = field(default="", repr=False)
    #: What people type, with the slash.
    command: str = COMMAND
    #: Waits so many seconds.
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    #: Called once the bot knows who it is.
    ready: Callable[[Me], None] = lambda me: log.info("Slack: I am @%s.", me.name)
    #: How long is waited for connections.
    limits: Limits = field(default_factory=Limits)
    _endpoint: Endpoint | None = field(default=None, init=False)

    async def run(self) -> None:
        """Hear and answer until cancelled; then what is in hand is finished, in some seconds."""
        troubles = Troubles(tell=self.tell, clock=self.clock, chance=self.chance)
        me = await self._introduce(troubles)
        await self.heard.load()
        self.connection.channel.meet(me)
        self.ready(me)
        await self._scoped(me)
        name = Name(workspace=me.workspace, user=me.user, command=self.command)
        async with (
            open_lines(self.ear.work, hands=self.ear.hands) as lines,
            open_intake(
                name,
                self.heard,
                lambda said, steps: self.ear.hand(said, lines, steps),
                hands=self.ear.hands,
            ) as intake,
        ):
            if self.app_token:
                await self._pair(me, troubles)
            app = made_app(me, command=self.command, check=self.check, intake=intake)
            await self._hear(dispatching(app), troubles)

    async def take(self, headers: Mapping[str, str], body: bytes) -> Answer:
        """Return the answer to what was posted to the bot's address: status, headers and body."""
        if self._endpoint is None:
            return HTTPStatus.SERVICE_UNAVAILABLE, {}, b""
        return await self._endpoint.take(headers, body)

    async def _introduce(self, troubles: Troubles) -> Me:
        while True:
            try:
                return await introduce(self.connection.questions)
            except TokenError as error:
                trouble = TroubleError(Kind.TOKEN, str(error))
            except UnreachableError:
                trouble = TroubleError(Kind.NETWORK)
            await self.sleep(await troubles.met(trouble))

    async def _pair(self, me: Me, troubles: Troubles) -> None:
        """Wait until both tokens are of one app: which those are, only a restart can change."""
        while True:
            try:
                return await paired(self.connection.questions, me.bot, self.app_token)
            except TroubleError as error:
                await self.sleep(await troubles.met(error))

    async def _scoped(self, me: Me) -> None:
        """Tell the operator what the app may not do that people ask for."""
        lacking = () if me.scopes is None else missing(NEEDED, me.scopes)
        if lacking:
            await self.tell.tell(why_not_answering([scope.name for scope in lacking]))

    async def _hear(self, dispatch: Dispatch, troubles: Troubles) -> None:
        if not self.app_token:
            await self._serve(dispatch, troubles)
        else:
            socket = Socket(
                client=self.connection.posts,
                session=self.connection.session,
                token=self.app_token,
                dispatch=dispatch,
                troubles=troubles,
                sleep=self.sleep,
                limits=self.limits,
            )
            await socket.run()

    async def _serve(self, dispatch: Dispatch, troubles: Troubles) -> None:
        self._endpoint = Endpoint(
            self.signing_secret, dispatch, troubles=troubles, clock=self.clock
        )
        try:
            await troubles.well()
            await asyncio.Event().wait()
        finally:
            self._endpoint = None
