"""Another program that holds the archive."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

#: Lets no try be counted of what a stop left undone.
UNCOUNTABLE = """CREATE TRIGGER full BEFORE UPDATE OF tries ON heard
BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Let nobody else write the archive there until the end of the block."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")
