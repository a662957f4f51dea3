"""How long a digest is."""

from dataclasses import dataclass
from typing import assert_never

from bot.core.subscription import Length

#: A digest has no more lines a story and no more stories than these, however long.
MOST_LINES, MOST_STORIES = 7, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many lines a story and how many stories a digest has, at most."""

    lines: int
    stories: int


def size(length: Length, standard: Size) -> Size:
    """Return the size that a length stands for, given the configured one.

    Standard is as configured. Short is one line a story and half as many stories, rounded up.
    Long is two lines more, up to 7, and twice as many stories, up to 50.
    """
    match length:
        case Length.SHORT:
            return Size(lines=1, stories=(standard.stories + 1) // 2)
        case Length.STANDARD:
            return standard
        case Length.LONG:
            return Size(
                lines=min(standard.lines + 2, MOST_LINES),
                stories=min(standard.stories * 2, MOST_STORIES),
            )
        case _:
            assert_never(length)
