"""Connections to servers: opened where they may be, and kept a while for what comes next."""

import asyncio
import ssl
from time import monotonic

from bot.sources.exchange import ERROR, Answer, exchange
from bot.sources.http1 import Http1
from bot.sources.http2 import Http2
from bot.sources.names import Resolve
from bot.sources.opening import Opening
from bot.sources.request import ClosedError, Request, Talk
from bot.sources.trust import trusting

#: So many are kept, each for so many seconds: feeds are asked again much later.
KEPT, SECONDS = 32, 15.0

_Key = tuple[str, str, bool]


class Connections:
    """Asks servers, each over a connection that nobody else uses meanwhile."""

    def __init__(self, resolve: Resolve, trust: ssl.SSLContext | None) -> None:
        """Begin with none; without ``trust`` the usual authorities are believed."""
        self._trust = trust
        self._tls: ssl.SSLContext | None = None
        self._openings = {private: Opening(resolve, private=private) for private in (False, True)}
        #: Those that may reach private addresses are never lent to requests that may not; each
        #: with when it was last used.
        self._kept: dict[_Key, tuple[Talk, float]] = {}

    async def ask(self, request: Request, *, private: bool) -> Answer:
        """Return the server's answer; raises ``StopError``."""
        key = (request.target.scheme, request.target.endpoint, private)
        kept = self._take(key)
        if kept is not None:
            try:
                return await self._use(key, kept, request)
            except ClosedError:
                # Servers close idle connections when they please.
                pass
        return await self._use(key, await self._open(request, private=private), request)

    async def aclose(self) -> None:
        """Close all that are kept."""
        while self._kept:
            _, (talk, _) = self._kept.popitem()
            talk.close()

    async def _use(self, key: _Key, talk: Talk, request: Request) -> Answer:
        is_whole = False
        try:
            answer = await exchange(talk, request)
            is_whole = answer.status < ERROR and talk.is_free
        finally:
            if not is_whole:
                talk.close()
        if is_whole:
            self._keep(key, talk)
        return answer

    async def _open(self, request: Request, *, private: bool) -> Talk:
        tls = await self._secured() if request.target.scheme == "https" else None
        opening = self._openings[private]
        stream = await opening.open(request.target, tls=tls, seconds=request.opening)
        return Http2(stream) if stream.protocol == "h2" else Http1(stream)

    async def _secured(self) -> ssl.SSLContext:
        """Return what judges certificates and offers both HTTPs."""
        if self._tls is None:
            tls = await asyncio.to_thread(trusting) if self._trust is None else self._trust
            tls.set_alpn_protocols(["http/1.1", "h2"])
            self._tls = tls
        return self._tls

    def _take(self, key: _Key) -> Talk | None:
        kept = self._kept.pop(key, None)
        if kept is None:
            return None
        talk, used = kept
        if talk.is_free and monotonic() - used < SECONDS:
            return talk
        talk.close()
        return None

    def _keep(self, key: _Key, talk: Talk) -> None:
        outlived = [self._kept.pop(key, None)]
        self._kept[key] = talk, monotonic()
        if len(self._kept) > KEPT:
            outlived.append(self._kept.pop(next(iter(self._kept))))
        for one in outlived:
            if one is not None:
                one[0].close()
