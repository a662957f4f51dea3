"""Whether a sentence points back, and so says little without the one before it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from bot.core.language import Language
from bot.core.words import WORD

#: A back-reference within so many words, and characters, of a sentence's beginning counts.
_WORDS = 6
_REACH = 120


@dataclass(frozen=True, slots=True)
class Leaning:
    """How the first words of a sentence point back."""

    #: Whether they do before they have named anything: "Such threats …", "But he …".
    leans: bool
    #: Whether one of them does at all: "The minister called this imperative …".
    vague: bool


def leaning(piece: str, language: Language) -> Leaning:
    """Return how a sentence, or the part of it that is shown, points back."""
    words = [word.group() for word in islice(WORD.finditer(piece, 0, _REACH), _WORDS)]
    lowered = [word.lower() for word in words]
    vague = not language.demonstratives.isdisjoint(lowered)
    return Leaning(vague or _leans(words, lowered, language), vague)


def _leans(words: list[str], lowered: list[str], language: Language) -> bool:
    """Say whether the first words point back without a demonstrative."""
    first, second = (*lowered[:2], "", "")[:2]
    if first in language.determiners and second in language.back_adjectives:
        return True
    if first in language.continuations:
        return True
    for word, lower in zip(words, lowered, strict=True):
        if lower in language.pronouns:
            return True
        if word[0].isupper() and _names(lower, language):
            return False
    return False


def _names(word: str, language: Language) -> bool:
    """Say whether a capitalised word may be a name and not just begin the sentence."""
    return not (
        word in language.stop_words
        or word in language.guarded
        or word in language.months
        or _participle(language).fullmatch(word)
    )


@lru_cache(maxsize=8)
def _participle(language: Language) -> re.Pattern[str]:
    return re.compile("|".join(language.participles) or "(?!)")
