"""Whether two articles report one speech."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.core.language import Language
from bot.core.report import Report
from bot.core.words import content

#: The speech is named within the first sentences.
_LEAD = 3
#: Two occasions are one when so much of the shorter naming stands in the longer.
_ALIKE = 0.6
_SHARED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Who spoke, when, where, and at what occasion, by the stems of the words that name it."""

    speaker: str
    day: date | None
    place: str | None
    occasion: frozenset[str]


def speech(report: Report) -> Speech | None:
    """Return the speech an article reports, when its lead says so and names one person."""
    text, language = report.article.text, report.language
    for sentence in report.sentences[:_LEAD]:
        piece = sentence.span.of(text)
        named = _speech(language).search(piece)
        persons = [person for person in report.persons if person.name in piece]
        if named and len(persons) == 1:
            published = report.article.published or report.wire.published
            return Speech(
                speaker=persons[0].name,
                day=published.day if published else None,
                place=report.article.place or report.wire.place,
                occasion=frozenset(content(piece[named.end() :], language)),
            )
    return None


def same(one: Speech, other: Speech) -> bool:
    """Say whether two speeches are one: same speaker, day, place where both tell, and occasion."""
    if one.speaker != other.speaker or one.day is None or one.day != other.day:
        return False
    if one.place and other.place and one.place != other.place:
        return False
    shared = len(one.occasion & other.occasion)
    return shared >= _SHARED and shared >= _ALIKE * min(len(one.occasion), len(other.occasion))


@lru_cache(maxsize=8)
def _speech(language: Language) -> re.Pattern[str]:
    nouns = "|".join(sorted(language.speeches)) or "(?!)"
    return re.compile(rf"\b(?:{nouns})\b", re.IGNORECASE)
