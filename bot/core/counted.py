"""What an amount counts, in the article's words."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.core.amount_words import AmountWords
from bot.core.amounts import Amount
from bot.core.excerpts import LEFT_OUT, bare, clean, noun_before, phrase, rest
from bot.core.numerals import any_of
from bot.core.passage import Passage
from bot.core.values import Span

#: A subject longer than this says more than what is counted, in words.
_SUBJECT = 14


def counted(passage: Passage, amount: Amount, stop_words: frozenset[str]) -> str:
    """Return the words that say what is counted: as printed, at most with the amount left out.

    First what an "of" joins to the amount, then the noun behind it, then the subject of a verb that
    measures, else the amount's clause. A bare number that counts nothing plainly has no words.
    """
    clause = passage.clause(amount.span)
    rules = _rules(passage.words)
    of = rules.of.match(passage.text, amount.span.end, clause.end)
    share = rules.share.match(passage.text, amount.span.end, clause.end)
    if share:
        subject = _subject(passage, clause, amount)
        measured = share.group().strip()
        return f"{subject}{LEFT_OUT}{measured}" if subject else rest(passage, clause, amount.span)
    if of and _pronoun(passage, of.end()):
        return rest(passage, clause, amount.span)
    named = clean(phrase(passage, of.end(), clause.end, stop_words)) if of else ""
    noun = named or _noun(passage, amount, clause, stop_words)
    if amount.bare and noun:
        return _with_what_stands_before(passage, amount, clause, noun, stop_words)
    said = noun if of else _owner(passage, clause, amount.span, stop_words) or noun
    said = said or _antecedent(passage, clause, amount, stop_words)
    said = said or _subject(passage, clause, amount)
    if said or (amount.bare and not _stands_for(passage, clause, amount)):
        return said
    return rest(passage, clause, amount.span)


def names_what_follows(passage: Passage, amount: Span) -> bool:
    """Say whether an "of" behind an amount says what it counts."""
    return bool(_rules(passage.words).of.match(passage.text, amount.end, passage.span.end))


def _pronoun(passage: Passage, start: int) -> bool:
    word = _rules(passage.words).word.match(passage.text, start)
    return word is not None and word.group().lower() in passage.words.pronouns


def _with_what_stands_before(
    passage: Passage, amount: Amount, clause: Span, noun: str, stop_words: frozenset[str]
) -> str:
    """Return the noun behind a number with what changes to it, or with the noun before it."""
    rules, start = _rules(passage.words), amount.span.start
    before = ""
    if rules.change.search(passage.text, clause.start, start):
        before = _subject(passage, clause, amount)
    named = rules.named.search(passage.text, clause.start, start)
    if named and named["noun"].lower() not in stop_words | passage.words.leads:
        before = named["noun"]
    return f"{before}{LEFT_OUT}{noun}" if before else noun


def _noun(passage: Passage, amount: Amount, clause: Span, stop_words: frozenset[str]) -> str:
    """Return the noun right behind an amount: "machines", "a $5 billion loan"."""
    words, rules = passage.words, _rules(passage.words)
    start = amount.span.end
    gap = (rules.gap if amount.bare else rules.attribute).match(passage.text, start, clause.end)
    if not gap:
        return ""
    found = phrase(passage, gap.end(), clause.end, stop_words)
    first = rules.modifiers.sub("", found).split(" ")[0].lower()
    if not first or first in stop_words or first in words.no_nouns:
        return ""
    if not amount.bare and (first in words.measures or rules.participle.search(first)):
        return ""
    return clean(found)


def _owner(passage: Passage, clause: Span, amount: Span, stop_words: frozenset[str]) -> str:
    """Return the noun that an amount is said of: "a capacity of 1 GW", "a crowd of 12,400"."""
    rules = _rules(passage.words)
    of = rules.of_before.search(passage.text, clause.start, amount.start)
    found = noun_before(passage, clause.start, of.start(), stop_words) if of else ""
    return "" if rules.generic.search(found) else found


def _antecedent(passage: Passage, clause: Span, amount: Amount, stop_words: frozenset[str]) -> str:
    """Return the noun whose relative clause measures it or is past: "trade, which rose to $5"."""
    rules, start = _rules(passage.words), amount.span.start
    # "Smith, who was 69", "her husband, who is a builder, 42": ages.
    relative = rules.relative if amount.bare else rules.relative_or_person
    opened = [
        gap
        for gap in passage.breaks
        if gap.end <= clause.start and relative.search(passage.text, gap.start, gap.end)
    ]
    if not opened or opened[-1].end != clause.start:
        return ""
    head = " ".join(passage.text[clause.start : start].split())
    measured = (
        ("," in head and not amount.bare)
        or rules.change.search(passage.text, clause.start, start)
        or all(_leads(bare(word), passage.words) for word in head.split())
    )
    return noun_before(passage, passage.span.start, opened[0].start, stop_words) if measured else ""


def _subject(passage: Passage, clause: Span, amount: Amount) -> str:
    """Return the words before a verb of measure that leads straight to the amount."""
    words, rules = passage.words, _rules(passage.words)
    found = passage.text[clause.start : amount.span.start].split()
    place = len(found)
    while place and _leads(bare(found[place - 1]), words):
        place -= 1
    verbs = [
        number
        for number in range(place, len(found))
        if bare(found[number]) in words.measures | words.copulas | words.auxiliaries
        and not (number and rules.determiner.fullmatch(found[number - 1]))
    ]
    plain = {bare(found[number]) for number in verbs}
    if not plain & (words.measures if amount.bare else words.measures | words.copulas):
        return ""
    subject = " ".join(found[: verbs[0]][-_SUBJECT:])
    if rules.joins.search(subject) or bare(subject) in words.pronouns:
        return ""
    return clean(subject)


def _leads(word: str, words: AmountWords) -> bool:
    return any(
        word in known for known in (words.measures, words.copulas, words.auxiliaries, words.leads)
    )


def _stands_for(passage: Passage, clause: Span, amount: Amount) -> bool:
    """Say whether a number is the subject of its clause: "at least four were brought ashore"."""
    rules, text = _rules(passage.words), passage.text
    head = text[clause.start : amount.span.start]
    return bool(
        rules.head.fullmatch(head) and rules.stands_for.match(text, amount.span.end, clause.end)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """The patterns that a language's words for what is counted make."""

    of: re.Pattern[str]
    share: re.Pattern[str]
    of_before: re.Pattern[str]
    gap: re.Pattern[str]
    attribute: re.Pattern[str]
    participle: re.Pattern[str]
    modifiers: re.Pattern[str]
    determiner: re.Pattern[str]
    change: re.Pattern[str]
    #: A noun between a determiner and a number: "a magnitude 5.1 quake".
    named: re.Pattern[str]
    generic: re.Pattern[str]
    relative: re.Pattern[str]
    relative_or_person: re.Pattern[str]
    joins: re.Pattern[str]
    word: re.Pattern[str]
    head: re.Pattern[str]
    stands_for: re.Pattern[str]


@lru_cache(maxsize=8)
def _rules(words: AmountWords) -> _Rules:
    lead = rf"(?:(?:{any_of(words.qualifiers)})\s+)?(?:(?:{words.leading})\s+)?"
    return _Rules(
        of=re.compile(rf"\s+(?:{words.of})\s+", re.IGNORECASE),
        share=re.compile(rf"\s+(?:{words.of})\s+(?:{words.yardsticks})(?!\w)", re.IGNORECASE),
        of_before=re.compile(
            rf"\s(?:{words.of_before})\s+(?:(?:{any_of(words.qualifiers)})\s+)?$", re.IGNORECASE
        ),
        gap=re.compile(r"\s+(?=[^\W\d_])"),
        attribute=re.compile(r"[\s-]+(?=[^\W\d_])"),
        modifiers=re.compile(rf"^(?:(?:{words.modifiers})\s+)+", re.IGNORECASE),
        participle=re.compile(rf"(?:{words.participle})$"),
        determiner=re.compile(words.determiner, re.IGNORECASE),
        change=re.compile(rf"\s(?:{words.change})\s+{lead}$", re.IGNORECASE),
        named=re.compile(rf"\b(?:{words.determiner})\s(?P<noun>[^\W\d_]+)\s$", re.IGNORECASE),
        generic=re.compile(rf"\b(?:{words.of_generic})$", re.IGNORECASE),
        relative=re.compile(rf"\s(?:{words.relative})$", re.IGNORECASE),
        relative_or_person=re.compile(
            rf"\s(?:{words.relative}|{words.relative_person})$", re.IGNORECASE
        ),
        joins=re.compile(rf"\b(?:{words.number_joint}|{words.range_joint})$|\d", re.IGNORECASE),
        word=re.compile(r"\w+"),
        head=re.compile(rf"[\s“\"'‘«]*(?:(?:{words.openers})\s+)?{lead}", re.IGNORECASE),
        stands_for=re.compile(rf"\s+(?:{words.stands_for})\b", re.IGNORECASE),
    )
