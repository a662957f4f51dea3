"""XML as feeds have it, sound or not, to a tree; nothing is fetched and no entity is grown."""

import re
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from xml.sax.saxutils import escape

from lxml import etree

from bot.core.health import Reason
from bot.sources.markup import Element
from bot.sources.reading import Unread

#: What a feed's first element is called, in any dialect; a prefix may stand before it.
_ROOT = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|rdf)(?=[\s/>])", re.IGNORECASE)
_PAGE = re.compile(
    r"\s*(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_ITEM = re.compile(r"<(/?)(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
#: What no XML may hold (XML 1.0, section 2.2).
_UNHEARD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,8}));?")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-fA-F]+);)(?:(\w{1,32});)?")
#: Elements of HTML that no feed's format has: bare in a feed, they are somebody's text. What is
#: inside XHTML comes out the same.
_HTML = re.compile(
    r"<(?=/?(?:a|abbr|b|blockquote|br|center|div|em|embed|figure|font|h[1-6]|hr|i|iframe|img|li|"
    r"ol|p|pre|q|s|script|small|span|strong|style|sub|sup|table|tbody|td|th|tr|u|ul|video)[\s/>])",
    re.IGNORECASE,
)
_UNQUOTED = re.compile(r"(<[^<>]*?\s[\w:.-]+=)([^\s\"'<>]+)(?=[\s>])")
_CDATA = "<![CDATA["
#: The entities of HTML by name.
_NAMES = frozenset(name.removesuffix(";") for name in html5)
_NAMESPACE_ERRORS = etree.ErrorDomains.NAMESPACE


@dataclass(frozen=True, slots=True)
class Tree:
    """A feed's elements, and what of it was lost, in words; empty where nothing was."""

    root: Element
    lost: str = ""


def tree(text: str, *, address: str) -> Tree | Unread | None:
    """Return the elements of a feed in XML; None where there is no feed in the text.

    Sound XML is taken as it is. Else what is known to go wrong in feeds is mended first: bare
    ampersands, HTML that is not escaped, characters no XML may hold, a text that was cut off. A
    cut item is left out. What stands before the first element is not read: entities that it
    declares are unknown, and their use is refused.
    """
    start = None if _PAGE.match(text) else _ROOT.search(text)
    if start is None:
        return None
    body, is_cut = _enclosed(text[start.start() :], start[0][1:])
    if not is_cut:
        try:
            return Tree(_parsed(body, address))
        except etree.XMLSyntaxError:
            pass  # it is mended below
    mended = _mended(body, declares="<!ENTITY" in text[: start.start()])
    return mended if isinstance(mended, Unread) else _recovered(mended, address, is_cut=is_cut)


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _parsed(body: str, address: str) -> Element:
    return etree.fromstring(body.encode(), _parser(recover=False), base_url=address)


def _recovered(body: str, address: str, *, is_cut: bool) -> Tree | Unread:
    parser = _parser(recover=True)
    root: Element | None = etree.fromstring(body.encode(), parser, base_url=address)
    if root is None:
        return Unread(Reason.BROKEN_FEED, "no XML")
    if is_cut:
        return Tree(root, "it ends in the middle")
    errors = [error for error in parser.error_log if error.domain != _NAMESPACE_ERRORS]
    return Tree(root, f"line {errors[0].line}: {errors[0].message[:100]}" if errors else "")


def _enclosed(body: str, name: str) -> tuple[str, bool]:
    """Return the element without what stands behind it, and whether its end is missing."""
    end = body.rfind(f"</{name}")
    if end >= 0:
        return f"{body[:end]}</{name}>", False
    last = deque(_ITEM.finditer(body), maxlen=1)
    return (body[: last[0].start()] if last and not last[0][1] else body), True


def _mended(body: str, *, declares: bool) -> str | Unread:
    body = _REFERENCE.sub(_sound, _UNHEARD.sub("", body))
    pieces: list[str] = []
    for piece in _sections(body):
        if piece.startswith(_CDATA):
            pieces.append(piece)
            continue
        if declares and any(
            match[1] and match[1] not in _NAMES for match in _NAMED.finditer(piece)
        ):
            return Unread(Reason.ENTITIES)
        escaped = _HTML.sub("&lt;", _NAMED.sub(_spelled, piece))
        pieces.append(_UNQUOTED.sub(r'\1"\2"', escaped))
    return "".join(pieces)


def _sections(body: str) -> Iterator[str]:
    """Yield the text in pieces: its CDATA sections, and what stands around them."""
    at = 0
    while (start := body.find(_CDATA, at)) >= 0 and (end := body.find("]]>", start)) >= 0:
        yield body[at:start]
        at = end + len("]]>")
        yield body[start:at]
    yield body[at:]


def _spelled(match: re.Match[str]) -> str:
    """Return the characters that HTML means by a name, or the ampersand as one."""
    meant = html5.get(f"{match[1]};") if match[1] else None
    return f"&amp;{match[0][1:]}" if meant is None else escape(meant)


def _sound(match: re.Match[str]) -> str:
    """Return the reference where it names a character that XML may hold, else nothing."""
    code = int(match[1], 16) if match[1] else int(match[2])
    return "" if code > sys.maxunicode or _UNHEARD.match(chr(code)) else f"&#{code};"
