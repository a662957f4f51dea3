"""The patterns by which the amounts of a sentence are found."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.core.amount_words import AmountWords
from bot.core.numerals import any_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The patterns that a language's words for amounts make."""

    sign: re.Pattern[str]
    unit: re.Pattern[str]
    #: The same behind a part of one: "a quarter of a percentage point".
    unit_of: re.Pattern[str]
    rate: re.Pattern[str]
    minus: re.Pattern[str]
    date: re.Pattern[str]
    #: The dates that name no month, and the times of day.
    day: re.Pattern[str]
    joint: re.Pattern[str]
    parts: re.Pattern[str]
    both: re.Pattern[str]
    opens: re.Pattern[str]
    origin: re.Pattern[str]
    ratio: re.Pattern[str]
    ranges: re.Pattern[str]
    #: A change right before, and anywhere before.
    change: re.Pattern[str]
    changes: re.Pattern[str]
    score: re.Pattern[str]


@lru_cache(maxsize=8)
def rules_of(words: AmountWords, months: tuple[str, ...]) -> Rules:
    """Return the patterns of one language, each made once."""
    both, joins = words.range_both
    unit = (
        rf"(?:(?P<currency>{any_of(words.currencies)})(?!\w)"
        rf"|(?P<duration>{any_of(words.durations)})(?!\w)"
        rf"|(?P<unit>{any_of(words.units)})(?![\w/]))"
    )
    codes = rf"\b(?:{any_of(words.currency_codes)})\s?"
    return Rules(
        sign=re.compile(rf"(?:{any_of(words.currency_signs)}|{codes})$"),
        unit=re.compile(rf"(?:\s?|-){unit}", re.IGNORECASE),
        unit_of=re.compile(rf"\s{words.of_before}\s{words.article}\s{unit}", re.IGNORECASE),
        rate=re.compile(rf"(?:{any_of(words.rates)})(?!\w)", re.IGNORECASE),
        minus=re.compile(rf"\b(?:{words.minus})\s$", re.IGNORECASE),
        date=re.compile(f"{_months(words, months)}|{_days(words)}", re.IGNORECASE),
        day=re.compile(_days(words), re.IGNORECASE),
        joint=re.compile(rf"%?\s?[-–]\s?|%?\s(?:{words.range_joint})\s", re.IGNORECASE),
        parts=re.compile(rf"%?\s(?:{words.range_joint})\s", re.IGNORECASE),
        both=re.compile(rf"%?\s(?:{joins})\s", re.IGNORECASE),
        opens=re.compile(rf"\b(?:{both})\s$", re.IGNORECASE),
        origin=re.compile(rf"\b(?:{words.range_from})\s$", re.IGNORECASE),
        ratio=re.compile(rf"\s(?:{words.ratio})\s", re.IGNORECASE),
        ranges=re.compile(rf"\b(?:{words.ranges})\s(?:{words.range_from})\s$", re.IGNORECASE),
        change=re.compile(rf"\b(?:{words.changes})\s$", re.IGNORECASE),
        changes=re.compile(rf"\b(?:{words.changes})\b", re.IGNORECASE),
        score=re.compile(rf"[-–]|\s(?:{words.range_joint})\s", re.IGNORECASE),
    )


def _months(words: AmountWords, months: tuple[str, ...]) -> str:
    month = f"(?:{any_of(f'{name[:3]}(?:{name[3:]}|t)?' for name in months)})[.]?"
    day = rf"\d{{1,2}}(?:\s?(?:[-–]|{words.range_joint}|{words.range_both[1]})\s?\d{{1,2}})?"
    year = r"(?:,?\s\d{4})?(?!\d)"
    return rf"\b{month}\s+{day}{year}|\b{day}\s{month}(?!\w){year}"


def _days(words: AmountWords) -> str:
    """Return what has no month's name; all begin with a digit, so that a search is quick."""
    return (
        r"\d(?:\d{3}-\d{1,2}-\d{1,2}|\d{0,3}[./]\d{1,2}[./]\d{2,4}|\d?:\d\d(?::\d\d)?"
        rf"|(?<=\b\d)\d{{0,3}}(?:[.:]\d\d)?\s?(?:{words.clock})|(?<=\b\d)\d{{3}}/\d{{2}}\b)"
    )
