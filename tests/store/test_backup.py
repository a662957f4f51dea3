"""A backup holds everything as of one moment, and takes the place of nothing but a backup."""

import asyncio
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.errors import BriefbotError
from bot.store.backup import Kept, back_up
from bot.store.database import open_database
from bot.store.keys import key
from bot.store.marks import Marks
from bot.store.schema import SCHEMA

NOW = datetime(2025, 9, 2, 3, tzinfo=UTC)
NOBODY = not hasattr(os, "geteuid") or os.geteuid() == 0


def made(folder: Path, **marks: str) -> Kept:
    """Return where an archive with a key and a configuration lies."""
    kept = Kept(
        database=folder / "data" / "briefbot.db",
        data_dir=folder / "data",
        settings=(folder / "briefbot.toml", folder / "beat.toml"),
    )

    async def fill() -> None:
        async with open_database(kept.database) as database:
            for name, value in marks.items():
                await Marks(database).put(name, value)

    asyncio.run(fill())
    key(kept.data_dir, "buttons")
    kept.settings[0].write_text("# ours\n")
    return kept


def backed_up(file: Path, kept: Kept) -> int:
    return back_up(file, kept, version="1.2.3", now=NOW)


def content(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as packed:
        found = {member.name: packed.extractfile(member) for member in packed}
        return {name: opened.read() for name, opened in found.items() if opened is not None}


def mark(database: bytes, name: str, folder: Path) -> str | None:
    copy = folder / "looked at.db"
    copy.write_bytes(database)
    with closing(sqlite3.connect(copy)) as opened:
        row = opened.execute("SELECT value FROM marks WHERE key = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def test_everything_is_in_one_file_for_its_owner_alone(tmp_path: Path) -> None:
    kept, file = made(tmp_path, colour="red"), tmp_path / "backup.tar.gz"

    size = backed_up(file, kept)

    held = content(file)
    assert size == file.stat().st_size
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(held) == ["manifest.json", "keys/buttons", "config/briefbot.toml", "briefbot.db"]
    assert json.loads(held["manifest.json"]) == {
        "format": "briefbot backup 1",
        "version": "1.2.3",
        "schema": SCHEMA.head,
        "made": "2025-09-02T03:00:00+00:00",
    }
    assert held["keys/buttons"] == key(kept.data_dir, "buttons")
    assert held["config/briefbot.toml"] == b"# ours\n"
    assert mark(held["briefbot.db"], "colour", tmp_path) == "red"


def test_what_is_taken_out_is_its_owner_s_and_names_nobody(tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.gz"
    backed_up(file, made(tmp_path))

    with tarfile.open(file) as packed:
        members = list(packed)
    assert {(each.mode, each.uname, each.gname, each.uid) for each in members} == {
        (0o600, "", "", 0)
    }


def test_what_was_written_and_not_yet_folded_in_is_in_it(tmp_path: Path) -> None:
    kept, file = made(tmp_path), tmp_path / "backup.tar.gz"

    async def while_in_use() -> None:
        async with open_database(kept.database) as database:
            await Marks(database).put("colour", "blue")
            assert kept.database.with_name("briefbot.db-wal").stat().st_size
            await asyncio.to_thread(backed_up, file, kept)
            await Marks(database).put("colour", "green")
            assert await Marks(database).of("colour") == "green"

    asyncio.run(while_in_use())

    assert mark(content(file)["briefbot.db"], "colour", tmp_path) == "blue"


def test_an_older_backup_gives_way_and_a_link_stays_one(tmp_path: Path) -> None:
    kept, file, link = made(tmp_path), tmp_path / "backup.tar.gz", tmp_path / "latest"
    link.symlink_to(file)
    file.touch(mode=0o644)

    backed_up(link, kept)
    first = file.read_bytes()
    backed_up(link, kept)

    assert link.is_symlink()
    assert first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "briefbot.db" in content(file)


@pytest.mark.parametrize("there", ["archive", "configuration", "key", "folder", "other backup"])
def test_nothing_but_a_backup_gives_way(tmp_path: Path, there: str) -> None:
    kept = made(tmp_path)
    other = tmp_path / "other.tar.gz"
    with tarfile.open(other, "w:gz") as packed:
        packed.add(kept.settings[0], "manifest.json")
    place = {
        "archive": kept.database,
        "configuration": kept.settings[0],
        "key": kept.data_dir / "keys" / "buttons",
        "folder": kept.data_dir,
        "other backup": other,
    }[there]
    before = place.read_bytes() if place.is_file() else b""

    with pytest.raises(BriefbotError) as raised:
        backed_up(place, kept)

    assert str(raised.value) == (
        f"{place} is there already, and is no backup of Briefbot: it was left as it is. "
        "Name another file."
    )
    assert place.is_dir() or place.read_bytes() == before


def test_without_an_archive_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    kept = Kept(database=tmp_path / "briefbot.db", data_dir=tmp_path)

    with pytest.raises(BriefbotError, match=r"^There is no archive at .*: nothing to back up yet"):
        backed_up(tmp_path / "backup.tar.gz", kept)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no database at all" * 100, "is damaged"),
        (b"", "is no archive of Briefbot: nothing was backed up."),
    ],
)
def test_what_is_no_archive_takes_no_good_backup_s_place(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    kept, file = made(tmp_path), tmp_path / "backup.tar.gz"
    backed_up(file, kept)
    before = file.read_bytes()
    kept.database.write_bytes(content)

    with pytest.raises(BriefbotError, match=sentence):
        backed_up(file, kept)

    assert file.read_bytes() == before
    assert left_over(tmp_path) == []


def test_a_damaged_archive_takes_no_good_backup_s_place(tmp_path: Path) -> None:
    kept, file = made(tmp_path, colour="x" * 3000), tmp_path / "backup.tar.gz"
    backed_up(file, kept)
    before = file.read_bytes()
    content = bytearray(kept.database.read_bytes())
    content[len(content) // 2 :] = b"\xff" * (len(content) - len(content) // 2)
    kept.database.write_bytes(content)

    with pytest.raises(BriefbotError, match=r"is damaged"):
        backed_up(file, kept)

    assert file.read_bytes() == before


def test_an_archive_without_its_schema_takes_no_good_backup_s_place(tmp_path: Path) -> None:
    kept, file = made(tmp_path), tmp_path / "backup.tar.gz"
    with closing(sqlite3.connect(kept.database)) as opened:
        opened.execute("DELETE FROM alembic_version")
        opened.commit()

    with pytest.raises(BriefbotError, match=r"is damaged"):
        backed_up(file, kept)

    assert not file.exists()


SMALL_FILES = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.core.errors import BriefbotError
from bot.store.backup import Kept, back_up

file, database = map(Path, sys.argv[1:3])
kept = Kept(database=database, data_dir=database.parent)
sys.dont_write_bytecode = True
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    back_up(file, kept, version="1", now=datetime.now(UTC))
except BriefbotError as error:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(error)
"""


@pytest.mark.parametrize("size", [1_000, 100_000])
def test_a_disk_that_is_full_leaves_an_older_backup(tmp_path: Path, size: int) -> None:
    kept, file = made(tmp_path), tmp_path / "backup.tar.gz"
    backed_up(file, kept)
    before = file.read_bytes()

    done = subprocess.run(
        [sys.executable, "-c", SMALL_FILES, str(file), str(kept.database), str(size)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith(f"{file} could not be written: ")
    assert done.stdout.endswith("What stood there is as it was. Mend that, or name another file.\n")
    assert file.read_bytes() == before
    assert left_over(tmp_path) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    file = tmp_path / "none" / "backup.tar.gz"

    with pytest.raises(BriefbotError) as raised:
        backed_up(file, made(tmp_path))

    assert str(raised.value) == (
        f"{file} could not be written: No such file or directory. What stood there is as it was. "
        "Mend that, or name another file."
    )


@pytest.mark.skipif(NOBODY, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    kept, folder = made(tmp_path), tmp_path / "closed"
    folder.mkdir(mode=0o500)

    with pytest.raises(BriefbotError, match=r"could not be written: Permission denied\."):
        backed_up(folder / "backup.tar.gz", kept)


def test_nothing_half_written_stays(tmp_path: Path) -> None:
    kept, file = made(tmp_path), tmp_path / "backup.tar.gz"

    backed_up(file, kept)

    assert left_over(tmp_path) == []
    shutil.rmtree(kept.data_dir)


def left_over(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir() if each.name.startswith(".")]
