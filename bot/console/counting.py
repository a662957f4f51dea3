"""How many of some things are done, for whoever watches it on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def counting(total: int, done: str, screen: TextIO) -> Iterator[Callable[[], None]]:
    """Show how many of the total are ``done``, in that word; call what is given after each.

    Nothing is shown where nobody watches: in a pipe or a file. The bar goes when all is done.
    """
    console = Console(file=screen)
    columns = (TextColumn(done), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(
        *columns,
        console=console,
        disable=not console.is_terminal,
        transient=True,
        redirect_stdout=False,
    )
    with bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
