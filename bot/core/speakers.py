"""Who says each quotation, where the article leaves no doubt."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.attributions import Attribution, before, behind, is_pronoun
from bot.core.language import Language
from bot.core.people import Person, capitalised
from bot.core.quotations import Quotation, Quotations
from bot.core.sentences import paragraphs
from bot.core.values import Span, Speaker

#: A pronoun's name stands within so many characters before its quotation.
_NEAR = 600
#: People are introduced within so many characters.
_LEAD = 5000
#: An article that gives one office to more people than this tells them apart by name only.
_CROWD = 20

_WORD = re.compile(r"\w+")
_ONE_SENTENCE = re.compile(r"[^.!?…:]{0,200}[.!?…]?\s*")
_SOMEBODY = re.compile(r"[A-Z]\w+, (?:an?|the|who)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """A quotation with its speaker and the words beside it that say so."""

    quotation: Quotation
    speaker: Speaker | None
    #: Where the attribution stands: "Tokayev said".
    said: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """Quoted words, or words whose marks do not pair, and what is said of them right there."""

    outer: Span
    block: Span
    quotation: Quotation | None
    found: Attribution | None

    @property
    def runs_on(self) -> bool:
        """Say whether the next paragraph goes on with the quotation."""
        return self.quotation is not None and self.quotation.inner.end == self.outer.end


def attribute(
    text: str, marks: Quotations, persons: tuple[Person, ...], language: Language
) -> tuple[Attributed, ...]:
    """Return each closed quotation with its speaker, or without one where that is uncertain.

    An attribution stands right behind its quotation or right before it; it also serves the whole
    sentences that are quoted beside it with nothing between.
    """
    stretches = list(_stretches(text, marks, language))
    labels = _shared(text, stretches, language)
    who = _Resolver(text, persons, [item.found.label for item in stretches if item.found])
    result: list[Attributed] = []
    for item, label in zip(stretches, labels, strict=True):
        speaker = who.speaks(label, item) if label else None
        if item.quotation:
            said = item.found.said if item.found else None
            result.append(Attributed(quotation=item.quotation, speaker=speaker, said=said))
    return tuple(result)


def _stretches(text: str, marks: Quotations, language: Language) -> Iterator[_Stretch]:
    """Yield the quotations and the unpaired stretches in order, each with its attribution."""
    blocks = paragraphs(text)
    starts = [block.start for block in blocks]
    places: list[tuple[Span, Quotation | None]] = [(span, None) for span in marks.unpaired]
    places += [(quotation.outer, quotation) for quotation in marks.closed]
    for outer, quotation in sorted(places, key=lambda place: (place[0].start, place[0].end)):
        block = blocks[max(bisect_right(starts, outer.start) - 1, 0)]
        found = behind(text, outer, block, language)
        if quotation and not found:
            found = before(text, outer, block, language)
        yield _Stretch(outer=outer, block=block, quotation=quotation, found=found)


def _shared(text: str, stretches: Sequence[_Stretch], language: Language) -> list[str | None]:
    """Return each stretch's label: its own, or that of a neighbour it stands together with."""
    labels = [item.found.label if item.found else None for item in stretches]
    numbers = range(1, len(stretches))
    for number in numbers:
        one, other = stretches[number - 1], stretches[number]
        if labels[number] is None and _continues(text, one, other, language):
            labels[number] = labels[number - 1]
    for number in reversed(numbers):
        one, other = stretches[number - 1], stretches[number]
        if labels[number - 1] is None and _adjoins(text, one, other, language):
            labels[number - 1] = labels[number]
    return labels


def _continues(text: str, one: _Stretch, other: _Stretch, language: Language) -> bool:
    """Say whether the other's speaker goes on from the one, with his attribution between."""
    if _adjoins(text, one, other, language):
        return True
    if one.block != other.block or not one.found or one.found.said.end <= one.outer.end:
        return False
    rest = text[one.found.said.end : other.outer.start]
    return (
        _is_sentence(text, other)
        and _ONE_SENTENCE.fullmatch(rest) is not None
        and rest.rstrip()[-1:] in (".", "!", "?")
        and not any(word in language.reporting for word in _WORD.findall(rest))
    )


def _adjoins(text: str, one: _Stretch, other: _Stretch, language: Language) -> bool:
    """Say whether nothing stands between two stretches of one speech."""
    if one.block == other.block:
        between = text[one.outer.end : other.outer.start]
        return not between.strip() and _is_sentence(text, one) and _is_sentence(text, other)
    # A mark that was only forgotten would hide an attribution inside the quotation.
    return (
        one.runs_on
        and text[one.outer.end : other.outer.start].isspace()
        and not any(word in language.reporting for word in _WORD.findall(one.outer.of(text)))
    )


def _is_sentence(text: str, item: _Stretch) -> bool:
    """Say whether a stretch begins where a sentence may begin and does not run into narration."""
    start, end = item.outer.start, item.outer.end
    while start > item.block.start and text[start - 1].isspace():
        start -= 1
    while end < item.block.end and text[end].isspace():
        end += 1
    begins = start == item.block.start or text[start - 1] in '.!?…”"’»'
    return begins and (end == item.block.end or item.found is not None or not text[end].islower())


class _Resolver:
    """The people of one article, by the words that can mean them."""

    def __init__(self, text: str, persons: tuple[Person, ...], labels: list[str]) -> None:
        self._text = text
        self._named: dict[str, set[Person]] = {}
        self._held: dict[str, set[Person]] = {}
        for person in persons:
            for name in (person.name, person.short, person.name.split()[-1]):
                self._named.setdefault(name, set()).add(person)
            for office in (person.title, person.role, person.title.partition(" of ")[0]):
                self._held.setdefault(office, set()).add(person)
        self._offices = {word for office in self._held for word in office.split()}
        pronouns = {label.lower() for label in labels if is_pronoun(label)}
        #: Whether "he" and "she" both speak, so that neither can be told.
        self._mixed = {"he", "she"} <= pronouns
        #: The name of the last one who spoke, None where it is not known, "" before the first.
        self._last: str | None = ""

    def speaks(self, label: str, item: _Stretch) -> Speaker:
        """Return the label's speaker, with the name where it can mean one person only."""
        person = self._pronoun(label, item) if is_pronoun(label) else self._means(label)
        self._last = person.name if person else None
        if person:
            return Speaker(label=label, name=person.name)
        is_name = " " in label and capitalised(label) == [label] and not self._is_known(label)
        return Speaker(label=label, name=label if is_name else None)

    def _means(self, label: str) -> Person | None:
        words = label.split()
        if words[0].lower() == "the":
            words = words[1:]
        found = self._named.get(_name(words, self._offices)) or self._holders(words)
        return next(iter(found)) if len(found) == 1 else None

    def _holders(self, words: list[str]) -> set[Person]:
        """Return who a role word or an office, without a name, can mean."""
        phrase = " ".join(words).lower()
        if phrase in self._held:
            return self._held[phrase]
        # "Kazakh president" for the president of Kazakhstan.
        owner, _, office = phrase.partition(" ")
        held = self._held.get(office, set())
        if len(held) > _CROWD:
            return set()
        return {person for person in held if self._is_of(owner, office, person)}

    def _is_of(self, owner: str, office: str, person: Person) -> bool:
        """Say whether an adjective is that of the person's country."""
        country = person.title.partition(" of ")[2]
        if country:
            return _is_adjective(owner, country)
        return f"{owner} {office} {person.name}".lower() in self._text[:_LEAD].lower()

    def _is_known(self, label: str) -> bool:
        """Say whether a label in capitals is an office or shares a word with a named person."""
        return any(word.lower() in self._offices or word in self._named for word in label.split())

    def _pronoun(self, label: str, item: _Stretch) -> Person | None:
        """Return the person whom "he" or "she" can only mean: nobody else stands near."""
        if self._mixed or label.lower() not in ("he", "she"):
            return None
        near = self._text[max(0, item.outer.start - _NEAR) : item.outer.start]
        runs = [run.split() for run in capitalised(near)]
        known = [self._named.get(word, set()) for run in runs for word in (*run, " ".join(run))]
        meant = set[Person]().union(*known)
        person = next(iter(meant)) if len(meant) == 1 else None
        if person is None or self._last not in ("", person.name) or _SOMEBODY.search(near):
            return None
        own = {*person.name.split(), person.short}
        return person if all(len(run) == 1 or own & set(run) for run in runs) else None


def _name(words: list[str], offices: set[str]) -> str:
    """Return the name that ends a label, or "" where what stands before it is no mere title."""
    start = len(words)
    while start and words[start - 1][0].isupper() and not _is_title(words[start - 1], offices):
        start -= 1
    before = words[:start]
    if before[-1:] == ["of"] and len(before) > 1 and _is_title(before[-2], offices):
        # "President of Kazakhstan Tokayev"
        before, start = before[:-2], len(words) - 1
    if all(_is_title(word, offices) or word[0].isupper() for word in before):
        return " ".join(words[start:])
    return ""


def _is_title(word: str, offices: set[str]) -> bool:
    """Say whether a word is of an office, or a form of address: "Mr.", "Dr."."""
    return word.lower() in offices or word == "leader" or word in ("Mr.", "Mrs.", "Ms.", "Dr.")


def _is_adjective(adjective: str, country: str) -> bool:
    """Say whether an adjective is a country's: "kazakh", "chinese", "russian"."""
    return country.startswith(adjective) or adjective.startswith(
        country if len(country) < len("italy") else country[:-1]
    )
