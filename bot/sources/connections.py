"""Connections to servers: opened where they may be, and kept a while for what comes next."""

import asyncio
import ssl

import httpcore

from bot.sources.backend import Backend
from bot.sources.exchange import ERROR, Answer, ClosedError, Request, exchange
from bot.sources.guard import Target
from bot.sources.names import Resolve
from bot.sources.trust import trusting

#: So many are kept, each for so many seconds: feeds are asked again much later.
KEPT, SECONDS = 32, 15.0


class Connections:
    """Asks servers, each over a connection that nobody else uses meanwhile."""

    def __init__(self, resolve: Resolve, trust: ssl.SSLContext | None) -> None:
        """Begin with none; without ``trust`` the usual authorities are believed."""
        self._trust = trust
        self._backends = {private: Backend(resolve, private=private) for private in (False, True)}
        #: Those that may reach private addresses are never lent to requests that may not.
        self._kept: dict[tuple[str, str, bool], httpcore.AsyncHTTPConnection] = {}

    async def ask(self, target: Target, request: Request, *, private: bool) -> Answer:
        """Return the server's answer; raises ``StopError``."""
        key = (target.scheme, target.endpoint, private)
        kept = await self._take(key)
        if kept is not None:
            try:
                return await self._use(key, kept, request)
            except ClosedError:
                # Servers close idle connections when they please.
                pass
        return await self._use(key, await self._open(target, private=private), request)

    async def aclose(self) -> None:
        """Close all that are kept."""
        while self._kept:
            await self._kept.popitem()[1].aclose()

    async def _use(
        self,
        key: tuple[str, str, bool],
        connection: httpcore.AsyncHTTPConnection,
        request: Request,
    ) -> Answer:
        whole = False
        try:
            answer = await exchange(connection, request)
            whole = answer.status < ERROR
        finally:
            if not whole:
                await connection.aclose()
        await self._keep(key, connection)
        return answer

    async def _open(self, target: Target, *, private: bool) -> httpcore.AsyncHTTPConnection:
        if target.scheme == "https" and self._trust is None:
            self._trust = await asyncio.to_thread(trusting)
        return httpcore.AsyncHTTPConnection(
            httpcore.Origin(target.scheme.encode(), target.host.encode(), target.port),
            ssl_context=self._trust,
            keepalive_expiry=SECONDS,
            http2=True,
            network_backend=self._backends[private],
        )

    async def _take(self, key: tuple[str, str, bool]) -> httpcore.AsyncHTTPConnection | None:
        connection = self._kept.pop(key, None)
        if connection is not None and connection.has_expired():
            await connection.aclose()
            return None
        return connection

    async def _keep(
        self, key: tuple[str, str, bool], connection: httpcore.AsyncHTTPConnection
    ) -> None:
        outlived = [self._kept.pop(key, None)]
        if connection.is_idle():
            self._kept[key] = connection
        else:
            outlived.append(connection)
        if len(self._kept) > KEPT:
            outlived.append(self._kept.pop(next(iter(self._kept))))
        for one in outlived:
            if one is not None:
                await one.aclose()
