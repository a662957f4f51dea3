"""Subjects that are lists, of which commas make several pieces."""

import re
from functools import lru_cache

from bot.core.clauses import Piece
from bot.core.prospects import Plans
from bot.core.values import Span

_NAMES = re.compile(r"(?:[A-Z][\w'’-]*\s*){1,4}")


def listed(text: str, subject: Span, pieces: list[Piece], plans: Plans) -> Span:
    """Return a subject that ends a list with all of the list: "Ministers from A, B, and C".

    It ends the last of the pieces. What stands right before it must be a name and no more.
    """
    *before, piece = pieces
    ends, begins_otherwise = _patterns(plans)
    if not ends.match(text, piece.span.start, subject.end):
        return subject
    start = subject.start
    for one in reversed(before):
        words = one.span.of(text)
        is_name = _NAMES.fullmatch(words) is not None
        if one.times or one.reports or one.hangs or begins_otherwise.search(words):
            break
        if not (is_name or (start < subject.start and words[0].isupper())):
            break
        start = one.span.start
    return Span(start, subject.end)


@lru_cache(maxsize=8)
def _patterns(plans: Plans) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return how the last piece of a list begins ("and Oman"), and what no piece of it has."""
    return (
        re.compile(rf"(?:{_NAMES.pattern})?(?:{plans.conjunctions})\s+[A-Z]"),
        re.compile(rf"^(?i:{plans.setting})\b|\b(?:{plans.finite})\b"),
    )
