"""The bytes of one file, taken without ever waiting for it or following where it leads."""

import os
import stat
from pathlib import Path

from bot.core.health import Reason
from bot.sources.reading import Unread

_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC


def contents(path: Path, *, max_bytes: int) -> bytes | Unread | None:
    """Return the bytes of a file that is no link, why it cannot be read, or None if it is gone.

    No more than ``max_bytes`` and one are ever read.
    """
    try:
        # A pipe or a device is told by its looks: to open one can wait, or do something.
        if not stat.S_ISREG(path.lstat().st_mode):
            return Unread(Reason.NOT_A_FILE)
        with open(path, "rb", opener=lambda name, _: os.open(name, _FLAGS)) as file:
            size = os.fstat(file.fileno()).st_size
            if size > max_bytes:
                return _too_large(size, max_bytes)
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        return unreadable(error)
    # It has grown since it was measured.
    return data if len(data) <= max_bytes else _too_large(len(data), max_bytes)


def unreadable(error: OSError) -> Unread:
    """Return the fault of a file or folder that the system does not give."""
    return Unread(Reason.UNREADABLE, error.strerror or type(error).__name__)


def _too_large(size: int, limit: int) -> Unread:
    shown, most = _megabytes(size), _megabytes(limit)
    if shown == most:
        shown, most = f"{size} bytes", f"{limit} bytes"
    return Unread(Reason.TOO_LARGE, f"{shown}, the limit is {most}")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"
