"""How far a long job is, for whoever watches it on a terminal."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn


@contextmanager
def progress(source: BinaryIO, screen: TextIO) -> Iterator[Callable[[], None]]:
    """Show on the screen how much of the source is read; call what is given after each article.

    A source without a size, such as a pipe, shows only how many articles are done.
    """
    status = os.fstat(source.fileno())
    size = status.st_size if stat.S_ISREG(status.st_mode) else None
    columns = (TextColumn("{task.fields[done]} briefed"), BarColumn(), TaskProgressColumn())
    bar = Progress(
        *columns, TimeElapsedColumn(), console=Console(file=screen), redirect_stdout=False
    )
    with bar:
        task = bar.add_task("", total=size, done=0)
        done = 0

        def advance() -> None:
            nonlocal done
            done += 1
            at = source.tell() if size else 0
            bar.update(task, completed=at, done=done)

        yield advance
