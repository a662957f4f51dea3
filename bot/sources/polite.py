"""Manners: one request at a time to a server, with a pause between them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

#: Servers that are free are forgotten once there are more than so many.
_KEPT = 2000

Sleep = Callable[[float], Awaitable[None]]


@dataclass(slots=True)
class _Server:
    """What is under way at one host and port."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: How many ask it or wait to.
    askers: int = 0
    #: It is not asked before, by the loop's clock.
    free: float = 0.0
    #: The pause that it asked for itself, in seconds.
    wish: float = 0.0


class Manners:
    """Gives each server's turn to one request after another."""

    def __init__(self, gap: float, *, clock: Callable[[], float], sleep: Sleep) -> None:
        """Keep the pause after each request, in seconds, and what tells and lets pass time."""
        self._gap = gap
        self._clock = clock
        self._sleep = sleep
        self._servers: dict[str, _Server] = {}
        self._crowd = _KEPT

    @property
    def known(self) -> int:
        """Return how many servers are remembered."""
        return len(self._servers)

    def slow(self, endpoint: str, seconds: float) -> None:
        """Note that a server wishes a longer pause; said again before each request to it."""
        self._server(endpoint).wish = seconds

    @asynccontextmanager
    async def turn(self, endpoint: str, *, pause: bool) -> AsyncIterator[None]:
        """Hold the server's turn; with ``pause`` not before it is free again."""
        server = self._server(endpoint)
        server.askers += 1
        try:
            async with server.turn:
                if pause and (wait := server.free - self._clock()) > 0:
                    await self._sleep(wait)
                try:
                    yield
                finally:
                    server.free = self._clock() + max(self._gap, server.wish)
        finally:
            server.askers -= 1
            if len(self._servers) > self._crowd:
                self._forget()

    def _server(self, endpoint: str) -> _Server:
        return self._servers.setdefault(endpoint, _Server())

    def _forget(self) -> None:
        now = self._clock()
        self._servers = {
            endpoint: server
            for endpoint, server in self._servers.items()
            if server.askers or server.free > now
        }
        # Where most are busy, looking at each of them at each request would take longer than it.
        self._crowd = max(_KEPT, 2 * len(self._servers))
