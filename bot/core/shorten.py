"""A sentence with words left out, and nothing else changed.

What may go: the agency's tail, an opener, an empty intensifier before a number, a trailing clause.
What never goes: negation, hedges, qualifiers of numbers, dates, figures, and who says it.
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
#: Words are left out at either end only when at least this many stay.
_WORDS_LEFT = 6

_MARKS = frozenset('“”„«»"')


def shortened(text: str, sentence: Span, language: Language, *, room: int) -> tuple[Span, ...]:
    """Return the pieces of a sentence of narration that a line shows, in order."""
    kept = keep(sentence, [*tails(text, sentence, language), *openers(text, sentence, language)])
    kept = minus(kept, _intensified(text, sentence, language))
    if length(text, kept) > room:
        kept = minus(kept, trailing(text, kept, language, room=room, starts=language.occasions))
    return kept


def shortened_quotation(
    text: str, part: Span, language: Language, *, room: int
) -> tuple[tuple[Span, ...], bool]:
    """Return the one piece of a quotation that a line shows, and whether its end was left out.

    Nothing is left out in the middle, so that the line is an exact piece of the source.
    """
    kept = keep(part, openers(text, part, language))
    if length(text, kept) <= room:
        return kept, False
    gone = list(trailing(text, kept, language, room=room, starts=()))
    if not gone:
        return kept, False
    return (Span(kept[0].start, gone[0].start),), True


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


def tails(text: str, sentence: Span, language: Language) -> Iterator[Span]:
    """Yield ", Trend reports" at the end of a sentence."""
    tail = agency_tail(text, sentence, language)
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
    start, end = pieces[0].start, _stop(text, pieces)
    fitting: list[int] = []
    for place in _clauses(text, Span(start, end), language, starts):
        clause = " ".join(piece.of(text) for piece in minus(pieces, [Span(start, place)]))
        if (
            not is_guarded(clause, language)
            and not _MARKS & set(clause)
            and clause.count("(") == clause.count(")")
            and len(text[start:place].split()) >= _WORDS_LEFT
        ):
            fitting.append(place)
    short = [place for place in fitting if length(text, minus(pieces, [Span(place, end)])) <= room]
    if fitting:
        yield Span(short[-1] if short else fitting[0], end)


def _clauses(text: str, span: Span, language: Language, starts: tuple[str, ...]) -> list[int]:
    """Return where trailing clauses may begin, in order."""
    found = [
        match.start()
        for match in re.compile(r",\s+([^\W\d_]+)").finditer(text, span.start, span.end)
        if match[1] in language.clause_starters
        or (len(match[1]) > len("being") and match[1].endswith(language.participles or "\n"))
    ]
    if starts:
        phrase = _phrases(starts)
        found += [match.start() for match in phrase.finditer(text, span.start, span.end)]
    return sorted(found)


@lru_cache(maxsize=32)
def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r",?\s+(?:" + "|".join(map(re.escape, phrases)) + r")\s")


@lru_cache(maxsize=8)
def _openers(language: Language) -> re.Pattern[str]:
    phrases = [re.escape(opener) for opener in sorted(language.openers, key=len, reverse=True)]
    alternatives = "|".join([*phrases, *language.opener_patterns]) or "(?!)"
    return re.compile(rf"(?:{alternatives}),\s+", re.IGNORECASE)


def _intensified(text: str, sentence: Span, language: Language) -> Iterator[Span]:
    """Yield "a staggering " before a number."""
    if language.intensifiers:
        for match in _intensifier(language).finditer(text, sentence.start, sentence.end):
            yield Span(match.start(), match.end())


@lru_cache(maxsize=8)
def _intensifier(language: Language) -> re.Pattern[str]:
    words = "|".join(sorted(language.intensifiers))
    return re.compile(rf"\b(?:an?\s+)?(?:{words})\s+(?=[$€£¥₸₽]?\d)", re.IGNORECASE)


def _stop(text: str, pieces: tuple[Span, ...]) -> int:
    """Return where the last stop of a line begins, or its end where there is none."""
    last = pieces[-1]
    end = last.end
    while end > last.start and text[end - 1] in ".!?…":
        end -= 1
    return end
