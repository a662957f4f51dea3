"""What takes place and where, in the words of the text: only left out, never changed."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.core.antecedents import (
    CAPITAL,
    antecedent,
    is_hollow,
    is_pronoun,
    leans,
    plain_event,
    repeats,
)
from bot.core.clauses import trimmed
from bot.core.dates import Time
from bot.core.foretold import Kind
from bot.core.language import Language
from bot.core.prospects import Plans
from bot.core.subjects import Clause
from bot.core.values import Span
from bot.core.words import content

#: An object of fewer words of meaning is named with who holds it: "the council will hold talks".
_OBJECT = 2
_NAME = rf"{CAPITAL}[\w'’-]*(?:[\s-]{CAPITAL}[\w'’-]*){{0,4}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What is ahead, where, and the places of the text it rests on."""

    what: str
    where: str
    spans: tuple[Span, ...]
    #: Whether it names a thing that is held, as a forum is.
    is_occasion: bool


def named(
    text: str, clause: Clause, time: Time | None, before: Span | None, language: Language
) -> Named | None:
    """Return what a clause is about, or None where it leans on what cannot be named."""
    plans = language.plans
    rest, place = _rest(text, clause, time, plans)
    held = _held(text, clause, rest, language)
    if not held and _is_nameless(text, clause, plans):
        return None
    subject = clause.subject
    earlier: Span | None = None
    repeated = False
    if held:
        subject = Span(held[0].start, held[0].start)
    elif leans(text, subject, language):
        earlier = antecedent(text, subject, before, plans)
        if earlier is None and is_hollow(text, subject, plans):
            return None
        repeated = earlier is not None and repeats(text, subject, earlier, plans)
        if repeated:
            subject = Span(clause.verb.start, clause.verb.start)
    elif clause.verb.kind is Kind.REDUCED:
        subject = _last_thing(text, subject, plans)
    pieces = held or _pieces(text, clause, subject, rest, plans)
    if earlier:
        pieces = [earlier, *pieces]
    what = _joined(
        text, pieces, apart=earlier is not None and not repeated, language=language, plans=plans
    )
    if not content(what, language) or re.fullmatch(plans.hollow, what, re.IGNORECASE):
        return None
    return Named(
        what=what,
        where=" ".join(place.of(text).split()) if place else "",
        spans=(*([earlier] if earlier else []), _hull(clause, pieces[earlier is not None :], time)),
        is_occasion=_occasion(plans).search(what) is not None,
    )


def _is_nameless(text: str, clause: Clause, plans: Plans) -> bool:
    """Say whether a subject is none, or somebody the clause does not name: "They will meet"."""
    subject = clause.subject
    if clause.verb.kind is Kind.ACTS and is_pronoun(text, subject, plans):
        return True
    words = subject.of(text)
    return bool(_words(plans).fullmatch(words) or _owned(plans).match(words))


def _hull(clause: Clause, pieces: list[Span], time: Time | None) -> Span:
    """Return the stretch of the text that a clause, the pieces of its name and its time fill."""
    spans = [clause.span, *pieces, *([time.span] if time else [])]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _rest(
    text: str, clause: Clause, time: Time | None, plans: Plans
) -> tuple[list[Span], Span | None]:
    """Return what stands behind a verb without its time and place, and the place."""
    whole = Span(clause.verb.end, max(clause.span.end, clause.verb.end))
    rest = [whole]
    if time:
        rest = _without(rest, Span(max(time.start, whole.start), time.span.end))
    place = None
    if clause.verb.kind in {Kind.OCCURS, Kind.REDUCED}:
        rest = [one for one in rest if not _clock(plans).fullmatch(trimmed(text, one).of(text))]
    for match in _place(plans).finditer(text, whole.start, whole.end):
        span = Span(match.start("name"), match.end("name"))
        is_time = any(one.span.start < span.end and span.start < one.span.end for one in clause.own)
        owns = match["name"].endswith(("'s", "’s", "s'", "s’"))
        if not is_time and not owns and not _occasion(plans).search(match["name"]):
            place = span
            rest = _without(rest, Span(match.start(), match.end()))
            break
    rest = [piece for piece in (trimmed(text, one) for one in rest) if piece.start < piece.end]
    place = place or _beside(text, clause, plans)
    # Behind its time, "and …" or "instead of …" begins what has another.
    return [
        piece
        for piece in rest
        if piece.start == whole.start or not _joint(plans).match(text, piece.start, piece.end)
    ], place


def _beside(text: str, clause: Clause, plans: Plans) -> Span | None:
    """Return a place that stays in the name or stands right behind: "fly to Osh", ", in Osh"."""
    match = _gone_to(plans).search(text, clause.verb.start, clause.span.end)
    if match is None and clause.behind:
        match = _place(plans).fullmatch(text, clause.behind.start, clause.behind.end)
    return Span(match.start("name"), match.end("name")) if match else None


def _without(pieces: list[Span], gone: Span) -> list[Span]:
    if gone.start >= gone.end:
        return pieces
    return [
        rest
        for piece in pieces
        for rest in (
            Span(piece.start, max(piece.start, min(piece.end, gone.start))),
            Span(min(piece.end, max(piece.start, gone.end)), piece.end),
        )
        if rest.start < rest.end
    ]


def _pieces(text: str, clause: Clause, subject: Span, rest: list[Span], plans: Plans) -> list[Span]:
    """Return the pieces of a clause that say what is ahead."""
    verb = clause.verb
    if verb.kind in {Kind.OCCURS, Kind.REDUCED}:
        behind = clause.behind
        if behind and not clause.own and _manner(plans).match(text, behind.start, behind.end):
            return [subject, *rest, behind]
        return [subject, *rest]
    between = text[min(subject.end, verb.start) : verb.start].strip()
    apart = between or subject.end > verb.start or verb.shown is not None
    opening = [subject] if apart and subject.start < subject.end else []
    begins = (verb.start if verb.shown is None else verb.shown) if apart else subject.start
    ends = max((piece.end for piece in rest[:1]), default=verb.end)
    return [*opening, Span(begins, max(ends, begins)), *rest[1:]]


def _held(text: str, clause: Clause, rest: list[Span], language: Language) -> list[Span]:
    """Return what a verb of holding holds, where its words say enough."""
    if clause.verb.kind is not Kind.HOLDS or not rest or rest[0].start != clause.verb.end:
        return []
    verb = rest[0].of(text).split()[0]
    thing = trimmed(text, Span(rest[0].start + len(verb), rest[0].end))
    pieces = [piece for piece in (thing, *rest[1:]) if piece.start < piece.end]
    if pieces and _is_bare_name(thing.of(text), language.plans):
        return []  # a guest, not what is held: "to host Anna Ray"
    words = content(" ".join(piece.of(text) for piece in pieces), language)
    return pieces if len(words) >= _OBJECT else []


def _is_bare_name(thing: str, plans: Plans) -> bool:
    """Say whether a thing is a name of nothing that is held."""
    return re.fullmatch(_NAME, thing) is not None and not _occasion(plans).search(thing)


def _joined(text: str, pieces: list[Span], *, apart: bool, language: Language, plans: Plans) -> str:
    """Return the pieces as one phrase, without a determiner before it or a link behind it."""
    words = [_plain(piece.of(text), language, plans) for piece in pieces]
    words = [piece for piece in words if piece]
    if apart:
        return ", ".join(words)
    return " ".join(words)


def _plain(piece: str, language: Language, plans: Plans) -> str:
    words = [word for word in re.sub(r"[“”„«»\"]", " ", piece).split() if word]
    while words and words[0].lower() in {*language.determiners, plans.that}:
        words = words[1:]
    loose = language.links | language.adjuncts | {*plans.be.split("|"), *plans.anew.split("|")}
    while words and words[-1].lower().strip(",") in loose:
        words = words[:-1]
    return " ".join(words).strip(" ,;:")


def _last_thing(text: str, span: Span, plans: Plans) -> Span:
    """Return the thing that ends a piece, behind its last verb: "discussed | days of culture"."""
    start = span.start
    for match in _verbal(plans).finditer(text, span.start, span.end):
        start = match.end()
    occasion = plain_event(plans).search(text, start, span.end)
    return trimmed(text, Span(occasion.start("name") if occasion else start, span.end))


@lru_cache(maxsize=8)
def _words(plans: Plans) -> re.Pattern[str]:
    return re.compile(rf"\s*|{plans.myself}|(?i:{plans.relatives})")


@lru_cache(maxsize=8)
def _owned(plans: Plans) -> re.Pattern[str]:
    return re.compile(rf"(?:{plans.whose})\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _clock(plans: Plans) -> re.Pattern[str]:
    return re.compile(plans.clock, re.IGNORECASE)


@lru_cache(maxsize=8)
def _gone_to(plans: Plans) -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{plans.goes_to})\s+(?:the\s+)?(?P<name>{_NAME})")


@lru_cache(maxsize=8)
def _joint(plans: Plans) -> re.Pattern[str]:
    return re.compile(rf"(?:{plans.conjunctions}|{plans.instead})\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _manner(plans: Plans) -> re.Pattern[str]:
    return re.compile(rf"(?:{plans.manner})\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _place(plans: Plans) -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{plans.places})\s+(?:the\s+)?(?P<name>{_NAME})")


@lru_cache(maxsize=8)
def _occasion(plans: Plans) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{plans.occasions})\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _verbal(plans: Plans) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{plans.finite}|{plans.will}|{plans.that})\b(?=\s+\w)", re.IGNORECASE)
