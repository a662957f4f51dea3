"""Whether two articles report one speech."""

import re
from dataclasses import dataclass
from datetime import date

from bot.core.language import Language
from bot.core.report import Report
from bot.core.words import content

#: The speech is named within the first sentences.
_LEAD = 3
#: Two occasions are one when so much of the shorter naming stands in the longer.
_ALIKE = 0.6
_SHARED = 3

_NOUN = r"(?:(?!to\b)[\w-]+\s+){0,2}(?:speech|address|remarks)\b"
#: A speech that is not said to be another's: "a speech by the chairman".
_SPEECH = rf"{_NOUN}(?!\s+(?:\w+\s+)?(?:by|of|from)\b)"
_MEETING = (
    r"(?:(?!of\b)[\w-]+\s+){0,4}(?:summit|meeting|session|forum|conference|council|assembly|"
    r"congress|parliament|plenary|opening|ceremony|gathering|nation|participants)\b"
)
_GIVEN = r"(?:delivers?|delivered|gives?|gave|makes?|made|delivering|giving|making)"
#: How a sentence says that its subject makes a speech.
_MADE = re.compile(
    rf"\b(?:(?:in|during|with)\s+(?:his|her)\s+{_NOUN}"
    rf"|in\s+(?:an?\s+)?{_SPEECH}|{_GIVEN}\s+(?:(?:an?|the|his|her)\s+)?{_SPEECH}"
    rf"|(?:speaking|spoke|speaks)(?=\s+(?:at|before)\s)"
    rf"|address(?:ing|ed|es)(?=\s+{_MEETING}))",
    re.IGNORECASE,
)
#: The same before the subject: "Speaking at the summit, Chinese President …".
_OPENING = re.compile(
    rf"(?P<made>Speaking(?=\s+(?:at|before)\s)|Addressing(?=\s+{_MEETING})"
    rf"|In\s+(?:his|her)\s+{_NOUN}|In\s+an?\s+{_SPEECH})"
    r"[^,]*(?:,(?:\s+[\w’'-]+){1,3}){0,2},"
    r"\s+(?:(?:[A-Z][\w’'-]*|the|of|and|head|state|foreign|prime|minister|president|leader)\s+){0,6}$"
)
#: What gives the speech to somebody else than the name before it.
_OTHERS = re.compile(
    r"\b(?:who|whose|which|that|after|was|were|been|being)\b|\b(?:said|says|told)\s+the\b",
    re.IGNORECASE,
)
_GOVERNING = frozenset(
    "of for by to with from against about on than after like and or via under".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Who spoke, when, where, and at what occasion, by the stems of the words that name it."""

    speaker: str
    day: date | None
    place: str | None
    occasion: frozenset[str]


def speech(report: Report) -> Speech | None:
    """Return the speech an article reports, when its lead gives it to one person, by name.

    It must be that person's own: what somebody says of another's speech is none.
    """
    text, language = report.article.text, report.language
    if not language.speeches:
        return None
    for sentence in report.sentences[:_LEAD]:
        piece = sentence.span.of(text)
        persons = [person for person in report.persons if person.name in piece]
        occasion = _occasion(piece, persons[0].name, language) if len(persons) == 1 else None
        if occasion is not None:
            published = report.article.published or report.wire.published
            return Speech(
                speaker=persons[0].name,
                day=published.day if published else None,
                place=report.article.place or report.wire.place,
                occasion=frozenset(content(occasion, language)),
            )
    return None


def _occasion(piece: str, name: str, language: Language) -> str | None:
    """Return the words behind the naming of a speech that the person makes, None without one."""
    start = piece.index(name)
    end = start + len(name)
    if piece[end : end + 1] in ("'", "’") or _is_governed(piece[:start], language):
        return None
    for made in _MADE.finditer(piece):
        if made.start() > end and not _OTHERS.search(piece, end, made.start()):
            return piece[made.end() :]
    opening = _OPENING.match(piece[:start])
    return piece[opening.end("made") : start] if opening else None


def _is_governed(before: str, language: Language) -> bool:
    """Say whether the words before a name make it no subject: "a spokesman for President Lee"."""
    offices = {word for office, _ in language.offices for word in office.split()} - _GOVERNING
    words = before.lower().replace(",", " ,").split()
    while words and words[-1] in offices:
        words.pop()
    # "of" alone: "President of Kazakhstan Kassym-Jomart Tokayev" has its country in between.
    return bool(words) and words[-1] in _GOVERNING


def same(one: Speech, other: Speech) -> bool:
    """Say whether two speeches are one: same speaker, day, place where both tell, and occasion."""
    if one.speaker != other.speaker or one.day is None or one.day != other.day:
        return False
    if one.place and other.place and one.place != other.place:
        return False
    shared = len(one.occasion & other.occasion)
    return shared >= _SHARED and shared >= _ALIKE * min(len(one.occasion), len(other.occasion))
