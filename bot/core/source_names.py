"""The names of sources: made from what a feed calls itself, and found though mistyped."""

import difflib
from collections.abc import Sequence
from urllib.parse import urlsplit

#: The configuration allows no more characters.
LONGEST = 40
_MARKS = "_.-"


def name_for(title: str | None, address: str, taken: Sequence[str]) -> str:
    """Return a name as the configuration allows it, which none of the others has.

    It is made from the title, or from the host of the address where that has no letters.
    """
    name = _cleaned(title or "") or _cleaned(_host(address)) or "feed"
    known = {other.casefold() for other in taken}
    if name.casefold() not in known:
        return name
    numbers = (f" {number}" for number in range(2, len(known) + 3))
    names = (f"{name[: LONGEST - len(number)].rstrip()}{number}" for number in numbers)
    return next(other for other in names if other.casefold() not in known)


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
    """Say whether it is a letter or a figure, by the narrowest of the notions of that."""
    return character.isalpha() or character.isdecimal()


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
