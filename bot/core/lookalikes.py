"""Numbers that only look like amounts: names, ages, years, terms in marks, scores."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.core.amount_words import AmountWords
from bot.core.amounts import Amount
from bot.core.cues import letters
from bot.core.numerals import any_of
from bot.core.values import Span

#: What makes a number a name stands within so many characters before it.
_BEFORE = 40
#: What parts the cells of a row.
_CELL = "|"
_FIRST_YEAR, _LAST_YEAR = 1500, 2199


def counts_something(
    text: str, span: Span, found: Sequence[Amount], number: int, words: AmountWords
) -> bool:
    """Say whether one of the amounts of a span is more than a name, an age, a year or a term."""
    amount, rules = found[number], _rules(words)
    place = amount.span.start
    before = text[max(span.start, place - _BEFORE) : place]
    if (
        rules.term.match(text, max(place - 1, 0), span.end)
        or rules.age.search(before)
        or rules.margins.search(before)
        or _in_table(text, amount.span)
        or (amount.currency and rules.rest.match(text, amount.span.end, span.end))
        or (
            not letters(span.of(text)).isdisjoint(_label_words(words))
            and _is_labelled(text, span, found, number, rules)
        )
    ):
        return False
    if not amount.bare:
        # "In 2025 tons of grain": the number is a year.
        return not (_is_year(text, amount) and not amount.currency and rules.dated.search(before))
    return not _is_name(text, span, amount, before, rules)


def _in_table(text: str, amount: Span) -> bool:
    """Say whether an amount stands in a row of cells."""
    start = text.rfind("\n", 0, amount.start) + 1
    end = text.find("\n", amount.end)
    row = text[start : end if end >= 0 else len(text)]
    return "\t" in row.strip() or row.count(_CELL) > 1


def _is_labelled(
    text: str, span: Span, found: Sequence[Amount], number: int, rules: "_Rules"
) -> bool:
    """Say whether a word makes this number a name, or one listed before it: "Articles 5 and 6"."""
    place = found[number].span.start
    while number and rules.listed.fullmatch(text, found[number - 1].span.end, place):
        number -= 1
        place = found[number].span.start
    return bool(rules.labels.search(text, max(span.start, place - _BEFORE), place))


def _is_name(text: str, span: Span, amount: Amount, before: str, rules: "_Rules") -> bool:
    """Say whether a bare number is a year, a part of a name or of a word, a section, a score."""
    first, end = amount.numbers[0], amount.span.end
    printed = first.span.of(text)
    if _is_year(text, amount) or rules.hyphen.match(text, end, span.end):
        return True
    if len(amount.numbers) > 1 and rules.score.match(text, end, span.end):
        return True
    if first.fraction:
        # "A third person" is an ordinal, "the second half" a section.
        counted = not printed.isalpha() and rules.noun.match(text, end, span.end)
        return first.value >= 1 or bool(counted or rules.section.search(before))
    if first.in_words and amount.values == (Decimal(1),):
        return True  # a pronoun more often than a count
    # "Sentinel 2", "Boeing 737": a name and its number.
    # "12.500" may mean thousands.
    plain = not first.in_words and first.scale == 1
    return plain and bool(rules.name.search(before) or rules.thousands.fullmatch(printed))


def _is_year(text: str, amount: Amount) -> bool:
    number = amount.numbers[-1]
    return number.span.of(text).isdigit() and _FIRST_YEAR <= number.value <= _LAST_YEAR


@lru_cache(maxsize=8)
def _label_words(words: AmountWords) -> frozenset[str]:
    """Return the words of which each label has one, its plural and the phrases included."""
    plurals = {f"{label}s" for label in words.labels}
    firsts = {phrase.lower().split()[0] for phrase in words.label_phrases.split("|")}
    return words.labels.union(plurals, firsts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """The patterns that a language's words for what is no amount make."""

    term: re.Pattern[str]
    #: The rest of a price: "12 francs 50".
    rest: re.Pattern[str]
    age: re.Pattern[str]
    margins: re.Pattern[str]
    labels: re.Pattern[str]
    listed: re.Pattern[str]
    dated: re.Pattern[str]
    hyphen: re.Pattern[str]
    score: re.Pattern[str]
    section: re.Pattern[str]
    name: re.Pattern[str]
    noun: re.Pattern[str]
    thousands: re.Pattern[str]


@lru_cache(maxsize=8)
def _rules(words: AmountWords) -> _Rules:
    return _Rules(
        # A term in marks: ‘three evils’.
        term=re.compile(r"[‘“\"'«](?:\w+-?)+(?:\s+\w+){1,3},?[’”\"'»]"),
        rest=re.compile(r"\s\d\d(?![\w,]|\.\d|\s[^\W\d_])"),
        age=re.compile(rf"\b(?:{words.age})\s+$", re.IGNORECASE),
        margins=re.compile(rf"(?:{words.margins})\s?$", re.IGNORECASE),
        labels=re.compile(
            rf"\b(?:(?i:{any_of(words.labels)})[.s]?|(?:{words.label_phrases}))\s(?:[A-Z]-?)?$"
        ),
        listed=re.compile(rf",?\s(?:(?:{words.range_both[1]}|{words.range_joint})\s)?|[-–]"),
        dated=re.compile(rf"(?:^|\b(?:{words.year_before})\s)$", re.IGNORECASE),
        hyphen=re.compile(r"-\w"),
        score=re.compile(rf"\s(?:{words.scores})\b", re.IGNORECASE),
        section=re.compile(rf"\b(?:{words.section})\s$", re.IGNORECASE),
        noun=re.compile(rf"\s(?!(?:{words.of_before})\b)[^\W\d_]", re.IGNORECASE),
        thousands=re.compile(r"\d{1,3}\.\d{3}"),
        name=re.compile(r"\w[^\w\s]?\s+(?=\w*[a-z])[A-Z][\w.-]*\s$"),
    )
