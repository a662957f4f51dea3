"""The client fetches what there is, within its limits, and says in words why it cannot."""

import asyncio
import gzip
import socket
import struct
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import ParamSpec, TypeVar

import pytest

from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.sources.client import Client, Limits, Response
from tests.fakes.feed_server import (
    HOST,
    Answer,
    Asked,
    FeedServer,
    Site,
    cut,
    drip,
    endless,
    feed_server,
    hang,
    page,
    raw,
    redirect,
)

LIMITS = Limits(allow_private=True, gap=0, seconds=5)
P = ParamSpec("P")
T = TypeVar("T")


async def nowhere(host: str, port: int) -> Sequence[str]:
    del port
    if host == "empty.test":
        return ()
    if host == "both.test":
        return ("::1", "127.0.0.1")
    raise OSError(host)


def client(limits: Limits = LIMITS, *, note: str = "") -> Client:
    return Client(limits, agent="Briefbot/1 (+news digest; Ильин\n)", resolve=nowhere, note=note)


def fetched(
    pages: dict[str, Answer], limits: Limits = LIMITS, *, path: str = "/", note: str = ""
) -> Response | Fault:
    """Return what the client makes of a path of such a site."""

    async def get(server: FeedServer) -> Response | Fault:
        site = await server.site(pages)
        async with client(limits, note=note) as asks:
            try:
                return await asks.get(site.url(path), own=f"{HOST}:{site.port}")
            except FeedError as error:
                return replace(error.fault, name=error.fault.name.replace(site.url("/"), "/"))

    return with_server(get)


def with_server(work: Callable[[FeedServer], Awaitable[Response | Fault]]) -> Response | Fault:
    async def run() -> Response | Fault:
        async with feed_server() as server:
            return await work(server)

    return asyncio.run(run())


def answer(found: Response | Fault) -> Response:
    assert isinstance(found, Response), found
    return found


def test_an_answer_comes_whole_with_its_headers() -> None:
    found = answer(fetched({"/": page(b"news", headers={"ETag": '"1"', "X-Twice": "a"})}))

    assert (found.status, found.content, found.moved) == (200, b"news", None)
    assert found.headers["etag"] == '"1"'


def test_headers_are_sent_and_unsound_ones_are_left_out() -> None:
    async def ask() -> Site:
        async with feed_server() as server:
            site = await server.site({"/": page(b"news", headers={"ETag": '"é"'})})
            headers = {"If-None-Match": '"é"', "If-Modified-Since": "a\r\nX: y", "A": "\u4e0a"}
            async with client() as asks:
                found = await asks.get(site.url("/"), own=f"{HOST}:{site.port}", headers=headers)
            assert found.status == 304
            return site

    (asked,) = asyncio.run(ask()).asked

    assert asked.headers["user-agent"] == "Briefbot/1 (+news digest; )"
    assert asked.headers["if-none-match"] == '"é"'
    assert not {"x", "a", "if-modified-since"} & set(asked.headers)


class Threads(ThreadPoolExecutor):
    """The event loop's threads, counting what they were given."""

    given = 0

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Take a work over from the event loop."""
        self.given += 1
        return super().submit(fn, *args, **kwargs)


@pytest.mark.parametrize(("size", "works"), [(1_000, 0), (100_000, 1)])
def test_what_is_packed_and_large_is_unpacked_beside_the_event_loop(size: int, works: int) -> None:
    content = b"x" * size
    packed = page(gzip.compress(content, 0), headers={"Content-Encoding": "gzip"})
    threads = Threads()

    async def get(server: FeedServer) -> Response | Fault:
        asyncio.get_running_loop().set_default_executor(threads)
        site = await server.site({"/": packed})
        async with client() as asks:
            return await asks.get(site.url("/"), own=f"{HOST}:{site.port}")

    assert answer(with_server(get)).content == content
    assert threads.given == works


def test_a_repeated_header_is_joined() -> None:
    twice = b"HTTP/1.1 200 OK\r\nLink: a\r\nlink: b\r\nContent-Length: 0\r\n\r\n"

    assert answer(fetched({"/": raw(twice)})).headers["link"] == "a, b"


@pytest.mark.parametrize(
    ("steps", "moved"),
    [
        ((301,), "/1"),
        ((308, 301), "/2"),
        ((302,), None),
        ((303, 307), None),
        ((301, 302), "/1"),
        ((302, 301), None),
        ((301, 307, 301), "/1"),
    ],
)
def test_only_moves_for_good_are_remembered(steps: tuple[int, ...], moved: str | None) -> None:
    there = {
        f"/{step or ''}": redirect(f"/{step + 1}", status=status)
        for step, status in enumerate(steps)
    }
    found = answer(fetched({**there, f"/{len(steps)}": page(b"news")}))

    assert found.content == b"news"
    assert found.url.endswith(f"/{len(steps)}")
    assert (found.moved or "")[-2:] == (moved or "")


def test_what_moved_to_an_error_has_not_moved() -> None:
    found = answer(fetched({"/": redirect("/gone", status=301)}))

    assert (found.status, found.moved) == (404, None)


@pytest.mark.parametrize(
    ("location", "path"),
    [("/a b", "/a%20b"), ("/é", "/%C3%A9"), ("  on ", "/on"), ("/caf\u00c3\u00a9", "/caf%C3%A9")],
)
def test_a_location_is_read_as_servers_write_it(location: str, path: str) -> None:
    found = answer(fetched({"/": redirect(location), path: page(b"news")}))

    assert found.content == b"news"


def test_a_redirect_without_a_location_is_the_caller_s() -> None:
    assert answer(fetched({"/": page(b"", status=302)})).status == 302


def test_a_loop_ends() -> None:
    fault = fetched({"/": redirect("/on"), "/on": redirect("/")})

    assert fault == Fault(name="/", reason=Reason.REDIRECTED_TOO_OFTEN, detail="more than 5 times")


@pytest.mark.parametrize("status", [400, 404, 410, 429, 500, 503])
def test_an_error_comes_without_its_page(status: int) -> None:
    error = page(b"x" * 100_000, status=status, headers={"Retry-After": "5"})
    found = answer(fetched({"/": error}, replace(LIMITS, max_bytes=10)))

    assert (found.status, found.content, found.headers["retry-after"]) == (status, b"", "5")


@pytest.mark.parametrize(
    "large",
    [
        page(b"x" * 2000),
        endless(b"x" * 500),
        page(gzip.compress(b"x" * 200_000), headers={"Content-Encoding": "gzip"}),
        page(gzip.compress(bytes(100_000_000)), headers={"Content-Encoding": "gzip"}),
    ],
    ids=["said", "endless", "packed", "bomb"],
)
def test_what_is_too_large_is_left(large: Answer) -> None:
    fault = fetched({"/": large}, replace(LIMITS, max_bytes=1000))

    assert fault == Fault(name="/", reason=Reason.TOO_LARGE, detail="more than 1000 bytes")


def test_large_packed_contents_are_unpacked() -> None:
    content = bytes(range(256)) * 4000
    packed = gzip.compress(content, 0)

    assert (
        answer(fetched({"/": page(packed, headers={"Content-Encoding": "gzip"})})).content
        == content
    )


@pytest.mark.parametrize(
    "slow", [hang(), hang(head=True), drip(b"x" * 100, pieces=100, seconds=30)]
)
def test_no_answer_in_time_is_none(slow: Answer) -> None:
    fault = fetched({"/": slow}, replace(LIMITS, seconds=0.2), note="HTTP_PROXY is set.")

    assert fault == Fault(
        name="/", reason=Reason.NO_ANSWER, detail="0.2 seconds", hint="HTTP_PROXY is set."
    )


def test_a_silence_ends_before_the_time_in_all() -> None:
    fault = fetched({"/": hang(head=True)}, replace(LIMITS, silence=0.1))

    assert fault == Fault(name="/", reason=Reason.NO_ANSWER, detail="0.1 seconds")


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b"", "the connection was closed before the end"),
        (b"HTTP/1.1 200", "the connection was closed before the end"),
        (b"220 mail.example.org ESMTP\r\n\r\n", "it breaks the rules of HTTP"),
        (b"HTTP/1.1 200 OK\r\nA B: c\r\n\r\n", "it breaks the rules of HTTP"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000, "it breaks the rules of HTTP"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nnewsX",
            "it breaks the rules of HTTP",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8bx",
            "it cannot be unpacked",
        ),
    ],
)
def test_nonsense_is_called_so(content: bytes, detail: str) -> None:
    assert fetched({"/": raw(content)}) == Fault(name="/", reason=Reason.BAD_ANSWER, detail=detail)


def test_nonsense_behind_the_head_of_an_error_is_not_read() -> None:
    broken = b"HTTP/1.1 410 Gone\r\nTransfer-Encoding: chunked\r\n\r\nnonsense"

    assert answer(fetched({"/": raw(broken)})).status == 410


def test_an_answer_that_breaks_off_is_no_answer() -> None:
    fault = fetched({"/": cut(b"x" * 100, after=50)})

    assert fault == Fault(
        name="/", reason=Reason.BAD_ANSWER, detail="the connection was closed before the end"
    )


def test_who_is_not_there_is_called_so() -> None:
    async def get(server: FeedServer) -> Response | Fault:
        site = await server.site()
        await server.aclose()
        async with client(note="A proxy.") as asks:
            with pytest.raises(FeedError) as refused:
                await asks.get(site.url("/"), own=f"{HOST}:{site.port}")
        return refused.value.fault

    fault = with_server(get)

    assert isinstance(fault, Fault)
    assert (fault.reason, fault.particulars) == (
        Reason.NO_CONNECTION,
        "Connection refused; A proxy.",
    )


@pytest.mark.parametrize("host", ["nowhere.test", "empty.test"])
def test_a_host_without_address_is_called_so(host: str) -> None:
    async def get() -> Fault:
        async with client() as asks:
            with pytest.raises(FeedError) as refused:
                await asks.get(f"http://{host}/feed")
        return refused.value.fault

    assert asyncio.run(get()) == Fault(
        name=f"http://{host}/feed", reason=Reason.NO_SUCH_HOST, detail=host
    )


def test_another_address_of_a_host_is_tried() -> None:
    async def get(server: FeedServer) -> Response | Fault:
        # Nothing listens at the first address, [::1].
        site = await server.site({"/": page(b"news")})
        async with client() as asks:
            own = f"both.test:{site.port}"
            return await asks.get(f"http://{own}/", own=own)

    assert answer(with_server(get)).content == b"news"


def test_the_operator_is_told_how_a_source_of_the_house_is_allowed() -> None:
    limits = replace(LIMITS, allow_private=False, ports=frozenset({1}))
    fault = fetched({"/": page(b"")}, limits)

    assert isinstance(fault, Fault)
    allow = "[fetch] allow_private = true lets your own sources be there"
    assert fault.particulars.endswith(f"is not among those allowed; {allow}")


def test_a_connection_is_used_again_and_replaced_when_it_was_closed() -> None:
    close = {"Connection": "close"}

    async def ask() -> tuple[int, list[bytes]]:
        async with feed_server() as server:
            site = await server.site({"/": page(b"1"), "/last": page(b"2", headers=close)})
            own, paths = f"{HOST}:{site.port}", ("/", "/", "/last", "/", "/quit", "/")
            async with client() as asks:
                found = [await asks.get(site.url(path), own=own) for path in paths]
            return site.opened, [each.content for each in found]

    assert asyncio.run(ask()) == (3, [b"1", b"1", b"2", b"1", b"", b"1"])


def test_a_server_that_closes_idle_connections_is_asked_again() -> None:
    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")
        try:
            # Whatever comes next finds the door closed.
            await reader.read(1)
        finally:
            writer.close()

    async def ask() -> list[bytes]:
        server = await asyncio.start_server(once, HOST, 0)
        port = server.sockets[0].getsockname()[1]
        async with server, client() as asks:
            url, own = f"http://{HOST}:{port}/", f"{HOST}:{port}"
            found = [await asks.get(url, own=own) for _ in range(2)]
        return [each.content for each in found]

    assert asyncio.run(ask()) == [b"x", b"x"]


def test_a_connection_that_is_cut_off_is_no_answer() -> None:
    async def cut_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        linger = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()

    async def ask() -> Reason:
        server = await asyncio.start_server(cut_off, HOST, 0)
        port = server.sockets[0].getsockname()[1]
        async with server, client() as asks:
            with pytest.raises(FeedError) as refused:
                await asks.get(f"http://{HOST}:{port}/", own=f"{HOST}:{port}")
        return refused.value.fault.reason

    assert asyncio.run(ask()) is Reason.BAD_ANSWER


def test_a_connection_that_was_closed_meanwhile_is_not_used() -> None:
    async def ask() -> int:
        async with feed_server() as server:
            plain = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"
            site = await server.site({"/": raw(plain)})
            own = f"{HOST}:{site.port}"
            async with client() as asks:
                await asks.get(site.url("/"), own=own)
                await asyncio.sleep(0.05)
                await asks.get(site.url("/"), own=own)
            return site.opened

    assert asyncio.run(ask()) == 2


def test_few_connections_are_kept() -> None:
    async def ask() -> int:
        async with feed_server() as server:
            sites = [await server.site({"/": page(b"")}) for _ in range(40)]
            async with client() as asks:
                for _ in range(2):
                    for site in sites:
                        await asks.get(site.url("/"), own=f"{HOST}:{site.port}")
            return sum(site.opened for site in sites)

    assert asyncio.run(ask()) == 80


def test_one_server_is_asked_one_thing_at_a_time_and_others_meanwhile() -> None:
    slow = drip(b"x" * 10, pieces=5, seconds=0.1)

    async def ask() -> tuple[int, int]:
        async with feed_server() as server:
            one, other = [await server.site({"/": slow}) for _ in range(2)]
            async with client() as asks:
                await asyncio.gather(
                    *(asks.get(one.url("/"), own=f"{HOST}:{one.port}") for _ in range(3)),
                    asks.get(other.url("/"), own=f"{HOST}:{other.port}", polite=False),
                    asks.get(other.url("/"), own=f"{HOST}:{other.port}", polite=False),
                )
            return one.most, other.most

    assert asyncio.run(ask()) == (1, 2)


def test_the_wait_for_a_turn_is_not_counted() -> None:
    async def ask() -> list[int]:
        async with feed_server() as server:
            site = await server.site({"/": drip(b"x" * 4, pieces=4, seconds=0.2)})
            async with client(replace(LIMITS, seconds=0.5)) as asks:
                found = await asyncio.gather(
                    *(asks.get(site.url("/"), own=f"{HOST}:{site.port}") for _ in range(4))
                )
            return [each.status for each in found]

    assert asyncio.run(ask()) == [200] * 4


@pytest.mark.parametrize("more", [b"", b"H", b"junk", b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n"])
def test_what_follows_an_answer_is_never_taken_for_the_next(more: bytes) -> None:
    whole = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"

    async def keep(asked: Asked, writer: asyncio.StreamWriter) -> bool:
        del asked
        writer.write(whole + more)
        return True

    async def ask() -> tuple[int, list[bytes]]:
        async with feed_server() as server:
            site = await server.site({"/": keep})
            async with client() as asks:
                found = [await asks.get(site.url("/"), own=f"{HOST}:{site.port}") for _ in range(2)]
            return site.opened, [each.content for each in found]

    assert asyncio.run(ask()) == (2 if more else 1, [b"x", b"x"])
