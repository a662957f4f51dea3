"""How a page may look on a stream: its width, its colours, its rules."""

from dataclasses import dataclass
from typing import TextIO

from rich.console import Console

#: Longer lines are hard to read, however wide the terminal is.
WIDEST = 100

#: A narrower terminal gets lines of this width all the same.
NARROWEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a stream's readers can see."""

    #: Where lines end, in cells; None where whoever reads on decides, as in a pipe.
    width: int | None = None
    colour: bool = False


def look_of(stream: TextIO) -> Look:
    """Return how to write there: plain and unwrapped in a pipe or file.

    A terminal gets colour, save with ``NO_COLOR`` or ``TERM=dumb``; a pipe with ``FORCE_COLOR``.
    """
    console = Console(file=stream)
    coloured = console.is_terminal and console.color_system is not None
    width = max(NARROWEST, min(WIDEST, console.width)) if stream.isatty() else None
    return Look(width=width, colour=coloured and not console.no_color)


def described(stream: TextIO) -> str:
    """Return in words how a stream is written to."""
    look = look_of(stream)
    where = f"{look.width} columns" if look.width else "a pipe or file, lines are not wrapped"
    return f"{where}, {'colour' if look.colour else 'no colour'}, {stream.encoding}"
