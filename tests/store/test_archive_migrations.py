"""The archive's tables follow the code, and a file is never lost on the way."""

import asyncio
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.app.ports import Edition, Found
from bot.core.errors import StoreError
from bot.core.values import Article
from bot.store.archive import Archive
from bot.store.database import open_database
from bot.store.delivery_tables import series
from bot.store.editions import Editions
from bot.store.healths import Healths
from bot.store.inspection import inspect
from bot.store.intake import Intake
from bot.store.schema import SCHEMA, Schema
from bot.store.subscriptions import Subscriptions

MORNING = datetime(2025, 9, 2, 8, tzinfo=UTC)


@pytest.fixture
def filled(path: Path) -> Path:
    """An archive at the present schema with one article."""

    async def fill() -> None:
        async with open_database(path) as database:
            found = Found(article=Article(id="a", source="wire", text="It rained."), version="1")
            await Intake(database).save([found], now=MORNING, imported=False)

    asyncio.run(fill())
    return path


def following(folder: Path, statements: str) -> Schema:
    """Return a schema with one more migration than there is."""
    scripts = folder / "100% new"
    shutil.copytree(SCHEMA.scripts, scripts)
    head = f"{int(SCHEMA.head) + 1:04}"
    script = f"""
from alembic import op

revision = "{head}"
down_revision = "{SCHEMA.head}"


def upgrade():
    {statements}
"""
    (scripts / "versions" / f"v{head}.py").write_text(script)
    return Schema(head=head, scripts=scripts)


def is_ours(name: str | None, kind: str, _: object) -> bool:
    """Say whether a table is declared: the full-text engine makes and keeps its own."""
    return kind != "table" or not str(name).startswith("search_terms")


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.execute(query))


def test_the_newest_migration_is_the_one_the_code_knows() -> None:
    scripts = ScriptDirectory(str(SCHEMA.scripts))

    assert scripts.get_heads() == [SCHEMA.head]
    revisions = [script.revision for script in scripts.walk_revisions()]
    assert all(re.fullmatch("[0-9]{4}", revision) for revision in revisions)
    assert revisions == sorted(revisions, reverse=True)


def test_the_migrations_make_the_tables_that_the_code_uses(filled: Path) -> None:
    async def scenario() -> None:
        async with open_database(filled) as database:
            differences = await database.read(
                lambda connection: compare_metadata(
                    MigrationContext.configure(connection, opts={"include_name": is_ours}),
                    series.metadata,
                )
            )
            assert differences == []

    asyncio.run(scenario())


def test_a_file_that_is_up_to_date_loads_no_alembic(filled: Path) -> None:
    script = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from bot.store.database import open_database\n"
        "async def main():\n"
        "    async with open_database(Path(sys.argv[1])) as database:\n"
        "        print(database.new, 'alembic' in sys.modules)\n"
        "asyncio.run(main())\n"
    )
    root = SCHEMA.scripts.parent.parent.parent
    said = subprocess.run(
        [sys.executable, "-c", script, str(filled)],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout == "False False\n"


def test_an_older_file_is_migrated_after_a_copy_is_put_aside(filled: Path, tmp_path: Path) -> None:
    schema = following(tmp_path, 'op.execute("ALTER TABLE articles ADD COLUMN mood TEXT")')
    kept = filled.with_name(f"briefbot.db.before-{schema.head}")
    kept.with_name(f"{kept.name}.part").write_bytes(b"left by a copy that was cut short")

    async def scenario() -> None:
        async with open_database(filled, schema=schema) as database:
            assert not database.new
            assert await Archive(database).count() == 1

    before = asyncio.run(inspect(filled, schema=schema))
    asyncio.run(scenario())
    asyncio.run(scenario())
    after = asyncio.run(inspect(filled, schema=schema))

    assert (before.schema, before.older) == (SCHEMA.head, True)
    assert (after.schema, after.older) == (schema.head, False)
    assert rows(filled, "SELECT id, mood FROM articles") == [("a", None)]
    assert rows(kept, "SELECT version_num FROM alembic_version") == [(SCHEMA.head,)]
    assert rows(kept, "SELECT id FROM articles") == [("a",)]
    assert sorted(found.name for found in filled.parent.iterdir()) == [filled.name, kept.name]
    assert kept.stat().st_mode & 0o777 == 0o600


def test_an_archive_without_delivery_keeps_what_it_has(path: Path, tmp_path: Path) -> None:
    scripts = tmp_path / "older"
    newer = shutil.ignore_patterns("v000[4-9]*", "__pycache__")
    shutil.copytree(SCHEMA.scripts, scripts, ignore=newer)
    rows_before = (
        "INSERT INTO healths VALUES ('wire', 0, 1, NULL, NULL, NULL, '[]')",
        "INSERT INTO editions VALUES (1, 'terminal', 0, '[[\"a\"]]')",
    )

    async def scenario() -> None:
        async with open_database(path, schema=Schema(head="0003", scripts=scripts)) as database:
            await database.write(
                lambda connection: [connection.exec_driver_sql(row) for row in rows_before]
            )
        async with open_database(path) as database:
            assert await Editions(database).last("terminal") == Edition(
                destination="terminal", made=datetime(1970, 1, 1, tzinfo=UTC), stories=(("a",),)
            )
            (health,) = await Healths(database).all()
            assert (health.source, health.failing) == ("wire", None)
            assert await Subscriptions(database).all() == []

    asyncio.run(scenario())
    assert rows(path, "SELECT source, since FROM healths") == [("wire", None)]


def test_a_migration_that_fails_leaves_the_file_as_it_was(filled: Path, tmp_path: Path) -> None:
    statements = (
        'op.execute("UPDATE articles SET withdrawn = 1"); '
        'op.execute("ALTER TABLE nowhere ADD COLUMN mood TEXT")'
    )
    schema = following(tmp_path, statements)

    async def scenario() -> None:
        with pytest.raises(StoreError, match="could not be used: no such table: nowhere"):
            async with open_database(filled, schema=schema):
                pass
        async with open_database(filled) as database:
            assert await Archive(database).count() == 1

    asyncio.run(scenario())


def test_a_copy_that_cannot_be_put_aside_stops_the_migration(filled: Path, tmp_path: Path) -> None:
    schema = following(tmp_path, 'op.execute("UPDATE articles SET withdrawn = 1")')
    filled.with_name(f"briefbot.db.before-{schema.head}").mkdir()

    async def scenario() -> None:
        with pytest.raises(
            StoreError, match=rf"no copy of it could be put aside at .*before-{schema.head} first"
        ):
            async with open_database(filled, schema=schema):
                pass
        async with open_database(filled) as database:
            assert await Archive(database).count() == 1

    asyncio.run(scenario())
    assert not list(filled.parent.glob("*.part"))


@pytest.mark.parametrize("version", [f"{int(SCHEMA.head) + 1:04}", "9999", "1a2b3c4d", ""])
def test_a_newer_file_is_refused_and_left_untouched(filled: Path, version: str) -> None:
    with closing(sqlite3.connect(filled)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    before = filled.read_bytes()
    sentence = f"made by a newer Briefbot or another program: its schema is {version}, "

    async def scenario() -> None:
        with pytest.raises(StoreError, match=sentence):
            await inspect(filled)
        with pytest.raises(StoreError, match=sentence):
            async with open_database(filled):
                pass

    asyncio.run(scenario())
    assert filled.read_bytes() == before


def test_the_database_of_another_program_is_refused_and_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE articles (id TEXT)")
    before = path.read_bytes()

    async def scenario() -> None:
        with pytest.raises(StoreError, match="another program: its schema is unknown"):
            async with open_database(path):
                pass

    asyncio.run(scenario())
    assert path.read_bytes() == before


def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"
    path.touch()

    async def scenario() -> None:
        async with open_database(path) as database:
            assert database.new

    asyncio.run(scenario())


def test_what_is_made_is_its_owner_s_alone_and_what_is_looser_is_left(path: Path) -> None:
    modes: dict[str, int] = {}

    async def scenario() -> None:
        async with open_database(path) as database:
            await Archive(database).count()
            files = (path.parent, *path.parent.iterdir())
            modes.update({one.name: one.stat().st_mode & 0o777 for one in files})

    asyncio.run(scenario())
    new = dict(modes)
    path.chmod(0o644)
    asyncio.run(scenario())

    private = {"briefbot.db": 0o600, "briefbot.db-shm": 0o600, "briefbot.db-wal": 0o600}
    assert new == {"data": 0o700, **private}
    assert modes["briefbot.db"] == 0o644
