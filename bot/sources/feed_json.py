"""JSON Feed (https://jsonfeed.org/version/1.1), by what its fields mean."""

import json
from collections.abc import Mapping
from urllib.parse import urljoin

from bot.core.health import Reason
from bot.sources.feed_entry import LOOKED_AT, Entry, Marked, Outline
from bot.sources.reading import Unread

_VERSION = "jsonfeed.org/version/"


def outline(text: str, *, address: str) -> Outline | Unread:
    """Return what a feed in JSON says, its items in its order; what is no item is left out."""
    try:
        feed = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        is_feed = _VERSION in text[:1000]
        return Unread(Reason.BROKEN_FEED if is_feed else Reason.NOT_A_FEED, _why(error))
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return Unread(Reason.NOT_A_FEED, "JSON without items")
    if _VERSION not in _said(feed, "version"):
        return Unread(Reason.NOT_A_FEED, "JSON of another kind")
    items = [item for item in feed["items"] if isinstance(item, dict)]
    strangers = len(feed["items"]) - len(items)
    return Outline(
        kind="JSON Feed",
        entries=tuple(_entry(item, address) for item in items[:LOOKED_AT]),
        title=Marked(_said(feed, "title"), is_markup=False),
        language=_said(feed, "language"),
        lost=f"{strangers} of its items are none" if strangers else "",
    )


def _entry(item: Mapping[str, object], address: str) -> Entry:
    html, plain = _said(item, "content_html"), _said(item, "content_text")
    # A link blog's items are about other pages; theirs is the news.
    link = _said(item, "external_url") or _said(item, "url")
    return Entry(
        guid=_said(item, "id"),
        link=_absolute(link, address),
        title=Marked(_said(item, "title"), is_markup=False),
        content=Marked(html) if html else Marked(plain, is_markup=False),
        is_whole=bool(html),
        summary=Marked(_said(item, "summary"), is_markup=False),
        date=_said(item, "date_published") or _said(item, "date_modified"),
        language=_said(item, "language"),
    )


def _said(item: Mapping[str, object], name: str) -> str:
    value = item.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)[:40]  # ids are numbers in some
    # A half of a character would break whatever it is stored in.
    return value.encode(errors="replace").decode().strip() if isinstance(value, str) else ""


def _absolute(link: str, address: str) -> str:
    try:
        return urljoin(address, link) if link else ""
    except ValueError:
        return ""


def _why(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"JSON broken at line {error.lineno}"
    return "JSON that cannot be read"
