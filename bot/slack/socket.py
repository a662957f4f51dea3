"""Hears in Socket Mode: connections to Slack, each replaced before or as soon as it ends.

The library's own client is not used: it tries an address that was used up for ever, writes it into
the log, takes no new connection until the old one is closed, and leaves tasks behind.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.app import Dispatch
from bot.slack.opening import opened
from bot.slack.reading import Body, at, body_at, text_at
from bot.slack.troubles import STEADY, Kind, TroubleError, Troubles

#: A connection lives for so many seconds if Slack does not say how long.
LIFE = 18_060.0
#: So many seconds has the other side to say goodbye.
_FAREWELL = 1.0
_OK = 200
#: Why Slack ends a connection for good, or gives none.
_REASONS = {"link_disabled": Kind.SWITCHED_OFF, "too_many_websockets": Kind.CROWD}

#: So many short connections may follow each other before that is taken for trouble.
_SHORT = 3
_RESTLESS = TroubleError(Kind.NETWORK, "each connection is ended at once")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long is waited for what may never come, in seconds."""

    #: A connection on which nothing came for so long is asked for a sign of life; none within half
    #: of it is a wedged one.
    ping: float = 10.0
    #: Slack says hello within so long.
    hello: float = 10.0
    #: Slack ends a connection itself within so long of the time that it told.
    grace: float = 60.0
    #: A connection that is to be replaced sooner was a short one.
    brief: float = 10.0
    #: An old connection is heard for so long beside the new one.
    overlap: float = 30.0


class _Line:
    """A connection."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        #: Set once another one is needed.
        self.retired = asyncio.Event()
        self.greeted = False
        #: Why it ended, where that was not arranged.
        self.trouble: TroubleError | None = None

    def retire(self, trouble: TroubleError | None = None) -> None:
        """Ask for another connection; whatever ends this one later is arranged."""
        if not self.retired.is_set():
            self.trouble = trouble
            self.retired.set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Socket:
    """Hears what Slack tells by socket, whatever the network or Slack does."""

    #: Asks where to connect; repeats nothing by itself.
    client: AsyncWebClient = field(repr=False)
    session: aiohttp.ClientSession = field(repr=False)
    #: The app-level token.
    token: str = field(repr=False)
    dispatch: Dispatch
    troubles: Troubles
    #: Waits so many seconds.
    sleep: Callable[[float], Awaitable[None]]
    limits: Limits = field(default_factory=Limits)

    async def run(self) -> None:
        """Hear until cancelled."""
        now, short = asyncio.get_running_loop().time, 0
        async with asyncio.TaskGroup() as group:
            while True:
                began = now()
                try:
                    line = _Line(await self._connect())
                except TroubleError as error:
                    await self.sleep(await self.troubles.met(error))
                    continue
                group.create_task(self._hear(line), name="slack hears")
                group.create_task(self._steady(line), name="slack is well")
                await line.retired.wait()
                short = short + 1 if now() - began < self.limits.brief else 0
                trouble = line.trouble or (_RESTLESS if short > _SHORT else None)
                if trouble is not None:
                    await self.sleep(await self.troubles.met(trouble))

    async def _connect(self) -> aiohttp.ClientWebSocketResponse:
        url = await opened(self.client, self.token)
        try:
            return await self.session.ws_connect(
                url,
                heartbeat=self.limits.ping,
                timeout=aiohttp.ClientWSTimeout(ws_close=_FAREWELL),
                proxy=self.client.proxy,
            )
        except (aiohttp.ClientError, OSError) as error:
            # Its own words hold the address, which lets in whoever is first.
            raise TroubleError(Kind.NETWORK, type(error).__name__) from None

    async def _steady(self, line: _Line) -> None:
        """Say that all is well when a connection has lasted."""
        await self.sleep(STEADY)
        if not line.retired.is_set():
            await self.troubles.well()

    async def _hear(self, line: _Line) -> None:
        try:
            async with asyncio.timeout(self.limits.hello) as patience:
                await self._listen(line, patience)
        except TimeoutError:
            silent = TroubleError(Kind.NETWORK, "it said no hello")
            line.retire(None if line.greeted else silent)
        finally:
            line.retire(TroubleError(Kind.NETWORK, "the connection ended"))
            await line.socket.close()

    async def _listen(self, line: _Line, patience: asyncio.Timeout) -> None:
        """Answer until it ends; what waits for the store holds up nothing behind it."""
        async with asyncio.TaskGroup() as answering:
            await self._receive(line, patience, answering)

    async def _receive(
        self, line: _Line, patience: asyncio.Timeout, answering: asyncio.TaskGroup
    ) -> None:
        now = asyncio.get_running_loop().time
        while (message := await line.socket.receive()).type not in _ENDS:
            if message.type is not aiohttp.WSMsgType.TEXT:
                continue
            envelope = _read(message.data)
            match text_at(envelope, "type"):
                case "hello":
                    line.greeted = True
                    self.troubles.greeted()
                    patience.reschedule(now() + _life(envelope) + self.limits.grace)
                case "disconnect":
                    reason = _REASONS.get(text_at(envelope, "reason"))
                    line.retire(None if reason is None else TroubleError(reason))
                    patience.reschedule(now() + self.limits.overlap)
                case _:
                    answering.create_task(self._answer(line, envelope), name="slack answers")

    async def _answer(self, line: _Line, envelope: Body) -> None:
        number = text_at(envelope, "envelope_id")
        if not number:
            log.warning("Slack told something by socket that cannot be read.")
            return
        response = await self.dispatch(body_at(envelope, "payload"))
        if response.status != _OK:
            # Slack brings an event again that is not acknowledged, and tells a person.
            return
        said = {"envelope_id": number}
        if response.body and at(envelope, "accepts_response_payload") is True:
            said["payload"] = json.loads(response.body)
        try:
            await line.socket.send_json(said)
        except ConnectionError:
            log.info("An acknowledgement came too late for its connection.")


_ENDS = frozenset(
    {
        aiohttp.WSMsgType.CLOSE,
        aiohttp.WSMsgType.CLOSING,
        aiohttp.WSMsgType.CLOSED,
        aiohttp.WSMsgType.ERROR,
    }
)


def _read(text: str) -> Body:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _life(hello: Body) -> float:
    """Return how many seconds the connection is said to last."""
    told = at(hello, "debug_info", "approximate_connection_time")
    return float(told) if isinstance(told, int | float) and told > 0 else LIFE
