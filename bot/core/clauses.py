"""A sentence cut where its clauses part, with the times of each piece."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.core.cues import letters
from bot.core.dates import Time
from bot.core.language import Language
from bot.core.prospects import Plans
from bot.core.values import Span

#: What parts two thoughts, and what parts the pieces of one.
_STRONG = re.compile(r"[;()\[\]|\t]|:(?!\d)|\s[–—-]{1,2}\s|--")
_WEAK = re.compile(r",\s+|[“”«»\"]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What stands between two commas."""

    span: Span
    times: tuple[Time, ...]
    #: Whether it is nothing but a time: "In October".
    is_time: bool
    #: Whether it says whose words the sentence has: "the minister said on Tuesday".
    reports: bool
    #: Whether it hangs on what stands before it: "which had been announced for 15 November".
    hangs: bool


def stretches(
    text: str, sentence: Span, times: tuple[Time, ...], language: Language
) -> list[list[Piece]]:
    """Return the pieces of each thought of a sentence, in order; no time is ever cut."""
    found: list[list[Piece]] = []
    for stretch in _cut(text, sentence, times, _STRONG):
        pieces = [_piece(text, span, times, language) for span in _cut(text, stretch, times, _WEAK)]
        if pieces:
            found.append(pieces)
    return found


def _cut(text: str, whole: Span, times: tuple[Time, ...], marks: re.Pattern[str]) -> list[Span]:
    """Return what stands between the marks, without white space around it, none of it empty."""
    found: list[Span] = []
    start = whole.start
    inside = iter([*times, None])
    time = next(inside)
    for mark in marks.finditer(text, whole.start, whole.end):
        while time and time.span.end <= mark.start():
            time = next(inside)
        if time and time.span.start < mark.start():
            continue
        if time and text[mark.start()] == "(" and time.span.start == mark.end():
            continue  # "the fair (10–12 March)"
        found.append(trimmed(text, Span(start, mark.start())))
        start = mark.end()
    found.append(trimmed(text, Span(start, whole.end)))
    return [span for span in found if span.start < span.end]


def trimmed(text: str, span: Span) -> Span:
    """Return a span without the white space, marks and stops at its ends."""
    start, end = span.start, span.end
    while start < end and not text[start].isalnum() and text[start] not in "$€£¥₸₽#@(":
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in "%)'’+":
        end -= 1
    return Span(start, end)


def _piece(text: str, span: Span, times: tuple[Time, ...], language: Language) -> Piece:
    inside = tuple(time for time in times if span.holds(time.span))
    words = span.of(text)
    first = inside[0] if inside else None
    return Piece(
        span=span,
        times=inside,
        is_time=bool(first and not _between(text, span, first).strip(" ,.")),
        reports=_reports(words, language),
        hangs=_hanging(language.plans).match(words) is not None,
    )


def _reports(words: str, language: Language) -> bool:
    """Say whether a piece has a word of saying."""
    if letters(words).isdisjoint(language.reporting):
        return False
    return saying(language).search(words) is not None


def _between(text: str, span: Span, time: Time) -> str:
    """Return what a piece holds besides a time and its preposition."""
    start = max(time.start, span.start)
    return text[span.start : start] + text[time.span.end : span.end]


@lru_cache(maxsize=8)
def saying(language: Language) -> re.Pattern[str]:
    """Return a pattern of the words of saying."""
    words = "|".join(sorted(language.reporting)) or "(?!)"
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _hanging(plans: Plans) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{plans.relatives}|{plans.hanging})\b"
        rf"|(?:\w+ly\s+)?(?:{plans.scheduled}|{plans.to}\s+\w+|\w+ing|[a-z]+ed)\b",
        re.IGNORECASE,
    )
