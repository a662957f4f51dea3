"""The figures of an article: amounts as printed, with what they count, for when, how surely.

What only looks like an amount is none, and neither is what the article denies or makes a condition.
What goes with a figure is given only where it stands in the figure's own clause.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.core.amount_words import AmountWords
from bot.core.amounts import Amount, amounts
from bot.core.counted import counted, names_what_follows
from bot.core.lookalikes import counts_something
from bot.core.numerals import any_of
from bot.core.passage import Passage, passage
from bot.core.qualified import compares, denied, hedge, period
from bot.core.report import Report, Sentence
from bot.core.values import Figure, Span

#: A count in words below this, without a unit, is made in passing.
_SMALL = 3
#: What is longer, in characters, or has more numbers is a table or a list and no sentence.
_LONGEST, _MOST = 2_000, 20


def figures(report: Report) -> tuple[Figure, ...]:
    """Return the figures of an article in reading order, a sentence inside quotations included.

    Linear in the length of the text. A language without words for amounts has no figures.
    """
    words = report.language.amounts
    if words is None:
        return ()
    return tuple(
        figure
        for sentence in report.sentences
        if sentence.span.end - sentence.span.start <= _LONGEST
        for figure in _of_sentence(report, sentence, words)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What one amount is said to be, for the next that says more of the same."""

    counts: str
    period: str


def _of_sentence(report: Report, sentence: Sentence, words: AmountWords) -> Iterator[Figure]:
    text, language = report.article.text, report.language
    found = amounts(text, sentence.span, words, language.months)
    if not found or len(found) > _MOST:
        return
    around = passage(text, sentence.span, found, words)
    before: _Said | None = None
    for number, amount in enumerate(around.amounts):
        said = None
        if counts_something(text, sentence.span, around.amounts, number, words):
            said = _said(around, number, before, language.stop_words)
        if said:
            yield _figure(report, sentence, around, amount, said)
        before = said


def _said(
    around: Passage, number: int, before: _Said | None, stop_words: frozenset[str]
) -> _Said | None:
    """Return what an amount counts and when, or None where it is denied or counts nothing."""
    amount = around.amounts[number]
    if denied(around, amount):
        return None
    when = period(around, amount.span)
    linked = number > 0 and _is_linked(around, around.amounts[number - 1], amount)
    if linked and not names_what_follows(around, amount.span):
        if before is None:
            return None
        kept = not compares(around, around.amounts[number - 1].span, amount.span)
        return _Said(counts=before.counts, period=when or (before.period if kept else ""))
    counts = counted(around, amount, stop_words)
    if not counts and not amount.duration:
        return None
    return _Said(counts=counts, period=when)


def _figure(
    report: Report, sentence: Sentence, around: Passage, amount: Amount, said: _Said
) -> Figure:
    return Figure(
        text=" ".join(amount.span.of(around.text).split()),
        article=report.article.id,
        start=amount.span.start,
        end=amount.span.end,
        values=amount.values,
        currency=amount.currency,
        unit=" ".join(amount.unit.split()),
        counts=said.counts,
        hedge=hedge(around, amount.span),
        period=said.period,
        sentence=sentence.index + 1,
        quoted=sentence.quoted,
        speaker=sentence.speaker,
        minor=amount.duration or _is_passing(amount),
    )


def _is_passing(amount: Amount) -> bool:
    number = amount.numbers[0]
    return amount.bare and number.in_words and not number.fraction and number.value < _SMALL


def _is_linked(around: Passage, one: Amount, two: Amount) -> bool:
    """Say whether an amount says more of what the one before it counts: "5.4% from 6.1%"."""
    rules = _rules(around.words)
    between = Span(one.span.end, two.span.start)
    starts = [between.start, *(time.end for time in around.periods if between.holds(time))]
    links = [rules.link.fullmatch(around.text, start, two.span.start) for start in starts]
    again = [rules.again.fullmatch(around.text, start, two.span.start) for start in starts[1:]]
    if any(again) and (one.unit, one.currency) == (two.unit, two.currency):
        return bool(two.unit or two.currency)
    return any(
        link and (not link["compared"] or rules.compared.match(around.text, two.span.end))
        for link in links
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    link: re.Pattern[str]
    #: The same for another time: "3 percent in May and 4 percent in June".
    again: re.Pattern[str]
    compared: re.Pattern[str]


@lru_cache(maxsize=8)
def _rules(words: AmountWords) -> _Rules:
    lead = rf"(?:\s*(?:{any_of(words.qualifiers)}))?(?:\s*(?:{words.leading}))?"
    return _Rules(
        link=re.compile(rf"(?:(?P<compared>,)|{any_of(words.links)}){lead}\s*", re.IGNORECASE),
        again=re.compile(rf",?\s(?:{words.number_joint}){lead}\s*", re.IGNORECASE),
        compared=re.compile(rf"\s(?:{words.compared})\b", re.IGNORECASE),
    )
