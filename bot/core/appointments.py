"""The time that a verb ahead gives, of the times that stand around it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.core.dates import Time
from bot.core.foretold import Kind, Verb
from bot.core.prospects import Plans
from bot.core.values import Precision

#: A span of days up to this long is an appointment, not a part of a year.
_APPOINTMENT = 45
#: How far before a time the participle that it dates is looked for, in characters.
_REACH = 24
#: Words behind a verb that may yet be part of it: "be officially opened".
_OWN_WORDS = 3
#: Words between a participle and the time it names: "to be held in the old town on".
_NEAR = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The times that a verb may take: of its own clause from a start, and of those beside it."""

    start: int
    own: tuple[Time, ...]
    near: tuple[Time, ...]


def time_of(text: str, verb: Verb, around: Around, plans: Plans) -> Time | None:
    """Return the time of a verb: behind it, else before it, else one that stands beside it."""
    for time in around.own:
        is_behind = verb.end <= time.span.start
        if _is_far(text, verb, time):
            continue
        if is_behind and not _dates_another(text, verb, time, plans) and fits(verb, time, plans):
            return time
    for time in reversed(around.own):
        is_before = time.span.end <= verb.start
        opens = time.start <= around.start
        dates = is_appointment(time) and not _is_acted(text, time.start, plans)
        if is_before and (opens or dates) and fits(verb, time, plans):
            return time
    return next((time for time in around.near if fits(verb, time, plans)), None)


def is_appointment(time: Time) -> bool:
    """Say whether a time is one of days, so few that a diary may hold them."""
    if time.first is None or time.last is None:
        return time.grain is Precision.DAY
    is_month = time.grain is Precision.MONTH
    return not is_month and (time.last - time.first).days <= _APPOINTMENT


def fits(verb: Verb, time: Time, plans: Plans) -> bool:
    """Say whether a time may be a verb's: an amount or an aim with a year is no event."""
    if not _leads(verb, time, plans):
        return False
    if verb.counts:
        return is_appointment(time) and time.lead in plans.begins.split("|")
    if verb.must:
        return is_appointment(time)
    is_exact = time.grain not in {Precision.YEAR, Precision.WORDS}
    if verb.present and verb.kind is not Kind.OCCURS:
        return is_exact or (time.grain is Precision.WORDS and not time.lead)
    if time.grain is Precision.WORDS and verb.passive:
        return True
    return is_exact or verb.eventful or verb.appoints


def _leads(verb: Verb, time: Time, plans: Plans) -> bool:
    """Say whether a time's preposition makes it the verb's: "for" needs an appointment."""
    if time.lead == plans.aim:
        return verb.appoints or verb.present
    if re.fullmatch(plans.elsewhen, time.lead):
        return verb.appoints and time.lead == plans.to
    return time.grain is Precision.DAY or not re.fullmatch(plans.limits, time.lead)


def _is_far(text: str, verb: Verb, time: Time) -> bool:
    """Say whether a time stands too far behind a verb that names its time at once."""
    between = len(text[verb.end : time.span.start].split())
    return between > (1 if verb.moves else _NEAR if verb.kind is Kind.REDUCED else between)


def _dates_another(text: str, verb: Verb, time: Time, plans: Plans) -> bool:
    """Say whether a time behind a verb dates something else: "discuss the deal signed on …"."""
    between = text[verb.end : time.start].split()
    return len(between) > _OWN_WORDS and _is_acted(text, time.start, plans)


def _is_acted(text: str, start: int, plans: Plans) -> bool:
    """Say whether a participle stands right before a time."""
    return _participle(plans).search(text[max(0, start - _REACH) : start]) is not None


@lru_cache(maxsize=8)
def _participle(plans: Plans) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{plans.participles})\s+$", re.IGNORECASE)
