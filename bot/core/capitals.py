"""A text that is set in capitals, in the case that the rules for names can read."""

import re

from bot.core.labels import roles
from bot.core.language import Language

#: Of so many letters less than one in so many is small.
_LETTERS = 40
_SMALL = 20

_WORD = re.compile(r"[^\W\d_]+")


def plain(text: str, language: Language) -> str | None:
    """Return a text in capitals with known words small and names capitalised, else None.

    Every character keeps its place.
    """
    head = text[: len(text) // 10 + 1]
    if _SMALL * sum(map(str.islower, head)) > len(text):
        return None  # a tenth has more small letters than the whole may have
    capitals = sum(map(str.isupper, text))
    small = sum(map(str.islower, text))
    if capitals < _LETTERS or small * _SMALL > capitals:
        return None
    known = (
        language.stop_words
        | language.reporting
        | language.quoting
        | language.naming
        | language.bodies
        | language.carriers
        | language.links
        | language.adjuncts
        | roles(language)
    )

    def cased(match: re.Match[str]) -> str:
        word = match.group()
        after_mark = text[match.start() - 1 : match.start()] in ("'", "’")
        is_small = word.lower() in known or (after_mark and len(word) <= len("ll"))
        read = word.lower() if is_small else word.capitalize()
        return read if len(read) == len(word) else word

    return _WORD.sub(cased, text)
