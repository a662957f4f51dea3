"""Lists of feeds as OPML, in which feed readers exchange them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from bot.app.feed import FeedSetting, FullText, Reuse
from bot.core.credentials import SIGNED_IN, signs_in, unsigned
from bot.core.errors import SourceError
from bot.core.health import Fault, Reason
from bot.core.source_names import Names
from bot.sources import declared
from bot.sources.markup import Element
from bot.sources.page_text import page_text
from bot.sources.reading import Unread

#: So many feeds of a list are taken; nobody reads more.
_MOST = 10_000
#: So many characters of a name are read, of a folder or of a feed.
_NAMED = 100
#: A feed stands in at most so many folders, so many levels deep; its categories are so many
#: characters. No reader makes more.
_FOLDERS, _LEVELS, _CATEGORY = 20, 10, 1000
#: What the list is called in faults.
_NAME: Final = "OPML"
_FAULTS = 50
_ROOT = re.compile(r"<opml[\s>]", re.IGNORECASE)
_OWNERS = frozenset({"state", "private", "public", "international"})
_FULL_TEXTS = {each.value: each for each in FullText}
_REUSES = {each.value: each for each in Reuse}
_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: The names of a folder and of those around it, the outermost first.
_Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The feeds of a list, and what of it was not taken, in words."""

    feeds: tuple[FeedSetting, ...]
    faults: tuple[str, ...] = ()


def read_opml(content: bytes) -> Outline:
    """Return the feeds of a list, in its order, each address once, under names that all differ.

    Raises ``SourceError`` where it is no OPML.
    """
    feeds: dict[str, FeedSetting] = {}
    faults: list[str] = []
    names = Names(())
    beyond = 0
    for attributes, folder in _outlines(_body(content)):
        address = declared.url(attributes["xmlurl"])
        if signs_in(attributes["xmlurl"]):
            name = unsigned(_told(attributes)) or "A feed"
            faults.append(f"{name}: its address {SIGNED_IN}")
        elif address is None:
            faults.append(f"{_told(attributes)}: {attributes['xmlurl'][:80]!r} is no web address")
        elif address in feeds:
            feeds[address] = _placed(feeds[address], folder)
        elif len(feeds) < _MOST:
            name = names.new(_told(attributes), address)
            feeds[address] = _placed(_setting(attributes, address, name), folder)
        else:
            beyond += 1
    if beyond:
        faults.append(f"{_MOST + beyond} feeds; the first {_MOST} are taken")
    return Outline(feeds=tuple(feeds.values()), faults=tuple(faults[:_FAULTS]))


def write_opml(feeds: Sequence[FeedSetting], *, title: str) -> bytes:
    """Return the list of feeds in their folders, in UTF-8.

    Other readers leave out what only we understand.
    """
    placed = [(folder, feed) for feed in feeds for folder in feed.folders or ((),)]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{_XML.sub('', _escaped(title))}</title></head>",
        "  <body>",
        *_written(placed, "    "),
        "  </body>",
        "</opml>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _body(content: bytes) -> Element:
    text = page_text(content, content_type="", language="en")
    if isinstance(text, Unread):
        empty = text.reason is Reason.EMPTY
        raise _refused(text.reason if empty else Reason.NOT_A_FEED, text.detail or "not text")
    start = _ROOT.search(text)
    if start is None:
        raise _refused(Reason.NOT_A_FEED, "no list of feeds in OPML")
    if "<!ENTITY" in text[: start.start()]:
        raise _refused(Reason.ENTITIES, "")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(_XML.sub("", text[start.start() :]).encode(), parser)
    except etree.XMLSyntaxError as error:
        raise _refused(Reason.BROKEN_FEED, f"XML broken at line {error.lineno}") from error


def _refused(reason: Reason, detail: str) -> SourceError:
    return SourceError(Fault(name=_NAME, reason=reason, detail=detail))


def _outlines(body: Element) -> Iterator[tuple[dict[str, str], _Path]]:
    """Yield what is said of each feed, and the names of the folders around it."""
    around: list[str] = []
    for event, outline in etree.iterwalk(body, events=("start", "end"), tag="{*}outline"):
        if event == "end":
            around.pop()
            continue
        attributes = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        is_feed = "xmlurl" in attributes
        if is_feed:
            yield attributes, tuple(filter(None, around))[:_LEVELS]
        # What stands in a feed stands in no folder of its name.
        around.append("" if is_feed else _told(attributes))


def _placed(feed: FeedSetting, folder: _Path) -> FeedSetting:
    """Return the feed in that folder, too; at the top of the list it stands in none."""
    if not folder or folder in feed.folders or len(feed.folders) == _FOLDERS:
        return feed
    return replace(feed, folders=(*feed.folders, folder))


def _written(placed: Sequence[tuple[_Path, FeedSetting]], margin: str) -> Iterator[str]:
    """Yield the lines of feeds in their folders, those in none first."""
    inside: dict[str, list[tuple[_Path, FeedSetting]]] = {}
    for folder, feed in placed:
        if folder:
            inside.setdefault(folder[0], []).append((folder[1:], feed))
        else:
            yield f"{margin}<outline {' '.join(_attributes(feed))}/>"
    for name, within in inside.items():
        yield f"{margin}<outline text={quoteattr(_XML.sub('', name))}>"
        yield from _written(within, f"{margin}  ")
        yield f"{margin}</outline>"


def _setting(attributes: dict[str, str], address: str, name: str) -> FeedSetting:
    """Return a feed as the list has it; what it says and we do not understand is left out."""
    tier, owner = attributes.get("tier", ""), attributes.get("owner", "")
    country = attributes.get("country", "")
    return FeedSetting(
        name=name,
        address=address,
        enabled=attributes.get("enabled", "") != "false",
        publisher=declared.words(attributes.get("publisher", "")[:60]),
        owner=owner if owner in _OWNERS else None,
        country=country if re.fullmatch("[A-Z]{2}", country) else None,
        language=declared.language(attributes.get("language", "")) or "en",
        tier=int(tier) if tier in {"1", "2", "3"} else 2,
        fulltext=_FULL_TEXTS.get(attributes.get("fulltext", ""), FullText.AUTO),
        reuse=_REUSES.get(attributes.get("quote", ""), Reuse.LINES),
        category=declared.words(attributes.get("category", "")[:_CATEGORY]),
        declared=False,
    )


def _told(attributes: dict[str, str]) -> str:
    told = " ".join((attributes.get("title") or attributes.get("text") or "").split())
    return told[:_NAMED].strip()


def _attributes(feed: FeedSetting) -> Iterator[str]:
    """Yield what is said of a feed; what is as usual goes unsaid."""
    said = {
        "type": "rss",
        "text": feed.name,
        "title": feed.name,
        "xmlUrl": feed.address,
        "publisher": feed.publisher or "",
        "owner": feed.owner or "",
        "country": feed.country or "",
        "language": feed.language,
        "tier": str(feed.tier),
        "fulltext": feed.fulltext.value,
        "quote": feed.reuse.value,
        "enabled": "" if feed.enabled else "false",
        "category": feed.category or "",
    }
    for name, value in said.items():
        if value:
            yield f"{name}={quoteattr(_XML.sub('', value))}"


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
