"""Whom "he", "she" and "it" mean beside a quotation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.cast import Cast, named_between
from bot.core.labels import is_verb
from bot.core.language import Language
from bot.core.meaning import Meaning
from bot.core.people import NO_NAME, runs
from bot.core.sentences import sentences
from bot.core.surnames import Surnames
from bot.core.values import Span

#: Whom a pronoun means stands within so many characters and paragraphs before it.
_NEAR = 800
_PARAGRAPHS = 3

#: At most so many words stand before the name that begins a sentence: "Police chief".
_LEADS = 6

_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»")
_SOMEBODY = re.compile(
    r"(?:^|[.!?]\s+)(?:An?|One|Another|Some|Two|Three) |[A-Z]\w+, (?:an?|the|who)\b"
)
_OTHER = {"he": re.compile(r"\b[Ss]he\b"), "she": re.compile(r"\b[Hh]e\b")}
_SEX = {"he": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "herself": "she"}
_SEXED = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|himself|herself)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """A quotation whose speaker is known, or known to be unclear."""

    place: Span
    name: str | None


class Pronouns:
    """Tells whom the pronouns of one article mean, in reading order."""

    def __init__(
        self, text: str, blocks: Sequence[Span], cast: Cast, meaning: Meaning, language: Language
    ) -> None:
        """Begin before the first quotation."""
        self._text = text
        self._blocks = blocks
        self._cast = cast
        self._meaning = meaning
        self._language = language
        self._surnames = Surnames(text, cast, language)
        self._heard: list[_Heard] = []
        #: The pronouns by which the narration goes on about each person.
        self._sexes: dict[str, set[str]] | None = None

    def hear(self, place: Span, name: str | None) -> None:
        """Take in who spoke a quotation, or that it is not known, for the pronouns that follow."""
        self._heard.append(_Heard(place=place, name=name))

    def means(self, pronoun: str, block: int, at: int) -> str | None:
        """Return the one whom the sentences before a pronoun speak of, if it is one alone."""
        if pronoun == "it":
            return self._body(block, at)
        if pronoun not in _OTHER:
            return None
        for place in self._before(block, at):
            name = self._spoken_of(place, pronoun)
            if name is None:
                continue
            if self._sexes is None:
                self._sexes = self._read_sexes()
            sexes = self._sexes.setdefault(name, set())
            sexes.add(pronoun)
            return name if name and sexes == {pronoun} else None
        return None

    def _read_sexes(self) -> dict[str, set[str]]:
        """Return the pronouns that follow each person in a sentence of his own, or begin the next.

        A sentence that names another too, or speaks of one by a noun, tells nothing.
        """
        found: dict[str, set[str]] = {}
        for block in self._blocks:
            narration = _blanked(block.of(self._text))
            person = ""
            for span in sentences(narration, self._language):
                sentence = span.of(narration)
                named, others = self._named(sentence)
                first = _SEXED.search(sentence)
                if first and person and first.start() == 0:
                    found.setdefault(person, set()).add(_SEX[first.group().lower()])
                alone = len(named) == 1 and not others and not self._unnamed(sentence, named)
                person = next(iter(named)) if alone else ""
                if first and person and sentence[: first.start()].find(person.split()[-1]) >= 0:
                    found.setdefault(person, set()).add(_SEX[first.group().lower()])
        return found

    def _before(self, block: int, at: int) -> Iterator[Span]:
        """Yield the paragraph up to a position and those before it, the nearest first."""
        for number in range(block, max(block - _PARAGRAPHS, -1), -1):
            span = self._blocks[number]
            end = min(span.end, at)
            if at - span.start > _NEAR and number < block:
                return
            yield Span(max(span.start, end - _NEAR), end)

    def _spoken_of(self, place: Span, pronoun: str) -> str | None:
        """Return whom a paragraph speaks of last, "" where that is open, None for nobody."""
        narration = _blanked(place.of(self._text))
        if not narration.strip(" \n,.;:!?–—-"):
            return None
        heard = self._heard_in(place)
        spans = sentences(narration, self._language)
        last = place.start + spans[-1].start if spans else place.start
        if heard and heard[-1].place.end > last and heard[-1].name:
            return heard[-1].name
        if _OTHER[pronoun].search(narration) or any(one.name is None for one in heard):
            return ""
        subject = self._subject(spans[-1].of(narration)) if spans else None
        if subject is not None:
            return subject
        named, others = self._named(narration)
        named |= {one.name for one in heard if one.name}
        if not named:
            unnamed = self._unnamed(narration, named) or _SOMEBODY.search(narration)
            return "" if unnamed or others else None
        others = others or self._unnamed(narration, named) or bool(_SOMEBODY.search(narration))
        return next(iter(named)) if len(named) == 1 and not others else ""

    def _heard_in(self, place: Span) -> list[_Heard]:
        found: list[_Heard] = []
        for one in reversed(self._heard):
            if one.place.start < place.start:
                break
            if one.place.start < place.end:
                found.append(one)
        return found[::-1]

    def _subject(self, sentence: str) -> str | None:
        """Return the only person a sentence names, as its subject; "" where there are two."""
        named, others = self._named(sentence)
        if not named:
            return None
        if len(named) > 1 or others or self._unnamed(sentence, named):
            return ""
        span = next(span for span, words in runs(sentence) if self._person(" ".join(words)))
        before = sentence[: span.start].split()
        follows = sentence[span.end :].split(maxsplit=1)[:1]
        leads = len(before) <= _LEADS and not any(
            word.lower() in self._language.stop_words - self._language.determiners
            or is_verb(word, self._language)
            for word in before
        )
        says = any(is_verb(word, self._language) for word in follows)
        return next(iter(named)) if leads or says else None

    def _named(self, piece: str) -> tuple[set[str], bool]:
        """Return the people a piece names, and whether it may name others besides."""
        named: set[str] = set()
        others = False
        for span, words in runs(piece):
            person = self._person(" ".join(words))
            if person:
                named.add(person)
            elif not self._meaning.is_body(words[-1]):
                bare = [word for word in words if word not in NO_NAME]
                others = others or len(bare) > 1 or self._surnames.may_be(piece, span, words)
        return named, others

    def _unnamed(self, piece: str, named: set[str]) -> bool:
        """Say whether a piece speaks of somebody by a noun alone: "The mayor laughed"."""
        words = piece.split()
        for place, word in enumerate(words):
            noun = word.strip(".,;:!?")
            if not self._meaning.is_role(noun) and noun not in self._language.relations:
                continue
            # "coach Li Wen", "her student, engineer Li Wen"
            beside = words[place + 1 : place + (3 if word.endswith(",") else 2)]
            is_title = any(one[0].isupper() for one in beside) and not word.endswith(".")
            follows_name = place > 0 and words[place - 1].endswith(",")
            if noun.islower() and not is_title and not follows_name:
                held = self._meaning.holders(noun, 0)
                if not held or not held <= named:
                    return True
        return False

    def _person(self, run: str) -> str | None:
        name = self._meaning.name(run)
        return name if name and self._meaning.is_person(name) else None

    def _body(self, block: int, at: int) -> str | None:
        """Return the body that the sentence before begins with."""
        for place in self._before(block, at):
            narration = _blanked(place.of(self._text))
            spans = sentences(narration, self._language)
            if spans:
                begun = place.start + spans[-1].start
                found = named_between(self._cast.bodies, begun, begun + len("The "))
                return found[0].name if found else None
        return None


def _blanked(piece: str) -> str:
    """Return a piece with its quotations blanked, every other character in its place.

    The stop before a closing mark stays: it ends the sentence around the quotation as well.
    """
    return _QUOTED.sub(_blank, piece)


def _blank(match: re.Match[str]) -> str:
    quoted = match.group()
    stop = quoted[-2] if quoted[-2] in ".!?" else " "
    return " " * (len(quoted) - 2) + stop + " "
