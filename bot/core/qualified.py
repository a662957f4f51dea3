"""What is said of an amount: how surely, for when, or that it is not so."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.core.amount_words import AmountWords
from bot.core.amounts import Amount
from bot.core.cues import letters
from bot.core.numerals import any_of
from bot.core.passage import Passage
from bot.core.values import Span

#: A qualifier stands within so many characters before its amount.
_BEFORE = 40
#: A verb that hedges stands within so many characters behind the amount that is its subject.
_BEHIND = 60


def denied(passage: Passage, told: Amount) -> bool:
    """Say whether the article denies an amount, or makes it a condition, before or behind it."""
    text, span, rules = passage.text, passage.span, _rules(passage.words)
    amount = told.span
    if not letters(span.of(text)).isdisjoint(passage.words.denial_words):
        gaps = (gap.end for gap in passage.breaks if _parts(passage, gap, amount))
        if (
            rules.denial.search(text, max([span.start, *gaps]), amount.start)
            or rules.refusal.search(text, span.start, amount.start)
            or rules.untrue.search(text, amount.end, span.end)
        ):
            return True
    return bool(
        rules.condition.match(text, span.start, amount.start)
        or rules.untrue_next.match(text, span.end)
        or (told.currency and _comes_to_nothing(passage, amount))
    )


def _comes_to_nothing(passage: Passage, amount: Span) -> bool:
    """Say whether an amount is that of a plan which is dropped: "the $7 billion plan was"."""
    rules, start = _rules(passage.words), passage.span.start
    planned = rules.planned.search(passage.text, start, amount.start)
    return bool(planned and rules.undone.match(passage.text, amount.end, passage.span.end))


def compares(passage: Passage, one: Span, two: Span) -> bool:
    """Say whether one of two amounts is what the other is measured against."""
    rules, text = _rules(passage.words), passage.text
    return bool(
        rules.contrast.search(text, one.end, two.start)
        or rules.origin.search(text, one.end, two.start)
        or rules.origin.search(text, passage.span.start, one.start)
    )


def hedge(passage: Passage, amount: Span) -> str:
    """Return the words that qualify an amount in its clause, as printed and in order."""
    text, rules, clause = passage.text, _rules(passage.words), passage.clause(amount)
    dated = [period for period in passage.periods if period.holds(amount) is False]
    found: list[Span] = []
    if not letters(passage.span.of(text)).isdisjoint(passage.words.hedge_words):
        matches = rules.hedge.finditer(text, clause.start, amount.start)
        found += [Span(*match.span("words")) for match in matches]
    before = rules.before.search(text, max(clause.start, amount.start - _BEFORE), amount.start)
    if before:
        found.append(Span(*before.span("words")))
    for pattern, end in (
        (rules.behind, clause.end),
        (rules.verb, clause.end),
        (rules.says, passage.span.end),
    ):
        match = pattern.match(text, amount.end, min(end, amount.end + _BEHIND))
        if match:
            found.append(Span(*match.span("words")))
    kept = [
        one
        for one in found
        if not any(other != one and other.holds(one) for other in found)
        and not any(period.holds(one) for period in dated)
    ]
    return "; ".join(one.of(text) for one in sorted(set(kept)))


def period(passage: Passage, amount: Span) -> str:
    """Return the time an amount is true of: in its clause, else what opens the sentence.

    A time before another amount of the same clause is that one's.
    """
    text, clause, rules = passage.text, passage.clause(amount), _rules(passage.words)
    if rules.now.search(text, clause.start, amount.start):
        return ""
    for one in passage.periods:
        if one.end < amount.start and text[one.end : amount.start].strip() == ":":
            return _printed(text, one)
        in_clause = amount.end <= one.start and one.end <= clause.end
        if in_clause and text[one.end : one.end + 1] != ":":
            found = one if _reaches(passage, amount, one) else None
            return _printed(text, found)
    before = [one for one in passage.periods if clause.holds(one) and one.end <= amount.start]
    if before:
        return _printed(text, before[-1] if _governs(passage, clause, before[-1], amount) else None)
    opening = passage.opening()
    if opening and opening.end <= amount.start:
        contrast = rules.contrast.search(text, opening.end, amount.start)
        origin = rules.origin.search(text, opening.end, amount.start)
        return _printed(text, None if contrast or origin else opening)
    return ""


def _printed(text: str, period: Span | None) -> str:
    return " ".join(period.of(text).split()) if period else ""


def _reaches(passage: Passage, amount: Span, period: Span) -> bool:
    """Say whether a time behind an amount is not that of another amount between."""
    text, rules = passage.text, _rules(passage.words)
    between = [
        other.span
        for other in passage.amounts
        if amount.end <= other.span.start and other.span.end <= period.start
    ]
    gap = text[amount.end : period.start]
    if (
        gap.count("(") > gap.count(")")
        or rules.aside.search(gap)
        or (gap.strip() and rules.attributive.fullmatch(text, period.start, period.end))
    ):
        return False
    if not between:
        return "," not in gap.rstrip(" ,") and not rules.comparison.search(gap)
    return not (
        rules.origin.search(text, passage.span.start, amount.start)
        or rules.comparison.search(text, amount.end, between[-1].start)
        or rules.rate.fullmatch(text, period.start, period.end)
        or rules.joint.search(text, amount.end, between[-1].start)
    )


def _governs(passage: Passage, clause: Span, period: Span, amount: Span) -> bool:
    """Say whether a time before an amount is not another amount's, or an aside's."""
    if not passage.text[clause.start : period.start].strip():
        return True
    between = passage.text[period.end : amount.start]
    if _rules(passage.words).comparison.search(between):
        return False
    return "," not in between and not any(
        clause.holds(other.span) for other in passage.amounts if other.span.end <= amount.start
    )


def _parts(passage: Passage, gap: Span, amount: Span) -> bool:
    """Say whether a break before an amount frees it of what denies the words before."""
    rules = _rules(passage.words)
    return gap.end <= amount.start and bool(rules.frees.match(passage.text, gap.start, gap.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """The patterns that a language's words of certainty make."""

    before: re.Pattern[str]
    behind: re.Pattern[str]
    hedge: re.Pattern[str]
    verb: re.Pattern[str]
    says: re.Pattern[str]
    denial: re.Pattern[str]
    refusal: re.Pattern[str]
    condition: re.Pattern[str]
    untrue: re.Pattern[str]
    untrue_next: re.Pattern[str]
    #: What sets an amount before its noun: "the $7 billion plan".
    planned: re.Pattern[str]
    undone: re.Pattern[str]
    contrast: re.Pattern[str]
    comparison: re.Pattern[str]
    origin: re.Pattern[str]
    aside: re.Pattern[str]
    attributive: re.Pattern[str]
    now: re.Pattern[str]
    rate: re.Pattern[str]
    joint: re.Pattern[str]
    frees: re.Pattern[str]


@lru_cache(maxsize=8)
def _rules(words: AmountWords) -> _Rules:
    hedges, behind = any_of(words.hedges), any_of(words.hedges_behind)
    return _Rules(
        before=re.compile(
            rf"(?<![\w-])(?P<words>{any_of(words.qualifiers)})\s+(?:(?:{words.article})\s+)?$",
            re.IGNORECASE,
        ),
        behind=re.compile(rf"\s+(?P<words>{any_of(words.qualifiers_behind)})\b", re.IGNORECASE),
        hedge=re.compile(rf"(?<![\w-])(?P<words>{hedges})(?![\w-])", re.IGNORECASE),
        verb=re.compile(
            rf"(?:(?!\s(?:{words.phrase_ends})\b)\s[\w'’-]+){{0,5}}?\s(?P<words>{any_of(words.hedges_of)})(?![\w-])",
            re.IGNORECASE,
        ),
        says=re.compile(
            rf"[^.;:,“”\"]*,[”\"]?(?:\s\w+){{1,4}}\s(?P<words>{behind})(?=\s*(?:[.,;]|$))",
            re.IGNORECASE,
        ),
        denial=re.compile(rf"(?<!\w)(?:{any_of(words.denials)})\b", re.IGNORECASE),
        refusal=re.compile(rf"\b(?:{any_of(words.refusals)})\b", re.IGNORECASE),
        condition=re.compile(rf"[“\"'‘«]?(?:{words.conditions})\b"),
        untrue=re.compile(rf"\b(?:{words.untrue})\b", re.IGNORECASE),
        untrue_next=re.compile(rf"[”\"»]?\s+[“\"«]?(?:{words.untrue_next})\b", re.IGNORECASE),
        planned=re.compile(rf"\b(?:{words.determiner})\s$", re.IGNORECASE),
        undone=re.compile(words.undone, re.IGNORECASE),
        contrast=re.compile(rf"\b(?:{words.contrasts})\b", re.IGNORECASE),
        comparison=re.compile(rf"\b(?:{words.comparisons})\b", re.IGNORECASE),
        origin=re.compile(
            rf"\b(?:{words.range_from})\s(?:(?:{any_of(words.qualifiers)})\s)?$", re.IGNORECASE
        ),
        aside=re.compile(rf"[“”\"]|\b(?:{words.asides})\b", re.IGNORECASE),
        attributive=re.compile(words.attributive_periods, re.IGNORECASE),
        now=re.compile(rf"\b(?:{words.now})\s$", re.IGNORECASE),
        rate=re.compile(words.rate_periods, re.IGNORECASE),
        joint=re.compile(rf"\b(?:{words.number_joint})\b", re.IGNORECASE),
        frees=re.compile(rf"[;—]|,\s+(?:{words.frees})\b", re.IGNORECASE),
    )
