"""What pops up for one reader of a channel: of an answer, what fits and does not stand there."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from bot.core.page import Entry, Heading, Inline, Item, Note, Page, Paragraph, Prose, Quotation
from bot.core.parting import parting
from bot.core.phrases import plain
from bot.core.verbs import StoryNumber, parse
from bot.telegram.pieces import cleaned, is_blank

#: What stands between the parts of a line: who printed a story, where and when.
_BETWEEN = " · "
#: What ends a quotation, before its speaker.
_SAID = "” — "
#: Shows that more is there.
_MORE = "…"
#: The mark of a remark at the foot of a page, which does not pop up.
_MARK = re.compile(r"\s[①-⑳]$")
_SENTENCE_END = re.compile(r"[.!?。！？][\"”’»)\]]*$")
#: A line stands above where so many of its first letters do, or half of them where that is more:
#: the rest of it may have been left out there.
_ENOUGH = 40
#: It repeats its headline where it has this share of the headline's groups of three letters.
_REPEATED = 0.8
#: A beginning of fewer characters tells nothing.
_LEAST = 40


def popup(says: str, page: Page, *, above: str, most: int) -> str:
    """Return what of the answer to a button fits: of a story its lines, else of a list its entries.

    ``above`` is what the message with the button says, where that is known.
    """
    if isinstance(parse(says), StoryNumber):
        return story_words(page, above=above, most=most)
    return list_words(page, most=most)


def story_words(page: Page, *, above: str, most: int) -> str:
    """Return the first lines of a story in full that fit, and who says so where there is room.

    What stands above, in the message with the button, or only repeats the headline comes last,
    behind figures and quotations. Lines are left out whole; where none fits, one is cut. At most
    so many characters; a page that tells no story is told in short.
    """
    title, told = _parted(page)
    origin = told[0] if told and isinstance(told[0], Paragraph) else None
    rest = told[1:] if origin else told
    opening = tuple(takewhile(lambda block: not isinstance(block, Heading), rest))
    lines = list(_lines(opening, Item, Paragraph))
    facts = rest[len(opening) :]
    known, head = _letters(above), _letters(title)
    new = [line for line in lines if not (_stands(line, known) or _repeats(line, head))]
    chosen = (
        _following(new, most)
        or _beginning(new, most)
        or _fitting([*_lines(_unknown(facts, known), Entry, Quotation)], most)
        or _following(lines, most)
        or _beginning([*lines, *_lines(facts, Entry, Quotation)], most)
    )
    if not chosen:
        return _short(page, most)
    whole = _text(origin.spans) if origin else ""
    for name in (whole, whole.split(_BETWEEN)[0]):
        if name and _length([*chosen, name]) <= most:
            return "\n".join((*chosen, name))
    return "\n".join(chosen)


def list_words(page: Page, *, most: int) -> str:
    """Return the entries of a page that fit, in order; where more are left, that is shown.

    Where not all fit, each is told by its first part alone. At most so many characters; a page
    that lists nothing is told in short.
    """
    _, told = _parted(page)
    whole = list(_lines(told, Entry, Heading, Item, Paragraph, Quotation))
    if not whole:
        return _short(page, most)
    if _length(whole) <= most:
        return "\n".join(whole)
    # What was found is listed by headings; elsewhere these only part what is listed.
    listed = Entry if any(isinstance(block, Entry) for block in told) else Heading
    parts = [line.split(_BETWEEN)[0] for line in _lines(told, listed, Paragraph)]
    room = most - _length([_MORE]) - 1
    chosen = _fitting(parts, room)
    if chosen:
        return "\n".join(chosen if chosen == parts else (*chosen, _MORE))
    return "\n".join(_beginning(whole, most)) or _short(page, most)


def _parted(page: Page) -> tuple[str, Sequence[Prose]]:
    """Return the title of a page and what stands behind it: nothing behind none."""
    first, *rest = page.prose or (Note(()),)
    return (_text(first.spans), rest) if isinstance(first, Heading) else ("", ())


def _lines(blocks: Sequence[Prose], *kinds: type[Prose]) -> Iterator[str]:
    """Yield the blocks of these kinds, each in a line, those that show anything."""
    for block in blocks:
        said = _text(block.spans)
        if not isinstance(block, kinds) or is_blank(said):
            continue
        if isinstance(block, Entry):
            said = f"{_text(block.term)}: {said}"
        yield f"• {said}" if isinstance(block, Item) else said


def _text(spans: Sequence[Inline]) -> str:
    return _MARK.sub("", cleaned(plain(spans)).strip())


def _letters(text: str) -> str:
    """Return a text without all that its dress, or the way it is quoted, may change."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _stands(line: str, known: str) -> bool:
    letters = _letters(line)
    return bool(letters) and letters[: max(_ENOUGH, len(letters) // 2)] in known


def _unknown(facts: Sequence[Prose], known: str) -> Sequence[Prose]:
    """Return the facts that do not stand above: of a figure, and of a time, its words would."""
    return [
        fact
        for fact in facts
        if not _stands(_text(fact.term if isinstance(fact, Entry) else fact.spans), known)
    ]


def _repeats(line: str, headline: str) -> bool:
    said = _letters(line)
    groups = [headline[start : start + 3] for start in range(len(headline) - 2)]
    repeated = sum(group in said for group in groups)
    return bool(groups) and repeated >= _REPEATED * len(groups)


def _fitting(lines: Sequence[str], most: int) -> list[str]:
    """Return the lines that fit below each other, in order."""
    chosen: list[str] = []
    for line in lines:
        if _length([*chosen, line]) <= most:
            chosen.append(line)
    return chosen


def _following(lines: Sequence[str], most: int) -> list[str]:
    """Return those that fit, but none behind one that does not: it may point back to that."""
    chosen: list[str] = []
    left_out = False
    for line in lines:
        fits = _length([*chosen, line]) <= most
        if fits and not left_out:
            chosen.append(line)
        left_out = not fits
    return chosen


def _beginning(lines: Sequence[str], most: int) -> list[str]:
    """Return the beginning of the first line that may be cut, if there is one."""
    cut = (_cut(line, most) for line in lines)
    return next(([line] for line in cut if line), [])


def _cut(line: str, most: int) -> str:
    """Return at most so many characters of a line, of a quotation with its speaker.

    Empty where too few of them are left.
    """
    words, mark, speaker = line.rpartition(_SAID)
    if not mark or len(line) <= most:
        return _ended(line, most)
    tail = f" {_MORE}{mark}{speaker}"
    room = most - len(tail)
    return f"{_kept(words, room).rstrip('.')}{tail}" if room >= _LEAST else ""


def _ended(text: str, most: int) -> str:
    """Return at most so many characters of a text, a mark behind them where it goes on."""
    if len(text) <= most:
        return text
    kept = _kept(text, most - len(_MORE))
    return kept if _SENTENCE_END.search(kept) else f"{kept}{_MORE}"


def _kept(text: str, most: int) -> str:
    return text[: parting(text, most)].rstrip(" ,;:–—")


def _short(page: Page, most: int) -> str:
    return _ended(cleaned(page.summary), most)


def _length(lines: Sequence[str]) -> int:
    return len("\n".join(lines))
