"""A sentence with words left out, and nothing else changed.

What may go: the agency's tail, an opener, an empty intensifier before a number, a trailing clause.
What never goes: negation, hedges, conditions, qualifiers of numbers, dates, figures, and who says
it. A clause is trailing only where nothing follows it: with a later comma the sentence may go on.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bot.core.language import Language
from bot.core.values import Span
from bot.core.wire import agency_tail
from bot.core.words import WORD

#: A line up to this long keeps its trailing clauses, in characters.
ROOM = 160
#: The same for a line inside a quotation.
QUOTED_ROOM = 200
#: A sentence longer than this is left as it is: nobody wrote it to be read as one.
LONGEST = 1000
#: A line inside a quotation is cut behind a word once it is longer than this.
QUOTED_MOST = 600
#: Words are left out at either end only when at least this many stay.
_WORDS_LEFT = 6

_MARKS = frozenset('“”„«»"')
_NUMBER = r"[$€£¥₸₽₹]?\d[\d.,]*(?:\s(?:thousand|million|billion|trillion))?"


def shortened(
    text: str,
    sentence: Span,
    language: Language,
    *,
    room: int = ROOM,
    publisher: str | None = None,
) -> tuple[Span, ...]:
    """Return the pieces of a sentence of narration that a line shows, in order."""
    gone = [*tails(text, sentence, language, publisher), *openers(text, sentence, language)]
    kept = keep(sentence, gone)
    if sentence.end - sentence.start > LONGEST:
        return kept
    kept = minus(kept, _intensified(text, sentence, language))
    if length(text, kept) > room:
        kept = minus(kept, trailing(text, kept, language, room=room, starts=language.occasions))
    return kept


def shortened_quotation(
    text: str, part: Span, language: Language, *, room: int = QUOTED_ROOM
) -> tuple[tuple[Span, ...], bool]:
    """Return the one piece of a quotation that a line shows, and whether its end was left out.

    Nothing is left out in the middle, so that the line is an exact piece of the source. However
    long the room, no line is longer than a sentence that somebody wrote to be read as one.
    """
    kept = keep(part, openers(text, part, language))
    cut = False
    if room < length(text, kept) <= LONGEST:
        gone = next(trailing(text, kept, language, room=room, starts=()), None)
        if gone:
            kept, cut = (Span(kept[0].start, gone.start),), True
    most = max(QUOTED_MOST, min(room, LONGEST))
    if length(text, kept) > most:
        kept, cut = (first_words(text, kept[0], most),), True
    return kept, cut


def first_words(text: str, part: Span, room: int) -> Span:
    """Return as many whole words of a longer part as there is room for, in characters."""
    end = text.rfind(" ", part.start + 1, part.start + room)
    return Span(part.start, end if end > 0 else part.start + room)


def keep(sentence: Span, left_out: Iterable[Span]) -> tuple[Span, ...]:
    """Return what stays of a sentence without the spans left out."""
    return minus((sentence,), left_out)


def minus(pieces: tuple[Span, ...], left_out: Iterable[Span]) -> tuple[Span, ...]:
    """Return the pieces without the spans left out, in order, none of them empty."""
    for gone in left_out:
        pieces = tuple(
            rest
            for piece in pieces
            for rest in (
                Span(piece.start, min(piece.end, gone.start)),
                Span(max(piece.start, gone.end), piece.end),
            )
            if rest.start < rest.end
        )
    return pieces


def length(text: str, pieces: tuple[Span, ...]) -> int:
    """Return how many characters the pieces make as a line."""
    return len(join(text, pieces))


def join(text: str, pieces: tuple[Span, ...]) -> str:
    """Return the pieces as one line: single spaces, none before a stop, the first letter raised."""
    line = " ".join(" ".join(piece.of(text) for piece in pieces).split())
    line = re.sub(r"\s+([.,;:!?…])", r"\1", line)
    first = line[:1].upper()
    # Some letters become two: "ß" is left as it is.
    return first + line[1:] if len(first) == 1 else line


def is_guarded(piece: str, language: Language) -> bool:
    """Say whether a piece holds what is never left out: figures, dates, hedges, sayers."""
    if any(character.isdigit() for character in piece) or re.search("n['’]t\\b", piece):
        return True
    words = {word.lower() for word in WORD.findall(piece)}
    return not (words.isdisjoint(language.guarded) and words.isdisjoint(language.months))


def tails(
    text: str, sentence: Span, language: Language, publisher: str | None = None
) -> Iterator[Span]:
    """Yield ", Trend reports" at the end of a sentence, where it names the article's publisher."""
    tail = agency_tail(text, sentence, language, publisher=publisher)
    if tail:
        yield tail[0]


def openers(text: str, sentence: Span, language: Language) -> Iterator[Span]:
    """Yield the openers of a sentence, each with its comma, while enough words stay."""
    start = sentence.start
    while match := _openers(language).match(text, start, sentence.end):
        if len(text[match.end() : sentence.end].split()) < _WORDS_LEFT:
            return
        yield Span(start, match.end())
        start = match.end()


def trailing(
    text: str, pieces: tuple[Span, ...], language: Language, *, room: int, starts: tuple[str, ...]
) -> Iterator[Span]:
    """Yield the trailing clause to leave out so that the rest has room, or as near as may be."""
    end = _stop(text, pieces)
    fitting = [
        place
        for place in _clauses(text, Span(pieces[0].start, end), language, starts)
        if _may_go(text, pieces, Span(place, end), language)
    ]
    short = [place for place in fitting if length(text, minus(pieces, [Span(place, end)])) <= room]
    if fitting:
        yield Span(short[-1] if short else fitting[0], end)


def _may_go(text: str, pieces: tuple[Span, ...], clause: Span, language: Language) -> bool:
    """Say whether a clause ends its sentence, carries no weight, and leaves a sentence behind."""
    words = " ".join(piece.of(text) for piece in minus(pieces, [Span(0, clause.start)]))
    stays = " ".join(piece.of(text) for piece in minus(pieces, [Span(clause.start, len(text))]))
    return (
        "," not in words.lstrip(" ,")
        and not _MARKS & set(words)
        and words.count("(") == words.count(")")
        and len(stays.split()) >= _WORDS_LEFT
        and not is_guarded(words, language)
    )


def _clauses(text: str, span: Span, language: Language, starts: tuple[str, ...]) -> list[int]:
    """Return where trailing clauses may begin, in order."""
    found = [match.start() for match in _relative(language).finditer(text, span.start, span.end)]
    if starts:
        found += [match.start() for match in _phrases(starts).finditer(text, span.start, span.end)]
    return sorted(found)


@lru_cache(maxsize=8)
def _relative(language: Language) -> re.Pattern[str]:
    """Return what begins a clause behind a comma, never inside a list.

    "built roads, bridges, building sites" and "debated, amended and rejected" are lists.
    """
    words = "|".join(sorted(language.clause_starters)) or "(?!)"
    forms = "|".join(language.participles) or "(?!)"
    listed = r"(?<!,)(?<!, \w{4})(?<!, \w{5})(?<!, \w{6})(?<!, \w{7})(?<!, \w{8})"
    return re.compile(rf"{listed},\s+(?:(?:{words})|(?:{forms})(?!\s+(?:and|or)\b)(?!,))\b")


@lru_cache(maxsize=32)
def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r",?\s+(?:" + "|".join(phrases) + r")\s")


@lru_cache(maxsize=8)
def _openers(language: Language) -> re.Pattern[str]:
    phrases = [re.escape(opener) for opener in sorted(language.openers, key=len, reverse=True)]
    alternatives = "|".join([*phrases, *language.opener_patterns]) or "(?!)"
    return re.compile(rf"(?:{alternatives}),\s+", re.IGNORECASE)


def _intensified(text: str, sentence: Span, language: Language) -> Iterator[Span]:
    """Yield "a staggering " before a number; the article stays where a noun follows the number."""
    if language.intensifiers:
        for match in _intensifier(language).finditer(text, sentence.start, sentence.end):
            noun = match["noun"] and match["noun"].lower() not in language.stop_words
            yield Span(match.start("word") if noun else match.start(), match.end("word"))


@lru_cache(maxsize=8)
def _intensifier(language: Language) -> re.Pattern[str]:
    words = "|".join(sorted(language.intensifiers))
    return re.compile(
        rf"\b(?:an?\s+)?(?P<word>(?:{words})\s+)(?={_NUMBER}(?:\s(?P<noun>\w+(?<!s)\b))?)",
        re.IGNORECASE,
    )


def _stop(text: str, pieces: tuple[Span, ...]) -> int:
    """Return where the last stop of a line begins, or its end where there is none."""
    last = pieces[-1]
    end = last.end
    while end > last.start and text[end - 1] in ".!?…":
        end -= 1
    return end
