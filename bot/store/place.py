"""The path of the archive: what stands there, and what may be made there."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from bot.core.errors import StoreError
from bot.store.faults import named

_ELSEWHERE = "or name another folder in DATA_DIR."


def make_folder(path: Path) -> None:
    """Make the folders that the archive lies in, the last one for this user alone.

    Raises ``StoreError`` when that cannot be, or a folder stands where the archive should be.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (FileExistsError, NotADirectoryError) as error:
        message = f"{named(path)} cannot be made: there is a file where its folder should be."
        raise StoreError(f"{message} Name a folder in DATA_DIR.") from error
    except OSError as error:
        raise StoreError(_unreachable(path, error)) from error
    size(path)


def make_private(path: Path) -> None:
    """Make an empty file that only this user may read, where there is none.

    SQLite takes it for a new database, and gives its log the same mode. Where the file cannot be
    made, SQLite says why, and better.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def size(path: Path) -> int | None:
    """Return how many bytes the file has, None when there is none.

    Raises ``StoreError`` when a folder stands there, or nobody can tell.
    """
    # Path.exists and Path.is_dir would do, did they not hide a closed folder from Python 3.14 on.
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(_unreachable(path, error)) from error
    if stat.S_ISDIR(found.st_mode):
        message = f"{named(path)} cannot be used: there is a folder of that name."
        raise StoreError(f"{message} Move it away, {_ELSEWHERE}")
    return found.st_size


def writable(path: Path) -> bool:
    """Say whether the file can be written, or made; its folder too, for SQLite needs both."""
    nearest = path.parent
    while not nearest.exists():
        nearest = nearest.parent
    allowed = nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
    return allowed and (not path.exists() or os.access(path, os.W_OK))


def _unreachable(path: Path, error: OSError) -> str:
    return (
        f"{named(path)} cannot be reached: {error.filename or path.parent}: {error.strerror}. "
        f"Mend that, {_ELSEWHERE}"
    )
