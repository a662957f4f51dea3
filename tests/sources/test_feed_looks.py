import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.app.feed import Brought, FeedMemory, FeedSetting, Unchanged
from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.sources.client import Client, Limits
from bot.sources.feed_reader import FeedReader
from bot.sources.feeds import WebFeeds
from tests.fakes import feed_texts
from tests.fakes.feed_server import Answer, Site, feed_server, page, raw, redirect

NOW = datetime(2026, 5, 5, 8, 0, tzinfo=UTC)
NEWS = feed_texts.rss(feed_texts.entries(3))
LIMITS = Limits(allow_private=True, gap=0.0, seconds=5.0)


def on(pages: dict[str, Answer], promise: Callable[[WebFeeds, Site], Awaitable[None]]) -> None:
    """Keep a promise at a site with these pages."""

    async def keep() -> None:
        async with (
            feed_server() as server,
            Client(LIMITS, agent="Briefbot/0") as client,
            FeedReader() as reader,
        ):
            site = await server.site(pages)
            await promise(WebFeeds(client, reader, clock=lambda: NOW), site)

    asyncio.run(keep())


def setting(site: Site, path: str = "/feed.xml") -> FeedSetting:
    return FeedSetting(name="steppe", address=site.url(path))


def memory(
    site: Site,
    path: str = "/feed.xml",
    *,
    etag: str | None = None,
    modified: str | None = None,
    moved: str | None = None,
) -> FeedMemory:
    return FeedMemory(
        source="steppe", address=site.url(path), etag=etag, modified=modified, moved=moved
    )


def refusal(answer: Answer) -> FeedError:
    """Return the error of a look at a feed with that answer."""
    errors: list[FeedError] = []

    async def promise(feeds: WebFeeds, site: Site) -> None:
        with pytest.raises(FeedError) as error:
            await feeds.look(setting(site), memory(site))
        errors.append(error.value)

    on({"/feed.xml": answer}, promise)
    return errors[0]


def test_a_feed_brings_its_items_and_what_tells_them_from_the_next_ones() -> None:
    headers = {"ETag": '"1"', "Last-Modified": "Mon, 04 May 2026 08:00:00 GMT"}

    async def promise(feeds: WebFeeds, site: Site) -> None:
        found = await feeds.look(setting(site), memory(site))

        assert isinstance(found, Brought)
        assert [item.key for item in found.items] == [entry.guid for entry in feed_texts.entries(3)]
        assert found.title == "News of the steppe"
        assert found.etag == '"1"'
        assert found.modified == headers["Last-Modified"]
        assert found.moved is None
        assert found.faults == ()
        assert "if-none-match" not in site.asked[0].headers

    on({"/feed.xml": page(NEWS, headers=headers)}, promise)


@pytest.mark.parametrize(
    "headers", [{"ETag": 'W/"1"'}, {"Last-Modified": "Mon, 04 May 2026 08:00:00 GMT"}]
)
def test_a_feed_that_has_nothing_new_says_so_and_is_believed(headers: dict[str, str]) -> None:
    async def promise(feeds: WebFeeds, site: Site) -> None:
        first = await feeds.look(setting(site), memory(site))
        known = memory(site, etag=first.etag, modified=first.modified)
        second = await feeds.look(setting(site), known)

        assert second == Unchanged(etag=first.etag, modified=first.modified)

    on({"/feed.xml": page(NEWS, headers=headers)}, promise)


def test_the_same_content_again_is_nothing_new_even_where_the_server_does_not_say_so() -> None:
    async def promise(feeds: WebFeeds, site: Site) -> None:
        first = await feeds.look(setting(site), memory(site))
        again = await feeds.look(setting(site), memory(site, etag=first.etag))
        site.pages["/feed.xml"] = page(feed_texts.rss(feed_texts.entries(4)))
        new = await feeds.look(setting(site), memory(site, etag=again.etag))

        assert again == Unchanged(etag=first.etag)
        assert isinstance(new, Brought)
        assert len(new.items) == 4
        assert all("if-none-match" not in asked.headers for asked in site.asked)

    on({"/feed.xml": page(NEWS)}, promise)


def test_with_another_address_all_that_is_known_is_void() -> None:
    async def promise(feeds: WebFeeds, site: Site) -> None:
        known = memory(site, "/old.xml", etag='"1"', moved=site.url("/gone.xml"))

        assert isinstance(await feeds.look(setting(site), known), Brought)
        assert [asked.path for asked in site.asked] == ["/feed.xml"]
        assert "if-none-match" not in site.asked[0].headers

    on({"/feed.xml": page(NEWS, headers={"ETag": '"1"'})}, promise)


@pytest.mark.parametrize(("status", "is_remembered"), [(301, True), (308, True), (302, False)])
def test_a_feed_that_moves_for_good_is_asked_there(status: int, is_remembered: bool) -> None:  # noqa: FBT001 - a column of its table
    async def promise(feeds: WebFeeds, site: Site) -> None:
        site.pages["/feed.xml"] = redirect(site.url("/new.xml"), status=status)
        first = await feeds.look(setting(site), memory(site))
        second = await feeds.look(setting(site), memory(site, moved=first.moved))

        assert second.moved == first.moved
        assert first.moved == (site.url("/new.xml") if is_remembered else None)
        assert site.count("/feed.xml") == (1 if is_remembered else 2)

    on({"/new.xml": page(NEWS)}, promise)


def test_a_feed_that_moved_to_nowhere_is_asked_where_it_was_set() -> None:
    async def promise(feeds: WebFeeds, site: Site) -> None:
        known = memory(site, moved=site.url("/parked"), etag='"parked"')
        found = await feeds.look(setting(site), known)

        assert isinstance(found, Brought)
        assert found.moved is None
        assert [asked.path for asked in site.asked] == ["/parked", "/feed.xml"]
        assert "if-none-match" not in site.asked[1].headers

    on({"/feed.xml": page(NEWS), "/parked": page(b"<html>For sale</html>")}, promise)


def test_a_feed_that_moved_and_is_busy_is_not_looked_for_elsewhere() -> None:
    async def promise(feeds: WebFeeds, site: Site) -> None:
        with pytest.raises(FeedError) as error:
            await feeds.look(setting(site), memory(site, moved=site.url("/new.xml")))

        assert error.value.fault.reason is Reason.TOO_MANY_REQUESTS
        assert site.count("/feed.xml") == 0

    on({"/feed.xml": page(NEWS), "/new.xml": page(b"", status=429)}, promise)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0.0),
        ({"Cache-Control": "public, max-age=600"}, 600.0),
        ({"Cache-Control": 'max-age="600"', "Age": "100"}, 500.0),
        ({"Cache-Control": "max-age=600", "Age": "900"}, 0.0),
        ({"Cache-Control": "max-age=99999999"}, 86_400.0),
        ({"Cache-Control": "no-cache, max-age=600"}, 0.0),
        ({"Cache-Control": "max-age=soon", "Age": "x"}, 0.0),
        ({"Expires": format_datetime(NOW + timedelta(minutes=5), usegmt=True)}, 300.0),
        ({"Expires": "Tue, 05 May 2026 08:05:00"}, 300.0),
        ({"Expires": "0"}, 0.0),
        ({"Expires": "Mon, 04 May 2026 08:00:00 GMT"}, 0.0),
    ],
)
def test_the_patience_a_server_asks_for_is_told(headers: dict[str, str], seconds: float) -> None:
    async def promise(feeds: WebFeeds, site: Site) -> None:
        found = await feeds.look(setting(site), memory(site))

        assert found.patience == seconds

    on({"/feed.xml": page(NEWS, headers=headers)}, promise)


def test_the_longer_patience_holds() -> None:
    async def promise(feeds: WebFeeds, site: Site) -> None:
        found = await feeds.look(setting(site), memory(site))

        assert found.patience == 3600.0

    news = feed_texts.rss(feed_texts.entries(1), head="<ttl>60</ttl>")
    on({"/feed.xml": page(news, headers={"Cache-Control": "max-age=60"})}, promise)


@pytest.mark.parametrize(
    ("status", "reason", "detail"),
    [
        (401, Reason.LOGIN_PAGE, "401 Unauthorized"),
        (403, Reason.HTTP_ERROR, "403 Forbidden"),
        (404, Reason.HTTP_ERROR, "404 Not Found"),
        (410, Reason.GONE, "410 Gone"),
        (429, Reason.TOO_MANY_REQUESTS, "429 Too Many Requests"),
        (500, Reason.HTTP_ERROR, "500 Internal Server Error"),
        (503, Reason.HTTP_ERROR, "503 Service Unavailable"),
    ],
)
def test_an_error_is_told_in_words(status: int, reason: Reason, detail: str) -> None:
    error = refusal(page(b"", status=status))

    assert error.fault == Fault(name="steppe", reason=reason, detail=detail)
    assert error.retry is None


def test_a_feed_that_was_not_asked_for_changes_cannot_have_none() -> None:
    fault = refusal(page(b"", status=304)).fault

    assert fault.reason is Reason.BAD_ANSWER
    assert fault.detail == "it says that nothing has changed, and was not asked that"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        ("99999999999", 86_400.0),
        (format_datetime(NOW + timedelta(hours=1), usegmt=True), 3600.0),
        (format_datetime(NOW - timedelta(hours=1), usegmt=True), 0.0),
        ("soon", None),
    ],
)
def test_a_server_says_when_to_ask_again(said: str, seconds: float | None) -> None:
    for status in (429, 503):
        error = refusal(page(b"", status=status, headers={"Retry-After": said}))

        assert error.retry == seconds


def test_the_page_of_a_site_in_place_of_its_feed_names_the_feed() -> None:
    site_page = (
        b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml">'
        b"</head><body>News</body></html>"
    )

    fault = refusal(page(site_page, kind="text/html")).fault

    assert fault.name == "steppe"
    assert fault.reason is Reason.NOT_A_FEED
    assert fault.particulars.startswith("a web page; its feed is at http://127.0.0.1:")
    assert fault.particulars.endswith("/rss.xml")


def test_a_status_that_nobody_knows_is_told_by_its_number() -> None:
    error = refusal(raw(b"HTTP/1.1 599 Odd\r\nContent-Length: 0\r\n\r\n"))

    assert error.fault == Fault(name="steppe", reason=Reason.HTTP_ERROR, detail="599")


def test_what_is_no_feed_is_named_by_its_source() -> None:
    login = b"<html><title>Sign in</title><input type='password'></html>"

    assert refusal(page(login, kind="text/html")).fault == Fault(
        name="steppe", reason=Reason.LOGIN_PAGE, detail="Sign in"
    )
    assert refusal(page(b"<html>News</html>")).fault == Fault(
        name="steppe", reason=Reason.NOT_A_FEED, detail="a web page"
    )


def test_what_is_wrong_with_a_feed_is_named_by_its_source() -> None:
    async def promise(feeds: WebFeeds, site: Site) -> None:
        found = await feeds.look(setting(site), memory(site))

        assert isinstance(found, Brought)
        assert {fault.name for fault in found.faults} == {"steppe"}

    on({"/feed.xml": page(NEWS[:-20])}, promise)


def test_an_address_that_is_none_is_refused_in_words() -> None:
    async def promise(feeds: WebFeeds, site: Site) -> None:
        del site
        nowhere = FeedSetting(name="steppe", address="file:///etc/passwd")

        with pytest.raises(FeedError) as error:
            await feeds.look(nowhere, FeedMemory(source="steppe", address=nowhere.address))

        assert error.value.fault.name == "steppe"
        assert error.value.fault.reason is Reason.FORBIDDEN_ADDRESS

    on({}, promise)
