"""The sentence around an amount: its clauses, its times, and what else it counts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.core.amount_words import AmountWords
from bot.core.amounts import Amount
from bot.core.cues import found_at, letters
from bot.core.numerals import any_of
from bot.core.values import Span

_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence with what its figures are read from."""

    text: str
    span: Span
    words: AmountWords
    amounts: tuple[Amount, ...]
    #: Where a clause begins: the break, its words included.
    breaks: tuple[Span, ...]
    #: The times that may say what an amount is true of.
    periods: tuple[Span, ...]

    def clause(self, amount: Span) -> Span:
        """Return the clause around an amount, without the time that opens the sentence."""
        opening = self.opening()
        start = opening.end + 1 if opening and opening.end < amount.start else self.span.start
        before = [gap.end for gap in self.breaks if gap.end <= amount.start]
        behind = [gap.start for gap in self.breaks if gap.start >= amount.end]
        return Span(max([start, *before[-1:]]), min([self.span.end, *behind[:1]]))

    def opening(self) -> Span | None:
        """Return the time that a comma sets before the rest of the sentence."""
        for period in self.periods[:1]:
            head = self.text[self.span.start : period.start]
            if not head.strip("“\"'‘« ") and self.text[period.end : period.end + 1] == ",":
                return period
        return None


def passage(text: str, span: Span, found: tuple[Amount, ...], words: AmountWords) -> Passage:
    """Return a sentence with its clauses, its times, and the amounts outside these."""
    rules = _rules(words)
    times = list(_times(text, span, words))
    periods = tuple(
        Span(match.start("period"), match.end()) for match in times if not match["other"]
    )
    others = [Span(*match.span()) for match in times if match["other"]]
    return Passage(
        text=text,
        span=span,
        words=words,
        amounts=tuple(
            amount
            for amount in found
            if not (amount.bare and any(period.holds(amount.span) for period in periods))
            and not (amount.duration and any(other.holds(amount.span) for other in others))
        ),
        breaks=tuple(_spans(rules.breaks.finditer(text, span.start, span.end))),
        periods=periods,
    )


def _times(text: str, span: Span, words: AmountWords) -> Iterator[re.Match[str]]:
    """Yield what looks like a time, with what makes another thing of it."""
    known, pattern = letters(span.of(text)), _rules(words).period
    if known.isdisjoint(words.period_words) and not _YEAR.search(text, span.start, span.end):
        return
    if known.isdisjoint(words.period_ends):
        yield from found_at(words.period_starts, pattern, text, span)
    else:
        # Any word may begin "three years ago".
        yield from pattern.finditer(text, span.start, span.end)


def _spans(matches: Iterable[re.Match[str]]) -> Iterable[Span]:
    return (Span(*match.span()) for match in matches)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    breaks: re.Pattern[str]
    period: re.Pattern[str]


@lru_cache(maxsize=8)
def _rules(words: AmountWords) -> _Rules:
    return _Rules(
        breaks=re.compile(
            rf"[;—]|:(?!\d)|\.(?<=[^\W\d_]{{3}}\.)\s+(?=[A-Z])"
            rf"|,\s+(?:{words.openers})\b|\b(?:{any_of(words.breaks)})",
            re.IGNORECASE,
        ),
        period=re.compile(
            rf"\b(?P<other>(?:{words.not_periods})\s+)?(?P<period>{any_of(words.periods)})(?![\w-])",
            re.IGNORECASE,
        ),
    )
