"""Marked-up text to plain paragraphs, whatever the markup holds."""

import re
from typing import Any

from lxml import etree, html

#: A parsed element; what lxml's queries return has no one type.
Element = Any

#: What starts a paragraph of its own: HTML's blocks, and those of trafilatura's result.
_BLOCKS = (
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p pre "
    "section summary table tbody td tfoot th thead title tr ul "
    "head item list quote row cell fw ab"
).split()
_BREAKS = ("br", "lb")
#: What is never words of the text, or is not shown.
_UNSHOWN = (
    "//script | //style | //noscript | //template | //iframe | //object | //embed | //svg "
    "| //math | //canvas | //audio | //video | //select | //button | //textarea | //input "
    "| //*[@hidden] | //*[contains(translate(@style, ' ', ''), 'display:none')]"
)
_PARAGRAPH = "\u2029"
_MARK = re.compile('[“”„«»「」『』"]')
#: Whole paragraphs of somebody's words that bear their own marks.
_FRAMED = re.compile('[“„«「『"].*[”“»」』"][.,;!?…]?', re.DOTALL)
#: What stands in a quotation block and names its speaker or is a heading of it.
_BESIDE = frozenset("cite footer figcaption h1 h2 h3 h4 h5 h6".split())


def parse(markup: str) -> Element:
    """Return the root element of a page, mended where it is broken."""
    # As bytes: lxml refuses text that names its own encoding.
    parser = html.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,  # else what is nested deeper than 256 levels is lost, as in old pages
    )
    try:
        return html.document_fromstring(markup.encode(), parser=parser)
    except etree.ParserError:  # there is not one element in it
        return html.Element("html")


def drop_unshown(root: Element) -> None:
    """Take scripts, styles, forms and hidden parts out of the tree; the words around them stay."""
    for element in root.xpath(_UNSHOWN):
        if element.getparent() is not None:
            element.drop_tree()


def mark_quotations(root: Element) -> None:
    """Put quotation marks around each paragraph that only its markup says is quoted.

    Without its block, quoted speech would read as the article's own words.
    """
    if next(root.iter("q", "blockquote"), None) is None:
        return  # as in most texts, which then need not be walked through
    for element in list(root.iter("q")):
        if not _MARK.match((element.text or "").lstrip()):
            _enclose(element)
        element.drop_tag()
    for block in _quoted(root):
        words = " ".join("".join(block.itertext()).split())
        # A dash opens the line that names who said it.
        if words and words[0] not in "—–-" and _is_unmarked(words):
            _enclose(block)


def _quoted(root: Element) -> list[Element]:
    """Return the innermost blocks of block quotations, without what names the speaker."""
    found: list[Element] = []
    depth = 0
    begun = False
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=_BLOCKS):
        is_quotation = element.tag == "blockquote"
        if event == "start":
            depth += is_quotation
            begun = True
            continue
        if begun and depth and element.tag not in _BESIDE:
            found.append(element)
        depth -= is_quotation
        begun = False
    return found


def _is_unmarked(words: str) -> bool:
    """Say whether marks may be put around the words without breaking those inside."""
    return not _FRAMED.fullmatch(words) and words.count("“") == words.count("”")


def _enclose(element: Element) -> None:
    element.text = f"“{(element.text or '').lstrip()}"
    last = element[-1] if len(element) else None
    if last is None:
        element.text = f"{element.text.rstrip()}”"
    else:
        last.tail = f"{(last.tail or '').rstrip()}”"


def paragraphs(root: Element) -> list[str]:
    """Return the words below the element, a string to a paragraph, white space made single."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        block = element.tag in _BLOCKS
        if event == "start":
            pieces += [_PARAGRAPH if block else "", element.text or ""]
        else:
            pieces += [_PARAGRAPH if block else "", " " if element.tag in _BREAKS else ""]
            pieces.append((element.tail or "") if element is not root else "")
    found = (" ".join(piece.split()) for piece in "".join(pieces).split(_PARAGRAPH))
    return [paragraph for paragraph in found if paragraph]


def extent(root: Element) -> tuple[int, int]:
    """Return how many elements there are, the root included, and how deep they are nested."""
    elements = depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        elements += event == "start"
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return elements, deepest
