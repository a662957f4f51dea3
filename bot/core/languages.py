"""The languages the core knows."""

from bot.core.english import ENGLISH
from bot.core.language import Language

#: What holds in any script: no word lists, sentence ends by their marks alone.
NEUTRAL = Language(code="")

#: All there are.
LANGUAGES = (ENGLISH, NEUTRAL)

_KNOWN = {ENGLISH.code: ENGLISH}


def language(code: str) -> Language:
    """Return the rules of a language by its ISO 639 code, the neutral ones if it is not known."""
    return _KNOWN.get(code.lower().split("-")[0].split("_")[0], NEUTRAL)
