"""An archive from before there was an index gets one, and its articles are found."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.app.ports import Found
from bot.core.search import query
from bot.core.values import Article, Published
from bot.store.database import open_database
from bot.store.intake import Intake
from bot.store.schema import SCHEMA, Schema
from bot.store.search import Search

MORNING = datetime(2025, 9, 2, 8, tzinfo=UTC)
MICROSECONDS = 1_000_000

#: An article as the first schema keeps it; one that came with a lone surrogate is kept as bytes.
ROW = (
    "INSERT INTO articles "
    "VALUES (?, 'wire', NULL, 'en', NULL, NULL, NULL, NULL, ?, 0, ?, ?, ?, ?, ?)"
)


@pytest.fixture
def first(path: Path, tmp_path: Path) -> Path:
    """An archive at the first schema, with more articles than are indexed together."""
    scripts = tmp_path / "first"
    shutil.copytree(SCHEMA.scripts, scripts, ignore=shutil.ignore_patterns("v000[2-9]*"))

    async def make() -> None:
        async with open_database(path, schema=Schema(head="0001", scripts=scripts)):
            pass

    asyncio.run(make())
    seen = int(MORNING.timestamp()) * MICROSECONDS
    rows: list[tuple[object, ...]] = [
        (f"{number:04}", seen, False, seen + 9, seen, None, "The rain came.")
        for number in range(1001)
    ]
    rows += [
        ("old", seen, False, -1, seen, "Rain", "It came long ago."),
        ("withdrawn", seen, True, seen, seen, None, "Rain."),
        (
            b"\xed\xb3\xbf odd",
            seen,
            False,
            seen,
            seen,
            b"Odd \xed\xb3\xbf",
            b"Snow \xed\xb3\xbf fell.",
        ),
    ]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(ROW, rows)
    return path


def test_the_articles_of_an_old_archive_are_found(first: Path) -> None:
    async def scenario() -> None:
        async with open_database(first) as database:
            search = Search(database)
            today = MORNING.date()
            rain = await search.find(query("rain"), today=today, limit=1000, skip=0)
            assert rain.found == 1002
            assert [found.id for found in rain.articles[:1]] == ["1000"]
            old = await search.find(query("ago"), today=today, limit=10, skip=0)
            snow = await search.find(query("snow"), today=today, limit=10, skip=0)
            assert [found.id for found in (*old.articles, *snow.articles)] == ["old", "\udcff odd"]

    asyncio.run(scenario())
    with closing(sqlite3.connect(first)) as connection:
        places = dict(connection.execute("SELECT article, place >> 20 FROM indexed"))
        connection.execute("INSERT INTO search_terms (search_terms) VALUES ('integrity-check')")
    assert (places["old"], places["0000"], len(places)) == (-1, 20333, 1003)


def test_what_was_indexed_so_is_changed_and_let_go_as_anything_else(first: Path) -> None:
    later = datetime(2025, 9, 9, tzinfo=UTC)
    changed = Article(
        id="old", source="wire", text="Hail.", published=Published(day=date(2025, 9, 1))
    )

    async def scenario() -> None:
        async with open_database(first) as database:
            intake, search = Intake(database), Search(database)
            await intake.save([Found(article=changed, version="2")], now=later, imported=False)
            await intake.prune(later)
            for words, ids in (("hail", ["old"]), ("ago", []), ("rain", []), ("snow", [])):
                found = await search.find(query(words), today=later.date(), limit=10, skip=0)
                assert [article.id for article in found.articles] == ids

    asyncio.run(scenario())
    with closing(sqlite3.connect(first)) as connection:
        connection.execute("INSERT INTO search_terms (search_terms) VALUES ('integrity-check')")


def test_a_copy_from_before_is_put_aside(first: Path) -> None:
    async def scenario() -> None:
        async with open_database(first):
            pass

    asyncio.run(scenario())

    kept = first.with_name(f"{first.name}.before-{SCHEMA.head}")
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            ("0001",)
        ]
        assert connection.execute("SELECT count(*) FROM articles").fetchall() == [(1004,)]
