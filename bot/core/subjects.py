"""Of whom or what each verb ahead speaks, and which times stand around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from bot.core.clauses import Piece, saying, trimmed
from bot.core.dates import Time
from bot.core.foretold import Kind, Verb, verbs
from bot.core.language import Language
from bot.core.listed import listed
from bot.core.prospects import Plans
from bot.core.values import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A verb ahead with what belongs to it."""

    #: From where its own words begin to the beginning of the next.
    span: Span
    #: Where its piece of the sentence begins, who says so included.
    begins: int
    #: Empty where it has none.
    subject: Span
    verb: Verb
    #: Where its own words begin, behind "and" and who says so.
    opens: int
    own: tuple[Time, ...]
    #: The times that stand alone right before and right behind it.
    near: tuple[Time, ...] = ()
    #: The piece behind it.
    behind: Span | None = None


def clauses(text: str, pieces: list[Piece], language: Language) -> Iterator[Clause]:
    """Yield the clauses of a thought that say something is ahead, in order."""
    plans = language.plans
    last: Span | None = None
    for index, piece in enumerate(pieces):
        found = verbs(text, piece, language)
        if not found:
            continue
        behind = pieces[index + 1].span if index + 1 < len(pieces) else None
        for verb, span in zip(found, _spans(text, piece, found, plans), strict=True):
            opens = _opening(text, Span(span.start, verb.start), piece, language)
            own = tuple(time for time in piece.times if opens <= time.span.start < span.end)
            subject = verb.thing or _subject(text, Span(opens, verb.start), own, plans)
            if _adverb(plans).fullmatch(text, subject.start, subject.end):
                subject = Span(subject.end, subject.end)
            if subject.start == subject.end and last is not None and last.start < last.end:
                subject = last
            elif subject.start == subject.end or _relative(plans).fullmatch(subject.of(text)):
                subject = _before(text, pieces[:index], language)
            else:
                subject = listed(text, subject, pieces[: index + 1], plans)
            last = subject
            yield Clause(
                span=Span(min(opens, verb.start), span.end),
                begins=span.start,
                subject=subject,
                verb=verb,
                opens=opens,
                own=own,
                near=_near(text, pieces, index, opens, plans),
                behind=behind,
            )


def _near(text: str, pieces: list[Piece], index: int, opens: int, plans: Plans) -> tuple[Time, ...]:
    """Return the times beside a piece that may be its own; what was said has its own time."""
    piece = pieces[index]
    found: list[Time] = []
    if index and opens - piece.span.start < len("while then "):
        before = pieces[index - 1]
        sets = index == 1 and _setting(plans).match(text, before.span.start, before.span.end)
        if before.is_time or (sets and not before.reports):
            found += before.times
    if index + 1 < len(pieces) and pieces[index + 1].is_time:
        found += pieces[index + 1].times
    return tuple(found)


def is_elliptic(text: str, piece: Piece, language: Language) -> bool:
    """Say whether a piece has a subject and a time, and shares the verb of another."""
    plans = language.plans
    if not piece.times or piece.is_time or piece.reports or piece.hangs:
        return False
    before = text[piece.span.start : piece.times[0].start]
    has_verb = verbs(text, piece, language) or _finite(plans).search(before)
    return not has_verb and _thing(plans).match(before) is not None


def shared(text: str, piece: Piece, verb: Verb, language: Language) -> Clause:
    """Return the clause of an elliptic piece, with the verb of another."""
    time = piece.times[0]
    start = _opening(text, Span(piece.span.start, time.start), piece, language)
    return Clause(
        span=piece.span,
        begins=piece.span.start,
        subject=trimmed(text, Span(start, time.start)),
        verb=replace(verb, kind=Kind.OCCURS, start=time.start, end=time.span.end),
        opens=start,
        own=piece.times,
    )


def _spans(text: str, piece: Piece, found: list[Verb], plans: Plans) -> list[Span]:
    """Return the words of each verb: a conjunction between two parts their clauses.

    A participle speaks of what stands right before it, and takes that from no other verb.
    """
    starts = [piece.span.start]
    ends: list[int] = []
    for one, following in pairwise(found):
        joints = list(_joint(plans).finditer(text, one.end, following.start))
        is_reduced = following.kind is Kind.REDUCED
        starts.append(one.end if is_reduced else joints[-1].start() if joints else following.start)
        ends.append(following.start if is_reduced else starts[-1])
    return [Span(*pair) for pair in zip(starts, [*ends, piece.span.end], strict=False)]


def _opening(text: str, span: Span, piece: Piece, language: Language) -> int:
    """Return where a clause's own words begin: behind "and", and behind who says so and when."""
    start = span.start
    for said in saying(language).finditer(text, span.start, span.end):
        if text[said.end() : span.end].strip(" ,"):
            start = said.end()
            heard = _heard(language).match(text, start, span.end)
            told = heard.end() if heard else start
            when = next((time for time in piece.times if told <= time.span.start), None)
            if when and not text[told : when.start].strip() and when.span.end < span.end:
                start = when.span.end
    that = _that(language).match(text, start, span.end)
    if that and text[that.end() : span.end].strip(" ,"):
        start = that.end()
    joint = _leading(language).match(text, start, span.end)
    return joint.end() if joint else start


def _subject(text: str, span: Span, own: tuple[Time, ...], plans: Plans) -> Span:
    """Return what stands before a verb without the time its clause opens with.

    Of "He came on Thursday and will meet …" that is only "He".
    """
    start = span.start
    for time in own:
        if time.start <= start and time.span.end <= span.end:
            start = time.span.end
    subject = trimmed(text, Span(min(start, span.end), span.end))
    finite = _finite(plans).search(text, subject.start, subject.end)
    is_joined = _joined(plans).search(text, subject.start, subject.end) is not None
    if is_joined and finite and finite.start() > subject.start:
        return trimmed(text, Span(subject.start, finite.start()))
    return subject


def _before(text: str, pieces: list[Piece], language: Language) -> Span:
    """Return the piece that may be a subject, where a verb's own piece has none.

    That is the nearest, or the one it explains: "A hearing in the case, Ash v. Oak, is set for".
    """
    plans = language.plans
    found: Span | None = None
    for piece in reversed(pieces):
        if piece.hangs or piece.is_time:
            continue
        start = _opening(text, piece.span, piece, language)
        if not piece.reports or _is_thing(text, Span(start, piece.span.end), language):
            found = found or Span(start, piece.span.end)
            if _occasion(plans).search(text, start, piece.span.end):
                return Span(start, piece.span.end)
        if piece.reports or _finite(plans).search(text, piece.span.start, piece.span.end):
            break
    return found or Span(0, 0)


def _is_thing(text: str, span: Span, language: Language) -> bool:
    plans = language.plans
    return _thing(plans).match(text, span.start, span.end) is not None


@lru_cache(maxsize=8)
def _adverb(plans: Plans) -> re.Pattern[str]:
    """Return what is no subject though it stands before a verb: "tentatively", "now"."""
    return re.compile(rf"{plans.former}|{plans.anew}|[a-z]+ly")


@lru_cache(maxsize=8)
def _occasion(plans: Plans) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{plans.occasions})\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _relative(plans: Plans) -> re.Pattern[str]:
    return re.compile(plans.relatives, re.IGNORECASE)


@lru_cache(maxsize=8)
def _joint(plans: Plans) -> re.Pattern[str]:
    return re.compile(rf"\s*\b(?:{plans.conjunctions})\s+", re.IGNORECASE)


@lru_cache(maxsize=8)
def _joined(plans: Plans) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{plans.conjunctions})$", re.IGNORECASE)


@lru_cache(maxsize=8)
def _setting(plans: Plans) -> re.Pattern[str]:
    """Return what a piece begins with that says when or where the next one happens."""
    return re.compile(rf"(?:{plans.setting})\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _heard(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?:\s+(?:{language.plans.hearers}))?", re.IGNORECASE)


@lru_cache(maxsize=8)
def _leading(language: Language) -> re.Pattern[str]:
    words = language.plans.conjunctions
    openers = "|".join(sorted(language.openers, key=len, reverse=True)) or "(?!)"
    return re.compile(rf"\s*(?:(?:{words}|{openers}),?\s+)*", re.IGNORECASE)


@lru_cache(maxsize=8)
def _that(language: Language) -> re.Pattern[str]:
    plans = language.plans
    return re.compile(rf"[^,]*\b{plans.that}\b(?!\s+(?:{plans.finite})\b)", re.IGNORECASE)


@lru_cache(maxsize=8)
def _finite(plans: Plans) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{plans.finite})\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _thing(plans: Plans) -> re.Pattern[str]:
    """Return what an elliptic subject begins with: a determiner or a name."""
    return re.compile(rf"\s*(?:(?i:{plans.conjunctions})\s+)?(?:(?i:{plans.determiners})\s|[A-Z])")
