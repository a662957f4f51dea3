"""The verbs of facts: what is ahead, the figures, the quotations, and a story's sources."""

import re
import unicodedata
from dataclasses import dataclass

from bot.core.verb import Usage, Verb
from bot.core.wording import later

UPCOMING = Verb(
    name="upcoming",
    summary=later("what is ahead"),
    usages=(
        Usage(takes="", meaning=later("all that is ahead"), example="/upcoming"),
        Usage(
            # Translators: stands for a number of days, as in "/upcoming DAYS".
            takes=later("DAYS"),
            meaning=later("what begins within so many days"),
            example="/upcoming 30",
        ),
        Usage(
            # Translators: "ics" is typed as it stands; it is a kind of calendar file.
            takes=later("ics"),
            meaning=later("those with a day as a calendar file"),
            example="/upcoming ics",
        ),
    ),
)
FIGURES = Verb(
    name="figures",
    summary=later("the figures in the news, as printed"),
    usages=(
        Usage(takes="", meaning=later("the newest figures, as printed"), example="/figures"),
        Usage(
            takes=later("WORDS"),
            meaning=later("only figures on these words"),
            example="/figures grain",
        ),
    ),
)
QUOTES = Verb(
    name="quotes",
    summary=later("who said what, in their own words"),
    usages=(
        Usage(takes="", meaning=later("the newest quotations"), example="/quotes"),
        Usage(
            # Translators: stands for the name of a person, as in "/quotes NAME".
            takes=later("NAME"),
            meaning=later("what this person said"),
            example="/quotes Tokayev",
        ),
        Usage(
            # Translators: "whole" is typed as it stands.
            takes=later("NAME whole"),
            meaning=later("the same, each quotation from its first word to its last"),
            example="/quotes Tokayev whole",
        ),
    ),
)

#: /upcoming looks no more than ten years ahead, in days.
MAX_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Upcoming:
    """Asks what is ahead, or what of it begins within so many days."""

    days: int | None = None
    #: Whether it is asked for as a calendar file.
    as_file: bool = False


@dataclass(frozen=True, slots=True)
class FiguresOn:
    """Asks for the figures, narrowed to those that all the words fit, if there are any."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class QuotesOf:
    """Asks for the quotations, narrowed to speakers of that name, if there is one."""

    name: str = ""
    #: Whether each is shown from its first word to its last.
    whole: bool = False


@dataclass(frozen=True, slots=True)
class StorySources:
    """Asks for the source sentence of each line of a story of the last digest."""

    number: int


FactCommand = Upcoming | FiguresOn | QuotesOf | StorySources

_DAYS = re.compile(r"([+-]?\d{1,9})(?:\s?(?:d|days?))?", re.IGNORECASE)
_FILE = re.compile(r"(?:^|\s+)(?:\.?ics|ical|calendar)$", re.IGNORECASE)
_WHOLE = re.compile(r"(?:^|\s+)whole$", re.IGNORECASE)


def upcoming(rest: str) -> Upcoming | None:
    """Return what is asked for behind ``/upcoming``, or None when it is no number of days."""
    bare = _FILE.sub("", rest)
    as_file = bare != rest
    if not bare:
        return Upcoming(as_file=as_file)
    days = _DAYS.fullmatch(unicodedata.normalize("NFKC", bare))
    if days is None or not 1 <= int(days[1]) <= MAX_DAYS:
        return None
    return Upcoming(int(days[1]), as_file=as_file)


def is_whole(rest: str) -> tuple[str, bool]:
    """Return the words without the "whole" at their end, and whether it was there."""
    bare = _WHOLE.sub("", rest)
    return bare, bare != rest
