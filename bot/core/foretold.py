"""The verbs of a sentence that say what is ahead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

from bot.core.clauses import Piece
from bot.core.cues import found_at
from bot.core.future import future
from bot.core.language import Language
from bot.core.prospects import Plans
from bot.core.values import Span

#: How far before a time a verb in the present is looked for, in characters.
_REACH = 48
#: The ending of a plural, and not of "press" or "Anna's".
_PLURAL = re.compile(r"[^sS'’][sS]$")


class Kind(Enum):
    """What a verb ahead says of its subject."""

    #: That it takes place, and no more.
    OCCURS = auto()
    #: The same of what stands right before it: "talks planned for May".
    REDUCED = auto()
    #: That it holds something.
    HOLDS = auto()
    #: Anything else: the whole clause says what.
    ACTS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A verb ahead."""

    #: Where it begins, and where what it says beyond the mere future begins.
    start: int
    end: int
    kind: Kind
    #: Whether it says in words that something takes place, which needs no time.
    takes_place: bool = False
    #: Whether it names an appointment, whatever time it has: "is scheduled for".
    appoints: bool = False
    #: Whether it gives a new time: "is postponed to".
    moves: bool = False
    #: Whether it may do with no exact day.
    eventful: bool = False
    #: Whether something is done to its subject: "be paid".
    passive: bool = False
    #: Whether it speaks of an amount or a state.
    counts: bool = False
    #: Whether it is a duty, which only a day makes a deadline.
    must: bool = False
    #: Whether it stands in the present, which only a near time makes the future.
    present: bool = False
    #: Whether somebody must have said it: "would".
    told: bool = False
    #: Whether its time is one given up ("originally set for"), or one that takes its place.
    former: bool = False
    anew: bool = False
    #: From where its words are shown, where that is not its start: "agreed | to meet".
    shown: int | None = None
    #: What it speaks of, where that stands behind it: "set the hearing for".
    thing: Span | None = None


def verbs(text: str, piece: Piece, language: Language) -> list[Verb]:
    """Return the verbs ahead in a piece of a sentence, in order; none overlap."""
    plans = language.plans
    found: list[Verb] = []
    for match in found_at(plans.future_starts, future(plans), text, piece.span):
        was_planned = match["was"] and not match["moved"]
        verb = _verb(match, plans)
        is_past = match["decided"] and not (verb.eventful or verb.takes_place)
        if not was_planned and not is_past and not _is(match["does"] or "", plans.denials):
            found += [verb, *_coordinate(text, piece, verb, plans)]
    return found or list(_resolved(text, piece, plans)) or list(_present(text, piece, plans))


def _is_noun(text: str, start: int, match: re.Match[str], plans: Plans) -> bool:
    """Say whether what looks like a verb is none: "was off to a bright start on Monday".

    Its clause has another verb in the past, or it has no ending and no plural before it.
    """
    before = text[start : match.start("verb")]
    if re.search(rf"\b(?:{plans.was})\b", before, re.IGNORECASE):
        return True
    words, verb = before.split(), match["verb"].split()[0].lower()
    if verb.endswith("s") or not words or re.fullmatch(plans.be, verb):
        return False
    return not (
        words[-1].istitle()
        or not plans.plurals.isdisjoint(word.lower() for word in words)
        or any(_PLURAL.search(word) for word in words)
    )


def _coordinate(text: str, piece: Piece, verb: Verb, plans: Plans) -> Iterator[Verb]:
    """Yield a second verb with a time of its own: "will go there on May 5 and speak on May 6"."""
    ends = [time.span.end for time in piece.times if time.start >= verb.end]
    if verb.kind is Kind.REDUCED or len(ends) <= 1:
        return
    match = _second(plans).match(text, ends[0], piece.span.end)
    if match and not _is(match["does"], plans.determiners):
        start = match.start("does")
        kind = Kind.HOLDS if _is(match["does"], plans.holds) else Kind.ACTS
        yield replace(verb, start=start, end=start, kind=kind)


def _resolved(text: str, piece: Piece, plans: Plans) -> Iterator[Verb]:
    """Yield the infinitive of a list of decisions: "To hold the next session in May"."""
    match = _decision(plans).match(text, piece.span.start, piece.span.end)
    if match:
        end = match.start("does")
        yield Verb(start=match.start(), end=end, kind=Kind.HOLDS, eventful=True)


def _verb(match: re.Match[str], plans: Plans) -> Verb:
    """Return what a match of the future says."""
    if match["thing"]:
        thing = Span(match.start("thing"), match.end("thing"))
        end = match.end("thing")
        return Verb(
            start=match.start(), end=end, kind=Kind.OCCURS, appoints=True, moves=True, thing=thing
        )
    if match["scheduled"] or match["moved"] or match["held"]:
        return Verb(
            start=match.start(),
            end=_appointed_end(match, plans),
            kind=Kind.OCCURS if match["be"] or match["was"] else Kind.REDUCED,
            moves=match["moved"] is not None,
            appoints=True,
            eventful=True,
            former=match["former"] is not None,
            anew=_names_anew(match, plans),
        )
    does = match["does"]
    occurs = match["occurs"] is not None
    holds = _is(does, plans.holds)
    return Verb(
        start=match.start(),
        shown=match.end("decided") + 1 if match["decided"] else None,
        end=match.end("occurs") if occurs else match.start("does"),
        kind=Kind.OCCURS if occurs else Kind.HOLDS if holds else Kind.ACTS,
        takes_place=occurs,
        appoints=occurs,
        eventful=occurs or holds or _is_eventful(does, match["done"] or "", plans),
        passive=_is(match["done"] or "", plans.participles),
        counts=_is(does, plans.amounts),
        must=match["must"] is not None,
        told=match["would"] is not None,
        anew=_names_anew(match, plans),
    )


def _names_anew(match: re.Match[str], plans: Plans) -> bool:
    """Say whether a verb gives a time that takes another's place: "will now be held"."""
    return re.search(rf"\b(?:{plans.anew})\b", match[0], re.IGNORECASE) is not None


def _appointed_end(match: re.Match[str], plans: Plans) -> int:
    """Return where the words behind an appointment begin; "to be paid" says more than that."""
    if match["scheduled"]:
        return match.start("for")
    if match["moved"]:
        return match.start("until")
    return match.end("held") if _is(match["held"], plans.occurs) else match.start("to")


def _is_eventful(does: str, done: str, plans: Plans) -> bool:
    return _is(does, plans.eventful) or _is(done, rf"(?:{plans.eventful})e?d")


def _is(word: str, words: str) -> bool:
    return re.fullmatch(words, word, re.IGNORECASE) is not None


def _present(text: str, piece: Piece, plans: Plans) -> Iterator[Verb]:
    """Yield the first verb in the present that a timetable uses, or what needs none."""
    timetabled, copula, successive = _timetable(plans)
    start = piece.span.start
    for time in piece.times:
        match = None
        if any(character.isdigit() for character in time.span.of(text)):
            match = copula.search(text, max(start, time.start - _REACH), time.span.start)
        if match is None:
            match = timetabled.search(text, start, time.start)
        if match is None and time.start <= piece.span.start:
            match = timetabled.search(text, time.span.end, piece.span.end)
        if match and not _is_noun(text, start, match, plans):
            start = max(time.span.end, match.end())
            grants = re.compile(plans.granted, re.IGNORECASE).match(text, match.start("verb"))
            occurs = grants is not None or _is(match["verb"], plans.occurring)
            yield Verb(
                start=match.start("verb"),
                end=match.end("verb") if occurs else match.start("verb"),
                kind=Kind.OCCURS if occurs else Kind.ACTS,
                present=True,
            )
        elif start == piece.span.start and successive.match(text[start : time.start]):
            start = time.span.end
            yield Verb(start=time.start, end=time.start, kind=Kind.REDUCED, present=True)


@lru_cache(maxsize=8)
def _second(plans: Plans) -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{plans.conjunctions})\s+(?:(?:{plans.adverbs})\s+)?(?P<does>[a-z]+)")


@lru_cache(maxsize=8)
def _decision(plans: Plans) -> re.Pattern[str]:
    return re.compile(
        rf"(?:\d{{1,2}}[.)]\s+)?{plans.to}\s+(?P<does>{plans.holds})\b", re.IGNORECASE
    )


@lru_cache(maxsize=8)
def _timetable(plans: Plans) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a verb in the present, of "is" before a time, of "next meeting"."""
    noun = "".join(
        rf"(?<!\b{word}\s)"
        for word in (*plans.determiners.split("|"), *plans.be.split("|"), plans.to)
    )
    return (
        re.compile(rf"(?<=[\w’'”\"+]\s){noun}(?P<verb>{plans.timetabled})\b", re.IGNORECASE),
        re.compile(
            rf"\b(?P<verb>{plans.be}|{plans.granted})(?:\s+(?:{plans.agenda}))*\s*$", re.IGNORECASE
        ),
        re.compile(
            rf"(?:(?:{plans.determiners}|{plans.conjunctions})\s+)*(?:{plans.successive})\s+"
            rf"(?:(?!(?:{plans.finite})\b)[\w-]+\s+){{0,4}}?(?:{plans.occasions})\b"
            rf"(?:\s+(?!(?:{plans.finite})\b)[\w-]+){{0,6}}\s*$",
            re.IGNORECASE,
        ),
    )
