"""Pieces of an amount's clause, in the article's words and order."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.core.amount_words import AmountWords
from bot.core.numerals import any_of
from bot.core.passage import Passage
from bot.core.values import Span

#: A piece longer than this says more than what is counted, in words.
_PHRASE, _OWNER, _CLAUSE = 8, 4, 24
#: Stands for the amount where words on both sides of it are given.
LEFT_OUT = " … "
#: The number or the time of an item.
_BULLET = re.compile(r"^(?:(?:\d{1,2}[.):](?:\d\d)?|[-–*•])\s+)+")


def phrase(passage: Passage, start: int, end: int, stop_words: frozenset[str]) -> str:
    """Return the words from a position on, up to where another clause, time or amount begins."""
    stop = _rules(passage.words).phrase_end.search(passage.text, start, end)
    ends = [stop.start() if stop else end]
    ends += [other.start for other in passage.periods if other.start >= start]
    ends += [other.span.start for other in passage.amounts if other.span.start > start]
    found = passage.text[start : min(ends)].split()[:_PHRASE]
    while found and found[-1].lower() in stop_words:
        found.pop()
    return " ".join(found)


def noun_before(passage: Passage, start: int, end: int, stop_words: frozenset[str]) -> str:
    """Return the noun that ends at a position, with the adjectives before it."""
    words, rules = passage.words, _rules(passage.words)
    found: list[str] = []
    for other in passage.amounts:
        start = max(start, other.span.end) if other.span.end <= end else start
    for word in reversed(passage.text[start:end].split()[-_OWNER:]):
        plain = bare(word)
        if plain in stop_words or plain in words.measures or plain in words.copulas:
            break
        if found and (rules.participle.search(plain) or word[-1] in ",.;:—"):
            break
        found.insert(0, word)
    return clean(" ".join(found))


def rest(passage: Passage, clause: Span, amount: Span) -> str:
    """Return the amount's clause without the amount, its qualifier, its times and who says so."""
    text, rules = passage.text, _rules(passage.words)
    start, end = clause.start, clause.end
    for period in passage.periods:
        leads = start <= period.start and not text[start : period.start].strip()
        if leads and period.end <= amount.start:
            start = period.end
    says = rules.says.search(text, amount.end, end)
    end = says.start() if says else end
    for period in reversed(passage.periods):
        if period.start >= amount.end and not text[period.end : end].strip(" .,"):
            end = min(end, period.start)
    said = rules.said.search(text, amount.end, end)
    end = said.start() if said else end
    for opened in rules.opened.finditer(text, start, amount.start):
        start = opened.end()
    qualifier = rules.qualifier.search(text, start, amount.start)
    before = text[start : qualifier.start() if qualifier else amount.start].split()[-_CLAUSE:]
    behind = text[amount.end : end].split()[: _CLAUSE - len(before) // 2]
    parts = (clean(" ".join(before)), clean(" ".join(behind)))
    said_of = clean(LEFT_OUT.join(part for part in parts if part))
    return clean(rules.trailing.sub("", said_of))


def clean(words: str) -> str:
    """Return words without the marks that have lost their partner or their sentence."""
    words = _BULLET.sub("", words.strip(" ,.;:—“”\"'"))
    return words.strip("()") if words.count("(") != words.count(")") else words


def bare(word: str) -> str:
    """Return a word in lower case, without the marks around it."""
    return word.strip(",“”\"'").lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    participle: re.Pattern[str]
    phrase_end: re.Pattern[str]
    says: re.Pattern[str]
    #: Where a speech ends, and where one begins.
    said: re.Pattern[str]
    opened: re.Pattern[str]
    qualifier: re.Pattern[str]
    trailing: re.Pattern[str]


@lru_cache(maxsize=8)
def _rules(words: AmountWords) -> _Rules:
    return _Rules(
        participle=re.compile(rf"(?:{words.participle})$"),
        phrase_end=re.compile(
            rf"[,.](?!\d)|[;:—()|\t“”\"]|\b(?:{words.phrase_ends})\b", re.IGNORECASE
        ),
        says=re.compile(rf",[”\"»]?\s[^,;]{{0,80}}\b(?:{words.says})\b", re.IGNORECASE),
        said=re.compile(r"[,.!?][”\"»]"),
        opened=re.compile(r"[,:]\s[“\"«]"),
        trailing=re.compile(rf"(?:(?:^|\s)(?:{words.trailing}))+$", re.IGNORECASE),
        qualifier=re.compile(rf"(?<!\w)(?:{any_of(words.qualifiers)})\s+$", re.IGNORECASE),
    )
