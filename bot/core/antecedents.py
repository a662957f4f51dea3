"""Subjects that point back, and the event that they mean."""

import re
from functools import lru_cache

from bot.core.clauses import trimmed
from bot.core.language import Language
from bot.core.prospects import Plans
from bot.core.values import Span

#: A letter that is not small.
CAPITAL = r"[^\W\d_a-zà-ÿ]"


def leans(text: str, subject: Span, language: Language) -> bool:
    """Say whether a subject points back: "It", "The inaugural convening", "The forum"."""
    plans = language.plans
    words = subject.of(text).lower().split()
    if len(words) <= 1:
        return is_hollow(text, subject, plans)
    if is_hollow(text, subject, plans):
        return True
    is_short = len(words) <= len(("the", "inaugural", "convening"))
    is_bare = words[1:] == [word for word in words[1:2] if word in plans.occasions.split("|")]
    is_back = words[1] in language.back_adjectives and words[1] not in plans.ahead.split("|")
    return is_short and words[0] in plans.definite.split("|") and (is_bare or is_back)


def is_pronoun(text: str, subject: Span, plans: Plans) -> bool:
    """Say whether a subject is nothing but a word that points back."""
    return re.fullmatch(plans.back, subject.of(text), re.IGNORECASE) is not None


def is_hollow(text: str, subject: Span, plans: Plans) -> bool:
    """Say whether a subject names nothing by itself: "It", "the next one"."""
    words = rf"{plans.hollow}|{plans.back}"
    return re.fullmatch(words, subject.of(text), re.IGNORECASE) is not None


def antecedent(text: str, subject: Span, before: Span | None, plans: Plans) -> Span | None:
    """Return the named event of the sentence before, when there is one and no other."""
    if before is None:
        return None
    found = list(_named_event(plans).finditer(text, before.start, before.end))
    found = found or list(plain_event(plans).finditer(text, before.start, before.end))
    head = subject.of(text).lower().split()[-1]
    if len(found) > 1:
        found = [match for match in found if head in match[0].lower().split()]
    if len(found) != 1:
        return None
    return trimmed(text, Span(found[0].start("name"), found[0].end("name")))


def repeats(text: str, subject: Span, antecedent: Span, plans: Plans) -> bool:
    """Say whether a subject adds nothing to what it points back to: "It", "The forum"."""
    head = subject.of(text).lower().split()[-1]
    return is_pronoun(text, subject, plans) or head in antecedent.of(text).lower().split()


@lru_cache(maxsize=8)
def _named_event(plans: Plans) -> re.Pattern[str]:
    """Return the pattern of an event's name: capitals with such a noun, and what it is on."""
    small = r"(?:of|for|and|the|on)"
    titled = "|".join(word.title() for word in plans.occasions.split("|"))
    word = rf"{CAPITAL}[\w'’-]{{0,30}}"
    return re.compile(
        rf"(?<![\w-])(?P<name>(?:{word}\s(?:{small}\s){{0,2}}){{0,7}}?(?:{titled})\b"
        rf"(?:\s{small}(?:\sthe)?\s{word}(?:\s(?:{small}\s)?{word}){{0,6}})?)"
    )


@lru_cache(maxsize=8)
def plain_event(plans: Plans) -> re.Pattern[str]:
    """Return the pattern of a thing that is held, in small letters: "a forum on water"."""
    return re.compile(
        rf"\b(?:{plans.determiners})\s(?P<name>(?:[\w-]{{1,30}}\s){{0,4}}?(?:{plans.occasions})\b"
        r"(?:\s(?:of|on|for)(?:\s[\w-]{1,30}){1,3})?)",
        re.IGNORECASE,
    )
