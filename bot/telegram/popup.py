"""What pops up for one reader of a channel: of an answer, the whole lines that fit."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

from bot.core.fact_verbs import StorySources
from bot.core.page import Entry, Heading, Inline, Item, Note, Page, Paragraph, Prose, Quotation
from bot.core.phrases import plain
from bot.core.verbs import StoryNumber, parse
from bot.telegram.pieces import cleaned, is_blank

#: Shows that more is there.
_MORE = "…"
#: The mark of a remark at the foot of a page, which does not pop up.
_MARK = re.compile(r"\s[①-⑳]$")
#: A line that is a quotation, and who said it.
_QUOTED = re.compile(r"• “[^“”]*” — ")
#: What may stand around a word without being of it; signs of money, percent and less than none are.
_AROUND = ".,;:!?…·•()[]\"'“”„«»‘’①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
#: Stands in a message between a mark and its word, and shows nothing.
_JOINER = "\u2060"
#: A line stands above where so many of its first words do, or half of them where that is more:
#: the rest of it may have been left out there.
_ENOUGH = 8


def popup(says: str, page: Page, *, above: str, most: int) -> str:
    """Return of the answer to a button the lines that fit in so many characters, each whole.

    ``above`` is what the message with the button says. Where no line fits, it is the page in
    short, however long that is.
    """
    match parse(says):
        case StoryNumber():
            return story_words(page, above=above, most=most)
        case StorySources():
            # What is bold there, and what brackets mean, would have to be told as well.
            return _short(page)
        case _:
            return list_words(page, most=most)


def story_words(page: Page, *, above: str, most: int) -> str:
    """Return the first lines of a story that fit, and who says so where there is room.

    A line may point back to the one before it: none follows one that does not fit. What stands
    ``above`` is left out; where nothing else fits, quotations and figures that do not stand there
    take its place, or else the lines that do.
    """
    title, *told = page.prose or (Note(()),)
    opening = list(takewhile(lambda block: not isinstance(block, Heading), told))
    if not isinstance(title, Heading) or not opening:
        return _short(page)
    lines, known = list(_lines(opening[1:], Item, Paragraph)), _words(above)
    new = [line for line in lines if not _stands(line, known)]
    facts = [fact for fact in told[len(opening) :] if not _stands(_key(fact), known)]
    apart = [*filter(_QUOTED.match, new), *_lines(facts, Entry, Quotation)]
    fitting = [one for one in apart if len(one) <= most]
    chosen = _following(new, most) or _following(fitting, most) or _following(lines, most)
    if not chosen:
        return _short(page)
    origin = opening[0].spans
    named = ("\n".join((*chosen, _text(spans))) for spans in (origin, origin[:1]))
    return next((said for said in named if len(said) <= most), "\n".join(chosen))


def list_words(page: Page, *, most: int) -> str:
    """Return what a page lists; where not all fits, the first of it, and that there is more.

    Of an entry, the first words are told then.
    """
    title, *told = page.prose or (Note(()),)
    if not isinstance(title, Heading):
        return _short(page)
    whole = "\n".join(_lines(told, Entry, Heading, Item, Paragraph))
    if 0 < len(whole) <= most:
        return whole
    firsts = [
        replace(block, spans=block.spans[:1]) if isinstance(block, Entry) else block
        for block in told
    ]
    chosen = _following(_lines(firsts, Entry, Heading, Paragraph), most - len(f"\n{_MORE}"))
    return "\n".join((*chosen, _MORE)) if chosen else _short(page)


def _lines(blocks: Iterable[Prose], *kinds: type[Prose]) -> Iterator[str]:
    """Yield the blocks of these kinds, each in a line, those that show anything."""
    for block in blocks:
        said = _text(block.spans)
        if not isinstance(block, kinds) or is_blank(said):
            continue
        if isinstance(block, Entry):
            said = f"{_text(block.term)}: {said}"
        yield f"• {said}" if isinstance(block, Item) else said


def _following(lines: Iterable[str], most: int) -> list[str]:
    """Return the lines before the first that does not fit below them."""
    chosen: list[str] = []
    for line in lines:
        if len("\n".join((*chosen, line))) > most:
            break
        chosen.append(line)
    return chosen


def _key(fact: Prose) -> str:
    """Return by which words a fact is known: a figure or a time by itself."""
    return _text(fact.term if isinstance(fact, Entry) else fact.spans)


def _stands(line: str, known: str) -> bool:
    words = _words(line).split()
    first = words[: max(_ENOUGH, len(words) // 2)]
    return bool(first) and f" {' '.join(first)} " in known


def _words(text: str) -> str:
    """Return the words of a text between spaces, without all that its dress may change."""
    words = (word.strip(_AROUND) for word in text.replace(_JOINER, "").casefold().split())
    return f" {' '.join(filter(None, words))} "


def _text(spans: tuple[Inline, ...]) -> str:
    return _MARK.sub("", cleaned(plain(spans)).strip())


def _short(page: Page) -> str:
    return cleaned(page.summary)
