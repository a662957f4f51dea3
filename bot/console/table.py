"""Rows under headings, aligned: for a terminal as wide as it is, for a pipe as wide as they are."""

from collections.abc import Sequence
from io import StringIO
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.console.look import look_of
from bot.console.plain import plain

#: Between two columns, in cells.
_GAP = 2


def write_table(headings: Sequence[str], rows: Sequence[Sequence[str]], stream: TextIO) -> None:
    """Write the rows; in a terminal, what does not fit is wrapped in its column.

    In a pipe every row is one line, whose columns are at least two spaces apart.
    """
    look = look_of(stream)
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    clean = [[plain(cell) for cell in row] for row in rows]
    for row in clean:
        table.add_row(*map(Text, row))
    out = StringIO()
    console = Console(
        file=out,
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        no_color=not look.colour,
        width=look.width or _width(headings, clean),
        legacy_windows=False,
    )
    console.print(table)
    stream.write("".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines()))


def _width(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Return the cells that the widest row could need."""
    columns = zip(headings, *rows, strict=True)
    return sum(max(map(cell_len, column)) + _GAP for column in columns)
