"""No address, however it is written, resolved or redirected to, reaches this machine's inside."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress

import pytest

from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.sources.client import Client, Limits
from tests.fakes.feed_server import feed_server, page, redirect

#: What name servers answer, one answer after another; the last one stays.
NAMES: Mapping[str, Sequence[Sequence[str]]] = {
    "inside.test": [["127.0.0.1"]],
    "router.test": [["192.168.1.1"]],
    "ten.test": [["10.1.2.3"]],
    "office.test": [["172.16.0.9"]],
    "carrier.test": [["100.64.0.7"]],
    "metadata.google.internal": [["169.254.169.254"]],
    "mixed.test": [["8.8.8.8", "127.0.0.1"]],
    "mixed-first.test": [["127.0.0.1", "8.8.8.8"]],
    "six.test": [["::1"]],
    "six-mixed.test": [["2606:4700:4700::1111", "fe80::1"]],
    "mapped.test": [["::ffff:127.0.0.1"]],
    "unspecified.test": [["0.0.0.0"]],  # noqa: S104 - nothing listens there
    "rebinding.test": [["127.0.0.1"], ["8.8.8.8"]],
    "broadcast.test": [["255.255.255.255"]],
    "nat64.test": [["64:ff9b::7f00:1"]],
    "nonsense.test": [["not an address"]],
    "zoned.test": [["fe80::1%lo"]],
    "127.0.0.1.nip.test": [["127.0.0.1"]],
    "xn--e1afmkfd.test": [["127.0.0.1"]],
}

#: "PORT" stands for the port at which a server of this machine listens.
ADDRESSES = (
    # This machine, by its plain names.
    "http://127.0.0.1:PORT/",
    "http://localhost:PORT/",
    "http://LOCALHOST:PORT/",
    "http://localhost.:PORT/",
    "http://feed.localhost:PORT/",
    "http://[::1]:PORT/",
    "http://[0:0:0:0:0:0:0:1]:PORT/",
    "http://0.0.0.0:PORT/",
    "http://[::]:PORT/",
    "http://127.255.255.254:PORT/",
    # Numbers as only some programs read them.
    "http://2130706433:PORT/",
    "http://0x7f000001:PORT/",
    "http://0x7F.0.0.1:PORT/",
    "http://017700000001:PORT/",
    "http://0177.0.0.1:PORT/",
    "http://127.1:PORT/",
    "http://127.0.1:PORT/",
    "http://127.0.0.1.:PORT/",
    "http://127.0.0.01:PORT/",
    "http://0:PORT/",
    "http://0x:PORT/",
    "http://256.256.256.256:PORT/",
    "http://127.0.0.1.1:PORT/",
    # IPv4 inside IPv6.
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/",
    "http://[::ffff:0:127.0.0.1]:PORT/",
    "http://[::127.0.0.1]:PORT/",
    "http://[64:ff9b::127.0.0.1]:PORT/",
    "http://[64:ff9b::a00:1]:PORT/",
    "http://[64:ff9b:1::127.0.0.1]:PORT/",
    "http://[2002:7f00:1::]:PORT/",
    "http://[2001:0:7f00:1::]:PORT/",
    # Networks of special use.
    "http://10.0.0.1/",
    "http://172.31.255.255/",
    "http://192.168.0.1/",
    "http://100.64.0.1/",
    "http://100.100.100.200/latest/meta-data/",
    "http://169.254.169.254/latest/meta-data/",
    "http://168.63.129.16/",
    "http://192.0.0.192/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://192.88.99.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[fe80::1]/",
    "http://[fe80::1%25lo]:PORT/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    "http://[100::1]/",
    "http://[fec0::1]/",
    # Names that lead inside.
    *(f"http://{name}:PORT/" for name in NAMES),
    "http://пример.test:PORT/",
    # Tricks with the parts of an address.
    "http://example.org@127.0.0.1:PORT/",
    "http://127.0.0.1:PORT@example.org/",
    "http://user:password@127.0.0.1:PORT/",
    "http://@127.0.0.1:PORT/",
    "http://127.0.0.1:PORT\\@example.org/",
    "http://127.0.0.1:PORT#@example.org/",
    "http:\\\\127.0.0.1:PORT\\",
    "http:127.0.0.1:PORT/",
    "http:///127.0.0.1:PORT/",
    "http://127.0.0.1:PORT\t/",
    "http://127.0.\n0.1:PORT/",
    "http://127.0.0.1%00.example.org:PORT/",
    "http://%31%32%37.0.0.1:PORT/",
    "http://%6c%6f%63%61%6c%68%6f%73%74:PORT/",
    "http://[::1]x:PORT/",
    "http://[::1:PORT/",
    "http://[v1.fe80]:PORT/",
    "http://\u0378.test:PORT/",
    "http://127。0。0。1:PORT/",
    "http://１２７.0.0.1:PORT/",
    "http://①②⑦.0.0.1:PORT/",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/",
    "http://127.0.0.1 :PORT/",
    "http://exa mple.org/",
    "http://-.test/",
    "http://a..b/",
    f"http://{'a' * 64}.org/",
    f"http://example.org/{'a' * 2000}",
    "http://xn--zzzzzzz-.test:PORT/",
    # Other doors.
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,<p>hello",
    "ftp://127.0.0.1:PORT/",
    "gopher://127.0.0.1:PORT/_GET",
    "unix:///var/run/docker.sock",
    "ws://127.0.0.1:PORT/",
    "http+unix://%2Fvar%2Frun%2Fdocker.sock/",
    "//127.0.0.1:PORT/",
    "127.0.0.1:PORT",
    "",
    "http://",
    "http://example.org:22/",
    "http://example.org:6379/",
    "http://example.org:0/",
    "http://example.org:65536/",
    "http://example.org:８０/",
    "http://example.org:-80/",
)

#: Where a server may send on to that browsers would follow in some other way.
REDIRECTED = (
    *ADDRESSES[:3],
    "http://127.0.0.1:PORT/second",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://2130706433:PORT/",
    "http://127.1:PORT/",
    "//localhost:PORT/",
    "//127.0.0.1:PORT/",
    "http://inside.test:PORT/",
    "http://mixed.test:PORT/",
    "http://rebinding.test:PORT/",
    "http://example.org@127.0.0.1:PORT/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,hello",
    "ftp://example.org/",
    "http://169.254.169.254/latest/",
    "https://[fd00:ec2::254]/",
    "http://example.org:22/",
    "http://[::1/",
)


class Names:
    """A name server that may change its mind."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        del port
        answers = NAMES.get(host, [["127.0.0.1"]])
        place = min(self.asked.count(host), len(answers) - 1)
        self.asked.append(host)
        return answers[place]


def shortly(address: object) -> str:
    return ascii(str(address)[:60]).strip("'")


def test_the_table_is_long_enough_and_says_nothing_twice() -> None:
    assert len(ADDRESSES) + len(REDIRECTED) >= 100
    assert len(set(ADDRESSES)) == len(ADDRESSES)


@pytest.mark.parametrize("address", ADDRESSES, ids=shortly)
def test_no_hostile_address_is_reached(address: str) -> None:
    async def ask() -> tuple[FeedError | None, int]:
        async with feed_server() as server:
            site = await server.site({"/": page(b"secret")})
            limits = Limits(ports=frozenset({80, 443, site.port}), gap=0)
            async with Client(limits, agent="x", resolve=Names()) as client:
                try:
                    await client.get(address.replace("PORT", str(site.port)))
                except FeedError as error:
                    return error, site.opened
            return None, site.opened

    error, opened = asyncio.run(ask())

    assert opened == 0
    assert error is not None
    assert error.fault.reason is Reason.FORBIDDEN_ADDRESS
    assert error.fault.detail


@pytest.mark.parametrize("address", REDIRECTED, ids=shortly)
@pytest.mark.parametrize("status", [302, 308])
def test_no_hostile_address_is_reached_by_a_redirect(address: str, status: int) -> None:
    async def ask() -> tuple[FeedError | None, int]:
        async with feed_server() as server:
            inside = await server.site({"/": page(b"secret"), "/second": page(b"secret")})
            there = address.replace("PORT", str(inside.port))
            site = await server.site({"/": redirect("/on"), "/on": redirect(there, status=status)})
            limits = Limits(ports=frozenset({80, 443, inside.port}), allow_private=True, gap=0)
            async with Client(limits, agent="x", resolve=Names()) as client:
                try:
                    await client.get(site.url("/"), own=f"127.0.0.1:{site.port}")
                except FeedError as error:
                    return error, inside.opened
            return None, inside.opened

    error, opened = asyncio.run(ask())

    assert opened == 0
    assert error is not None
    assert error.fault.reason is Reason.FORBIDDEN_ADDRESS


def test_the_address_that_was_checked_is_the_one_connected_to() -> None:
    names = Names()

    async def ask() -> int:
        async with feed_server() as server:
            site = await server.site({"/": page(b"secret")})
            limits = Limits(ports=frozenset({site.port}), gap=0)
            # The first answer leads inside and the second does not: asked twice, one might pass.
            async with Client(limits, agent="x", resolve=names) as client:
                with suppress(FeedError):
                    await client.get(f"http://rebinding.test:{site.port}/")
            return site.opened

    assert asyncio.run(ask()) == 0
    assert names.asked == ["rebinding.test"]


def test_a_connection_of_an_operator_s_source_serves_nobody_else() -> None:
    async def ask() -> tuple[bytes, Reason | None, int]:
        async with feed_server() as server:
            site = await server.site({"/": page(b"feed"), "/secret": page(b"secret")})
            limits = Limits(ports=frozenset({site.port}), allow_private=True, gap=0)
            async with Client(limits, agent="x", resolve=Names()) as client:
                feed = await client.get(site.url("/"), own=f"127.0.0.1:{site.port}")
                try:
                    await client.get(site.url("/secret"))
                except FeedError as error:
                    return feed.content, error.fault.reason, site.count("/secret")
            return feed.content, None, site.count("/secret")

    assert asyncio.run(ask()) == (b"feed", Reason.FORBIDDEN_ADDRESS, 0)


@pytest.mark.parametrize(
    ("host", "named", "reason"),
    [
        ("news.example", (), Reason.FORBIDDEN_ADDRESS),
        ("news.example", ("other.example", "NEWS.example."), None),
        ("wiki", (), None),
        ("wiki.home.arpa", (), None),
        ("wiki.internal", (), None),
        ("localhost.example", (), Reason.FORBIDDEN_ADDRESS),
    ],
)
def test_a_source_with_a_public_name_is_private_only_where_it_is_named(
    host: str, named: tuple[str, ...], reason: Reason | None
) -> None:
    async def inside(host: str, port: int) -> list[str]:
        del host, port
        return ["127.0.0.1"]

    async def ask() -> Fault | None:
        async with feed_server() as server:
            site = await server.site({"/": page(b"feed")})
            limits = Limits(
                ports=frozenset({site.port}), allow_private=True, private_hosts=named, gap=0
            )
            async with Client(limits, agent="x", resolve=inside) as client:
                own = f"{host}:{site.port}"
                try:
                    await client.get(f"http://{own}/", own=own)
                except FeedError as error:
                    return error.fault
            return None

    fault = asyncio.run(ask())

    assert (fault and fault.reason) is reason
    assert fault is None or fault.particulars.endswith(
        "[fetch] private_hosts names those of your house"
    )


def test_a_source_that_sends_on_to_another_private_place_is_told_what_holds() -> None:
    async def ask() -> Fault | None:
        async with feed_server() as server:
            other = await server.site({"/": page(b"secret")})
            site = await server.site({"/": redirect(other.url("/"))})
            limits = Limits(ports=frozenset({other.port}), allow_private=True, gap=0)
            async with Client(limits, agent="x") as client:
                try:
                    await client.get(site.url("/"), own=f"127.0.0.1:{site.port}")
                except FeedError as error:
                    return error.fault
            return None

    fault = asyncio.run(ask())

    assert fault is not None
    assert fault.particulars.endswith("; only its own host and port may be there")


ALLOW = "; [fetch] allow_private = true lets your own sources be there"
BOTH = "; [fetch] allow_private = true and private_hosts let your own sources be there"
PRIVATE = "it leads into a private network"
PORT, PORTS = "port 8001 is not among those allowed", "; [fetch] ports names these"


@pytest.mark.parametrize(
    ("url", "own", "limits", "told"),
    [
        ("http://127.0.0.1/", "127.0.0.1:80", Limits(), f"{PRIVATE}{ALLOW}"),
        ("http://[::1]/", "[::1]:80", Limits(), f"{PRIVATE}{ALLOW}"),
        ("http://localhost/", "localhost:80", Limits(), f"{PRIVATE}{ALLOW}"),
        ("http://wiki/", "wiki:80", Limits(), f"{PRIVATE}{ALLOW}"),
        ("http://wiki.example/", "wiki.example:80", Limits(), f"{PRIVATE}{BOTH}"),
        (
            *("http://wiki.example/", "wiki.example:80"),
            *(Limits(private_hosts=("wiki.example",)), f"{PRIVATE}{ALLOW}"),
        ),
        # At another port, too: those of [fetch] ports are for all.
        ("http://127.0.0.1:8001/", "127.0.0.1:8001", Limits(), f"{PORT}{ALLOW}"),
        ("http://news.example:8001/", "news.example:8001", Limits(), f"{PORT}{PORTS}"),
        ("http://meta.example/", "meta.example:80", Limits(), PRIVATE),
        # Nobody may ask there, or not in this name.
        ("http://169.254.169.254/", "169.254.169.254:80", Limits(), PRIVATE),
        ("http://169.254.169.254/", "169.254.169.254:80", Limits(allow_private=True), PRIVATE),
        ("http://[fe80::1]/", "[fe80::1]:80", Limits(), PRIVATE),
        ("http://wiki/", "wiki:443", Limits(), PRIVATE),
        # Another fault altogether.
        ("http://2130706433/", "x:80", Limits(), "its host is a number written in an unusual way"),
        ("ftp://wiki/", "wiki:80", Limits(), "it does not begin with http:// or https://"),
    ],
)
def test_a_source_is_told_to_allow_only_what_would_let_it_through(
    url: str, own: str, limits: Limits, told: str
) -> None:
    async def inside(host: str, port: int) -> list[str]:
        del port
        addresses = {"wiki": "10.0.0.1", "meta": "169.254.169.254"}
        return [addresses.get(host.partition(".")[0], host)]

    async def ask() -> str:
        async with Client(limits, agent="x", resolve=inside) as client:
            with pytest.raises(FeedError) as error:
                await client.get(url, own=own)
            return error.value.fault.particulars

    assert asyncio.run(ask()) == told


def test_an_operator_s_source_is_private_only_where_that_is_allowed() -> None:
    async def ask() -> Reason | None:
        async with feed_server() as server:
            site = await server.site({"/": page(b"feed")})
            async with Client(Limits(ports=frozenset({site.port})), agent="x") as client:
                try:
                    await client.get(site.url("/"), own=f"127.0.0.1:{site.port}")
                except FeedError as error:
                    return error.fault.reason
            return None

    assert asyncio.run(ask()) is Reason.FORBIDDEN_ADDRESS
