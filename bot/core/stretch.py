"""Times that are no day and no whole month or year, in the words of their source."""

import re

from bot.core.date_forms import part_of
from bot.core.languages import LANGUAGES
from bot.core.phrases import one_line
from bot.core.values import Precision, When

#: What lasts longer, in days, is no appointment: a quarter, a half of a year.
LONGEST_DAYS = 31
_YEAR = re.compile(r"\b\d{4}\b")


def is_long(when: When) -> bool:
    """Say whether a time has more days than an appointment: "the first quarter"."""
    if when.precision is not Precision.DAYS or when.first is None or when.last is None:
        return False
    return (when.last - when.first).days >= LONGEST_DAYS


def is_part(when: When) -> bool:
    """Say whether the words name a part of a month or year, which has no day: "late May"."""
    if when.precision not in {Precision.MONTH, Precision.YEAR}:
        return False
    return any(part_of(language).match(when.text) for language in LANGUAGES)


def in_its_words(when: When) -> str:
    """Return the words of the source, with the year in brackets where it is known and they lack it.

    "The first quarter" becomes "the first quarter (2027)".
    """
    said, last = one_line(when.text), when.last or when.first
    if _YEAR.search(said) or when.first is None or last is None:
        return said
    years = str(last.year) if when.first.year == last.year else f"{when.first.year}–{last.year}"
    return f"{said} ({years})"
