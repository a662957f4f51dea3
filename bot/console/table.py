"""Rows under headings, aligned: for a terminal as wide as it is, for a pipe as wide as they are."""

from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import zip_longest
from typing import TextIO

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from bot.console.look import look_of
from bot.console.plain import plain

#: Between two columns, in cells.
_GAP = 2
#: No column is made narrower than this, in cells; what then does not fit, the terminal wraps.
_NARROWEST = 4

_Cells = Sequence[str]


def write_table(
    headings: _Cells, rows: Sequence[_Cells], stream: TextIO, *, whole: str | None = None
) -> None:
    """Write the rows; in a terminal, what does not fit is wrapped in its column.

    In a pipe every row is one line, whose columns are at least two spaces apart. The column of the
    heading ``whole`` holds what people copy, and is never wrapped: where the rows do not fit, what
    stands in it gets a line of its own below its row.
    """
    look = look_of(stream)
    table = [list(headings), *([plain(cell) for cell in row] for row in rows)]
    widths = _widths(table)
    below = [""] * len(table)
    if look.width and whole is not None and _needed(widths) > look.width:
        place = headings.index(whole)
        below = ["", *(f"{' ' * _GAP}{row[place]}" for row in table[1:])]
        table = [[*row[:place], *row[place + 1 :]] for row in table]
        widths = _widths(table)
    out = StringIO()
    console = Console(
        file=out,
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        no_color=not look.colour,
        width=look.width or _needed(widths),
        legacy_windows=False,
    )
    widths = _fitted(widths, console.width)
    for number, (row, under) in enumerate(zip(table, below, strict=True)):
        for line in _lines(row, widths, console):
            console.print(Text(line, style="" if number else "bold"), soft_wrap=True)
        if under.strip():
            console.print(Text(under), soft_wrap=True)
    stream.write(out.getvalue())


def _widths(table: Sequence[_Cells]) -> list[int]:
    """Return the cells that each column could need."""
    return [max(map(cell_len, column)) for column in zip(*table, strict=True)]


def _needed(widths: Sequence[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def _fitted(widths: Sequence[int], room: int) -> list[int]:
    """Return widths that fit the room, the widest columns having given way."""
    fitted = list(widths)
    while _needed(fitted) > room and max(fitted) > _NARROWEST:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _lines(row: _Cells, widths: Sequence[int], console: Console) -> Iterator[str]:
    """Yield the lines of a row, each cell wrapped in its column."""
    wrapped = [
        [line.plain for line in Text(cell).wrap(console, width, overflow="fold")]
        for cell, width in zip(row, widths, strict=True)
    ]
    for pieces in zip_longest(*wrapped, fillvalue=""):
        aligned = map(set_cell_size, pieces, widths)
        yield (" " * _GAP).join(aligned).rstrip()
