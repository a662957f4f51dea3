"""Plain tables, aligned by spaces, and the progress beside them."""

import sys
from collections.abc import Sequence


def table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the rows below their headings: the first column to the left, the others right."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    lines = [_line(row, widths) for row in (headings, *rows)]
    return "\n".join([title, *lines, ""])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(row, widths, strict=True)
    cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return "  ".join(cells).rstrip()


def progress(line: str) -> None:
    """Say on standard error what is being done."""
    sys.stderr.write(f"{line} ...\n")
    sys.stderr.flush()
