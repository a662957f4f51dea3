"""Cheap signs that a rule may hold, asked before the rule itself.

Each is a necessary condition: where it fails, the rule would find nothing.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.core.values import Span

_LETTERS, _ASCII = re.compile(r"[^\W\d_]+"), re.compile(r"[a-z]+")
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=512)
def letters(sentence: str) -> frozenset[str]:
    """Return the runs of letters of a sentence, in lower case.

    A whole word that a rule looks for, be it without regard to case, is one of them.
    """
    if sentence.isascii():
        return frozenset(_ASCII.findall(sentence.lower()))
    # "İ" is "i" with a dot of its own.
    return frozenset(_LETTERS.findall(_lower(sentence).replace("i\u0307", "i")))


def found_at(
    starts: frozenset[str], pattern: re.Pattern[str], text: str, span: Span
) -> Iterator[re.Match[str]]:
    """Yield what ``finditer`` would find within a span, without trying every place.

    Each match of the pattern must begin with a whole word that is one of the starts, in lower
    case, or with a digit that begins a word.
    """
    lower = _lower(span.of(text))
    if len(lower) != span.end - span.start:
        yield from pattern.finditer(text, span.start, span.end)
        return
    end = span.start
    for word in _WORD.finditer(lower):
        first, place = word.group(), span.start + word.start()
        if (first in starts or first[0].isdigit()) and place >= end:
            match = pattern.match(text, place, span.end)
            if match:
                end = match.end()
                yield match


def _lower(words: str) -> str:
    """Return words in lower case as a pattern without regard to case reads them: "ı" is "i"."""
    lower = words.lower()
    return lower if words.isascii() else lower.replace("ı", "i").replace("ſ", "s")
