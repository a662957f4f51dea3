"""The elements of RSS in all its versions, RDF and Atom, by what they mean."""

from collections.abc import Container, Iterable, Mapping
from functools import lru_cache
from html import escape
from itertools import islice
from urllib.parse import urljoin

from lxml import etree

from bot.sources.feed_entry import LOOKED_AT, Entry, Marked, Outline
from bot.sources.feed_marks import Marks
from bot.sources.feed_xml import Tree
from bot.sources.markup import Element

#: The vocabularies that are understood, by how their names begin, and the prefix they get here.
_VOCABULARIES = (
    ("http://www.w3.org/2005/atom", "atom:"),
    ("http://purl.org/atom/ns", "atom:"),
    ("http://purl.org/dc/elements/", "dc:"),
    ("http://purl.org/dc/terms", "dcterms:"),
    ("http://purl.org/rss/1.0/modules/content", "content:"),
    ("http://purl.org/rss/1.0/modules/syndication", "sy:"),
    ("http://rssnamespace.org/feedburner/", "feedburner:"),
    ("http://search.yahoo.com/mrss", "media:"),
    ("http://www.itunes.com/dtds/podcast", "itunes:"),
    ("http://news.yandex.ru", "yandex:"),
    ("http://www.w3.org/1999/xhtml", "xhtml:"),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns", "rdf:"),
)
#: Those whose names are the plain ones of RSS.
_PLAIN = (
    "http://my.netscape.com/",
    "http://channel.netscape.com/",
    "http://purl.org/rss/1.0/",
    "http://purl.org/net/rss",
    "http://backend.userland.com/",
    "http://blogs.law.harvard.edu/",
    "http://cyber.law.harvard.edu/",
    "http://www.rssboard.org/",
)
_TITLES = ("title", "atom:title", "dc:title", "media:title")
_CONTENTS = ("content:encoded", "yandex:full-text", "atom:content", "content", "xhtml:body")
_SUMMARIES = (
    "description",
    "atom:summary",
    "summary",
    "dc:description",
    "itunes:summary",
    "media:description",
)
#: When it was published goes before when it was changed.
_DATES = (
    "pubdate",
    "atom:published",
    "published",
    "atom:issued",
    "issued",
    "dc:date",
    "dcterms:issued",
    "dcterms:created",
    "atom:created",
    "date",
    "atom:updated",
    "updated",
    "atom:modified",
    "dcterms:modified",
)
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000}
_PERIODS["yearly"] = 365 * _PERIODS["daily"]
#: No number that means a time has more digits.
_DIGITS = 9
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

Fields = Mapping[str, list[Element]]


def outline(tree: Tree, *, address: str, shown: Container[bytes] = ()) -> Outline:
    """Return what the elements of a feed say, its items in its order.

    Of those with marks that were ``shown`` before, only these.
    """
    root = tree.root
    head = next((child for child in root if _name(child.tag) in {"channel", "atom:channel"}), root)
    about = _fields(child for child in head if not _is_item(child))
    home = _link(about, address)
    base = home if _is_whole(home) else address
    language = _said(about, ("language", "dc:language")) or root.get(_LANG) or ""
    marks = Marks(root, base=base, language=language)
    items = islice(filter(_is_item, root.iter(etree.Element)), LOOKED_AT)
    marked = ((item, marks.of(item)) for item in items)
    return Outline(
        kind=_kind(root),
        entries=tuple(mark if mark in shown else _entry(item, base, mark) for item, mark in marked),
        title=_marked(about, _TITLES),
        language=language,
        ttl=_ttl(about),
        lost=tree.lost,
    )


@lru_cache(maxsize=512)
def _name(tag: str) -> str:
    """Return an element's name in small letters, with the prefix of what vocabulary it is in."""
    space, _, local = tag.rpartition("}")
    local, space = local.lower(), space.removeprefix("{").lower()
    for long, short in _VOCABULARIES:
        if space.startswith(long):
            return f"{short}{local}"
    # A prefix that was not declared stands in the name itself.
    return local if not space or space.startswith(_PLAIN) else "?"


def _is_item(element: Element) -> bool:
    return _name(element.tag) in {"item", "entry", "atom:entry", "atom:item"}


def _fields(children: Iterable[Element]) -> dict[str, list[Element]]:
    found: dict[str, list[Element]] = {}
    for child in children:
        found.setdefault(_name(child.tag), []).append(child)
    return found


def _entry(item: Element, base: str, mark: bytes) -> Entry:
    fields = _fields(item)
    return Entry(
        guid=_said(fields, ("guid", "atom:id", "id", "dc:identifier")) or item.get(_ABOUT) or "",
        link=_link(fields, base) or _permalink(fields, item),
        title=_marked(fields, _TITLES),
        content=_marked(fields, _CONTENTS),
        summary=_marked(fields, _SUMMARIES),
        date=_said(fields, _DATES),
        language=_said(fields, ("dc:language", "language")) or item.get(_LANG) or "",
        publisher=_publisher(fields, base),
        mark=mark,
    )


def _said(fields: Fields, names: Iterable[str]) -> str:
    """Return the words of the first of these elements that has some."""
    for name in names:
        for element in fields.get(name, ()):
            words = "".join(element.itertext()) if len(element) else element.text
            if words and (words := words.strip()):
                return str(words)
    return ""


def _marked(fields: Fields, names: Iterable[str]) -> Marked:
    """Return the first of these elements that has a word, with its markup."""
    for name in names:
        for element in fields.get(name, ()):
            kind = (element.get("type") or "").lower()
            if len(element) and kind not in {"text", "text/plain"}:
                return Marked(_inner(element))
            words = "".join(element.itertext())
            if words.strip():
                # Only Atom can say that a text is plain; RSS leaves it to be guessed.
                plain = name.startswith("atom:") and kind in {"", "text", "text/plain"}
                is_plain = plain and element.get("mode") is None
                return Marked(words, is_markup=not is_plain)
    return Marked()


def _inner(element: Element) -> str:
    """Return what stands inside an element as markup."""
    pieces = [escape(element.text or "", quote=False)]
    pieces += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(pieces)


def _link(fields: Fields, base: str) -> str:
    """Return the address of an item's page, or of a feed's site, made absolute."""
    original = _said(fields, ("feedburner:origlink",))
    if original:
        return original
    if alternates := _alternates(fields):
        return _absolute(alternates[0], alternates[0].get("href") or "", base)
    for element in fields.get("link", ()):
        if element.text and element.text.strip():
            return _absolute(element, element.text, base)
    return ""


def _alternates(fields: Fields) -> list[Element]:
    """Return Atom's links to the page itself, those to HTML first."""
    links = [
        link
        for name in ("atom:link", "link")
        for link in fields.get(name, ())
        if link.get("href") and (link.get("rel") or "alternate").lower() == "alternate"
    ]
    return sorted(links, key=lambda link: "html" not in (link.get("type") or "html"))


def _absolute(element: Element, written: str, base: str) -> str:
    address = "".join(written.splitlines()).strip().replace(" ", "%20").replace("&amp;", "&")
    if not address or _is_whole(address):
        return address
    is_based = any(_BASE in each.attrib for each in (element, *element.iterancestors()))
    try:
        return urljoin(element.base if is_based else base, address)
    except ValueError:
        return ""


def _is_whole(address: str) -> bool:
    return address[:8].lower().startswith(("http://", "https://"))


def _permalink(fields: Fields, item: Element) -> str:
    """Return the id of an item that has no link, where the id is an address."""
    for guid in (*fields.get("guid", ()), *fields.get("atom:id", ()), *fields.get("id", ())):
        said = (guid.text or "").strip()
        if _is_whole(said) and (guid.get("isPermaLink") or "true").strip().lower() != "false":
            return said
    about = item.get(_ABOUT) or ""
    return about if _is_whole(about) else ""


def _publisher(fields: Fields, base: str) -> str:
    """Return whom an item was taken over from, as the feed names it; nothing for its own site."""
    for element in fields.get("atom:source", ()):
        return _said(_fields(element), ("atom:title",))
    for element in fields.get("source", ()):
        if _host(element.get("url") or "") != _host(base):
            return _said(fields, ("source",))
    return ""


def _host(address: str) -> str:
    host = address.partition("//")[2].partition("/")[0].lower()
    return host.removeprefix("www.")


def _ttl(about: Fields) -> float:
    ttl = _number(_said(about, ("ttl",))) * 60
    period = _PERIODS.get(_said(about, ("sy:updateperiod",)).lower(), 0)
    return max(ttl, period / max(1.0, _number(_said(about, ("sy:updatefrequency",)))))


def _number(printed: str) -> float:
    return float(printed) if printed.isdecimal() and len(printed) <= _DIGITS else 0.0


def _kind(root: Element) -> str:
    name = _name(root.tag)
    if name == "rss":
        return f"RSS {(root.get('version') or '').strip()[:8]}".strip()
    return "RSS 1.0" if name.endswith("rdf") else "Atom"
