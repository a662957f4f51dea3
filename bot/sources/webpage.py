"""HTML files: the article in a page, and what the page's head says of it."""

import copy
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from trafilatura import bare_extraction
from trafilatura.settings import Document

from bot.sources import declared, markup
from bot.sources.markup import Element
from bot.sources.reading import Reading

#: Pages of more elements or deeper nesting are taken whole: trafilatura would take minutes. News
#: pages have some thousand elements, some dozen deep.
_SEARCHED, _SEARCHED_DEPTH = 20_000, 150
#: Of pages with more characters of text what they mark as their article is taken: to search them
#: takes seconds, and only their beginning is kept (``bot.core.beginning``).
_SEARCHED_LENGTH = 400_000
#: Structured data above this size, in characters, is not looked at.
_STRUCTURED = 200_000
#: How deep structured data is looked through, in levels.
_DEPTH = 6
#: The names under which pages give their date, the most exact use first.
_DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "publishdate",
    "pubdate",
    "dc.date.issued",
    "dc.date",
    "date",
)


#: A day as machines write it; other forms may mean a day that we cannot read.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: So many menus of a page are looked at.
_MENUS = 20
#: What stands around an article and is no part of it; the header inside one is its own.
_AROUND = (
    ".//nav | .//*[@role='navigation'] | .//footer | .//aside | .//form"
    " | .//header[not(ancestor::article or ancestor::main)]"
)


def read(text: str) -> Reading:
    """Return the article of the page, or all its visible words where none stands out.

    The date is one that the page declares; none is ever guessed from its words or its address.
    """
    page = markup.parse(text)
    metas = _metas(page)
    publisher = declared.words(metas.get("og:site_name", ""))
    title = _title(page, metas, publisher)
    dates = list(_dates(page, metas))
    published = next((day for day in map(declared.published, dates) if day), None)
    markup.drop_unshown(page)
    markup.mark_quotations(page)
    paragraphs = article(page)
    return Reading(
        text="\n\n".join(paragraphs[1:] if paragraphs[:1] == [title] else paragraphs),
        title=title,
        url=_url(page, metas),
        language=declared.language(page.get("lang") or page.get("xml:lang") or ""),
        published=published,
        publisher=publisher,
        misdated="" if published else next(filter(_DAY.fullmatch, dates), ""),
    )


def article(page: Element, search: Callable[..., object] = bare_extraction) -> list[str]:
    """Return the paragraphs of the page's article, or all of them if the search finds none."""
    body = page.find("body")
    if body is None:
        return []
    elements, depth = markup.extent(page)
    if elements <= _SEARCHED and depth <= _SEARCHED_DEPTH:
        if sum(map(len, body.itertext())) > _SEARCHED_LENGTH:
            return _marked(body)
        # The search is a large machine of another's making, fed by strangers: when it breaks on a
        # page, the page is taken whole and the others go on.
        with suppress(
            ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError
        ):
            found = search(page, include_comments=False)
            if isinstance(found, Document) and (paragraphs := markup.paragraphs(found.body)):
                return _marked(body) if _is_blurred(paragraphs, body) else paragraphs
    return markup.paragraphs(body)


def _is_blurred(found: list[str], body: Element) -> bool:
    """Say whether a search ran paragraphs together, or took the menu for a part of the article.

    On a short page trafilatura ends with all its words in one paragraph.
    """
    whole = " ".join(found)
    navs = body.xpath(".//nav[not(ancestor::nav)]")[:_MENUS]
    menus = (" ".join(markup.paragraphs(nav)) for nav in navs)
    if len(found) == 1 and found[0] not in markup.paragraphs(body):
        return True
    return any(menu in whole for menu in menus if " " in menu)


def _marked(body: Element) -> list[str]:
    """Return the paragraphs of what the page marks as its article, its main part, or its body."""
    articles, mains = body.xpath(".//article"), body.xpath(".//main")
    marked = next((found[0] for found in (articles, mains) if len(found) == 1), body)
    root = marked if marked.xpath(".//p") else body
    part = copy.deepcopy(root)
    for element in part.xpath(_AROUND):
        element.drop_tree()
    return markup.paragraphs(part) or markup.paragraphs(body)


def _metas(page: Element) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in page.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        metas.setdefault(name.strip().lower(), meta.get("content") or "")
    return metas


def _title(page: Element, metas: Mapping[str, str], publisher: str | None) -> str | None:
    inside = next((" ".join(markup.paragraphs(title)) for title in page.iter("title")), "")
    title = declared.words(metas.get("og:title", "")) or inside
    if publisher:
        # "Leaders meet in Tianjin | Trend": the second part names the site, not the article.
        title = re.sub(rf"\s+[|—–·-]\s+{re.escape(publisher)}$", "", title)
    return title or None


def _url(page: Element, metas: Mapping[str, str]) -> str | None:
    links = page.xpath("//link[@rel='canonical']/@href")
    return declared.url(str(links[0]) if links else "") or declared.url(metas.get("og:url", ""))


def _dates(page: Element, metas: Mapping[str, str]) -> Iterator[str]:
    """Yield what may be the date, the surest first."""
    yield from (metas[name] for name in _DATE_NAMES[:2] if name in metas)
    for script in page.xpath("//script[@type='application/ld+json']/text()"):
        yield from _structured_dates(str(script))
    yield from (metas[name] for name in _DATE_NAMES[2:] if name in metas)
    times = page.xpath("//*[@itemprop='datePublished']/@datetime | //article//time/@datetime")
    # Outside the article, times belong to other news, unless there is only one.
    everywhere = page.xpath("//time/@datetime")
    yield from map(str, times or (everywhere if len(everywhere) == 1 else []))


def _structured_dates(script: str) -> Iterator[str]:
    if len(script) > _STRUCTURED:
        return
    try:
        level = [json.loads(script)]
    except (ValueError, RecursionError):
        return
    for _ in range(_DEPTH):
        below: list[object] = []
        for item in level:
            if isinstance(item, dict):
                if isinstance(item.get("datePublished"), str):
                    yield item["datePublished"]
                below += item.values()
            elif isinstance(item, list):
                below += item
        level = below
