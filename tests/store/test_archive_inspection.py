"""Looking at an archive tells what is there and changes nothing."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.app.ports import Found
from bot.core.values import Article
from bot.store.database import open_database
from bot.store.inspection import Inspection, inspect
from bot.store.intake import Intake
from bot.store.schema import SCHEMA

MORNING = datetime(2025, 9, 2, 8, tzinfo=UTC)


def contents(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_size for file in folder.iterdir()}


def test_an_absent_archive_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "data" / "briefbot.db"

    assert asyncio.run(inspect(path)) == Inspection(path=path, exists=False, writable=True)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_an_archive_to_be(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"
    path.touch()

    assert asyncio.run(inspect(path)) == Inspection(path=path, exists=True, writable=True)
    assert path.stat().st_size == 0


def test_an_archive_is_counted_open_or_closed(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"
    batch = [
        Found(article=Article(id=name, source="wire", text="It rained."), version="1")
        for name in ("a", "b", "gone")
    ]

    async def scenario() -> None:
        async with open_database(path) as database:
            await Intake(database).save(batch, now=MORNING, imported=False)
            await Intake(database).seen("wire", frozenset({"a", "b"}), now=MORNING)
            during = await inspect(path)
        before = contents(tmp_path)
        after = await inspect(path)

        assert (during.schema, during.older, during.articles) == (SCHEMA.head, False, 2)
        assert (after.schema, after.older, after.articles) == (SCHEMA.head, False, 2)
        assert during.size > after.size
        assert contents(tmp_path) == before == {"briefbot.db": after.size}

    asyncio.run(scenario())
