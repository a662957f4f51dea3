"""Whether a text can be in the language that its feed says: many name the one of their software."""

import re

from bot.sources import declared

_LATIN = frozenset("az cs de en es et fi fr hu id it lt lv ms nl pl pt ro sv tr vi".split())
_CYRILLIC = frozenset("be bg mk ru uk".split())
_SIGNS = frozenset("ja zh".split())
_SCRIPTS = tuple(map(re.compile, ("[A-Za-z\u00c0-\u024f]", "[\u0400-\u052f]", "[\u3040-\u9fff]")))


def language(tag: str, words: str) -> str | None:
    """Return the language of a tag, or None where the letters of the words are another's."""
    said = declared.language(tag)
    if said is None or (words.isascii() and said in _LATIN):
        return said
    latin, cyrillic, signs = (len(script.findall(words)) for script in _SCRIPTS)
    if said in _LATIN:
        is_so = latin >= max(cyrillic, signs)
    elif said in _CYRILLIC:
        is_so = cyrillic >= max(latin, signs)
    else:
        # Chinese has names and numbers in Latin letters in it.
        is_so = said not in _SIGNS or signs * 3 >= latin
    return said if is_so else None
