"""Whom the words for a speaker mean."""

import re

from bot.core.cast import QUALIFIERS, Cast, Named
from bot.core.labels import is_owned, roles
from bot.core.language import Language

_JOINTS = frozenset("of for at in from who that on with which to".split())
#: An article that gives one office to more people than this tells them apart by name only.
_CROWD = 20
#: A noun that as many places of an article name a body by is not looked through.
_MANY = 200


class Meaning:
    """The people and bodies of one article, by the words that can mean them."""

    def __init__(self, cast: Cast, language: Language) -> None:
        """Read what the article says its people are."""
        self._cast = cast
        self._language = language
        self._titles = roles(language)
        self._nouns = language.occupations | {
            office.split()[-1] for office, _ in language.offices if " of " not in office
        }
        self._roles = dict((*language.offices, *language.role_words))
        self._held: dict[str, dict[str, list[tuple[str, ...]]]] = {}
        self._first: dict[str, int] = {}
        self._told: set[str] = set()
        for one in cast.people:
            self._first.setdefault(one.name, one.span.start)
            for words in one.descriptions:
                role, _ = self._role(words)
                if self._titles & set(role.split()) or role in self._roles.values():
                    self._told.add(one.name)
                self._held.setdefault(role, {}).setdefault(one.name, []).append(words)
        self._bodies: dict[str, list[Named]] = {}
        for one in cast.bodies:
            noun = re.split(r" (?:of|for) ", one.name)[0].split()[-1]
            self._bodies.setdefault(noun.lower(), []).append(one)

    def name(self, label: str) -> str | None:
        """Return the fullest name that ends a label, or None where two share it or none does."""
        words = label.split()
        start = len(words)
        while start and words[start - 1][0].isupper() and not is_owned(words[start - 1]):
            start -= 1
        words = words[start:]
        titles = [n for n, word in enumerate(words) if word.lower().strip(".") in self._titles]
        words = words[titles[-1] + 1 :] if titles else words
        return self._full(words) if words else None

    def _full(self, words: list[str]) -> str | None:
        bearers = self._cast.by_word.get(words[-1], frozenset())
        if len(bearers) > _CROWD:
            return None
        found = {name for name in bearers if name == "" or _is_short_for(words, name.split())}
        # One name printed longer and shorter is one person.
        longest = max(found, key=_fullness, default="").split()
        if longest and all(name and _is_short_for(name.split(), longest) for name in found):
            return " ".join(longest)
        return None

    def holders(self, label: str, at: int, *, behind: bool = False) -> frozenset[str]:
        """Return who a role word can mean: those named before it, else all that the article has.

        With ``behind``, return those who are first named behind it.
        """
        words = tuple(word.lower() for word in label.split())
        role, exact = self._role(words)
        held = self._held.get(role, {})
        if len(held) > _CROWD:
            return frozenset(held)
        owned = [word for word in exact if word.islower()]
        fits = {
            name
            for name, descriptions in held.items()
            if any(self._fits(owned, words, one) for one in descriptions)
        }
        before = {name for name in fits if self._first[name] < at}
        if behind:
            return frozenset(fits - before)
        return frozenset(before or fits)

    def bodies(self, label: str, at: int) -> frozenset[str]:
        """Return which bodies named before a place a noun like "the bank" can mean."""
        words = [word for word in label.split() if word.lower() not in self._language.determiners]
        if len(words) != 1:
            return frozenset()
        named = self._bodies.get(words[0].lower(), [])
        if len(named) > _MANY:
            return frozenset(one.name for one in named[:_MANY])
        return frozenset(one.name for one in named if one.span.start < at)

    def is_person(self, name: str) -> bool:
        """Say whether the article says of somebody named what he is, or calls him by it alone."""
        return name in self._told

    def is_role(self, word: str) -> bool:
        """Say whether a word is the noun of an office or an occupation."""
        return word.lower() in self._nouns

    def is_body(self, label: str) -> bool:
        """Say whether a label is a body's noun or name."""
        return label.rsplit(maxsplit=1)[-1].lower() in self._language.bodies

    def _role(self, words: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """Return the kind of office that a noun phrase gives, and the words that narrow it."""
        phrase = [word for word in words if word not in self._language.determiners]
        whole = " ".join(phrase)
        if whole in self._roles:
            return self._key(whole, ()), ()
        cut = next((n for n, word in enumerate(phrase) if n and word in _JOINTS), len(phrase))
        for size in (4, 3, 2, 1):
            office = " ".join(phrase[max(cut - size, 0) : cut])
            if office in self._roles:
                narrow = (*phrase[: max(cut - size, 0)], *phrase[cut:])
                return self._key(office, narrow), narrow
        narrow = (*phrase[: cut - 1], *phrase[cut:])
        return self._key(phrase[cut - 1] if phrase else "", narrow), narrow

    def _key(self, office: str, narrow: tuple[str, ...]) -> str:
        words = office.split()
        qualifiers = {word for word in (*words, *narrow) if word in QUALIFIERS}
        plain = " ".join(word for word in words if word not in QUALIFIERS)
        role = self._roles.get(plain, plain)
        return " ".join((*sorted(qualifiers), role))

    def _fits(
        self, narrow: list[str], label: tuple[str, ...], description: tuple[str, ...]
    ) -> bool:
        """Say whether every word that narrows a label is in a description too."""
        wanted = {*narrow, *(word for word in label if word in ("foreign", "defense", "defence"))}
        own = [_stem(word) for word in description]
        return all(
            word in _JOINTS
            or word in self._language.determiners
            or any(_is_alike(_stem(word), other) for other in own)
            for word in wanted
        )


def _is_short_for(words: list[str], name: list[str]) -> bool:
    """Say whether words are the name, its end, its beginning, or its end behind an initial."""
    size = len(words)
    if size > len(name):
        return False
    if words in (name[-size:], name[:size]) or words == [name[0], name[-1]]:
        return True
    initial = words[0].endswith(".") or len(words[0]) == 1
    return size > 1 and initial and words[-1] == name[-1] and name[0][0] == words[0][0]


def _fullness(name: str) -> tuple[bool, int]:
    """Rank a name with initials behind those without."""
    return "." not in name, len(name)


def _stem(word: str) -> str:
    for ending in ("'s", "’s", "'", "’"):
        word = word.removesuffix(ending)
    return word


def _is_alike(one: str, other: str) -> bool:
    """Say whether two words are the same, or a country and its adjective."""
    if one == other:
        return True
    size = min(len(one), len(other))
    return size > len("mal") and one[: max(size - 1, 4)] == other[: max(size - 1, 4)]
