"""The feeds that a web page says are its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from bot.sources import declared, markup
from bot.sources.markup import Element
from bot.sources.page_text import page_text
from bot.sources.reading import Unread

_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
    }
)
#: So many of them are told.
_MOST = 10
#: What is said of a page's comments is no news.
_ASIDE = ("comments", "comment-", "комментари", "评论")


@dataclass(frozen=True, slots=True)
class Alternate:
    """A feed by its address, and what the page calls it."""

    address: str
    title: str | None


def alternates_of(content: bytes, *, address: str, content_type: str) -> tuple[Alternate, ...]:
    """Return the feeds that a page names, those of its comments last; none where it is no page."""
    text = page_text(content, content_type=content_type, language="en")
    if isinstance(text, Unread) or "<" not in text:
        return ()
    page = markup.parse(text)
    base = next((str(href) for href in page.xpath("//base/@href")), "")
    found = {each.address: each for each in _links(page, _joined(address, base) or address)}
    return tuple(sorted(found.values(), key=_is_aside))[:_MOST]


def _links(page: Element, base: str) -> Iterator[Alternate]:
    for link in page.iter("link"):
        rel = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in rel and kind in _TYPES:
            address = declared.url(_joined(base, link.get("href") or "") or "")
            if address:
                yield Alternate(address, declared.words((link.get("title") or "")[:200]))


def _joined(base: str, address: str) -> str | None:
    try:
        return urljoin(base, address.strip()) if address.strip() else None
    except ValueError:
        return None


def _is_aside(alternate: Alternate) -> bool:
    told = f"{alternate.address} {alternate.title or ''}".lower()
    return any(word in told for word in _ASIDE)
