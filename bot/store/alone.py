"""A data folder held by one process at a time, so that nothing is posted twice."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.core.errors import BriefbotError, StoreError

#: The file that is locked, in the data folder. It stays there: only its lock counts.
LOCK = "running.lock"

#: Whoever only looks holds the lock for a moment: so often is it tried, so many seconds apart.
_TRIES, _PAUSE = 5, 0.02

#: More than a holder ever writes.
_LONGEST = 100


class FolderTakenError(BriefbotError):
    """Another process holds the data folder; the message names it."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a data folder; None where that cannot be read."""

    pid: int | None
    since: datetime | None


@asynccontextmanager
async def alone(data_dir: Path, *, pid: int, now: datetime) -> AsyncIterator[None]:
    """Hold the data folder, made for this user alone if it is not there, until the end.

    The system lets go of it when the process dies, however it dies. Raises ``FolderTakenError``
    when another process holds it, and ``StoreError`` when it cannot be held at all.
    """
    descriptor = await asyncio.to_thread(_taken, data_dir)
    try:
        _write(descriptor, f"{pid} {now.isoformat(timespec='seconds')}\n")
        yield
        _write(descriptor, "")
    finally:
        os.close(descriptor)


async def holder(data_dir: Path) -> Holder | None:
    """Return who holds the data folder, None when nobody does; raises ``StoreError``."""
    return await asyncio.to_thread(_holder, data_dir)


def _taken(data_dir: Path) -> int:
    """Return the descriptor whose lock holds the folder."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(data_dir / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(_unlockable(data_dir, error.strerror)) from error
    if not _insisted(data_dir, descriptor):
        found = _read(descriptor)
        os.close(descriptor)
        raise FolderTakenError(_taken_sentence(data_dir, found))
    return descriptor


def _insisted(data_dir: Path, descriptor: int) -> bool:
    try:
        for _ in range(_TRIES):
            if _locked(data_dir, descriptor, alone=True):
                return True
            time.sleep(_PAUSE)
    except StoreError:
        os.close(descriptor)
        raise
    return False


def _holder(data_dir: Path) -> Holder | None:
    try:
        descriptor = os.open(data_dir / LOCK, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(_unlockable(data_dir, error.strerror)) from error
    try:
        return None if _locked(data_dir, descriptor, alone=False) else _read(descriptor)
    finally:
        os.close(descriptor)


def _locked(data_dir: Path, descriptor: int, *, alone: bool) -> bool:
    try:
        from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock  # noqa: PLC0415 - Unix only

        flock(descriptor, (LOCK_EX if alone else LOCK_SH) | LOCK_NB)
    except BlockingIOError:
        return False
    except ImportError as error:
        raise StoreError(_unlockable(data_dir, "this system has no such locks")) from error
    except OSError as error:
        raise StoreError(_unlockable(data_dir, error.strerror)) from error
    return True


def _write(descriptor: int, text: str) -> None:
    """Write who holds the folder; where that cannot be written, the lock counts all the same."""
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, text.encode(), 0)
    except OSError:
        return


def _read(descriptor: int) -> Holder:
    pid, _, since = os.pread(descriptor, _LONGEST, 0).decode(errors="replace").partition(" ")
    try:
        return Holder(pid=int(pid), since=datetime.fromisoformat(since.strip()).astimezone(UTC))
    except ValueError:
        return Holder(pid=None, since=None)


def _taken_sentence(data_dir: Path, found: Holder) -> str:
    who = "" if found.pid is None else f" (process {found.pid})"
    since = "" if found.since is None else f" since {found.since:%Y-%m-%d %H:%M} UTC"
    return (
        f"Another briefbot run{who} uses the data folder {data_dir}{since}. "
        "Stop that one first, or name another folder in DATA_DIR."
    )


def _unlockable(data_dir: Path, why: str | None) -> str:
    return (
        f"The data folder {data_dir} cannot be held for one process alone: {why}. "
        "Mend that, or name another folder in DATA_DIR, on a disk of this machine."
    )
