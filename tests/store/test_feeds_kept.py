"""What is known of feeds and their items outlives the process, as long as it is of use."""

import asyncio
import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.feed import FeedMemory, FeedSetting, FullText, Reuse
from bot.app.feed_items import Known, Taken
from bot.app.ports import Found
from bot.core.errors import StoreError
from bot.core.health import Fault, Health, Reason, Standing
from bot.core.rhythm import Rhythm, learned
from bot.core.values import Article, Extent, Published
from bot.store.added import Added
from bot.store.archive import Archive
from bot.store.database import Database, open_database
from bot.store.feed_items import FeedItems
from bot.store.healths import Healths
from bot.store.intake import Intake
from bot.store.memories import Memories
from bot.store.schema import SCHEMA, Schema

NOW = datetime(2025, 9, 2, 3, tzinfo=UTC)
LATER = NOW + timedelta(days=1)

Opened = Callable[[Callable[[Database], Awaitable[None]]], None]

WIRE = FeedSetting(
    name="Wire",
    address="https://wire.example/feed",
    enabled=False,
    publisher="Wire \ud800",
    owner="state",
    country="KZ",
    language="ru",
    tier=1,
    fulltext=FullText.ALWAYS,
    reuse=Reuse.HEADLINE,
    folders=(("Wires", "Central Asia"), ("Шанхай",)),
    category="/wires,rail",
    declared=False,
)
MEMORY = FeedMemory(
    source="Wire",
    address="https://wire.example/feed",
    terms="lines auto en ",
    moved="https://wire.example/rss",
    etag='"1"',
    modified="Mon",
    next=LATER,
    asked=NOW,
    answered=NOW,
    failures=3,
    retired=True,
    rhythm=learned(Rhythm(), now=NOW, brought=[NOW], new=1),
)


def found(id_: str, *, source: str = "Wire", text: str = "It rained.", **given: Extent) -> Found:
    article = Article(id=id_, source=source, text=text, published=Published(day=NOW.date()))
    if given:
        article = Article(id=id_, source=source, text=text, extent=given["extent"])
    return Found(article=article, version=f"{text}-")


def test_what_is_remembered_of_a_feed_comes_back_as_it_was(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        memories = Memories(database)
        await memories.note([])
        await memories.note([MEMORY, FeedMemory(source="Post", address="x")])
        await memories.note([FeedMemory(source="Post", address="y")])

        assert list(await memories.all()) == [MEMORY, FeedMemory(source="Post", address="y")]

    opened(scenario)


def test_a_damaged_memory_is_said_and_a_damaged_rhythm_is_learned_anew(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            await Memories(database).note([MEMORY])
        with closing(sqlite3.connect(path)) as file:
            file.execute("UPDATE feed_memories SET rhythm = '[7]'")
            file.commit()
        async with open_database(path) as database:
            (memory,) = await Memories(database).all()
            assert memory.rhythm == Rhythm()
        with closing(sqlite3.connect(path)) as file:
            file.execute("UPDATE feed_memories SET rhythm = 'nothing'")
            file.commit()
        async with open_database(path) as database:
            with pytest.raises(StoreError, match="is damaged"):
                await Memories(database).all()

    asyncio.run(scenario())


def test_an_added_feed_is_kept_until_it_is_removed(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        added, memories, healths = Added(database), Memories(database), Healths(database)
        await added.add(FeedSetting(name="Wire", address="x", declared=False))
        await added.add(WIRE)
        await added.add(FeedSetting(name="Post", address="y", declared=False))

        assert [one.name for one in await added.all()] == ["Post", "Wire"]
        assert (await added.all())[1] == WIRE

        await memories.note([MEMORY])
        await healths.note(Health(source="Wire", failing=None, checked=NOW))
        assert await added.remove("Wire")
        assert not await added.remove("Wire")
        assert [one.name for one in await added.all()] == ["Post"]
        assert (await memories.all(), await healths.all()) == ([], [])

    opened(scenario)


def test_a_feed_that_is_set_up_anew_is_asked_again_though_it_had_ended(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await Memories(database).note([MEMORY])
        await Added(database).add(WIRE)

        assert await Memories(database).all() == []

    opened(scenario)


def test_feeds_that_are_brought_in_together_are_kept_all_or_none(opened: Opened) -> None:
    many = [FeedSetting(name=f"n{each}", address="x", declared=False) for each in range(9)]
    trigger = (
        "CREATE TRIGGER full BEFORE INSERT ON added_sources WHEN new.name = 'n7' "
        "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
    )

    async def scenario(database: Database) -> None:
        added, memories = Added(database), Memories(database)
        await memories.note([MEMORY])
        await database.write(lambda connection: connection.exec_driver_sql(trigger))

        with pytest.raises(StoreError):
            await added.bring([WIRE, *many])
        assert (await added.all(), len(await memories.all())) == ([], 1)

        await database.write(lambda connection: connection.exec_driver_sql("DROP TRIGGER full"))
        await added.bring([*many, WIRE])
        assert (len(await added.all()), await memories.all()) == (10, [])

        await added.bring([])
        assert len(await added.all()) == 10

    opened(scenario)


def test_a_damaged_setting_is_said(path: Path) -> None:
    async def scenario() -> None:
        async with open_database(path) as database:
            await Added(database).add(WIRE)
        with closing(sqlite3.connect(path)) as file:
            file.execute("UPDATE added_sources SET fulltext = 'sometimes'")
            file.commit()
        async with open_database(path) as database:
            with pytest.raises(StoreError, match="is damaged"):
                await Added(database).all()

    asyncio.run(scenario())


def test_all_of_a_health_comes_back(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        health = Health(
            source="Wire",
            failing=Fault(name="Wire", reason=Reason.GONE, detail="410"),
            checked=NOW,
            articles=3,
            since=NOW,
            rhythm=Standing.RETIRED,
            tries=2,
            daily=1.5,
            brought=NOW,
            next=LATER,
        )
        await Healths(database).note()
        await Healths(database).note(health, Health(source="Post", failing=None, checked=NOW))

        assert (await Healths(database).all())[1] == health

    opened(scenario)


def test_items_are_known_by_any_of_their_keys(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        items = FeedItems(database)
        keys = {b"guid": ("a", NOW), b"link": ("a", NOW), b"gone": ("lost", NOW)}
        count = await items.take(
            "Wire", Taken(found=[found("a")], keys=keys), now=NOW, imported=True
        )
        shelf = await items.known("Wire", [b"link", b"gone", b"other"])

        known = Known(article="a", seen=NOW, version="It rained.-")
        lost = Known(article="lost", seen=NOW, version=None)
        assert (count, shelf.known) == (1, {b"link": known, b"gone": lost})
        assert shelf.shown == {b"guid", b"link", b"gone"}
        assert (await items.known("Post", [b"link"])).known == {}

        left = Taken(found=[], keys={}, gone=[b"gone", b"guid"])
        await items.take("Wire", left, now=LATER, imported=False)
        assert (await items.known("Wire", [])).shown == {b"link"}
        back = Taken(found=[], keys={}, back=[b"guid"])
        await items.take("Wire", back, now=LATER, imported=False)
        assert (await items.known("Wire", [])).shown == {b"link", b"guid"}

    opened(scenario)


def test_what_another_source_brought_stays_where_no_more_is_brought(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        items = FeedItems(database)
        await Intake(database).save(
            [found("a", source="folder", text="The whole of it.")], now=NOW, imported=False
        )
        less = [found("a", extent=Extent.TEASER), found("b", extent=Extent.TEASER)]
        await items.take("Wire", Taken(found=less, keys={}), now=LATER, imported=False)

        stored = {one.article.id: one for one in await Archive(database).articles()}
        assert (stored["a"].article.source, stored["a"].article.text) == (
            "folder",
            "The whole of it.",
        )
        assert stored["b"].article.extent is Extent.TEASER

        # The folder lets go of it: the feed still holds it.
        await Intake(database).seen("folder", frozenset(), now=LATER)
        assert await Archive(database).count() == 2

    opened(scenario)


def test_an_article_that_its_source_withdrew_is_what_the_feed_brings(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await Intake(database).save([found("a", source="folder")], now=NOW, imported=False)
        await Intake(database).seen("folder", frozenset(), now=NOW)
        less = [found("a", text="Rain.", extent=Extent.TEASER)]
        await FeedItems(database).take(
            "Wire", Taken(found=less, keys={}), now=LATER, imported=False
        )

        (stored,) = await Archive(database).articles()
        assert (stored.article.text, stored.seen) == ("Rain.", NOW)
        assert stored.article.published == Published(day=NOW.date())

    opened(scenario)


def test_articles_and_keys_are_stored_wholly_or_not_at_all(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        bad = Taken(found=[found("a")], keys={b"key": (None, NOW)})  # type: ignore[dict-item] # not stored
        with pytest.raises(StoreError):
            await FeedItems(database).take("Wire", bad, now=NOW, imported=False)

        assert await Archive(database).count() == 0
        assert (await FeedItems(database).known("Wire", [])).shown == frozenset()

    opened(scenario)


def test_items_are_forgotten_when_no_feed_shows_them_any_more(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        items = FeedItems(database)
        asked = FeedMemory(source="Wire", address="x", asked=LATER)
        await Memories(database).note([asked, FeedMemory(source="Old", address="y", asked=NOW)])
        for name in ("Wire", "Old"):
            keys = {b"shown": ("a", NOW), b"gone": ("b", NOW)}
            await items.take(name, Taken(found=[], keys=keys), now=NOW, imported=False)
            gone = Taken(found=[], keys={}, gone=[b"gone"])
            await items.take(name, gone, now=NOW, imported=False)
        sought = [b"shown", b"gone"]

        await Intake(database).prune(NOW)
        assert len((await items.known("Old", sought)).known) == 2
        await Intake(database).prune(LATER)
        assert set((await items.known("Wire", sought)).known) == {b"shown"}
        assert (await items.known("Old", sought)).known == {}

    opened(scenario)


def test_very_many_keys_are_looked_up(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        keys = [str(number).encode() for number in range(40_000)]
        taken = Taken(found=[], keys=dict.fromkeys(keys[:10], ("a", NOW)))
        await FeedItems(database).take("Wire", taken, now=NOW, imported=False)

        assert len((await FeedItems(database).known("Wire", keys)).known) == 10

    opened(scenario)


def test_an_archive_without_feeds_keeps_what_it_has(path: Path, tmp_path: Path) -> None:
    scripts = tmp_path / "older"
    newer = shutil.ignore_patterns("v000[5-9]*", "__pycache__")
    shutil.copytree(SCHEMA.scripts, scripts, ignore=newer)
    before = (
        "INSERT INTO healths VALUES ('wire', 0, 1, NULL, NULL, NULL, '[]', NULL)",
        (
            "INSERT INTO articles"
            " (id, source, language, seen, imported, withdrawn, moment, recent, text)"
            " VALUES ('a', 'wire', 'en', 0, 0, 0, 0, 0, 'It rained.')"
        ),
    )

    async def scenario() -> None:
        async with open_database(path, schema=Schema(head="0004", scripts=scripts)) as database:
            await database.write(
                lambda connection: [connection.exec_driver_sql(row) for row in before]
            )
        async with open_database(path) as database:
            (health,) = await Healths(database).all()
            assert (health.standing, health.tries) == (Standing.OK, 0)
            (stored,) = await Archive(database).articles()
            assert stored.article.extent is Extent.WHOLE

    asyncio.run(scenario())


def test_a_feed_that_was_added_before_there_were_folders_is_in_none(
    path: Path, tmp_path: Path
) -> None:
    scripts = tmp_path / "older"
    newer = shutil.ignore_patterns("v000[7-9]*", "__pycache__")
    shutil.copytree(SCHEMA.scripts, scripts, ignore=newer)
    row = "INSERT INTO added_sources VALUES ('Post', 'y', 1, '', '', '', 'en', 2, 'auto', 'lines')"

    async def scenario() -> None:
        async with open_database(path, schema=Schema(head="0006", scripts=scripts)) as database:
            await database.write(lambda connection: connection.exec_driver_sql(row))
        async with open_database(path) as database:
            (feed,) = await Added(database).all()
            assert (feed.name, feed.folders, feed.category) == ("Post", (), None)

    asyncio.run(scenario())
