"""A robots.txt is obeyed, asked for once a day, and a no where its site gives no answer."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from bot.sources.client import Client, Limits
from bot.sources.robots import Robots
from tests.fakes.feed_server import HOST, Answer, Site, feed_server, hang, page, redirect

TEXT = b"""
User-agent: *
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$

User-agent: briefbot
Disallow: /no-bots
"""


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Asking:
    """Asks one site, at moments."""

    pages: Mapping[str, Answer]
    seconds: float = 5.0
    clock: Clock = field(default_factory=Clock)
    agent: str = "Other"
    site: Site = field(default_factory=Site)

    def allowed(self, *asks: str | float) -> list[bool]:
        """Return what is allowed of the paths; between them so many seconds pass."""

        async def ask() -> list[bool]:
            limits = Limits(allow_private=True, gap=0, seconds=self.seconds)
            async with feed_server() as server, Client(limits, agent="x") as client:
                self.site = await server.site(self.pages)
                robots = Robots(client, agent=self.agent, clock=self.clock)
                own, said = f"{HOST}:{self.site.port}", []
                for each in asks:
                    if isinstance(each, str):
                        said.append(await robots.allows(self.site.url(each), own=own))
                    else:
                        self.clock.now += each
                return said

        return asyncio.run(ask())


def robots_txt(content: bytes = TEXT, *, status: int = 200) -> Mapping[str, Answer]:
    return {"/robots.txt": page(content, kind="text/plain", status=status)}


@pytest.mark.parametrize(
    ("agent", "path", "allowed"),
    [
        ("Other", "/news", True),
        ("Other", "/private/page", False),
        ("Other", "/private/open/page", True),
        ("Other", "/report.pdf", False),
        ("Other", "/report.pdf?page=2", True),
        ("Briefbot", "/no-bots/page", False),
        ("Briefbot", "/private/page", True),
    ],
)
def test_a_site_s_rules_are_obeyed(agent: str, path: str, *, allowed: bool) -> None:
    assert Asking(robots_txt(), agent=agent).allowed(path) == [allowed]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_site_without_rules_allows_all(status: int) -> None:
    assert Asking(robots_txt(b"", status=status)).allowed("/private/page") == [True]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_in_trouble_allows_nothing_for_an_hour(status: int) -> None:
    asking = Asking(robots_txt(b"", status=status))

    assert asking.allowed("/news", 3599.0, "/news", 2.0, "/news") == [False] * 3
    assert asking.site.count("/robots.txt") == 2


def test_a_site_that_gives_no_answer_allows_nothing_for_an_hour() -> None:
    asking = Asking({"/robots.txt": hang()}, seconds=0.1)

    assert asking.allowed("/news", 3599.0, "/news", 2.0, "/news") == [False] * 3
    assert asking.site.count("/robots.txt") == 2


def test_the_rules_are_kept_for_a_day() -> None:
    asking = Asking(robots_txt())

    assert asking.allowed("/news", 86_000.0, "/private", 500.0, "/news") == [True, False, True]
    assert asking.site.count("/robots.txt") == 2


def test_rules_that_moved_are_found() -> None:
    pages = {"/robots.txt": redirect("/rules"), "/rules": page(TEXT)}

    assert Asking(pages).allowed("/private") == [False]


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body>Welcome</body></html>",
        b"\xff\xfe\x00D\x00i",
        b"Disallow /\nCrawl-delay: soon\n",
        b"",
        b"User-agent: *\nDisallow:\n",
        b"#" * 4_000_001,
    ],
    ids=["page", "binary", "broken", "empty", "open", "too large"],
)
def test_odd_rules_break_nothing(content: bytes) -> None:
    assert Asking(robots_txt(content)).allowed("/news") == [not content.startswith(b"##")]


def test_of_a_long_file_the_beginning_counts() -> None:
    long = b"User-agent: *\nDisallow: /private\n" + b"#\n" * 400_000 + b"Disallow: /news\n"

    assert Asking(robots_txt(long)).allowed("/private", "/news") == [False, True]


def test_what_is_no_web_address_is_not_allowed() -> None:
    async def ask() -> bool:
        async with Client(Limits(), agent="x") as client:
            return await Robots(client, agent="x").allows("file:///etc/passwd")

    assert asyncio.run(ask()) is False


def test_a_pause_that_the_site_wishes_is_kept() -> None:
    slow = robots_txt(b"User-agent: *\nCrawl-delay: 0.2\n")

    async def ask() -> float:
        async with feed_server() as server:
            site = await server.site({**slow, "/": page(b"news")})
            own = f"{HOST}:{site.port}"
            limits = Limits(allow_private=True, gap=0)
            async with Client(limits, agent="x") as client:
                assert await Robots(client, agent="x").allows(site.url("/"), own=own)
                began = asyncio.get_running_loop().time()
                for _ in range(2):
                    await client.get(site.url("/"), own=own)
                return asyncio.get_running_loop().time() - began

    assert asyncio.run(ask()) >= 0.2


def test_many_who_ask_at_once_ask_the_site_once() -> None:
    async def ask() -> tuple[int, Sequence[bool]]:
        async with feed_server() as server:
            site = await server.site(robots_txt())
            own = f"{HOST}:{site.port}"
            async with Client(Limits(allow_private=True, gap=0), agent="x") as client:
                robots = Robots(client, agent="x")
                urls = [site.url(f"/{number}") for number in range(20)]
                said = await asyncio.gather(*(robots.allows(url, own=own) for url in urls))
            return site.count("/robots.txt"), said

    assert asyncio.run(ask()) == (1, [True] * 20)


def test_only_some_sites_are_remembered() -> None:
    asked: list[str] = []

    async def nowhere(host: str, port: int) -> Sequence[str]:
        del port
        asked.append(host)
        return ()

    async def ask() -> None:
        async with Client(Limits(), agent="x", resolve=nowhere) as client:
            robots = Robots(client, agent="x")
            for number in (*range(501), 0):
                await robots.allows(f"http://{number}.test/")

    asyncio.run(ask())

    assert asked.count("0.test") == 2
