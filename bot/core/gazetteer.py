"""Who and what is known on a beat: actors by all their names, topics by their words.

A gazetteer serves search and narrowing. A name is printed only where the source prints it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from bot.core.language import Language
from bot.core.words import content, stems


class Kind(Enum):
    """What an actor is."""

    PERSON = "person"
    COUNTRY = "country"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody or something that acts on the beat, with every name used for it."""

    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject, with the words and phrases that show it."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gazetteer:
    """The actors and topics of a beat."""

    actors: tuple[Actor, ...] = ()
    topics: tuple[Topic, ...] = ()

    def meanings(self, words: str, language: Language) -> list[tuple[tuple[str, ...], ...]]:
        """Return what to look for: for each thing asked, the runs of stems any of which will do.

        "Toqayev AI" asks for two things: any name of that actor, and the word AI. The longest
        name at a place counts; stop words alone are asked for only when there is nothing else.
        """
        asked = stems(words, language)
        telling = set(content(words, language)) or set(asked)
        known = _known(self, language)
        longest = max(map(len, known), default=1)
        found: list[tuple[tuple[str, ...], ...]] = []
        place = 0
        while place < len(asked):
            runs = (tuple(asked[place : place + size]) for size in range(longest, 0, -1))
            name = next((run for run in runs if run in known), None)
            if name:
                found.append(known[name])
                place += len(name)
                continue
            if asked[place] in telling:
                found.append(((asked[place],),))
            place += 1
        return found

    def names(self, words: str, language: Language) -> tuple[str, ...]:
        """Return all names of the actors that the words name, or none."""
        run = tuple(stems(words, language))
        return tuple(
            name
            for actor in self.actors
            if run in {tuple(stems(each, language)) for each in (actor.name, *actor.aliases)}
            for name in (actor.name, *actor.aliases)
        )

    def found(self, terms: Sequence[str], language: Language) -> Iterator[Actor]:
        """Yield the actors of whom a text, given by its stems, has a name: whole words only."""
        text = joined(terms)
        for actor in self.actors:
            names = (stems(name, language) for name in (actor.name, *actor.aliases))
            if any(joined(name) in text for name in names):
                yield actor


def joined(terms: Sequence[str]) -> str:
    """Return stems as one text in which a run of them can be found at whole words only."""
    return f" {' '.join(terms)} "


@lru_cache(maxsize=16)
def _known(
    gazetteer: Gazetteer, language: Language
) -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return, by the stems of each name, the runs of stems that mean the same."""
    known: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for topic in gazetteer.topics:
        words = tuple(tuple(stems(word, language)) for word in topic.words)
        known[tuple(stems(topic.name, language))] = words
    for actor in gazetteer.actors:
        names = (actor.name, *actor.aliases)
        runs = tuple(dict.fromkeys(tuple(stems(name, language)) for name in names))
        known.update(dict.fromkeys(runs, runs))
    return known
