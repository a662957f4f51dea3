"""Socket Mode: the connections of the app, its envelopes, and what it acknowledges."""

import asyncio
import json
import uuid
from typing import Any, Final

from aiohttp import WSMsgType, web

from tests.fakes.slack.acts import Delivery
from tests.fakes.slack.errors import MalformedError, SlackError
from tests.fakes.slack.values import APP_ID, Json
from tests.fakes.slack.world import World

#: Connections at once (docs.slack.dev, Socket Mode).
MOST: Final = 10
#: Seconds that a connection lives, as it is told; a test ends it when it likes.
LIFE: Final = 18_060


class Sockets:
    """The open connections; each delivery goes to one of them."""

    def __init__(self, world: World) -> None:
        self.open: list[web.WebSocketResponse] = []
        #: The envelopes as they were sent, oldest first.
        self.sent: list[Json] = []
        #: Whether it sends nothing and answers no ping.
        self.wedged = False
        #: Whether it says hello, and how many seconds it then says that a connection lives.
        self.greets = True
        self.life: float = LIFE
        self._world = world
        self._tickets: set[str] = set()
        self._awaited: dict[str, tuple[Delivery, asyncio.Future[None]]] = {}
        self._old: set[str] = set()
        self._turn = 0

    def invites(self, verb: str) -> Json:
        """Return where to connect, once: the answer of ``apps.connections.open``."""
        if verb != "POST":
            raise MalformedError("insecure_request")
        if not self._world.settings.socket_mode:
            raise SlackError("not_allowed")
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        host = self._world.url.removeprefix("http")
        return {"url": f"ws{host}/link/?ticket={ticket}&app_id={APP_ID}"}

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection until either side ends it."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        refusal = self._refusal()
        if refusal:
            await socket.send_json({"type": "disconnect", "reason": refusal, "debug_info": {}})
            await socket.close()
            return socket
        self.open.append(socket)
        try:
            if self.greets:
                await socket.send_json(self._hello())
            self._world.changed()
            await self._listen(socket)
        finally:
            self.open.remove(socket)
            self._world.changed()
        return socket

    def _refusal(self) -> str:
        if not self._world.settings.socket_mode:
            return "link_disabled"
        return "too_many_websockets" if len(self.open) >= MOST else ""

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.open),
            "debug_info": {"host": "fake", "approximate_connection_time": self.life},
            "connection_info": {"app_id": APP_ID},
        }

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for message in socket:
            if message.type == WSMsgType.PING and not self.wedged:
                await socket.pong(message.data)
            elif message.type == WSMsgType.TEXT:
                self._hear(message.data)

    def _hear(self, text: str) -> None:
        """Read an acknowledgement; one that Slack would not understand is a fault."""
        try:
            said: Any = json.loads(text)
            number = said["envelope_id"]
        except (ValueError, TypeError, KeyError):
            self._world.faults.append(f"socket: no acknowledgement: {text[:200]}")
            return
        if number in self._old:
            # It came too late, or twice: Slack has given up on it.
            return
        if number not in self._awaited:
            self._world.faults.append(f"socket: unknown envelope {number}")
            return
        delivery, taken = self._awaited[number]
        if said.keys() - {"envelope_id", "payload"}:
            self._world.faults.append(f"socket: an acknowledgement with {sorted(said)}")
        if said.get("payload") and delivery.kind == "events_api":
            self._world.faults.append("socket: an acknowledgement of an event with a payload")
        delivery.ack = said.get("payload")
        if not taken.done():
            taken.set_result(None)

    async def brings(self, delivery: Delivery, attempt: int, reason: str, seconds: float) -> str:
        """Send a delivery on one connection; return why it was not taken, or ""."""
        if delivery.kind == "events_api":
            await self._world.until(lambda: self.open and not self.wedged, seconds=None)
        if not self.open:
            return "dispatch_failed"
        self._turn += 1
        socket = self.open[self._turn % len(self.open)]
        envelope = _envelope(delivery, attempt, reason)
        number = envelope["envelope_id"]
        taken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._awaited[number] = (delivery, taken)
        try:
            async with asyncio.timeout(seconds):
                if not self.wedged:
                    self.sent.append(envelope)
                    await socket.send_json(envelope)
                await taken
        except TimeoutError:
            return "timeout" if delivery.kind == "events_api" else "operation_timeout"
        except ConnectionError:
            return "connection_failed"
        finally:
            del self._awaited[number]
            self._old.add(number)
        return ""

    def wedges(self) -> None:
        """Send nothing and answer no ping from now on, with all connections open."""
        self.wedged = True

    def heals(self) -> None:
        """Serve the connections again."""
        self.wedged = False
        self._world.changed()

    async def warns(self) -> None:
        """Say on each connection that it will end soon."""
        await self._tell("warning")

    async def refreshes(self, reason: str = "refresh_requested") -> None:
        """Ask for new connections, and end these; "link_disabled" is for good."""
        if reason == "link_disabled":
            self._world.settings.socket_mode = False
        for socket in await self._tell(reason):
            await socket.close()

    async def _tell(self, reason: str) -> list[web.WebSocketResponse]:
        told = list(self.open)
        for socket in told:
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
        return told

    async def sends_raw(self, text: str) -> None:
        """Send something on each connection exactly as it is given, however malformed."""
        for socket in list(self.open):
            await socket.send_str(text)

    def cuts(self) -> None:
        """Break each connection without a word."""
        for socket in list(self.open):
            # A test's server may reach below the library.
            writer = socket._writer  # noqa: SLF001
            if writer is not None and writer.transport is not None:
                writer.transport.abort()

    async def close(self) -> None:
        """End all connections."""
        for socket in list(self.open):
            await socket.close()


def _envelope(delivery: Delivery, attempt: int, reason: str) -> Json:
    envelope: Json = {
        "envelope_id": str(uuid.uuid4()),
        "payload": delivery.payload,
        "type": delivery.kind,
        "accepts_response_payload": delivery.accepts,
    }
    if delivery.kind == "events_api":
        envelope |= {"retry_attempt": attempt, "retry_reason": reason}
    return envelope
