"""Reads a backup, which may be damaged, of another program, or made to do harm."""

import gzip
import json
import os
import re
import shutil
import sqlite3
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from bot.core.errors import BriefbotError
from bot.store.keys import BYTES, KEYS
from bot.store.schema import SCHEMA

#: Inside the file: what it is, the database, and the folder of the configuration.
MANIFEST, DATABASE, CONFIGURATION = "manifest.json", "briefbot.db", "config"

#: The kind of file, told by its manifest.
FORMAT = "briefbot backup 1"

#: No manifest is larger, in bytes, and there are no more keys and other members than this.
_LARGEST_MANIFEST, _MOST = 100_000, 1_000
#: What is said of one member takes no more, in bytes: tarfile reads it at once, however long.
_LARGEST_HEADER = 1_000_000
#: Behind the last member there are zeros up to a whole block, in bytes.
_LONGEST_END = 100_000
#: No longer name, in bytes, is a file's everywhere.
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself."""

    version: str
    #: The number of the newest migration its database had: four digits.
    schema: str
    made: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """What a backup holds: its keys by name, and its database in a file of its own."""

    manifest: Manifest
    keys: dict[str, bytes]
    database: Path


class _NoBackupError(Exception):
    """It is not what we write."""


class _Stream(gzip.GzipFile):
    """What is packed, of which no more is read than is allowed before."""

    #: So many bytes more may be read.
    allowed = _LARGEST_HEADER

    def read(self, size: int | None = -1) -> bytes:
        """Return the next bytes; raises ``_NoBackupError`` for more than is allowed."""
        if size is None or not 0 <= size <= self.allowed:
            raise _NoBackupError
        self.allowed -= size
        return super().read(size)


def is_backup(file: Path) -> bool:
    """Say whether a file is a backup by its first words; raises ``OSError``."""
    try:
        with _unpacking(file) as (stream, packed):
            _manifest(packed, stream)
    except BriefbotError:
        return False
    return True


def unpack(file: Path, folder: Path) -> Unpacked:
    """Return what the backup holds, its database put into the folder and looked through.

    Only plain files of the names that we write are taken out, each by its name alone. Raises
    ``BriefbotError`` when it is no backup, damaged, or of a newer Briefbot; and ``OSError``.
    """
    with _unpacking(file) as (stream, packed):
        manifest = _manifest(packed, stream)
        if manifest.schema > SCHEMA.head:
            raise BriefbotError(
                f"{file} was made by a newer Briefbot, {manifest.version}: its schema is "
                f"{manifest.schema}, this Briefbot knows {SCHEMA.head}. Nothing was changed: "
                "install the newer Briefbot first."
            )
        unpacked = Unpacked(manifest=manifest, keys={}, database=folder / DATABASE)
        for number, member in enumerate(_members(packed, stream)):
            if number > _MOST:
                raise _NoBackupError
            stream.allowed = member.size
            _take(packed, member, unpacked)
        # Only at its very end does the stream say whether all of it is as it was written.
        stream.allowed = _LONGEST_END
        if len(stream.read(_LONGEST_END)) == _LONGEST_END:
            raise _NoBackupError
        _look_through(unpacked)
    return unpacked


@contextmanager
def _unpacking(file: Path) -> Iterator[tuple[_Stream, tarfile.TarFile]]:
    """Open the file; raise ``BriefbotError`` for whatever one that is no backup makes of that."""
    try:
        with _Stream(file) as stream, tarfile.open(fileobj=stream, mode="r:") as packed:
            yield stream, packed
    except (
        *(_NoBackupError, tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError),
        *(sqlite3.DatabaseError, ValueError, KeyError, TypeError, OverflowError, RecursionError),
    ) as error:
        message = f"{file} is no backup of Briefbot, or is damaged. Nothing was changed."
        raise BriefbotError(message) from error


def _members(packed: tarfile.TarFile, stream: _Stream) -> Iterator[tarfile.TarInfo]:
    """Yield the members behind the first."""
    stream.allowed = _LARGEST_HEADER
    while (member := packed.next()) is not None:
        yield member
        stream.allowed = _LARGEST_HEADER


def _manifest(packed: tarfile.TarFile, stream: _Stream) -> Manifest:
    member = packed.next()
    if member is None or member.name != MANIFEST or member.size > _LARGEST_MANIFEST:
        raise _NoBackupError
    stream.allowed = member.size
    said = json.loads(_opened(packed, member).read())
    schema = said["schema"]
    if said["format"] != FORMAT or not re.fullmatch(r"[0-9]{4}", schema) or int(schema) < 1:
        raise _NoBackupError
    made = datetime.fromisoformat(said["made"]).astimezone(UTC)
    version = "".join(filter(str.isprintable, str(said["version"])))[:40]
    return Manifest(version=version, schema=schema, made=made)


def _take(packed: tarfile.TarFile, member: tarfile.TarInfo, unpacked: Unpacked) -> None:
    folder, _, name = member.name.partition("/")
    if member.name == DATABASE:
        if unpacked.database.exists():
            raise _NoBackupError
        if member.size > shutil.disk_usage(unpacked.database.parent).free:
            message = f"The database in it has {member.size / 1e6:,.0f} MB, and the disk has less."
            raise OSError(0, message)
        private = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(unpacked.database, private, 0o600), "wb") as copy:
            shutil.copyfileobj(_opened(packed, member), copy)
    elif folder == KEYS and _is_name(name):
        if member.size != BYTES:
            raise _NoBackupError
        unpacked.keys[name] = _opened(packed, member).read()


def _is_name(name: str) -> bool:
    return (
        name.isprintable()
        and 0 < len(name.encode()) <= _LONGEST_NAME
        and not name.startswith(".")
        and "/" not in name
    )


def _opened(packed: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    """Return the content of a plain file: no folder, no device, and no link to elsewhere."""
    opened = packed.extractfile(member) if member.isfile() else None
    if opened is None:
        raise _NoBackupError
    return opened


def _look_through(unpacked: Unpacked) -> None:
    if not unpacked.database.exists():
        raise _NoBackupError
    with closing(sqlite3.connect(unpacked.database)) as opened:
        sound = opened.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        found = opened.execute("SELECT version_num FROM alembic_version").fetchone()
    if not sound or found is None or found[0] != unpacked.manifest.schema:
        raise _NoBackupError
