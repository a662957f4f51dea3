"""The people an article names, and the offices it gives them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.core.language import Language
from bot.core.values import Span

#: Words in capitals that begin or end no person's name.
NO_NAME = frozenset(
    """
    The A An In On At By For From With After Before But And Or As If When While Although This That
    These Those His Her Its Their Our My It He She We They You January February March April May
    June July August September October November December Monday Tuesday Wednesday Thursday Friday
    Saturday Sunday Mr Mrs Ms Dr General Council Organization Organisation Ministry Government
    Parliament Committee Forum Summit Conference Bank Fund University Agency Association Party Union
    Commission Company Corporation Group Center Centre Institute Republic State States Kingdom
    Federation House Office Affairs Nations News Africa Arabia Emirates Faso Guinea Herzegovina
    Islands Korea Lanka Leone Macedonia Rica Salvador Sudan Timor Tobago Verde Zealand
    """.split()
)
#: Words that make another office of the one behind them, or one no longer held.
_QUALIFIERS = r"former|ex|late|deputy|vice|assistant|associate|acting|honorary|incoming|outgoing"

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĆČĎĐĒĞĢĪİĶĹĻĽŁŃŅŇŌŐŘŚŞŠŢŤŪŰŹŻŽƏȘȚ"
_PARTICLE = r"(?:bin|ibn|al|el|de|da|van der|van|von der|von|der|uulu|kyzy)[ -]"
_PIECE = rf"(?:(?:{_PARTICLE})?[{_CAPITAL}][\w’'-]{{0,30}}\w|[A-Z]\.(?= [A-Z]))"
RUN = rf"{_PIECE}(?: {_PIECE}){{0,5}}"
_ONE = re.compile(_PIECE)
_NAMED = re.compile(rf"(?<![\w.-]){RUN}")
#: Whose office it is, and a name before it, stand within so many characters before the office.
_OWNER = 80
_REACH = 400
#: What tells where a name behind an office ends stands within so many characters behind it.
_END = 40
#: A longer run of capitalised words is no name.
_PIECES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody named in full, as the article prints the name."""

    name: str
    #: The part of it that the article uses alone, or the whole name.
    short: str
    #: The kind of office held: "head of state", or "" where the article gives none that is held.
    role: str
    #: The office with its country, in lower case: "president of kazakhstan".
    title: str


def people(text: str, language: Language) -> tuple[Person, ...]:
    """Return those whose office the text gives beside the name, in order, each name once.

    Linear in the length of the text. A name that cannot be told from the country before it is
    left out.
    """
    if not language.offices:
        return ()
    matches = sorted(_held(text, language), key=lambda match: match.start())
    if not matches:
        return ()
    roles = dict(language.offices)
    alone = _alone(text, language)
    found: dict[str, Person] = {}
    for match in matches:
        country, name = _named(match, alone)
        if len(name) < len(("Xi", "Jinping")) or len(name) > _PIECES:
            continue
        office, qualifier = match["office"].lower(), match["qualifier"]
        held = f"{qualifier.lower()} {office}" if qualifier else office
        person = Person(
            name=" ".join(name),
            short=next((part for part in (name[-1], name[0]) if alone[part]), " ".join(name)),
            role="" if qualifier else roles[office],
            title=f"{held} of {country.lower()}" if country else held,
        )
        found.setdefault(person.name, person)
    return tuple(found.values())


def capitalised(text: str) -> list[str]:
    """Return the runs of capitalised words of a piece of text, as names are printed."""
    return [_unowned(run) for run in _NAMED.findall(text)]


def runs(text: str) -> Iterator[tuple[Span, list[str]]]:
    """Yield the same with where each stands, word by word; a letter alone ("the A's") is none."""
    for match in _NAMED.finditer(text):
        name = _unowned(match.group())
        words = _ONE.findall(name)
        if words:
            yield Span(match.start(), match.start() + len(name)), words


def _held(text: str, language: Language) -> Iterator[re.Match[str]]:
    """Yield the offices of a text with who holds them, first those that stand before the name.

    Looking for the bare words first, and for a name beside them, takes a tenth of the time.
    """
    before, after, behind, ahead = _patterns(language)
    lower = text.lower()
    if len(lower) != len(text):
        yield from before.finditer(text)
        yield from after.finditer(text)
        return
    leading: list[Span] = []
    following: list[Span] = []
    for office in _offices(language).finditer(lower):
        named = behind.match(text, office.start())
        if named:
            _reach(leading, office.start() - _OWNER, named.end() + _END)
        comma = text.rfind(", ", max(0, office.start() - _OWNER), office.start())
        if comma >= 0 and ahead.fullmatch(text, comma, office.start()):
            _reach(following, office.start() - _REACH, office.end("office") + _END)
    for near in leading:
        yield from before.finditer(text, near.start, near.end)
    for near in following:
        yield from after.finditer(text, near.start, near.end)


def _reach(near: list[Span], start: int, end: int) -> None:
    """Add a stretch behind others, as one with the last where they touch."""
    start = max(0, start)
    if near and start <= near[-1].end:
        last = near.pop()
        start, end = last.start, max(end, last.end)
    near.append(Span(start, end))


@lru_cache(maxsize=8)
def _offices(language: Language) -> re.Pattern[str]:
    """Return the pattern of every place where an office begins, in lower case.

    Offices of one first letter stand together: a search rules them out at once.
    """
    firsts = dict.fromkeys(office[0] for office, _ in language.offices)
    words = "|".join(
        rf"{re.escape(first)}(?:{'|'.join(_rests(first, language))})" for first in firsts
    )
    return re.compile(rf"\b(?=(?P<office>{words}))")


def _rests(first: str, language: Language) -> list[str]:
    """Return the offices of a first letter without it, the longest first."""
    offices = sorted((office for office, _ in language.offices), key=len, reverse=True)
    return [re.escape(office[1:]) for office in offices if office.startswith(first)]


@lru_cache(maxsize=8)
def _patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of an office before a name, and of one behind it in apposition.

    With them, the part of the first from the office on, and what of the other stands between the
    name and the office: where these are not found, neither is.
    """
    offices = sorted((office for office, _ in language.offices), key=len, reverse=True)
    qualifier = rf"(?:\b(?P<qualifier>(?i:{_QUALIFIERS}))[ -])"
    office = rf"\b(?P<office>(?i:{'|'.join(map(re.escape, offices))}))"
    owner = rf"(?<![\w’'-])(?P<owner>{_PIECE})(?:(?<=[sS])['’]|['’]s) "
    of = rf"(?P<of> of (?:the )?(?:(?:[{_CAPITAL}]\w{{1,30}} ){{1,3}}of (?:the )?)?)?"
    behind = rf"{office}{of} ?(?P<run>{RUN})(?! [{_CAPITAL}])"
    ahead = rf", (?:the )?(?:{owner})?"
    return (
        re.compile(rf"(?:{owner})?{qualifier}??{behind}"),
        re.compile(rf"(?<![\w’'-])(?P<run>{RUN}){ahead}{qualifier}??{office}\b(?P<of>)"),
        re.compile(behind),
        re.compile(rf"{ahead}{qualifier}?"),
    )


def _alone(text: str, language: Language) -> Counter[str]:
    """Count the names that stand in the text by themselves, titles before them left aside."""
    titles = {word for office, _ in language.offices for word in office.split()}
    counted: Counter[str] = Counter()
    for run in capitalised(text):
        words = _ONE.findall(run)
        while words and (words[0] in NO_NAME or words[0].lower() in titles):
            words = words[1:]
        counted[" ".join(words)] += 1
    return counted


def _unowned(name: str) -> str:
    return re.sub(r"['’]s?$", "", name) if "'" in name or "’" in name else name


def _named(match: re.Match[str], alone: Counter[str]) -> tuple[str, list[str]]:
    """Split a run of capitalised words into the country of an office and a person's name."""
    run = _ONE.findall(match["run"])
    country = match["owner"] or ""
    if match["of"]:
        size = next((n for n in range(1, len(run) - 1) if alone[" ".join(run[:n])]), 0)
        if not size and alone[_unowned(run[-1])] and run[-1] not in NO_NAME:
            size = len(run) - 2
        country, run = " ".join(run[:size]), run[size:] if size > 0 else []
    stripped = False
    while run and (run[0] in NO_NAME or run[-1] in NO_NAME):
        stripped = stripped or run[0] in NO_NAME
        run = run[1:] if run[0] in NO_NAME else run[:-1]
    # "In Beijing Wang Yi, ...": where the place ends and the name begins cannot be told.
    if stripped and len(run) > len(("Xi", "Jinping")):
        return country, []
    return country, [*run[:-1], _unowned(run[-1])] if run else []
