"""Where the sentences of a text stand."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.core.language import Language
from bot.core.values import Span

#: Marks that may close a quotation or a bracket behind the stop of a sentence.
_CLOSERS = "\"'”’»)\\]」』）"
_OPENERS = "\"'“‘«([„「『（"

#: All begin with one set of characters, which a search finds many times as fast as alternatives.
_END = re.compile(
    r"[.!?…。！？](?:"
    rf"(?<=[.!?…])[.!?…]*[{_CLOSERS}]*(?=\s|$)"  # a stop, what it closes, and a gap
    rf"|(?<=[。！？])[。！？]*[{_CLOSERS}]*"  # Chinese sets no gap
    r"|(?<=[a-z]{2}[.!?])(?=[A-Z][a-z])"  # a gap that was forgotten
    r"|(?<=[.!?])[”»\"](?=[A-Z]))"
)
_WORD_BEFORE = re.compile(r"(?<!\w)[^\W\d_](?:[\w'’-]|\.(?=\w))*$")
_LETTERS = re.compile(r"[^\W\d_]+")
_DOTTED = re.compile(r"(?:\w\.)+\w")
_NEXT = re.compile(rf"\s*[{_OPENERS}]*\s*")
_NAMES_THEN_WORD = re.compile(r"\s+(?:[A-Z][\w.'’-]{1,30}\s+){0,4}([a-z]+)(?! that\b)\b")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_BULLET = re.compile(r"\s*(?:[-*•–]|\d{1,2}[.)])\s")
#: Lines longer than this are not hard-wrapped: each is a paragraph of its own.
_WRAPPED = 100


def paragraphs(text: str, *, start: int = 0) -> list[Span]:
    """Return the paragraphs from a position on, without the white space around them.

    A blank line always ends one; a single line break does unless the lines are hard-wrapped.
    """
    found: list[Span] = []
    position = start
    for gap in _BLANK_LINE.finditer(text, start):
        found.extend(_lines(text, position, gap.start()))
        position = gap.end()
    found.extend(_lines(text, position, len(text)))
    return found


def sentences(text: str, language: Language, *, start: int = 0) -> list[Span]:
    """Return the sentences from a position on, in order; a heading counts as one.

    Linear in the length of the text. A sentence inside a quotation is a sentence; the marks and
    brackets that close behind its stop belong to it.
    """
    credited = any(f"{word}:" in text for word in language.credits)
    return [
        span
        for paragraph in paragraphs(text, start=start)
        for span in _split(text, paragraph, language, credited=credited)
    ]


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a block whole where its lines are hard-wrapped, else line by line."""
    lines = text[start:end].split("\n")
    if len(lines) == 1:
        yield from _trimmed(text, start, end)
        return
    width = max(map(len, lines)) if _is_wrapped(lines) else 0
    first = position = start
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        position += len(line) + 1
        if 3 * len(line.rstrip()) < 2 * width or not width:
            # Where the next words would have had room, somebody ended the line.
            if width and following.lstrip()[:1].islower():
                continue
            yield from _trimmed(text, first, position - 1)
            first = position
    yield from _trimmed(text, first, end)


def _is_wrapped(lines: list[str]) -> bool:
    """Say whether line breaks stand where the width ran out and not where a sentence ended."""
    if max(map(len, lines)) > _WRAPPED or any(map(_BULLET.match, lines)):
        return False
    inner = [line.rstrip() for line in lines[:-1]]
    open_ended = sum(1 for line in inner if line and line[-1] not in f".!?…:。！？{_CLOSERS}")
    return 2 * open_ended > len(inner) and max(map(len, inner)) > _WRAPPED // 2


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _split(text: str, paragraph: Span, language: Language, *, credited: bool) -> Iterator[Span]:
    credit = None
    if credited:
        credit = _credit(language).search(text, paragraph.start, paragraph.end)
    end = credit.start() if credit else paragraph.end
    position = paragraph.start
    for stop in _END.finditer(text, paragraph.start, end):
        if stop.end() < paragraph.end and _ends(text, stop, paragraph, language):
            yield from _trimmed(text, position, stop.end())
            position = stop.end()
    yield from _trimmed(text, position, end)
    yield from _trimmed(text, end, paragraph.end)


@lru_cache(maxsize=8)
def _credit(language: Language) -> re.Pattern[str]:
    """Return what begins a credit at the end of a caption: "Image: Ann Lee"."""
    words = "|".join(language.credits) or "(?!)"
    return re.compile(rf"(?<=\S)\s+(?=(?:{words}):\s)")


def _ends(text: str, stop: re.Match[str], paragraph: Span, language: Language) -> bool:
    """Say whether these stop marks end a sentence, judged by the words on both sides."""
    mark = stop.group()
    if mark[0] in "。！？":
        return True
    after = _NEXT.match(text, stop.end())
    follows = text[after.end()] if after and after.end() < paragraph.end else ""
    if not follows or follows.islower() or follows in ",;:.!?":
        return False
    if mark[-1] in "\"'”’»" and _is_reported(text, stop.end(), paragraph.end, language):
        return False
    if mark != ".":
        return True
    return not _is_abbreviation(text, stop.start(), paragraph.start, follows, language)


def _is_reported(text: str, position: int, end: int, language: Language) -> bool:
    """Say whether what follows a closed quotation tells whose it is, as in: "Why?" Smith asked."""
    words = _NAMES_THEN_WORD.match(text, position, min(end, position + 120))
    return words is not None and words[1] in language.reporting


def _is_abbreviation(text: str, stop: int, start: int, follows: str, language: Language) -> bool:
    reach = max(start, stop - 24)
    before = _WORD_BEFORE.search(text, max(reach, text.rfind(" ", reach, stop)), stop)
    if not before:
        # A number that begins a paragraph counts a point of a list.
        return text[max(start, stop - 4) : stop].isdigit() and stop - start <= len("99")
    word = before.group().lower().rstrip(".")
    if len(word) == 1 and before.group().isupper():
        return True
    if word in language.abbreviations:
        return True
    if word not in language.closing_abbreviations and not _DOTTED.fullmatch(word):
        return False
    if follows.isdigit():
        return True
    following = _LETTERS.search(text, stop, stop + 40)
    return not (following and following.group().lower() in language.starters)
