"""Everybody an article names, and what it says they are."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.labels import is_owned, is_verb, roles
from bot.core.language import Language
from bot.core.people import NO_NAME, RUN, Person, runs
from bot.core.values import Span

#: A name has from two to this many words.
_NAME = range(2, 6)
#: What is said of somebody stands within so many characters beside the name.
_REACH = 120

#: Words that make another office of the one behind them.
QUALIFIERS = frozenset(
    """
    former ex late deputy vice assistant associate acting honorary incoming outgoing opposition
    """.split()
)
_PREPOSITIONS = frozenset({"In", "An", "On", "At", "By", "For", "From", "With", "After", "Before"})
#: Endings of nouns of people that no name has.
_TRADES = ("ist", "ician", "grapher", "keeper", "worker", "master")
_BEHIND = re.compile(r",(?: \d{1,3},)? (?P<words>[a-z][^,.;:!?“”\"\n]{1,80})[,.;\n]")
_CLAUSE = re.compile(r"[.!?:;,“”\"«»—\n]\s*")
_OF = re.compile(rf" (?:of|for) (?:the )?{RUN}")
_CLOSES = re.compile(r"\s*(?:[,.;]|\n|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A place of the text that names somebody in full, and what it says of him there."""

    name: str
    span: Span
    #: Noun phrases in lower case: "deputy transport minister", "the campaign's coordinator".
    descriptions: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The people and bodies that an article names in full, in reading order."""

    people: tuple[Named, ...]
    bodies: tuple[Named, ...]
    #: Full names by each of their words; a name that cannot be told apart stands there as "".
    by_word: dict[str, frozenset[str]]


def cast(text: str, persons: tuple[Person, ...], language: Language) -> Cast:
    """Return everybody the text names with at least two words in capitals, in linear time."""
    titles = roles(language)
    found = list(runs(text))
    departments = {
        word.lower()
        for _, words in found
        for word in words[: _last_title(words, titles)]
        if not is_owned(word)
    }
    known = {person.name: person for person in persons}
    ends: dict[str, list[list[str]]] = {}
    for person in persons:
        ends.setdefault(person.name.split()[-1], []).append(person.name.split())
    people: list[Named] = []
    bodies: list[Named] = []
    unclear: set[str] = set()
    for span, words in found:
        if words[-1].lower() in language.bodies:
            bodies.extend(_body(text, span, words))
            continue
        name = _bare(words, titles, departments)
        if name and (words[0] in _PREPOSITIONS or _is_behind_of(text, span, words, known, titles)):
            meant = next((one for one in ends.get(name[-1], []) if one == name[-len(one) :]), None)
            if meant is None:
                unclear.update(() if name[-1] in ends else name)
                continue
            name = meant
        if len(name) in _NAME:
            people.append(_person(text, span, name, known, language))
    return Cast(people=tuple(people), bodies=tuple(bodies), by_word=_by_word(people, unclear))


def named_between(named: tuple[Named, ...], start: int, end: int) -> tuple[Named, ...]:
    """Return those of a cast that are named between two positions."""
    low = bisect_left(named, start, key=lambda one: one.span.start)
    high = bisect_right(named, end, key=lambda one: one.span.start)
    return named[low:high]


def _body(text: str, span: Span, words: list[str]) -> Iterator[Named]:
    """Yield a body by its whole name: "Ministry of Health"; a mere noun names none."""
    bare = words[1:] if words[0] == "The" else words
    owner = _OF.match(text, span.end)
    name = " ".join(bare) + (owner.group() if owner else "")
    if " " in name:
        yield Named(name=name, span=span, descriptions=())


def _last_title(words: list[str], titles: frozenset[str]) -> int:
    """Return where the last title stands before at least one word, or 0."""
    places = [n for n, word in enumerate(words[:-1]) if word.lower().strip(".") in titles]
    return places[-1] if places else 0


def _bare(words: list[str], titles: frozenset[str], departments: set[str]) -> list[str]:
    """Return a person's name without titles before it and calendar words around it."""
    start = _last_title(words, titles)
    if words[start].lower().strip(".") in titles:
        start += 1
    for n, word in enumerate(words[:-1]):
        if is_owned(word):
            start = max(start, n + 1)
    words = words[start:]
    while words and (words[0] in NO_NAME or words[0].endswith(_TRADES)):
        words = words[1:]
    while words and words[-1] in NO_NAME:
        words = words[:-1]
    if len(words) > _NAME.start and words[0].lower() in departments:
        words = words[1:]
    return words


def _is_behind_of(
    text: str, span: Span, words: list[str], known: dict[str, Person], titles: frozenset[str]
) -> bool:
    """Say whether the run may begin with the country of an office: "President of Mali Aa Keita"."""
    before = text[max(0, span.start - _REACH) : span.start].split()
    if before[-1:] == ["the"]:
        before = before[:-1]
    joined = " ".join(words)
    return (
        before[-1:] == ["of"]
        and (before[-2:-1] != [] and before[-2].lower() in titles)
        and joined not in known
    )


def _person(
    text: str, span: Span, name: list[str], known: dict[str, Person], language: Language
) -> Named:
    full = " ".join(name)
    start = text.index(name[0], span.start)
    prefix = tuple(word.lower().strip(".") for word in text[span.start : start].split())
    described = list(_descriptions(text, span, prefix, language))
    # "Deputy Transport Minister" is no minister, whatever stands right before the name.
    if full in known and not QUALIFIERS & {*prefix}:
        described.append(tuple(known[full].title.split()))
    return Named(name=full, span=Span(start, span.end), descriptions=tuple(described))


def _descriptions(
    text: str, span: Span, prefix: tuple[str, ...], language: Language
) -> Iterator[tuple[str, ...]]:
    """Yield what stands before the name, what it stands in apposition to, and what follows it."""
    lead = text[max(0, span.start - _REACH) : span.start]
    words = lead.split(" ")[:-1] if lead.endswith(" ") else []
    count = 0
    while count < len(words) and _describes(words[-1 - count], language):
        count += 1
    before = tuple(word.lower() for word in words[len(words) - count :])
    if before + prefix:
        owner = _OF.match(text, span.end)
        yield (*before, *prefix, *(owner.group().lower().split() if owner else ()))
    closes = _CLOSES.match(text, span.end)
    rest = " ".join(words[: len(words) - count])
    if closes and rest.endswith(","):
        apposed = _apposed(_CLAUSE.split(rest[:-1])[-1].split(), language)
        if apposed:
            yield tuple(word.lower() for word in apposed)
    behind = _BEHIND.match(text, span.end, span.end + _REACH)
    if behind:
        follows = behind["words"].lower().split()
        cut = next((n for n, word in enumerate(follows) if word in language.links), len(follows))
        is_role = follows[cut - 1] in roles(language) and not language.determiners & {
            *follows[:cut]
        }
        if follows[0] in language.determiners or is_owned(follows[0]) or is_role:
            yield tuple(follows)


def _describes(word: str, language: Language) -> bool:
    """Say whether a word before a name can belong to what the person is called."""
    lower = word.lower()
    if is_owned(word):
        return True
    return (
        word.islower()
        and word.replace("-", "").isalpha()
        and lower not in language.stop_words
        and not is_verb(lower, language)
    )


def _apposed(words: list[str], language: Language) -> list[str]:
    """Return the noun phrase of a clause that a name in apposition follows."""
    for place, word in enumerate(words):
        if word.lower() in language.determiners or is_owned(word):
            # "After talks with the minister, Xi Jinping ...": no apposition
            joint = words[place - 1].lower() if place else ""
            joins = joint in language.stop_words - {"and", "but", "by"}
            return [] if joins and not is_verb(joint, language) else words[place:]
    return []


def _by_word(people: list[Named], unclear: set[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name in {one.name for one in people}:
        for word in name.split():
            found.setdefault(word, set()).add(name)
    for word in unclear:
        found.setdefault(word, set()).add("")
    return {word: frozenset(names) for word, names in found.items()}
