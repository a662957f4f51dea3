"""A web server on this machine whose sites answer as they are told, well or badly.

Each site has a port of its own, so that manners towards one do not slow down another.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType

HOST = "127.0.0.1"
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_CLOSED = ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that came in; header names are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]


#: Writes an answer; returns whether the connection may be used again.
Answer = Callable[[Asked, asyncio.StreamWriter], Awaitable[bool]]


@dataclass(slots=True)
class Site:
    """A host and port with its pages; what is asked for and not there is not found."""

    port: int = 0
    scheme: str = "http"
    pages: dict[str, Answer] = field(default_factory=dict)
    #: What was asked, in the order it came.
    asked: list[Asked] = field(default_factory=list)
    #: How many connections were opened, and how many requests at most were under way at once.
    opened: int = 0
    most: int = 0
    _now: int = 0

    def url(self, path: str = "/feed.xml") -> str:
        """Return the address of a page."""
        return f"{self.scheme}://{HOST}:{self.port}{path}"

    def count(self, path: str = "/feed.xml") -> int:
        """Return how often a page was asked for."""
        return sum(one.path == path for one in self.asked)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer what comes over a connection, until either side closes it."""
        self.opened += 1
        try:
            with suppress(*_CLOSED):
                while await self._one(reader, writer):
                    await writer.drain()
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; return whether another may follow."""
        asked = _read(await reader.readuntil(b"\r\n\r\n"))
        self.asked.append(asked)
        self._now += 1
        self.most = max(self.most, self._now)
        try:
            return await self.pages.get(asked.path, not_found)(asked, writer)
        finally:
            self._now -= 1


@dataclass
class FeedServer:
    """All the sites."""

    sites: list[Site] = field(default_factory=list)
    _servers: list[asyncio.Server] = field(default_factory=list)
    _open: set[asyncio.Task[None]] = field(default_factory=set)

    async def site(
        self,
        pages: Mapping[str, Answer] = MappingProxyType({}),
        *,
        tls: ssl.SSLContext | None = None,
    ) -> Site:
        """Open a site with these pages by their paths."""
        site = Site(scheme="https" if tls else "http", pages=dict(pages))

        def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.ensure_future(site.serve(reader, writer))
            self._open.add(task)
            task.add_done_callback(self._open.discard)

        server = await asyncio.start_server(accept, HOST, 0, ssl=tls, backlog=1000)
        site.port = server.sockets[0].getsockname()[1]
        self.sites.append(site)
        self._servers.append(server)
        return site

    async def aclose(self) -> None:
        """Close all sites, whatever they are doing."""
        for server in self._servers:
            server.close()
        for task in tuple(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)


@asynccontextmanager
async def feed_server() -> AsyncIterator[FeedServer]:
    """Give a server without sites, and close them at the end."""
    server = FeedServer()
    try:
        yield server
    finally:
        await server.aclose()


# What sites answer


def page(
    content: bytes,
    *,
    kind: str = "application/xml",
    status: int = 200,
    headers: Mapping[str, str] = _NO_HEADERS,
) -> Answer:
    """Answer with this; with an ETag or Last-Modified among its headers also 304 where it fits."""
    headers = {"Content-Type": kind, **headers}
    whole = _head(status, {**headers, "Content-Length": str(len(content))}) + content
    unchanged = _head(304, headers)
    marks = [
        (asked, headers[said])
        for asked, said in (("if-none-match", "ETag"), ("if-modified-since", "Last-Modified"))
        if said in headers
    ]

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> bool:
        known = any(asked.headers.get(name) == value for name, value in marks)
        writer.write(unchanged if known else whole)
        return True

    return answer


def redirect(to: str, *, status: int = 302) -> Answer:
    """Answer that it stands elsewhere."""
    return page(b"", status=status, headers={"Location": to})


def raw(content: bytes) -> Answer:
    """Answer with these bytes, HTTP or not, and close."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> bool:
        del asked
        writer.write(content)
        await writer.drain()
        return False

    return answer


def hang(*, head: bool = False) -> Answer:
    """Answer nothing, or nothing but the head, and keep the connection."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> bool:
        del asked
        if head:
            writer.write(_head(200, {"Content-Type": "application/xml"}))
            await writer.drain()
        await asyncio.Event().wait()
        return False

    return answer


def drip(content: bytes, *, pieces: int, seconds: float) -> Answer:
    """Answer piece by piece, so long in all."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> bool:
        del asked
        headers = {"Content-Type": "application/xml", "Content-Length": str(len(content))}
        writer.write(_head(200, headers))
        size = -(-len(content) // pieces)
        for start in range(0, len(content), size):
            await asyncio.sleep(seconds / pieces)
            writer.write(content[start : start + size])
            await writer.drain()
        return True

    return answer


def endless(piece: bytes, *, headers: Mapping[str, str] = _NO_HEADERS) -> Answer:
    """Answer with the same piece for ever, as fast as it is taken."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> bool:
        del asked
        writer.write(_head(200, {"Content-Type": "application/xml", **headers}))
        while True:
            writer.write(piece)
            await writer.drain()

    return answer


def cut(content: bytes, *, after: int) -> Answer:
    """Promise all of it and close in its midst."""
    headers = {"Content-Type": "application/xml", "Content-Length": str(len(content))}
    return raw(_head(200, headers) + content[:after])


async def not_found(asked: Asked, writer: asyncio.StreamWriter) -> bool:
    """Answer that there is no such page."""
    return await page(b"There is no such page.", kind="text/plain", status=404)(asked, writer)


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _read(head: bytes) -> Asked:
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines if line)
    return Asked(
        method=method,
        path=path.partition("?")[0],
        headers={name.strip().lower(): value.strip() for name, _, value in pairs},
    )
