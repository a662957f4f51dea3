"""The numbers of a text, in digits and in words, with what each is worth."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.core.amount_words import AmountWords
from bot.core.cues import found_at, letters
from bot.core.values import Span

#: More digits than this in a row are a number of an account or the like.
_DIGITS = r"(?!0\d)\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d{1,9})?|(?!0\d)\d{1,15}(?:\.\d{1,9})?"
_RUN = re.compile(r"\d+")
#: So many places tell a third from a quarter.
_PLACES = Decimal("0.0001")
_THOUSAND = 1000
_TENS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as printed, its scale word included, and what it is worth."""

    span: Span
    value: Decimal
    #: Whether it is printed in words, and whether as a part of one: "half", "two thirds".
    in_words: bool = False
    fraction: bool = False
    #: What the scale word or sign at its end multiplies it by: "5 trillion", "3bn"; else 1.
    scale: int = 1


def numbers(text: str, span: Span, words: AmountWords) -> list[Number]:
    """Return the numbers within a span, in order; parts of words and of dotted dates are none."""
    in_digits, in_words = _patterns(words)
    found: list[Number] = []
    for run in _RUN.finditer(text, span.start, span.end):
        # From the runs of digits on, for most of a text has none.
        match = in_digits.match(text, run.start(), span.end)
        if match and not (found and found[-1].span.end > run.start()):
            found.append(_of_digits(match, words))
    if not letters(span.of(text)).isdisjoint(_known(words)):
        taken = {place for number in found for place in range(number.span.start, number.span.end)}
        found += [
            _of_words(match, words)
            for match in found_at(_starts(words), in_words, text, span)
            if match.start() not in taken
        ]
    return sorted(found, key=lambda number: number.span)


def plain(value: Decimal) -> Decimal:
    """Return a whole number without the places that a scale has moved away."""
    return Decimal(int(value)) if value == value.to_integral_value() else value


def any_of(alternatives: Iterable[str]) -> str:
    """Return a pattern for any of some patterns, a longer one first; for none, one that fails."""
    return "|".join(sorted(alternatives, key=len, reverse=True)) or "(?!)"


@lru_cache(maxsize=8)
def _known(words: AmountWords) -> frozenset[str]:
    """Return the words of which every number in words has one."""
    return frozenset().union(words.numerals, words.scales, words.fractions, words.bare_fractions)


@lru_cache(maxsize=8)
def _starts(words: AmountWords) -> frozenset[str]:
    """Return the words of which every number in words begins with one."""
    return words.articles.union(words.numerals, words.bare_fractions)


@lru_cache(maxsize=8)
def _patterns(words: AmountWords) -> tuple[re.Pattern[str], re.Pattern[str]]:
    scale = f"(?:{any_of(words.scales)})"
    codes = "".join(rf"|(?<=\b{code})" for code in words.currency_codes)
    in_digits = re.compile(
        rf"(?:(?<![\w.,/:–−-])|(?<=[\d%][–-]){codes})(?P<digits>{_DIGITS})(?![.,]?\d)"
        rf"(?:(?P<short>{any_of(words.short_scales)})\b"
        rf"|(?:\s+|-)(?P<scale>{scale}(?:\s+{scale})?)\b)?(?![\w/:])",
        re.IGNORECASE,
    )
    tens = any_of(word for word, value in words.numerals.items() if value >= _TENS)
    ones = any_of(word for word, value in words.numerals.items() if value < _TENS)
    low = rf"(?:(?:{tens})(?:[\s-](?:{ones})\b)?|(?:{ones}))"
    count = rf"(?:{words.article}|{low})"
    scaled = rf"{scale}(?:\s+(?:(?:{words.number_joint})\s+)?{low}\b)?"
    in_words = re.compile(
        rf"(?<![\w-])(?:(?P<whole>{low})\s+(?:{words.and_half})(?:\s+(?P<of_half>{scale}))?"
        rf"|(?:(?P<count>{count})[\s-](?P<part>{any_of(words.fractions)})"
        rf"|(?:{words.article}\s+)?(?P<alone>{any_of(words.bare_fractions)}))(?!-)"
        rf"(?:\s+(?:{words.of_before}\s+)?(?:{words.article})\s+(?P<of_part>{scale}))?"
        rf"|(?P<run>(?:(?:{words.article})\s+{scaled}|{low})(?:[\s-]+{scaled})*)"
        rf")(?!\w)",
        re.IGNORECASE,
    )
    return in_digits, in_words


def _of_digits(match: re.Match[str], words: AmountWords) -> Number:
    scale = 1
    for word in (match["scale"] or match["short"] or "").lower().split():
        scale *= words.scales.get(word) or words.short_scales[word]
    value = plain(Decimal(match["digits"].replace(",", "")) * scale)
    return Number(span=Span(*match.span()), value=value, scale=scale)


def _of_words(match: re.Match[str], words: AmountWords) -> Number:
    span = Span(*match.span())
    if match["run"]:
        value, scale = _worth(match["run"], words)
        return Number(span=span, value=Decimal(value), in_words=True, scale=scale)
    if match["whole"]:
        value, _ = _worth(match["whole"], words)
        scale = _scale(match["of_half"], words)
        worth = plain((value + Decimal("0.5")) * scale)
        return Number(span=span, value=worth, in_words=True, scale=scale)
    count, _ = _worth(match["count"] or "", words)
    parts = {**words.fractions, **words.bare_fractions}[(match["part"] or match["alone"]).lower()]
    scale = _scale(match["of_part"], words)
    part = (Decimal(max(count, 1) * scale) / parts).quantize(_PLACES).normalize()
    return Number(span=span, value=plain(part), in_words=True, fraction=scale == 1, scale=scale)


def _scale(word: str | None, words: AmountWords) -> int:
    return words.scales[word.lower()] if word else 1


def _worth(run: str, words: AmountWords) -> tuple[int, int]:
    """Return what the words of a number make together, and the scale that they end with."""
    total = current = 0
    ending = 1
    for word in re.findall(r"\w+", run.lower()):
        scale = words.scales.get(word)
        if scale is None:
            current += words.numerals.get(word, 0)
            ending = 1
            continue
        ending *= scale
        if scale < _THOUSAND:
            current = max(current, 1) * scale
        elif total and not current:
            total *= scale  # a lakh crore
        else:
            total, current = total + max(current, 1) * scale, 0
    return total + current, ending
