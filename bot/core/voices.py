"""Whom the words beside a quotation mean, as far as the article leaves no doubt."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.cast import cast
from bot.core.labels import is_owned, is_pronoun
from bot.core.language import Language
from bot.core.meaning import Meaning
from bot.core.people import Person
from bot.core.pronouns import Pronouns
from bot.core.values import Span, Speaker

_LINKS = frozenset("for to and or from in at with".split())
_NAMED_OTHERWISE = frozenset({"company", "firm", "maker", "operator", "group", "club", "service"})
#: What these begin means somebody who was not named before.
_NEW = frozenset({"a", "an", "one", "another"})
#: Behind these an unnamed speaker is told apart by more than what he is.
_WHERE = frozenset({"from", "in", "at"})
_JOINTS = _LINKS | {"of"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A speaker, and whether the article leaves no doubt whom the label means."""

    speaker: Speaker
    certain: bool


class Voices:
    """Tells the speakers of one article, quotation by quotation in reading order."""

    def __init__(
        self, text: str, blocks: Sequence[Span], persons: tuple[Person, ...], language: Language
    ) -> None:
        """Read whom the article names; its paragraphs are the blocks."""
        named = cast(text, persons, language)
        self._language = language
        self._meaning = Meaning(named, language)
        self._pronouns = Pronouns(text, blocks, named, self._meaning, language)

    def tell(self, label: str, block: int, at: int, place: Span) -> Voice:
        """Return whom a label means that stands at a position of a paragraph.

        The place is all of the quotation with its attribution; it helps to tell later pronouns.
        """
        voice = self._voice(label, block, at)
        self._pronouns.hear(place, voice.speaker.name)
        return voice

    def _voice(self, label: str, block: int, at: int) -> Voice:
        if is_pronoun(label):
            found = self._pronouns.means(label.lower(), block, at)
            return Voice(speaker=Speaker(label=label, name=found), certain=found is not None)
        name = self._name(label)
        if name:
            return Voice(speaker=Speaker(label=label, name=name), certain=True)
        if label.split(maxsplit=1)[0].lower() in _NEW:
            # "A woman said … The woman, Gulnora Pirimova, …": named only later.
            later = self._meaning.holders(_bare(label, self._language), at, behind=True)
            words = label.split()
            place = next((n for n, word in enumerate(words) if word in _WHERE), len(words))
            short = " ".join(words[:place])
            return Voice(speaker=Speaker(label=short, name=None), certain=not later)
        bodies = self._meaning.bodies(label, at)
        people = bodies or self._meaning.holders(_bare(label, self._language), at)
        if len(people) == 1:
            return Voice(speaker=Speaker(label=label, name=next(iter(people))), certain=True)
        return Voice(
            speaker=Speaker(label=label, name=None),
            certain=bool(people) or not self._is_open(label),
        )

    def _name(self, label: str) -> str | None:
        """Return the full name that a label is, with or without a title before it."""
        words = label.split()
        if self._is_body(label):
            if words[0].lower() in self._language.determiners:
                words = words[1:]
            is_named = len(words) > 1 and all(word[0].isupper() or word == "of" for word in words)
            return " ".join(words) if is_named else None
        place = next((n for n, word in enumerate(words) if word in _LINKS), len(words))
        if words[place : place + 1] in (["and"], ["or"]):
            return None
        if "of" in words[:place]:
            of = words.index("of")
            name = self._meaning.name(" ".join(words[:of]))
            rest = [word for word in words[of + 1 :] if word[0].isupper()]
            if name or len(rest) <= 1 or place < len(words):
                return name
            # "President of Kazakhstan Tokayev"
            name = self._meaning.name(words[-1])
            return name if name != " ".join(rest) else None
        return self._meaning.name(" ".join(words[:place]))

    def _is_open(self, label: str) -> bool:
        """Say whether a label means somebody whom the reader is taken to know."""
        first = label.split(maxsplit=1)[0]
        if first[0].isupper() and " of " in label and self._meaning.is_role(first):
            return True  # "President of Mali Aa Keita"
        if self._is_body(label):
            # A company's name seldom holds the noun: the article may well have given it.
            return label.lower().split()[-1] in _NAMED_OTHERWISE
        return first.lower() == "the" or is_owned(first)

    def _is_body(self, label: str) -> bool:
        words = label.split()
        place = next((n for n, word in enumerate(words) if n and word in _JOINTS), len(words))
        return self._meaning.is_body(" ".join(words[:place]))


def _bare(label: str, language: Language) -> str:
    words = label.split()
    while words and (words[0].lower() in language.determiners or is_owned(words[0])):
        words = words[1:]
    return " ".join(words)
