"""Whatever stops the archive is one sentence, and what was stored stays."""

import asyncio
import sqlite3
import subprocess
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app.ports import Edition, Found
from bot.core.errors import StoreError
from bot.core.health import Health
from bot.core.values import Article
from bot.store.archive import Archive
from bot.store.database import Database, open_database
from bot.store.editions import Editions
from bot.store.healths import Healths
from bot.store.inspection import inspect
from bot.store.intake import Intake
from bot.store.schema import SCHEMA

pytestmark = pytest.mark.slow

Start = Callable[..., subprocess.Popen[str]]
MORNING = datetime(2025, 9, 2, 8, tzinfo=UTC)
RESTORE = "It was left as it is: move it aside to begin a new one, or put a backup in its place"


async def save(database: Database, size: int, *names: str) -> None:
    batch = [
        Found(article=Article(id=name, source="wire", text="x" * size), version="1")
        for name in names
    ]
    await Intake(database).save(batch, now=MORNING, imported=False)


async def shown(database: Database) -> list[str]:
    return [stored.article.id for stored in await Archive(database).articles()]


async def refusal(path: Path) -> str:
    """Return what is said to one who opens the archive."""
    with pytest.raises(StoreError) as refused:
        async with open_database(path):
            pass
    return str(refused.value)


@pytest.fixture
def filled(path: Path) -> Path:
    """An archive with some hundred pages of articles, a health and an edition."""

    async def fill() -> None:
        async with open_database(path) as database:
            await save(database, 2_000, *(f"{number:03}" for number in range(200)))
            await Healths(database).note(Health(source="wire", failing=None, checked=MORNING))
            edition = Edition(destination="team", made=MORNING, stories=(("001",),))
            await Editions(database).publish(edition)

    asyncio.run(fill())
    return path


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that any user can reach; those that pytest makes are closed to others."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_a_full_disk_is_said_and_the_rest_of_the_archive_stays(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            await save(database, 1, "before")
        async with open_database(path, pragmas={"max_page_count": 120}) as database:
            with pytest.raises(
                StoreError, match=r"the disk is full\. What was stored is still there"
            ):
                await save(database, 100_000, "small", "b", "c", "d")
            assert await shown(database) == ["before"]
            await save(database, 1, "after")
            assert await shown(database) == ["after", "before"]

    asyncio.run(scenario())


def test_a_disk_too_full_for_a_new_archive_is_said(path: Path) -> None:
    async def scenario() -> None:
        with pytest.raises(StoreError, match="the disk is full"):
            async with open_database(path, pragmas={"max_page_count": 3}):
                pass
        async with open_database(path) as database:
            assert database.new

    asyncio.run(scenario())


def test_a_full_memory_archive_says_so_and_keeps_the_rest() -> None:
    async def scenario() -> None:
        async with open_database(None, pragmas={"max_page_count": 120}) as database:
            await save(database, 1, "before")
            with pytest.raises(StoreError, match="The archive in memory could not be written"):
                await save(database, 1_000_000, "large")
            assert await shown(database) == ["before"]

    asyncio.run(scenario())


def test_a_limit_on_the_size_of_files_is_said_and_the_rest_stays(path: Path, start: Start) -> None:
    said = start("limited.py", str(path)).communicate(timeout=60)[0].splitlines()

    sentence = f"The archive {path} could not be read or written: the disk is full or failing"
    assert [line[: len(sentence)] for line in said[:2]] == [sentence, sentence]
    assert said[2:] == ["['before']", "['after', 'before']"]


def test_bytes_that_are_no_database_are_refused_and_left(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"
    noise = bytes(range(256)) * 64
    path.write_bytes(noise)

    async def scenario() -> None:
        sentence = f"The archive {path} is not a database. {RESTORE}"
        assert (await refusal(path)).startswith(sentence)
        with pytest.raises(StoreError, match="is not a database"):
            await inspect(path)

    asyncio.run(scenario())
    assert path.read_bytes() == noise


def test_a_damaged_page_is_said_and_the_other_tables_are_read(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'articles'"
        (page,) = connection.execute(query).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with filled.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    before = filled.read_bytes()

    async def scenario() -> None:
        async with open_database(filled) as database:
            with pytest.raises(StoreError, match=f"is damaged. {RESTORE}"):
                await Archive(database).articles()
            with pytest.raises(StoreError, match="is damaged"):
                await save(database, 1, "new")
            assert await Editions(database).last("team") is not None
        with pytest.raises(StoreError, match="is damaged"):
            await inspect(filled)

    asyncio.run(scenario())
    assert filled.read_bytes() == before


def test_half_a_file_is_said_to_be_damaged(filled: Path) -> None:
    content = filled.read_bytes()
    half = content[: len(content) // 2]
    filled.write_bytes(half)

    async def scenario() -> None:
        with pytest.raises(StoreError, match="is damaged"):
            await inspect(filled)
        with pytest.raises(StoreError, match="is damaged"):
            async with open_database(filled) as database:
                await Archive(database).articles()

    asyncio.run(scenario())
    assert filled.read_bytes() == half


async def read_articles(database: Database) -> object:
    return await Archive(database).articles()


async def read_article(database: Database) -> object:
    return await Archive(database).article("001")


async def read_healths(database: Database) -> object:
    return await Healths(database).all()


async def read_edition(database: Database) -> object:
    return await Editions(database).last("team")


@pytest.mark.parametrize(
    ("change", "read"),
    [
        ("UPDATE articles SET seen = 9223372036854775807", read_articles),
        ("UPDATE articles SET published_day = 'someday'", read_article),
        ("UPDATE articles SET text = CAST(x'ff' AS TEXT)", read_article),
        ("UPDATE articles SET title = x'ff'", read_article),
        ("UPDATE healths SET faults = '['", read_healths),
        ("UPDATE healths SET faults = '[{}]'", read_healths),
        ("""UPDATE healths SET failing = '{"name":"","reason":"?","detail":""}'""", read_healths),
        ("UPDATE editions SET stories = '7'", read_edition),
    ],
)
def test_a_row_that_nobody_wrote_is_said(
    filled: Path, change: str, read: Callable[[Database], Awaitable[object]]
) -> None:
    with closing(sqlite3.connect(filled)) as connection, connection:
        connection.execute(change)

    async def scenario() -> None:
        async with open_database(filled) as database:
            with pytest.raises(StoreError, match=r"is damaged|could not be used: Could not decode"):
                await read(database)
            assert await Archive(database).count() == 200

    asyncio.run(scenario())


def test_a_missing_table_is_said_without_the_words_of_the_statement(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("DROP TABLE editions")

    async def scenario() -> None:
        async with open_database(filled) as database:
            with pytest.raises(StoreError) as said:
                await Editions(database).last("a chat of friends")
        assert "could not be used: no such table: editions." in str(said.value)
        assert "friends" not in f"{said.value} {said.value.__cause__}"

    asyncio.run(scenario())


def test_folders_that_are_missing_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b 100%?#" / "briefbot.db"

    async def scenario() -> None:
        async with open_database(path) as database:
            await save(database, 1, "a")
        assert (await inspect(path)).articles == 1

    asyncio.run(scenario())


@pytest.mark.parametrize("under", ["briefbot.db", "deeper/briefbot.db"])
def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path, under: str) -> None:
    blocking = tmp_path / "data"
    blocking.write_text("mine")

    async def scenario() -> None:
        assert "there is a file where its folder should be" in await refusal(blocking / under)
        assert not (await inspect(blocking / under)).writable

    asyncio.run(scenario())
    assert blocking.read_text() == "mine"


def test_a_folder_where_the_file_should_be_is_said(path: Path) -> None:
    path.mkdir(parents=True)

    async def scenario() -> None:
        assert "there is a folder of that name" in await refusal(path)
        with pytest.raises(StoreError, match="there is a folder of that name"):
            await inspect(path)

    asyncio.run(scenario())


def test_a_name_too_long_for_the_disk_is_said(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300) / "briefbot.db"

    async def scenario() -> None:
        assert "File name too long" in await refusal(path)
        with pytest.raises(StoreError, match="File name too long"):
            await inspect(path)

    asyncio.run(scenario())


def fill(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            await save(database, 1, "before")

    asyncio.run(scenario())


def stranger(start: Start, path: Path) -> tuple[str, str]:
    """Return what a user without rights is told who looks at the archive, and who opens it."""
    said = start("stranger.py", str(path)).communicate(timeout=60)[0].splitlines()
    assert said[1:2] == ["opened"]
    looked, opened = said[2:]
    return looked, opened


def test_a_file_that_this_user_may_only_read_is_said(reachable: Path, start: Start) -> None:
    path = reachable / "briefbot.db"
    fill(path)
    path.chmod(0o444)
    reachable.chmod(0o555)
    before = path.read_bytes()

    looked, opened = stranger(start, path)

    assert f"exists=True, writable=False, schema='{SCHEMA.head}'" in looked
    assert "is read-only for this user. Allow writing there" in opened
    assert path.read_bytes() == before
    reachable.chmod(0o755)


def test_a_file_that_this_user_may_not_read_is_said(reachable: Path, start: Start) -> None:
    path = reachable / "briefbot.db"
    fill(path)
    path.chmod(0o000)

    sentence = f"The archive {path} cannot be opened"
    assert [said[: len(sentence)] for said in stranger(start, path)] == [sentence, sentence]


def test_a_folder_that_this_user_may_not_write_is_said(reachable: Path, start: Start) -> None:
    reachable.chmod(0o555)

    looked, opened = stranger(start, reachable / "briefbot.db")

    assert "exists=False, writable=False" in looked
    assert opened.startswith(f"The archive {reachable / 'briefbot.db'} cannot be opened")
    reachable.chmod(0o755)


def test_a_folder_that_this_user_may_not_make_is_said(reachable: Path, start: Start) -> None:
    reachable.chmod(0o555)

    looked, opened = stranger(start, reachable / "new" / "briefbot.db")

    assert "exists=False, writable=False" in looked
    assert f"cannot be reached: {reachable / 'new'}: Permission denied." in opened
    reachable.chmod(0o755)


def test_a_folder_that_this_user_may_not_enter_is_said(reachable: Path, start: Start) -> None:
    closed = reachable / "closed"
    closed.mkdir(mode=0o000)

    looked, opened = stranger(start, closed / "briefbot.db")

    assert "Permission denied" in looked
    assert "Permission denied" in opened
    closed.chmod(0o755)
