"""The pages behind links: an article's text where the page has it, else in words why not."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from bot.app.feed import FeedSetting, Item
from bot.core import links, wire
from bot.core.beginning import beginning
from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.core.values import Article, Extent, Published
from bot.sources import declared, feed_dates, feed_words, instead, status, webpage
from bot.sources.client import Client, Response
from bot.sources.feeds import endpoint
from bot.sources.page_text import page_text
from bot.sources.reading import Reading, Unread
from bot.sources.robots import Robots

_ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1"
#: News pages have some hundred thousand bytes; so many are read.
_MOST = 4_000_000
#: A page with fewer words has no article: it is a menu, or shows its text by a script.
_LEAST = 25
#: A page that says it is for subscribers shows them more words than this.
_OPEN = 250
_PAGES = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", ""})
_KINDS = (
    ("application/pdf", "a PDF document"),
    ("image/", "a picture"),
    ("video/", "a video"),
    ("audio/", "a sound recording"),
    ("application/zip", "an archive"),
    ("application/msword", "a Word document"),
    ("application/vnd.openxmlformats", "an Office document"),
    ("application/json", "JSON"),
    ("application/rss+xml", "a feed, not an article"),
    ("application/atom+xml", "a feed, not an article"),
)
_FEED = re.compile(r"\s*(?:<\?xml[^<>]*>\s*)?<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_FOR_SUBSCRIBERS = re.compile(
    r"[\"']isAccessibleForFree[\"']\s*:\s*[\"']?false|"
    r"\bsubscribe (?:now )?to (?:continue|keep|read)|\balready a subscriber\b|"
    r"\b(?:article|content|story) is (?:only )?(?:available )?(?:for|to) (?:our )?subscribers|"
    r"\bthis (?:article|content) is behind a paywall|\bto continue reading\b|"
    r"доступн\w{1,3} только (?:по подписке|подписчикам)|оформите подписку|"
    r"(?:订阅|登录)后(?:继续)?阅读",
    re.IGNORECASE,
)


class WebPages:
    """Reads pages (port ``Pages``) through the guarded client."""

    def __init__(self, client: Client, robots: Robots, *, clock: Callable[[], datetime]) -> None:
        """Keep what asks, what says which pages robots may read, and what tells the time in UTC."""
        self._client = client
        self._robots = robots
        self._clock = clock

    async def text(self, setting: FeedSetting, item: Item) -> Item | None:
        """Return the item with the text of its page; None where the page may not or cannot be read.

        The item's own publication, title and language stay where it has them.
        """
        own = endpoint(setting.address)
        if item.url is None or not await self._robots.allows(item.url, own=own):
            return None
        try:
            response = await self._client.get(
                item.url, own=own, headers={"Accept": _ACCEPT}, max_bytes=_MOST
            )
            page = await self._read(response, setting.name, item.language or setting.language)
        except FeedError:
            return None
        if _is_elsewhere(response.url, item.url):
            return None
        led_on = links.canonical(response.url) != links.canonical(item.url)
        if led_on and not await self._robots.allows(response.url, own=own):
            return None
        # An operator's name for the publisher is the one that its other items have.
        publisher = None if setting.publisher else page.reading.publisher
        return _joined(item, page, publisher)

    async def article(self, address: str) -> Article:
        """Return the article at an address that somebody typed.

        Raises ``FeedError`` with what is wrong with it, named by the address.
        """
        response = await self._client.get(
            address, headers={"Accept": _ACCEPT}, max_bytes=_MOST, polite=False
        )
        page = await self._read(response, address, "en")
        return await asyncio.to_thread(_article, page, response.url, self._clock())

    async def _read(self, response: Response, name: str, language: str) -> "_Page":
        now = self._clock()
        if refused := status.refusal(response, name=name, now=now):
            if refused.fault.reason is Reason.GONE:  # of a page that is no more than any error
                fault = replace(refused.fault, reason=Reason.HTTP_ERROR)
                raise FeedError(fault) from refused
            raise refused
        found = await asyncio.to_thread(_page, response, language, now)
        if isinstance(found, Unread):
            raise FeedError(Fault(name=name, reason=found.reason, detail=found.detail))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page that has an article, and how much of it."""

    reading: Reading
    #: As far as it can be believed.
    published: Published | None
    extent: Extent
    language: str


def _page(response: Response, language: str, now: datetime) -> _Page | Unread:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_page = kind in _PAGES
    if not is_page and kind != "text/plain":
        told = next((words for start, words in _KINDS if kind.startswith(start)), f"{kind[:60]}")
        return Unread(Reason.UNKNOWN_KIND, told)
    text = page_text(
        response.content,
        content_type=response.headers.get("content-type", ""),
        language=language,
    )
    if isinstance(text, Unread):
        is_file = text.reason is Reason.BINARY
        return Unread(Reason.UNKNOWN_KIND, text.detail or "not text") if is_file else text
    if _FEED.match(text):
        return Unread(Reason.UNKNOWN_KIND, "a feed, not an article")
    reading = webpage.read(text) if is_page else Reading(text=text.strip())
    words = feed_words.count(reading.text)
    asks = instead.sign_in(text) if is_page and words < _OPEN else None
    if asks:
        return asks
    if words < _LEAST:
        return Unread(Reason.NO_TEXT)
    is_closed = is_page and words < _OPEN and _FOR_SUBSCRIBERS.search(text) is not None
    kept = beginning(reading.text)
    is_part = is_closed or kept != reading.text
    return _Page(
        reading=replace(reading, text=kept),
        published=feed_dates.believed(reading.published, now),
        extent=Extent.TEASER if is_part else Extent.WHOLE,
        language=reading.language or language,
    )


def _joined(item: Item, page: _Page, publisher: str | None) -> Item | None:
    """Return an item with its page's text, unless the feed told as much."""
    title = item.title or page.reading.title
    found = feed_words.bare(page.reading.text.split("\n\n"), title)[0]
    text = "\n\n".join(found)
    if feed_words.count(text) <= feed_words.count(item.text):
        return None
    return replace(
        item,
        title=title,
        text=text,
        extent=page.extent,
        published=item.published or page.published,
        language=item.language or page.reading.language,
        publisher=item.publisher or publisher,
    )


def _is_elsewhere(found: str, asked: str) -> bool:
    """Say whether a link has led to a site's front page: the article is no more there."""
    return not urlsplit(found).path.strip("/") and bool(urlsplit(asked).path.strip("/"))


def _article(page: _Page, address: str, now: datetime) -> Article:
    reading = page.reading
    frame = wire.read(reading.text, page.language)
    host = _site(address)
    said = reading.url if reading.url and _is_one_site(_site(reading.url), host) else address
    return Article(
        id=links.canonical(said),
        source=host,
        text=reading.text,
        title=feed_words.one_line(reading.title or ""),
        url=declared.url(said),
        language=page.language,
        published=page.published or feed_dates.believed(frame.published, now),
        place=frame.place,
        publisher=reading.publisher or frame.publisher or host,
        extent=page.extent,
    )


def _site(address: str) -> str:
    host = urlsplit(address).hostname or address
    return re.sub(r"^(?:www|m|amp)\.", "", host)


def _is_one_site(one: str, other: str) -> bool:
    """Say whether a page may speak for an address: nobody names another's as its own."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
