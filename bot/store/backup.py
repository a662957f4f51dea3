"""One file that holds everything: the database, the generated keys and the configuration."""

import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from bot.core.errors import BriefbotError, StoreError
from bot.store.faults import damaged
from bot.store.keys import KEYS
from bot.store.unpacked import CONFIGURATION, DATABASE, FORMAT, MANIFEST, is_backup

#: What SQLite says of a file that it cannot read.
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where what is to be kept lies."""

    database: Path
    data_dir: Path
    #: The files of the configuration; those that are not there are left out.
    settings: tuple[Path, ...] = ()


def back_up(file: Path, kept: Kept, *, version: str, now: datetime) -> int:
    """Write everything into one file that only this user may read; return its size in bytes.

    The database may be in use: the copy is of one moment. The file is written whole or not at
    all; an older backup there is replaced, and nothing else is. Raises ``BriefbotError``.
    """
    if not kept.database.exists():
        raise StoreError(f"There is no archive at {kept.database}: nothing to back up yet.")
    try:
        place = _place(file)
        with tempfile.TemporaryDirectory(dir=place.parent, prefix=".briefbot-") as folder:
            copy, manifest = Path(folder) / DATABASE, Path(folder) / MANIFEST
            said = {
                "format": FORMAT,
                "version": version,
                "schema": _copied(kept.database, copy),
                "made": now.astimezone(UTC).isoformat(),
            }
            manifest.write_text(json.dumps(said), "utf-8")
            with _whole(place) as opened:
                _pack(opened, manifest, copy, kept)
        return place.stat().st_size
    except (OSError, RuntimeError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"{file} could not be written: {reason}. What stood there is as it was."
        raise BriefbotError(f"{message} Mend that, or name another file.") from error


def _place(file: Path) -> Path:
    """Return where the file really lies; raises ``BriefbotError`` when it must not be replaced."""
    # A link stays one, and what it leads to is written.
    place = file.resolve()
    if place.exists() and not (place.is_file() and (not place.stat().st_size or is_backup(place))):
        raise BriefbotError(
            f"{file} is there already, and is no backup of Briefbot: it was left as it is. "
            "Name another file."
        )
    return place


@contextmanager
def _whole(place: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes this place at the end, or never if something fails."""
    growing = place.with_name(f".{place.name[:100]}.{os.getpid()}.part")
    try:
        growing.unlink(missing_ok=True)
        descriptor = os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            yield opened
            opened.flush()
            os.fsync(descriptor)
        growing.replace(place)
    finally:
        with suppress(OSError):
            growing.unlink()


def _pack(opened: IO[bytes], manifest: Path, copy: Path, kept: Kept) -> None:
    with tarfile.open(fileobj=opened, mode="w:gz", compresslevel=6) as packed:
        # What is small and says what the rest is comes first.
        packed.add(manifest, MANIFEST, filter=_private)
        for each in filter(Path.is_file, sorted((kept.data_dir / KEYS).glob("[!.]*"))):
            packed.add(each, f"{KEYS}/{each.name}", filter=_private)
        for each in filter(Path.is_file, kept.settings):
            packed.add(each.resolve(), f"{CONFIGURATION}/{each.name}", filter=_private)
        packed.add(copy, DATABASE, filter=_private)


def _private(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Return the member as only its owner may read it, without a word on who made it."""
    member.mode, member.uid, member.gid, member.uname, member.gname = 0o600, 0, 0, "", ""
    return member


def _copied(database: Path, copy: Path) -> str:
    """Copy a sound database as of one moment; return its schema.

    Raises ``StoreError`` when it is damaged, so that no good backup gives way to a bad one.
    """
    address = f"{database.absolute().as_uri()}?mode=rw"
    try:
        with (
            closing(sqlite3.connect(address, uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            # In one step: in more, each writing of the running bot would begin it anew.
            source.backup(target)
            found = target.execute("SELECT version_num FROM alembic_version").fetchone()
            sound = target.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.DatabaseError as error:
        code = error.sqlite_errorcode & 0xFF
        if code in DAMAGED:
            raise StoreError(damaged(database)) from error
        if code == sqlite3.SQLITE_ERROR:
            # It has no such table.
            message = f"{database} is no archive of Briefbot: nothing was backed up."
            raise StoreError(message) from error
        raise
    if not sound or found is None:
        raise StoreError(damaged(database))
    return str(found[0])
