"""What stopped the database, in words for the person who can mend it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.core.errors import StoreError

#: What SQLite says while another connection holds the lock that was asked for.
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})

_ELSEWHERE = "or name another folder in DATA_DIR."
_RESTORE = (
    "It was left as it is: move it aside to begin a new one, or put a backup in its place, "
    "then start again."
)
_OPENING = (
    "cannot be opened: its folder is missing, or this user may not read and write there. "
    f"Allow that, {_ELSEWHERE}"
)
_SENTENCES = {
    sqlite3.SQLITE_NOTADB: f"is not a database. {_RESTORE}",
    sqlite3.SQLITE_CORRUPT: f"is damaged. {_RESTORE}",
    sqlite3.SQLITE_FULL: "could not be written: the disk is full. What was stored is still there. "
    f"Free some space and try again, {_ELSEWHERE}",
    sqlite3.SQLITE_IOERR: "could not be read or written: the disk is full or failing, or a limit "
    "on the size of files is reached. What was stored is still there. "
    f"Mend that and try again, {_ELSEWHERE}",
    sqlite3.SQLITE_READONLY: "cannot be written: the disk, the folder or the file is read-only "
    f"for this user. Allow writing there, {_ELSEWHERE}",
    sqlite3.SQLITE_CANTOPEN: _OPENING,
    sqlite3.SQLITE_PERM: _OPENING,
    sqlite3.SQLITE_TOOBIG: "could not take a text: it is larger than SQLite allows. "
    "What was stored is still there. Remove that article from its source.",
}


def named(path: Path | None) -> str:
    """Return how a sentence begins about the archive there, or about the one in memory."""
    return "The archive in memory" if path is None else f"The archive {path}"


def busy(path: Path | None) -> str:
    """Return the sentence for an archive that others would not let go of."""
    return (
        f"{named(path)} was kept in use by others for too long. What was stored is still there. "
        "Close the program that holds it and try again."
    )


def closed(path: Path | None) -> str:
    """Return the sentence for an archive that is used after its time."""
    return f"{named(path)} was closed before this was stored. Start again."


def damaged(path: Path | None) -> str:
    """Return the sentence for an archive whose pages or rows make no sense."""
    return f"{named(path)} {_SENTENCES[sqlite3.SQLITE_CORRUPT]}"


def means_busy(error: SQLAlchemyError | sqlite3.Error) -> bool:
    """Say whether the error only means that somebody else is at it just now."""
    return _code(error) in _BUSY


@contextmanager
def translated(path: Path | None) -> Iterator[None]:
    """Raise what the database says as ``StoreError``."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreError(_sentence(error, path)) from error


@contextmanager
def legible(path: Path | None) -> Iterator[None]:
    """Raise ``StoreError`` when the rows read hold what nobody can have written there."""
    try:
        yield
    except (ValueError, LookupError, TypeError, OverflowError) as error:
        raise StoreError(damaged(path)) from error


def _sentence(error: SQLAlchemyError | sqlite3.Error, path: Path | None) -> str:
    code = _code(error)
    if code in _BUSY:
        return busy(path)
    if code in _SENTENCES:
        return f"{named(path)} {_SENTENCES[code]}"
    return (
        f"{named(path)} could not be used: {_cause(error)}. What was stored is still there. "
        "Run `briefbot check`, and put a backup in its place if that finds damage."
    )


def _code(error: SQLAlchemyError | sqlite3.Error) -> int:
    """Return SQLite's primary result code, 0 where the error has none."""
    code: int = getattr(_cause(error), "sqlite_errorcode", 0)
    return code & 0xFF


def _cause(error: SQLAlchemyError | sqlite3.Error) -> BaseException:
    """Return what the driver said, without the statement and its values."""
    said: BaseException = getattr(error, "orig", None) or error
    return said
