import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from bot.app.source_list import Discovered
from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.core.values import Published
from bot.sources.client import Client, Limits
from bot.sources.discovery import WebDiscovery
from tests.fakes import feed_texts
from tests.fakes.feed_server import Answer, Site, feed_server, page, redirect

NOW = datetime(2026, 5, 5, 8, 0, tzinfo=UTC)
NEWS = feed_texts.rss(feed_texts.entries(5))
LIMITS = Limits(allow_private=True, gap=0.0, seconds=5.0)


def discovered(
    pages: dict[str, Answer], path: str = "/", *, bare: bool = False
) -> tuple[Sequence[Discovered], Site]:
    """Return the feeds found from an address of a site with these pages."""

    async def find() -> tuple[Sequence[Discovered], Site]:
        async with feed_server() as server, Client(LIMITS, agent="Briefbot/0") as client:
            site = await server.site(pages)
            address = site.url(path)
            typed = address.removeprefix("http://") if bare else address
            found = await WebDiscovery(client, clock=lambda: NOW, guess=0.2).feeds(typed)
            return found, site

    return asyncio.run(find())


def refusal(pages: dict[str, Answer]) -> Fault:
    with pytest.raises(FeedError) as error:
        discovered(pages)
    assert error.value.fault.name.startswith("http://127.0.0.1:")
    return error.value.fault


def linked(*links: str) -> Answer:
    head = "".join(f'<link rel="alternate" type="application/rss+xml" {link}>' for link in links)
    return page(f"<html><head>{head}</head><body>News</body></html>".encode(), kind="text/html")


def test_an_address_of_a_feed_is_the_feed() -> None:
    (feed,), site = discovered({"/feed.xml": page(NEWS)}, "/feed.xml")

    assert feed == Discovered(
        address=site.url("/feed.xml"),
        title="News of the steppe",
        headlines=tuple(entry.title for entry in feed_texts.entries(5)[:3]),
        items=5,
        newest=Published(day=date(2026, 5, 4), at=feed_texts.NEWEST),
    )
    assert len(site.asked) == 1


def test_an_address_may_be_typed_without_its_scheme() -> None:
    (feed,), site = discovered({"/feed.xml": page(NEWS)}, "/feed.xml", bare=True)

    assert feed.address == site.url("/feed.xml")


def test_a_feed_that_has_moved_is_found_where_it_is() -> None:
    pages = {"/feed.xml": redirect("/new.xml", status=301), "/new.xml": page(NEWS)}

    (feed,), site = discovered(pages, "/feed.xml")

    assert feed.address == site.url("/new.xml")


def test_the_feeds_that_a_page_names_are_found_those_of_comments_last() -> None:
    pages = {
        "/": linked(
            'title="Comments" href="/comments/feed"',
            'title="News" href="news.xml"',
            'href="news.xml"',
            'href="/broken.xml"',
            'href="javascript:alert(1)"',
            'href="http://[::1/"',
            'href=""',
        ),
        "/news.xml": page(NEWS),
        "/comments/feed": page(feed_texts.rss([])),
        "/broken.xml": page(b"<html>no feed</html>"),
    }

    found, site = discovered(pages)

    assert [feed.address for feed in found] == [
        site.url("/news.xml"),
        site.url("/comments/feed"),
    ]
    assert found[1].newest is None


def test_a_page_may_set_from_where_its_links_count() -> None:
    pages = {
        "/": page(
            b'<html><head><base href="/x/"><link rel="Alternate home" href="a.xml" '
            b'type="application/atom+xml; charset=utf-8"></head></html>',
            kind="text/html",
        ),
        "/x/a.xml": page(NEWS),
    }

    (feed,), site = discovered(pages)

    assert feed.address == site.url("/x/a.xml")


def test_a_feed_that_no_page_names_is_looked_for_where_most_stand() -> None:
    pages = {"/": page(b"<html>News</html>"), "/rss.xml": page(NEWS), "/atom.xml": page(NEWS)}

    (feed,), site = discovered(pages)

    assert feed.address == site.url("/rss.xml")
    assert [asked.path for asked in site.asked] == ["/", "/feed", "/rss", "/rss.xml"]


def test_a_page_does_not_lead_to_another_private_server() -> None:
    async def find() -> tuple[int, Fault]:
        async with feed_server() as server, Client(LIMITS, agent="Briefbot/0") as client:
            inner = await server.site({"/feed.xml": page(NEWS)})
            site = await server.site({"/": linked(f'href="{inner.url()}"')})
            with pytest.raises(FeedError) as error:
                await WebDiscovery(client, clock=lambda: NOW).feeds(site.url("/"))
            return len(inner.asked), error.value.fault

    asked, fault = asyncio.run(find())

    assert asked == 0
    assert fault.reason is Reason.NOT_A_FEED


def test_an_address_without_a_scheme_that_may_not_be_asked_is_refused_at_once() -> None:
    with pytest.raises(FeedError) as error:
        discovered({}, "/feed.xml#" + "x" * 3000, bare=True)

    assert error.value.fault.reason is Reason.FORBIDDEN_ADDRESS


def test_a_site_without_a_feed_is_told_in_words() -> None:
    fault = refusal({"/": page(b"<html>News</html>")})
    told = refusal({"/": page(b"News", kind="text/plain")})

    assert told.reason is Reason.NOT_A_FEED
    assert fault.reason is Reason.NOT_A_FEED
    assert fault.detail == "its page names none, and none stands where feeds mostly do"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page(b"", status=404), Reason.HTTP_ERROR),
        (page(b""), Reason.EMPTY),
        (page(b"<html><title>Log in</title><input type=password></html>"), Reason.LOGIN_PAGE),
    ],
)
def test_an_address_that_cannot_be_read_is_told_in_words(answer: Answer, reason: Reason) -> None:
    assert refusal({"/": answer}).reason is reason
