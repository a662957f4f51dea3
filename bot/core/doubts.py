"""Whether a plan stands: not dropped, denied, conditional or only a wish."""

import re
from functools import lru_cache

from bot.core.clauses import Piece, saying
from bot.core.cues import letters
from bot.core.foretold import Kind
from bot.core.language import Language
from bot.core.prospects import Plans
from bot.core.subjects import Clause
from bot.core.values import Span


def is_dropped(text: str, pieces: list[Piece], plans: Plans) -> bool:
    """Say whether a thought is under a condition, or says that something was called off.

    What something else takes the place of may be: "Instead of the talks, which fell through, …".
    """
    start, end = pieces[0].span.start, pieces[-1].span.end
    if letters(text[start:end]).isdisjoint(plans.dropped_words):
        return False
    dropped, instead = _dropped(plans)
    if instead.match(text, start, end):
        start = next((piece.span.start for piece in pieces[1:] if not piece.hangs), end)
    return dropped.search(text, start, end) is not None


def is_unscheduled(text: str, stretch: Span, plans: Plans) -> bool:
    """Say whether a thought has a time that is no appointment: "soon", "every"."""
    return _unscheduled(plans).search(text, stretch.start, stretch.end) is not None


def may_occur(text: str, span: Span, plans: Plans) -> bool:
    """Say whether a piece says in words that something takes place."""
    if letters(span.of(text)).isdisjoint(plans.occurs_words):
        return False
    return _occurs(plans).search(text, span.start, span.end) is not None


def is_doubtful(text: str, clause: Clause, sentence: Span, language: Language) -> bool:
    """Say whether a clause denies, doubts or only wishes what its verb says."""
    plans = language.plans
    doubts, denials, subjects, purposes = _doubtful(plans)
    subject = clause.subject.of(text)
    if clause.verb.told and not saying(language).search(text, sentence.start, sentence.end):
        return True
    return bool(
        doubts.search(text, clause.begins, clause.span.end)
        or denials.search(text, clause.begins, clause.verb.end)
        or subjects.match(subject)
        or (purposes[0].search(subject) and purposes[1].match(text, clause.verb.start))
    )


def standing(text: str, found: list[Clause], end: int, plans: Plans) -> list[Clause]:
    """Return the clauses of a thought, which ends there, without those whose time was given up.

    Such a time stands behind "originally", or before another that takes its place.
    """
    anew = [
        clause.verb.start
        for clause in found
        if clause.verb.moves
        or clause.verb.anew
        or _anew(plans).search(text, clause.verb.end, min(clause.span.end, end))
    ]
    newest = max(anew, default=-1)
    return [
        clause
        for clause in found
        if not clause.verb.former
        and not (
            clause.verb.kind is Kind.REDUCED and clause.verb.appoints and clause.verb.start < newest
        )
    ]


@lru_cache(maxsize=8)
def alternative(plans: Plans) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what stands before the second of two times of which one holds, and behind the first.

    The latter ends where the second time begins.
    """
    return (
        re.compile(rf"\b(?:{plans.alternatives})\s+$", re.IGNORECASE),
        re.compile(rf",?\s+(?:{plans.alternatives})\s+", re.IGNORECASE),
    )


@lru_cache(maxsize=8)
def _anew(plans: Plans) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{plans.anew})\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _occurs(plans: Plans) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{plans.occurs})\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _unscheduled(plans: Plans) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{plans.unscheduled})\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _dropped(plans: Plans) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(
            rf"\b(?:{plans.conditions}|{plans.dropped}|(?:{plans.doubts})\s+{plans.shaken})\b",
            re.IGNORECASE,
        ),
        re.compile(rf"(?:{plans.instead})\b", re.IGNORECASE),
    )


@lru_cache(maxsize=8)
def _doubtful(
    plans: Plans,
) -> tuple[
    re.Pattern[str], re.Pattern[str], re.Pattern[str], tuple[re.Pattern[str], re.Pattern[str]]
]:
    """Return the patterns of doubts, denials, subjects that are nobody's, and purposes.

    Doubts count in small letters only: "May" is a month.
    """
    return (
        re.compile(rf"\b(?:{plans.doubts})\b"),
        re.compile(rf"\b(?:{plans.denials})\b|n['’]t\b", re.IGNORECASE),
        re.compile(rf"(?i:{plans.nobody})\b|(?:{plans.myself})\b"),
        (
            re.compile(rf"\b(?:{plans.purposes})\b", re.IGNORECASE),
            re.compile(rf"(?:{plans.be})\b", re.IGNORECASE),
        ),
    )
