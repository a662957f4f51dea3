"""The ways to print a time, as patterns made of a language's words.

Their groups: day, month, year with day2, month2, year1 for ranges; weekday, weekday2; tomorrow;
number with quarter or half; which with unit; vague for what cannot be counted; bare for a name or
number that is a time only behind a preposition.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.core.cues import letters
from bot.core.language import Language
from bot.core.prospects import NEVER, Calendar

#: Years are told from other numbers by their century.
_YEAR = r"(?:19|20|21)\d\d"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?(?![\w:%]|\.\d)"
_OWNED = r"(?![\w'’]|\s+\w{1,12}['’]s\b)"
_DIGIT = re.compile(r"\d")
_CENTURY = re.compile(_YEAR)
#: Behind "and", a second day ends the time: "May 5 and 12 people" is one day.
_CLOSED = r"(?=\s*(?:[.,;:)”\"]|$)|\s+(?:in|at|near|and)\b)"


@dataclass(frozen=True, slots=True)
class Form:
    """Ways to print a time, and what a text must have for any to match."""

    patterns: tuple[re.Pattern[str], ...]
    #: Words in lower case, one of each list.
    words: tuple[frozenset[str], ...]
    #: Whether it has a digit, and whether it has a year in digits.
    digit: bool = False
    year: bool = False


@lru_cache(maxsize=8)
def forms(calendar: Calendar) -> tuple[Form, ...]:
    """Return the forms; of those that match from one place the longest holds, then the first."""
    return (
        *_days_of_months(calendar),
        *_weekdays(calendar),
        *_months(calendar),
        *_parts(calendar),
        *_vague(calendar),
        *_figures(calendar),
    )


def likely(piece: str, calendar: Calendar) -> list[re.Pattern[str]]:
    """Return the patterns of the forms that a piece of text has all the words and digits of."""
    words = letters(piece)
    has_digit = _DIGIT.search(piece) is not None
    if not has_digit and words.isdisjoint(_words_of(calendar)):
        return []
    has_year = has_digit and _CENTURY.search(piece) is not None
    return [
        pattern
        for form in forms(calendar)
        if (has_digit or not form.digit)
        and (has_year or not form.year)
        and not any(map(words.isdisjoint, form.words))
        for pattern in form.patterns
    ]


@lru_cache(maxsize=8)
def _words_of(calendar: Calendar) -> frozenset[str]:
    """Return the words of which every time without a digit has one."""
    return calendar.spans | _any_of(*calendar.months, *calendar.weekdays)


def _compiled(*sources: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(source) for source in sources)


def _any_of(*words: str) -> frozenset[str]:
    """Return plain words, those that are joined by "|" one by one."""
    return frozenset("|".join(words).split("|"))


def _figures(calendar: Calendar) -> tuple[Form, ...]:
    """Return the forms in figures: "2027-05-12", "12.05.2027", "in 2027", "the end of 2028"."""
    year = rf"(?P<year>{_YEAR})(?![\w-]|[/–.]\d)"
    sources = (
        rf"(?<![\d-])(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])",
        rf"(?<![\d.])(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>{_YEAR})(?!\.?\d)",
        rf"\b(?P<bare>){year}",
    )
    part = rf"\b(?i:{calendar.parts}){year}"
    return (
        Form(_compiled(*sources), (), year=True),
        Form(_compiled(part), (calendar.part_words,), year=True),
    )


def _days_of_months(calendar: Calendar) -> tuple[Form, ...]:
    """Return the forms of days: "Dec. 3-5", "28 February and 1 March", "the tenth of October"."""
    month = rf"{_names(calendar.months)}(?!\w)"
    to = rf"(?:\s?[-–—]\s?|\s+(?i:{calendar.until})\s+)"
    join = rf"(?:{to}|\s+(?i:{calendar.both})\s+)"
    second = rf"(?:{to}(?P<day2>{_NUMBER})|\s+(?i:{calendar.both})\s+(?P<day3>{_NUMBER}){_CLOSED})"
    year = rf"(?:,?\s+(?P<year>{_YEAR})(?![\w-]))?"
    year1 = rf"(?:,?\s+(?P<year1>{_YEAR}))?"
    on = rf"\b(?:{_names(calendar.weekdays)},?\s+)?"
    the = rf"(?:(?i:{calendar.the})\s+)?"
    of = rf"(?:(?i:{calendar.of})\s+)?"
    months = _any_of(*calendar.months)
    sources = (
        rf"{on}(?P<month>{month})\s+(?P<day>{_NUMBER}){second}?{year}",
        (
            rf"{on}(?P<month>{month})\s+(?P<day>{_NUMBER}){year1}{join}"
            rf"(?P<month2>{month})\s+(?P<day2>{_NUMBER}){year}"
        ),
        rf"{on}{the}(?P<day>{_NUMBER})(?:{join}(?P<day2>{_NUMBER}))?\s+{of}(?P<month>{month}){year}",
        (
            rf"{on}{the}(?P<day>{_NUMBER})\s+{of}(?P<month>{month}){year1}{join}"
            rf"{the}(?P<day2>{_NUMBER})\s+{of}(?P<month2>{month}){year}"
        ),
    )
    spelled = (
        rf"\b{the}(?P<day>{_ordinals(calendar)})\s+(?i:{calendar.of})\s+(?P<month>{month}){year}"
    )
    return (
        Form(_compiled(*sources), (months,), digit=True),
        Form(_compiled(spelled), (months, _last_words(calendar.ordinals))),
    )


def _weekdays(calendar: Calendar) -> tuple[Form, ...]:
    """Return the forms of days without a month: "next Tuesday", "Thursday to Saturday"."""
    weekday = _names(calendar.weekdays)
    to = rf"(?:\s?[-–—]\s?|\s+(?i:{calendar.until})\s+)"
    source = (
        rf"\b(?:(?P<which>{_either(calendar)})\s+)?(?P<weekday>{weekday})"
        rf"(?:{to}(?P<weekday2>{weekday}))?{_OWNED}"
    )
    return (Form(_compiled(source), (_any_of(*calendar.weekdays),)),)


def _months(calendar: Calendar) -> tuple[Form, ...]:
    """Return the forms of months: "in October", "mid-July", "next May"."""
    month = rf"(?P<month>{_names(calendar.months)})(?![\w'’]|\s+\d{{1,2}}\b)"
    whole = rf"(?P<month>{_names(tuple(forms.split('|')[0] for forms in calendar.months))})"
    part = rf"(?i:{calendar.parts})"
    year = rf"(?P<year>{_YEAR})(?![\w-]|[/–.]\d)"
    bare = rf"\b(?P<bare>){whole}(?![\w'’]|\s+\d{{1,2}}\b)"
    dated = rf"\b{month},?\s+(?:(?i:{calendar.of})\s+)?{year}"
    months = _any_of(*calendar.months)
    return (
        Form(_compiled(bare), (months,)),
        Form(_compiled(dated), (months,), year=True),
        Form(_compiled(rf"\b{part}{month}{_its_year(calendar)}?"), (months, calendar.part_words)),
        Form(_compiled(rf"\b{_either(calendar)}\s+{month}"), (months, _which(calendar))),
    )


def _parts(calendar: Calendar) -> tuple[Form, ...]:
    """Return the forms of spans: "tomorrow", "the first quarter of 2026", "next year"."""
    part = rf"(?i:{calendar.parts})"
    unit = rf"(?P<unit>(?i:{calendar.month}|{calendar.year}))(?![\w'’])"
    numbered = (
        rf"\b(?:(?i:{calendar.the})\s+)?(?P<number>{_ordinals(calendar)})\s+"
        rf"(?:(?P<quarter>(?i:{calendar.quarter}))|(?P<half>(?i:{calendar.half})))(?![\w-])"
        rf"{_its_year(calendar)}?"
    )
    tomorrow = rf"\b(?P<tomorrow>(?i:{calendar.tomorrow})){_OWNED}"
    coming = rf"\b(?:{part})?(?P<which>{_either(calendar)})\s+{unit}"
    units = _any_of(calendar.month, calendar.year)
    sections = _any_of(calendar.quarter, calendar.half)
    return (
        Form(_compiled(tomorrow), (_any_of(calendar.tomorrow),)),
        Form(_compiled(numbered), (sections, _last_words(calendar.ordinals))),
        Form(_compiled(coming), (units, _which(calendar))),
        Form(_compiled(rf"\b{part}{unit}"), (units, calendar.part_words)),
    )


def _vague(calendar: Calendar) -> tuple[Form, ...]:
    """Return the forms of times that cannot be counted: "the coming months", "this summer"."""
    season = rf"(?i:{calendar.seasons})(?![\w'’-])"
    before = rf"(?:(?i:{calendar.parts})|(?i:{calendar.the})\s+|{_either(calendar)}\s+)"
    vague = rf"\b(?P<vague>(?i:{'|'.join(calendar.vague)}))(?!['’])"
    seasons = (
        rf"\b(?P<vague>{before}{season}{_its_year(calendar)}?)",
        rf"\b(?P<bare>)(?P<vague>{season}{_its_year(calendar)}?)",
    )
    return (
        Form(_compiled(vague), (calendar.spans, calendar.vague_words)),
        Form(_compiled(*seasons), (_any_of(calendar.seasons),)),
    )


def _its_year(calendar: Calendar) -> str:
    """Return what says which year is meant: "2026", "of next year"."""
    which = rf"(?P<which>{_either(calendar)}|(?i:{calendar.the}))"
    unit = rf"(?P<unit>(?i:{calendar.year}))(?![\w'’])"
    year = rf"(?P<year>{_YEAR})(?![\w-]|[/–.]\d)"
    return rf"(?:,?\s+(?:(?i:{calendar.of})\s+)?(?:{year}|{which}\s+{unit}))"


@lru_cache(maxsize=8)
def part_of(language: Language) -> re.Pattern[str]:
    """Return what a time begins with that is a part of a month or a year: "the end of"."""
    parts = language.calendar.parts if language.calendar else NEVER
    return re.compile(parts, re.IGNORECASE)


def _last_words(phrases: tuple[str, ...]) -> frozenset[str]:
    """Return the last words of phrases that hyphens join: "first" of "twenty-first"."""
    return frozenset(phrase.split("-")[-1] for phrase in phrases)


def _which(calendar: Calendar) -> frozenset[str]:
    return _any_of(calendar.coming, calendar.current)


def _either(calendar: Calendar) -> str:
    return rf"(?i:{calendar.coming}|{calendar.current})"


def _ordinals(calendar: Calendar) -> str:
    return rf"(?i:{'|'.join(sorted(calendar.ordinals, key=len, reverse=True))})"


def _names(names: tuple[str, ...]) -> str:
    """Return names as they are printed: with a capital first, or in capitals; short ones dotted."""
    found: list[str] = []
    for forms_of in names:
        whole, *short = forms_of.split("|")
        found += [whole.title(), whole.upper()]
        found += [rf"{form}\b\.?" for name in short for form in (name.title(), name.upper())]
    return "(?:" + "|".join(sorted(found, key=len, reverse=True)) + ")"
