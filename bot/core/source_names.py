"""The names of sources: made from what a feed calls itself, and found though mistyped."""

import difflib
from collections.abc import Iterable, Sequence
from itertools import count
from unicodedata import category
from urllib.parse import urlsplit

#: The configuration allows no more characters.
LONGEST = 40
#: So many of them stand before any number that a name is given.
_BEGUN = LONGEST - 6
_MARKS = "_.-"
#: What letters bear in the scripts of India and elsewhere: a word falls apart without it.
_BORNE = frozenset({"Mn", "Mc"})


class Names:
    """Gives names as the configuration allows them, which all differ."""

    def __init__(self, taken: Iterable[str]) -> None:
        """Know the names that others have."""
        self._known = {other.casefold() for other in taken}
        #: The number that a beginning got last: nobody counts through a thousand "News" again.
        self._last: dict[str, int] = {}

    def new(self, title: str | None, address: str) -> str:
        """Return a name that nobody has, and keep it from others.

        It is made from the title, or from the host of the address where that has no letters.
        """
        name = _cleaned(title or "") or _cleaned(_host(address)) or "feed"
        if name.casefold() in self._known:
            name = self._numbered(name)
        self._known.add(name.casefold())
        return name

    def _numbered(self, name: str) -> str:
        # Names that differ only where the number takes their place are counted together.
        begun = name[:_BEGUN].casefold()
        tried = (
            (number, f"{name[: LONGEST - len(f' {number}')].rstrip()} {number}")
            for number in count(self._last.get(begun, 1) + 1)
        )
        number, free = next(one for one in tried if one[1].casefold() not in self._known)
        self._last[begun] = number
        return free


def name_for(title: str | None, address: str, taken: Iterable[str]) -> str:
    """Return a name as ``Names`` gives it, which none of the others has."""
    return Names(taken).new(title, address)


def nearest(name: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the known names that may be meant, the nearest first."""
    folded = {other.casefold(): other for other in known}
    wanted = name.casefold()
    alike = difflib.get_close_matches(wanted, folded, n=3, cutoff=0.6)
    begun = [other for other in folded if wanted and other.startswith(wanted)]
    return tuple(folded[one] for one in dict.fromkeys((*begun, *alike)))[:3]


def _cleaned(text: str) -> str:
    kept = (one if _is_plain(one) or one in _MARKS else " " for one in text)
    return " ".join("".join(kept).split()).lstrip(f"{_MARKS} ")[:LONGEST].rstrip()


def _is_plain(character: str) -> bool:
    """Say whether it is of a letter or a figure, by the narrowest of the notions of that."""
    return character.isalpha() or character.isdecimal() or category(character) in _BORNE


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
