"""Which verb a word was meant to be that is none."""

from collections.abc import Iterable

from bot.core.spelling import is_slip, slips

#: Fewer letters are too few to begin a verb, or to tell a slip from another word.
_FEWEST = 3


def verb_meant(typed: str, names: Iterable[str], *, plain: bool = False) -> str | None:
    """Return the name that a word of lower case comes nearest to, or None where none is near.

    Near is a slip: a letter wrong, missing, too many or turned with its neighbour, and of more
    than five letters two of them; nearly every other word lies further off. Of a word with a slash
    its beginning will do, or a name with something behind it: "/sched", "/brief1". ``plain`` is one
    without, which may be mere talk.
    """
    near = [name for name in names if _is_near(typed, name, plain=plain)]
    # A letter is rather left out than put in.
    return min(near, key=lambda name: (slips(typed, name), -len(name)), default=None)


def _is_near(typed: str, name: str, *, plain: bool) -> bool:
    if len(typed) < _FEWEST or (plain and len(typed) == _FEWEST):
        return False
    # Of three letters a wrong one makes another word: "who" is not "why".
    other = len(typed) == len(name) == _FEWEST and sorted(typed) != sorted(name)
    if is_slip(typed, name) and not other:
        return True
    begins = len(name) > _FEWEST and typed.startswith(name)
    return not plain and (begins or name.startswith(typed))
