"""The words of an item: its title on one line, its text in paragraphs, and how much that is."""

import re
from html import unescape

from bot.core.beginning import beginning
from bot.core.values import Extent
from bot.sources import markup
from bot.sources.feed_entry import Entry, Marked

#: No headline is longer than this, in characters; texts stand in the place of some.
_TITLE = 300
#: A feed's content of so many words is the article, and not its first paragraph.
_WHOLE = 80
#: A description of so many words in several paragraphs is the article too.
_LONG, _PARAGRAPHS = 200, 3
#: A text with fewer words than this beside the title's only repeats it, with its source perhaps.
_MORE = 6
#: What a sentence ends with.
_ENDS = (".", "!", "?", "。", "！", "？", "”", '"', "»")
#: The last words of a text that may say that it goes on elsewhere, in characters.
_TAIL = 300
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--|&(?:#\w{1,8}|\w{1,32});")
_UNSHOWN = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|$)", re.DOTALL | re.IGNORECASE)
_ELEMENT = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?(?:-->|$)", re.DOTALL)
_BLANK_LINES = re.compile(r"\n\s*\n")
#: What joins, parts or turns around words and shows nothing: it can hide one word in another.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LETTERS = re.compile(r"[\W_]+")
#: What a site's software puts behind its texts, as a paragraph of its own.
_FOOTER = re.compile(
    r"(?:The post .{1,400} (?:appeared first on|first appeared on) .{1,120}"
    r"|This (?:article|story|post) (?:was )?(?:originally|first) (?:appeared|published) .{1,160}"
    r"|(?:Сообщение|Запись) .{1,400} (?:появились? сначала на|впервые появилась) .{1,120}"
    r"|(?:view )?comments|view original|source)[\s.…»›→>]*",
    re.IGNORECASE,
)
_READ_ON = (
    r"(?:(?:click here to )?(?:continue reading|read (?:more(?! than)|on|(?:the )?full (?:story|"
    r"article)))|читать (?:далее|дальше|полностью)|подробнее|阅读全文|阅读更多|查看全文)"
)
#: A paragraph that leads elsewhere; with a colon, to another article.
_LEADS_ON = re.compile(
    rf"{_READ_ON}(?P<other>\s?:)?(?!\w).{{0,160}}|more[\s.…»›→>]*", re.IGNORECASE
)
#: The same behind the last sentence of a text that goes on elsewhere.
_GOES_ON = re.compile(
    rf"(?:(?<=[.!?…\]”\"»。！？])|\.\.\.)\s*[\[(]?{_READ_ON}(?!\w)[^.!?]{{0,120}}[\s.…»›→>\])]*$",
    re.IGNORECASE,
)
#: One of these is in whatever leads on: to look for them takes less time.
_ON = ("continue", "read", "читать", "подробнее", "阅读", "查看")
_CUT = re.compile(r"\s*(?:\[(?:…|\.\.\.+)\]|\((?:…|\.\.\.+)\)|…|\.\.\.+)$")


def title(marked: Marked) -> str | None:
    """Return the title on one line, without markup, at most 300 characters; None without words."""
    words = marked.text
    if marked.is_markup and _TAG.search(words):
        words = unescape(_ELEMENT.sub("", _UNSHOWN.sub(" ", words)))
    return one_line(words)


def one_line(words: str) -> str | None:
    """Return words on one line, at most 300 characters; None where there are none."""
    words = " ".join(_seen(words).split())
    if len(words) > _TITLE:
        # Words are parted at gaps; Chinese has none.
        room = words[: _TITLE - 1]
        words = f"{room.rpartition(' ')[0] or room}…"
    return words or None


def text(entry: Entry, title: str | None) -> tuple[str, Extent]:
    """Return the text of an item in paragraphs, without the title, and how much of it that is.

    One that is very long is cut (``bot.core.beginning``).
    """
    told, extent = _text(entry, title)
    kept = beginning(told)
    return kept, extent if kept == told else Extent.TEASER


def _text(entry: Entry, title: str | None) -> tuple[str, Extent]:
    content, content_cut = _paragraphs(entry.content, title)
    words = _count(content)
    if (words >= _WHOLE or (entry.is_whole and words > _MORE)) and not content_cut:
        return "\n\n".join(content), Extent.WHOLE
    summary, summary_cut = _paragraphs(entry.summary, title)
    long = _count(summary)
    if long >= _LONG and len(summary) >= _PARAGRAPHS and not summary_cut:
        return "\n\n".join(summary), Extent.WHOLE
    best = "\n\n".join(content if words >= long else summary)
    return ("", Extent.HEADLINE) if _repeats(best, title) else (best, Extent.TEASER)


def _paragraphs(marked: Marked, title: str | None) -> tuple[list[str], bool]:
    """Return the paragraphs of a text, and whether it says that it goes on elsewhere."""
    words = _seen(marked.text)
    if not words.strip():
        return [], False
    if marked.is_markup and _TAG.search(words):
        root = markup.parse(words)
        markup.drop_unshown(root)
        for picture in root.xpath("//figure | //figcaption"):
            picture.drop_tree()
        markup.mark_quotations(root)
        found = markup.paragraphs(root)
    else:
        found = [" ".join(part.split()) for part in _BLANK_LINES.split(words) if part.strip()]
    return bare(found, title)


def bare(found: list[str], title: str | None) -> tuple[list[str], bool]:
    """Return paragraphs without the title above and what their site's software added below."""
    if found and title and _is_alike(found[0], title):
        found = found[1:]
    goes_on = False
    left = len(found)
    for paragraph in reversed(found):
        leads_on = _LEADS_ON.fullmatch(paragraph)
        if not leads_on and not _FOOTER.fullmatch(paragraph):
            break
        goes_on = goes_on or (leads_on is not None and not leads_on["other"])
        left -= 1
    if not left:
        return [], goes_on
    found = found[:left]
    room = max(0, len(found[-1]) - _TAIL)
    end = found[-1][room:]
    if any(word in end.lower() for word in _ON):
        end = _GOES_ON.sub("", end)
    bare_end = end if end.endswith(_ENDS) and not end.endswith("..") else _CUT.sub("", end)
    in_sentence = bare_end != end and not bare_end.endswith(_ENDS)
    shown = f"{found[-1][:room]}{bare_end}{' …' if in_sentence else ''}"
    is_cut = goes_on or shown != found[-1] or shown.endswith(" …")
    return [*found[:-1], *([shown] if shown.strip(" …") else [])], is_cut


def count(text: str) -> int:
    """Return how many words a text has; two signs of Chinese are about one."""
    signs = 0 if text.isascii() else len(_IDEOGRAPHS.findall(text))
    return len(text.split()) + signs // 2


def _count(paragraphs: list[str]) -> int:
    return sum(map(count, paragraphs))


def _seen(words: str) -> str:
    return words if words.isascii() else _INVISIBLE.sub("", words)


def _is_alike(words: str, title: str) -> bool:
    near = len(words) < _TITLE * 2 and words[:1].casefold() == title[:1].casefold()
    return near and _letters(words) == _letters(title)


def _letters(words: str) -> str:
    return _LETTERS.sub("", words).casefold()


def _repeats(text: str, title: str | None) -> bool:
    """Say whether a text tells no more than its title, but perhaps who wrote it."""
    if not text:
        return True
    if title is None:
        return False
    if len(text) > len(title) + _TAIL:
        return False
    said, above = _letters(text), _letters(title)
    if said == above or (len(said) < len(above) and above.startswith(said)):
        return True
    rest = text.removeprefix(title)
    return rest != text and count(rest) < _MORE
