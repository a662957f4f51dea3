"""The one client for all that is fetched: it asks what may be asked, within limits, politely."""

import asyncio
import re
import ssl
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType, TracebackType
from typing import Self
from urllib.parse import urljoin

from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.sources import guard
from bot.sources.connections import Connections
from bot.sources.exchange import Answer
from bot.sources.guard import Target
from bot.sources.inflate import ACCEPTED, inflate
from bot.sources.names import Resolve, SystemNames
from bot.sources.polite import Manners
from bot.sources.request import Request
from bot.sources.stop import StopError

_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
#: An answer may send the reader on so many times.
_REDIRECTS = 5
_SENT_ON = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
#: From here on a status is an error, and says nothing of where a page has moved.
_ERROR = 400
#: Larger contents are unpacked beside the event loop.
_LARGE = 32_000
#: What a header may hold that is filled from a stranger's earlier answer.
_HEADER = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
#: Where a proxy that is not used may be the reason.
_UNREACHED = frozenset({Reason.NO_SUCH_HOST, Reason.NO_CONNECTION, Reason.NO_ANSWER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far a client goes."""

    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})
    #: For one answer with all it sends on to; the wait for a server's turn is not counted.
    seconds: float = 30.0
    #: For opening a connection, and for each silence in an answer.
    opening: float = 10.0
    silence: float = 20.0
    #: Of an answer, unpacked.
    max_bytes: int = 10_000_000
    #: Whether an operator's own source may stand at a private address.
    allow_private: bool = False
    #: The hosts with public names among these.
    private_hosts: Collection[str] = ()
    #: So many requests are under way at once.
    concurrency: int = 64
    #: Between two requests to one server, in seconds.
    gap: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a server answered, whatever its status."""

    status: int
    #: By their names in lower case; what came twice is joined by commas.
    headers: Mapping[str, str]
    #: Unpacked; empty for a status of 400 and above, which is not read.
    content: bytes
    #: Where it was found in the end.
    url: str
    #: Where the address has moved for good (301, 308); None when it has not.
    moved: str | None = None


@dataclass(slots=True, kw_only=True)
class _Journey:
    """One request with all the addresses it is sent on to."""

    own: str | None
    headers: Mapping[str, str]
    max_bytes: int
    polite: bool
    #: So many seconds are left for it.
    left: float
    seconds: float
    #: What is being asked.
    url: str
    #: Where it has moved, as long as each step was for good.
    moved: str | None = None
    for_good: bool = True


class Client:
    """Fetches over HTTP/1.1 and HTTP/2 what stands on the public internet."""

    def __init__(
        self,
        limits: Limits,
        *,
        agent: str,
        resolve: Resolve | None = None,
        trust: ssl.SSLContext | None = None,
        note: str = "",
    ) -> None:
        """Keep the limits and who asks, as the User-Agent header names it.

        ``resolve`` finds the addresses of names in place of the machine, ``trust`` judges
        certificates in place of the usual authorities; ``note`` is added where nothing answers (a
        proxy that is not used).
        """
        self._limits = limits
        # Headers are ASCII; the operator's name in it may not be.
        self._agent = " ".join(agent.encode("ascii", "ignore").decode().split())
        self._note = note
        self._slots = asyncio.Semaphore(limits.concurrency)
        self._manners = Manners(limits.gap, clock=time.monotonic, sleep=asyncio.sleep)
        self._names = SystemNames()
        self._connections = Connections(resolve or self._names, trust)

    async def __aenter__(self) -> Self:
        """Return the client."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections that are kept."""
        await self._connections.aclose()
        self._names.close()

    def slow(self, endpoint: str, seconds: float) -> None:
        """Note that a server wishes so long a pause between requests to it."""
        self._manners.slow(endpoint, seconds)

    async def get(  # noqa: PLR0913 - each has its use and its default
        self,
        url: str,
        *,
        own: str | None = None,
        headers: Mapping[str, str] = _NO_HEADERS,
        max_bytes: int | None = None,
        seconds: float | None = None,
        polite: bool = True,
    ) -> Response:
        """Return what the address answers, followed to where it sends on.

        ``own`` is the endpoint (``guard.endpoint``) of the operator's own source, which may be
        private where the limits allow that. With ``polite=False`` neither the server's turn nor
        the others' requests are waited for: for a person who waits.

        Raises ``FeedError``, its fault named by the address, when there is no whole answer.
        """
        most = self._limits.seconds if seconds is None else seconds
        journey = _Journey(
            own=own if self._is_private(own) else None,
            headers={**self._headers(), **_sound(headers)},
            max_bytes=self._limits.max_bytes if max_bytes is None else max_bytes,
            polite=polite,
            left=most,
            seconds=most,
            url=url,
        )
        try:
            return await self._travel(journey)
        except StopError as stop:
            note = self._note if stop.reason in _UNREACHED else ""
            # Only who set the source can do what the hint says.
            hint = self._hint(stop, own, journey.url) if own is not None else ""
            hint = "; ".join(filter(None, (hint, note)))
            fault = Fault(name=url, reason=stop.reason, detail=stop.detail, hint=hint)
            raise FeedError(fault) from stop

    def _is_private(self, own: str | None) -> bool:
        limits = self._limits
        return limits.allow_private and bool(own and guard.is_inward(own, limits.private_hosts))

    def _hint(self, stop: StopError, own: str, asked: str) -> str:
        """Return what would let the operator's own source through; empty where nothing would."""
        limits = self._limits
        if not stop.hint:
            return ""
        if guard.endpoint(asked) == own and guard.is_inward(own, limits.private_hosts):
            # One of the house may stand at any port, too.
            return "" if limits.allow_private or guard.is_nowhere(own) else guard.OWN
        if stop.hint != guard.OWN:
            return stop.hint
        if guard.endpoint(asked) != own:
            return guard.ELSEWHERE if limits.allow_private else ""
        if guard.is_nowhere(own):
            return ""
        return guard.NAMED if limits.allow_private else guard.BOTH

    def _headers(self) -> dict[str, str]:
        return {"User-Agent": self._agent, "Accept": "*/*", "Accept-Encoding": ACCEPTED}

    async def _travel(self, journey: _Journey) -> Response:
        """Ask the address, and where it sends on."""
        for step in range(_REDIRECTS + 1):
            target = guard.target(journey.url, ports=self._limits.ports, own=journey.own)
            answer = await self._asked(target, journey, first=step == 0)
            location = answer.headers.get("location", "")
            if answer.status not in _SENT_ON or not location:
                return await _response(answer, target, journey)
            journey.url = _next(target, location)
            journey.for_good = journey.for_good and answer.status in _FOR_GOOD
            if journey.for_good:
                journey.moved = journey.url
        raise StopError(Reason.REDIRECTED_TOO_OFTEN, f"more than {_REDIRECTS} times")

    async def _asked(self, target: Target, journey: _Journey, *, first: bool) -> Answer:
        """Ask one server, in its turn where that is waited for."""
        if not journey.polite:
            return await self._timed(target, journey)
        async with self._manners.turn(target.endpoint, pause=first), self._slots:
            return await self._timed(target, journey)

    async def _timed(self, target: Target, journey: _Journey) -> Answer:
        """Ask one server in the time that is left."""
        request = Request(
            target=target,
            headers=journey.headers,
            max_bytes=journey.max_bytes,
            opening=self._limits.opening,
            silence=self._limits.silence,
        )
        began = time.monotonic()
        try:
            async with asyncio.timeout(journey.left):
                return await self._connections.ask(request, private=target.endpoint == journey.own)
        except TimeoutError:
            raise StopError(Reason.NO_ANSWER, f"{journey.seconds:.3g} seconds") from None
        finally:
            journey.left -= time.monotonic() - began


async def _response(answer: Answer, target: Target, journey: _Journey) -> Response:
    encoding, content = answer.headers.get("content-encoding", ""), answer.content
    if content and encoding:
        packed, most = content, journey.max_bytes
        if len(packed) < _LARGE:
            content = inflate(packed, encoding, limit=most)
        else:
            content = await asyncio.to_thread(inflate, packed, encoding, limit=most)
    return Response(
        status=answer.status,
        headers=answer.headers,
        content=content,
        url=target.url,
        moved=journey.moved if answer.status < _ERROR else None,
    )


def _next(target: Target, location: str) -> str:
    """Return the address that a server sends on to; many are not quoted as they should be."""
    raw = location.encode("latin-1")
    try:
        said = raw.decode("utf-8")
    except UnicodeDecodeError:
        said = location
    try:
        return urljoin(target.url, said.strip())
    except ValueError:
        raise StopError(Reason.FORBIDDEN_ADDRESS, "it sends on to no web address") from None


def _sound(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Return the headers that can be sent: an earlier answer may have brought worse."""
    return {name: value for name, value in headers.items() if _HEADER.fullmatch(value)}
