"""When a chat wants its digest, as people type it: "8am weekdays Astana", "0 8 * * 1"."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from difflib import get_close_matches
from enum import Enum
from itertools import chain, groupby

from bot.core.clock_times import is_time_like, near_time
from bot.core.cron_line import FIELDS, cron_times, is_cron
from bot.core.subscription import EVERY_DAY, Timing
from bot.core.timing_terms import ENGLISH, Terms
from bot.core.timing_tokens import At, Bad, On, Other, tokens
from bot.core.zones import OffsetRefused, SeveralZones, UnknownZone, zone_of

#: How many timings a schedule has at most.
MAX_TIMINGS = 6
#: How many characters of a schedule are read: longer ones are no schedules.
MAX_TYPED = 200

# Nothing that a chat would take for a link, a command or a mention.
_REPEATABLE = re.compile(r"[\w+-](?:[\w:+' -]|(?<=\w)/(?=\w)|(?<=\d)\.(?=\d)){0,39}")
# From so many runs of times and of days on, each has its own.
_SEVERAL = 2
# So many letters a word for days has, and is so much like what was typed, to be offered instead.
_SHORTEST, _LIKENESS = 5, 0.8
# What else may follow "/schedule", alone, and how much what was typed is like it.
_ORDERS, _LIKE_AN_ORDER = ("off", "test", "undo"), 0.7


class TimingMistake(Enum):
    """Why what was typed is no schedule."""

    #: Neither a time, nor days, nor a zone.
    NO_TIME = "no time"
    BAD_TIME = "bad time"
    TOO_MANY = "too many times"
    #: A place that is not known, perhaps misspelt.
    BAD_ZONE = "bad zone"
    #: A place that may be in one zone or in another.
    WHICH_ZONE = "which zone"
    #: An offset such as "GMT+5", which does not say when the clocks change.
    OFFSET = "offset"
    UNKNOWN_WORD = "unknown word"
    #: "Every 2 hours", "monthly", "half past eight": what no schedule can say.
    UNSAYABLE = "unsayable"
    #: A cron line with days of the month, months or special signs.
    CRON = "cron"
    #: It cannot be told which days go with which times, or which of two zones is meant.
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Timed:
    """A schedule, perhaps with its zone."""

    #: As a ``Schedule`` has them.
    timings: tuple[Timing, ...]
    #: The zone that was typed, or None.
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Adjusted:
    """Days, a zone or both, without a time: a change of the present schedule."""

    #: 0 is Monday; None to leave them as they are.
    days: tuple[int, ...] | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Misread:
    """What was typed is no schedule."""

    mistake: TimingMistake
    #: The piece that is wrong, where it is short and plain enough to be repeated.
    said: str = ""
    #: What may have been meant by it: zones, a word for days, or a time.
    meant: tuple[str, ...] = ()


def read_timing(
    typed: str, known: Collection[str], terms: Terms = ENGLISH
) -> Timed | Adjusted | Misread:
    """Return what follows ``/schedule`` as a schedule, given the zones that are known.

    Times, days and a zone may stand in any order; a time without days is for every day.
    """
    if len(typed) > MAX_TYPED:
        return Misread(TimingMistake.UNCLEAR)
    read = unicodedata.normalize("NFKC", typed)
    words = read.casefold().split()
    if is_cron(words):
        return _cron(words, known)
    heard = list(tokens(read.casefold(), terms))
    bad = next((token for token in heard if isinstance(token, Bad)), None)
    if bad is not None:
        near = near_time(bad.said)
        meant = () if near is None else (f"{near:%H:%M}",)
        return Misread(TimingMistake.BAD_TIME, _repeatable(bad.said, read), meant)
    others = [token.said for token in heard if isinstance(token, Other)]
    for word in chain(*(other.split() for other in others)):
        if word in terms.unsayable or is_time_like(word):
            return Misread(TimingMistake.UNSAYABLE, _repeatable(word, read))
    zone = _zone(others, known, read)
    if isinstance(zone, Misread):
        return _nearly_said(others, read, terms) or zone
    return _read([token for token in heard if isinstance(token, At | On)], zone)


def mended(typed: str, misread: Misread, known: Collection[str]) -> str | None:
    """Return what was typed with what was meant in place of what is wrong, if that is all."""
    if not (misread.said and misread.meant):
        return None
    wrong = rf"(?<!\w){re.escape(misread.said)}(?!\w)"
    line = re.sub(wrong, lambda _: misread.meant[0], typed, count=1)
    return None if isinstance(read_timing(line, known), Misread) else line


def nearly_order(typed: str) -> Misread | None:
    """Return what was typed as a slip of "off" and the like; None where it is none."""
    near = get_close_matches(typed.casefold(), _ORDERS, 1, _LIKE_AN_ORDER)
    said = _repeatable(typed.casefold(), typed)
    return Misread(TimingMistake.UNKNOWN_WORD, said, tuple(near)) if near else None


def merged(timings: Iterable[Timing]) -> tuple[Timing, ...]:
    """Return the timings as a ``Schedule`` has them: by time, each time and day once."""
    days: dict[time, set[int]] = {}
    for timing in timings:
        days.setdefault(timing.at, set()).update(timing.days)
    return tuple(Timing(at, tuple(sorted(days[at]))) for at in sorted(days))


def _timed(timings: Iterable[Timing], zone: str | None) -> Timed | Misread:
    made = merged(timings)
    return Misread(TimingMistake.TOO_MANY) if len(made) > MAX_TIMINGS else Timed(made, zone)


def _cron(words: Sequence[str], known: Collection[str]) -> Timed | Misread:
    """Return what a cron line says, which a zone may follow."""
    said = cron_times(words[:FIELDS])
    if said is None:
        return Misread(TimingMistake.CRON)
    zone = _zone([" ".join(words[FIELDS:])] if words[FIELDS:] else [], known, " ".join(words))
    if isinstance(zone, Misread):
        return zone
    times, days = said
    return _timed((Timing(at, days) for at in times), zone)


def _read(heard: Iterable[At | On], zone: str | None) -> Timed | Adjusted | Misread:
    """Return what the times and the days make together."""
    times: list[Sequence[time]] = []
    days: list[Sequence[On]] = []
    for is_time, group in groupby(heard, lambda token: isinstance(token, At)):
        run = list(group)
        if is_time:
            times.append([token.at for token in run if isinstance(token, At)])
        else:
            days.append([token for token in run if isinstance(token, On)])
    if times:
        timings = _paired(times, days)
        return _timed(timings, zone) if timings else Misread(TimingMistake.UNCLEAR)
    if not days and zone is None:
        return Misread(TimingMistake.NO_TIME)
    named = _days(days[0]) if days else None
    return Misread(TimingMistake.UNCLEAR) if named == () else Adjusted(named, zone)


def _paired(times: Sequence[Sequence[time]], days: Sequence[Sequence[On]]) -> Sequence[Timing]:
    """Return which times go with which days; none when that cannot be told.

    All the times are for all the days, unless each run of times has its own days beside it.
    """
    if len(times) < _SEVERAL or len(days) < _SEVERAL:
        times, days = [list(chain(*times))], [list(chain(*days))]
    named = [_days(run) for run in days]
    if len(times) != len(days) or not all(named):
        return ()
    return [Timing(at, each) for run, each in zip(times, named, strict=True) for at in run]


def _days(heard: Sequence[On]) -> tuple[int, ...]:
    """Return the days that are left when what is said of them is done in order."""
    days = EVERY_DAY if not heard or heard[0].excepted else frozenset[int]()
    for on in heard:
        days = days - on.days if on.excepted else days | on.days
    return tuple(sorted(days))


def _zone(runs: Sequence[str], known: Collection[str], read: str) -> str | Misread | None:
    """Return the zone that the other words name, or None when there are none."""
    zones: set[str] = set()
    for run in runs:
        zone = zone_of(run, known)
        if not isinstance(zone, str):
            return _no_zone(zone, _repeatable(run, read), is_path="/" in run)
        zones.add(zone)
    if len(zones) > 1:
        return Misread(TimingMistake.UNCLEAR)
    return zones.pop() if zones else None


def _no_zone(
    zone: OffsetRefused | SeveralZones | UnknownZone, said: str, *, is_path: bool
) -> Misread:
    if isinstance(zone, OffsetRefused):
        return Misread(TimingMistake.OFFSET, said)
    if isinstance(zone, SeveralZones):
        return Misread(TimingMistake.WHICH_ZONE, said, zone.zones)
    if zone.nearest or is_path:
        return Misread(TimingMistake.BAD_ZONE, said, zone.nearest)
    return Misread(TimingMistake.UNKNOWN_WORD, said)


def _nearly_said(runs: Sequence[str], read: str, terms: Terms) -> Misread | None:
    """Return the first word that is nearly one for days, with that one, or nearly an unsayable one.

    None without such.
    """
    days = [name for name in terms.days if len(name) >= _SHORTEST]
    unsayable = [name for name in terms.unsayable if len(name) > _SHORTEST]
    for word in chain(*(run.split() for run in runs)):
        if near := get_close_matches(word, days, 1, _LIKENESS):
            return Misread(TimingMistake.UNKNOWN_WORD, _repeatable(word, read), tuple(near))
        if get_close_matches(word, unsayable, 1, _LIKENESS):
            return Misread(TimingMistake.UNSAYABLE, _repeatable(word, read))
    return None


def _repeatable(said: str, read: str) -> str:
    """Return the words as they were typed, or nothing when no chat should show them again."""
    if not _REPEATABLE.fullmatch(said):
        return ""
    place = read.lower().find(said)
    return (
        read[place : place + len(said)] if len(read.lower()) == len(read) and place >= 0 else said
    )
