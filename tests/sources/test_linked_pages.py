import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType

import pytest

from bot.app.feed import FeedSetting, Item
from bot.core.beginning import LONGEST_TEXT
from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.core.values import Article, Extent, Published
from bot.sources.client import Client, Limits, Response
from bot.sources.feeds import endpoint
from bot.sources.pages import WebPages
from bot.sources.robots import Robots
from tests.fakes.feed_server import Answer, Site, feed_server, page, redirect

NOW = datetime(2026, 5, 5, 8, 0, tzinfo=UTC)
LIMITS = Limits(allow_private=True, gap=0.0, seconds=5.0)
SENTENCES = [
    f"Ministers met on day {day} to speak of trade, water and railways in the whole region."
    for day in range(1, 9)
]
TEXT = "\n\n".join(SENTENCES)


def html(head: str = "", sentences: list[str] = SENTENCES) -> bytes:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Leaders meet</title>"
        f"{head}</head><body><article><h1>Leaders meet</h1>{paragraphs}</article></body></html>"
    ).encode()


def served(content: bytes, kind: str = "text/html; charset=utf-8", status: int = 200) -> Answer:
    return page(content, kind=kind, status=status)


class Typed(Client):
    """The client, taking what is typed for the operator's own: the tests' pages are private."""

    async def get(  # noqa: PLR0913 - as the client has it
        self,
        url: str,
        *,
        own: str | None = None,
        headers: Mapping[str, str] = MappingProxyType({}),
        max_bytes: int | None = None,
        seconds: float | None = None,
        polite: bool = True,
    ) -> Response:
        """Ask the address as the operator's own."""
        assert own is None
        return await super().get(
            url,
            own=endpoint(url),
            headers=headers,
            max_bytes=max_bytes,
            seconds=seconds,
            polite=polite,
        )


HEADLINE = Item(key="1", url="/a", title="Leaders meet", text="", extent=Extent.HEADLINE)


def text(
    pages: Mapping[str, Answer], item: Item = HEADLINE, *, publisher: str | None = None
) -> Item | None:
    """Return what becomes of an item whose link leads to a site with these pages."""

    async def read() -> Item | None:
        async with feed_server() as server, Client(LIMITS, agent="Briefbot/0") as client:
            site = await server.site(pages)
            setting = FeedSetting(name="steppe", address=site.url(), publisher=publisher)
            linked = replace(item, url=item.url and site.url(item.url))
            robots = Robots(client, agent="Briefbot")
            return await WebPages(client, robots, clock=lambda: NOW).text(setting, linked)

    return asyncio.run(read())


def article(answer: Answer, **pages: Answer) -> tuple[Article, Site]:
    """Return the article at an address that somebody typed."""

    async def read() -> tuple[Article, Site]:
        async with feed_server() as server, Typed(LIMITS, agent="Briefbot/0") as client:
            site = await server.site(
                {"/a": answer, **{f"/{name}": each for name, each in pages.items()}}
            )
            robots = Robots(client, agent="Briefbot")
            found = await WebPages(client, robots, clock=lambda: NOW).article(site.url("/a"))
            return found, site

    return asyncio.run(read())


def refusal(answer: Answer) -> Fault:
    with pytest.raises(FeedError) as error:
        article(answer)
    assert error.value.fault.name.endswith("/a")
    return error.value.fault


# The pages of items


def test_an_item_gets_the_text_of_its_page() -> None:
    head = (
        '<meta property="article:published_time" content="2026-05-04T08:00:00Z">'
        '<meta property="og:site_name" content="The News">'
    )

    found = text({"/a": served(html(head))})

    assert found is not None
    assert found.text == TEXT
    assert found.extent is Extent.WHOLE
    assert found.published == Published(
        day=date(2026, 5, 4), at=datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
    )
    assert found.publisher == "The News"
    assert found.language == "en"


def test_what_an_item_says_itself_stays() -> None:
    head = '<meta property="article:published_time" content="2026-05-04T08:00:00Z">'
    published = Published(day=date(2026, 5, 3))

    found = text(
        {"/a": served(html(head))},
        replace(
            HEADLINE,
            title="Leaders have met",
            published=published,
            language="ru",
            publisher="Trend",
        ),
    )

    assert found is not None
    assert found.title == "Leaders have met"
    assert (found.published, found.language, found.publisher) == (published, "ru", "Trend")


def test_the_operators_name_for_a_publisher_goes_before_the_pages() -> None:
    head = '<meta property="og:site_name" content="The News Online">'

    found = text({"/a": served(html(head))}, publisher="The News")

    assert found is not None
    assert found.publisher is None


def test_a_date_of_a_page_that_cannot_be_is_left_out() -> None:
    head = '<meta property="article:published_time" content="2099-05-04T08:00:00Z">'

    found = text({"/a": served(html(head))})

    assert found is not None
    assert found.published is None


def test_a_page_that_robots_may_not_read_is_not_read() -> None:
    pages = {
        "/a": served(html()),
        "/robots.txt": served(b"User-agent: *\nDisallow: /a", "text/plain"),
    }

    assert text(pages) is None


def test_a_page_that_a_link_leads_on_to_is_read_where_robots_may() -> None:
    pages = {
        "/a": redirect("/go/a"),
        "/go/a": served(html()),
        "/robots.txt": served(b"User-agent: *\nDisallow: /go", "text/plain"),
    }

    assert text(pages) is None
    assert text({**pages, "/robots.txt": served(b"User-agent: *\nAllow: /", "text/plain")})


@pytest.mark.parametrize(
    "answer",
    [
        served(b"", status=404),
        served(b"", status=410),
        served(b"%PDF-1.7", "application/pdf"),
        served(html(sentences=["Short."])),
        served(b""),
        redirect("/"),
    ],
)
def test_where_the_page_gives_no_more_the_item_stays_as_it_is(answer: Answer) -> None:
    assert text({"/a": answer, "/": served(html())}) is None


def test_a_page_with_less_than_the_feed_told_is_left_out() -> None:
    teaser = replace(HEADLINE, text=f"{TEXT} And more.", extent=Extent.TEASER)

    assert text({"/a": served(html())}, teaser) is None


def test_an_item_without_a_link_has_no_page() -> None:
    assert text({}, replace(HEADLINE, url=None)) is None


def test_a_page_for_subscribers_is_a_teaser() -> None:
    script = '<script type="application/ld+json">{"isAccessibleForFree": false}</script>'

    found = text({"/a": served(html(script, SENTENCES[:4]))})

    assert found is not None
    assert found.extent is Extent.TEASER


def test_of_a_page_without_end_the_beginning_is_kept_and_called_so() -> None:
    found = text({"/a": served(html(sentences=SENTENCES * 300))})

    assert found is not None
    assert LONGEST_TEXT // 2 < len(found.text) <= LONGEST_TEXT
    assert found.text.endswith("region.")
    assert found.extent is Extent.TEASER


# The pages that somebody types


def test_a_typed_page_is_an_article() -> None:
    found, site = article(served(html()))

    assert found == Article(
        id=site.url("/a").replace("http:", "https:"),
        source="127.0.0.1",
        text=TEXT,
        title="Leaders meet",
        url=site.url("/a"),
        language="en",
        publisher="127.0.0.1",
    )
    assert site.count("/robots.txt") == 0


def test_a_page_names_its_own_address_but_not_anothers() -> None:
    own = '<link rel="canonical" href="http://127.0.0.1/b?utm_source=x">'
    other = '<link rel="canonical" href="https://bank.example/b">'

    assert article(served(html(own)))[0].id == "https://127.0.0.1/b"
    assert article(served(html(other)))[0].id.endswith("/a")


def test_plain_text_is_an_article_too() -> None:
    body = f"date 2026-05-04\n\nTASHKENT, Uzbekistan, May 4. {TEXT}".encode()

    found, _ = article(served(body, "text/plain"))

    assert found.text == body.decode()
    assert found.published is not None
    assert found.published.day == date(2026, 5, 4)
    assert found.place == "Tashkent, Uzbekistan"


def test_a_page_in_other_letters_is_read() -> None:
    sentence = "Министры стран встретились и говорили о торговле, воде и железных дорогах. "
    body = f"<html><body><p>{sentence * 6}</p></body></html>".encode("windows-1251")

    found, _ = article(served(body, "text/html; charset=windows-1251"))

    assert found.text.startswith("Министры стран")


@pytest.mark.parametrize(
    ("answer", "reason", "detail"),
    [
        (served(b"%PDF-1.7", "application/pdf"), Reason.UNKNOWN_KIND, "a PDF document"),
        (served(b"%PDF-1.7"), Reason.UNKNOWN_KIND, "a PDF document"),
        (served(b"\x89PNG\0"), Reason.UNKNOWN_KIND, "not text"),
        (served(b"x", "image/png"), Reason.UNKNOWN_KIND, "a picture"),
        (served(b"x", "font/woff"), Reason.UNKNOWN_KIND, "font/woff"),
        (
            served(b"<?xml version='1.0'?>\n<rss></rss>", "text/xml"),
            Reason.UNKNOWN_KIND,
            "a feed, not an article",
        ),
        (served(b" "), Reason.EMPTY, ""),
        (served(html(sentences=[])), Reason.NO_TEXT, ""),
        (served(b"<p>Turn on JavaScript to read this.</p>"), Reason.NO_TEXT, ""),
        (
            served(b"<html><title>Log in</title><form><input type='password'></form></html>"),
            Reason.LOGIN_PAGE,
            "Log in",
        ),
        (served(b"", status=401), Reason.LOGIN_PAGE, "401 Unauthorized"),
        (served(b"", status=403), Reason.HTTP_ERROR, "403 Forbidden"),
        (served(b"", status=410), Reason.HTTP_ERROR, "410 Gone"),
        (served(b"", status=429), Reason.TOO_MANY_REQUESTS, "429 Too Many Requests"),
    ],
)
def test_a_page_that_is_no_article_is_told_in_words(
    answer: Answer, reason: Reason, detail: str
) -> None:
    fault = refusal(answer)

    assert (fault.reason, fault.detail) == (reason, detail)
