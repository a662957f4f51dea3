"""What several feeds bring at once is stored together, and as if it came one after another."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.app.feed_items import Taken
from bot.app.ports import Found
from bot.core.errors import StoreError
from bot.core.values import Article, Extent, Published
from bot.store.archive import Archive
from bot.store.database import Database
from bot.store.feed_items import FeedItems

NOW = datetime(2025, 9, 2, 3, tzinfo=UTC)

Opened = Callable[[Callable[[Database], Awaitable[None]]], None]


def found(id_: str, *, source: str = "Wire", extent: Extent = Extent.WHOLE) -> Found:
    published = Published(day=NOW.date())
    article = Article(
        id=id_, source=source, text=f"{source} saw rain.", published=published, extent=extent
    )
    return Found(article=article, version=f"{id_}-")


def brought(*those: Found) -> Taken:
    return Taken(
        found=those,
        keys={one.article.id.encode(): (one.article.id, NOW) for one in those},
        own=frozenset(one.article.id for one in those),
    )


def take(
    items: FeedItems, source: str, taken: Taken, *, imported: bool = False
) -> Awaitable[int | BaseException]:
    return items.take(source, taken, now=NOW, imported=imported)


async def texts(database: Database) -> dict[str, str]:
    stored = await Archive(database).articles()
    return {one.article.id: one.article.text for one in stored}


def test_each_is_told_how_many_articles_its_source_has(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        items = FeedItems(database)
        await take(items, "Feed 0", brought(found("before", source="Feed 0")))

        counts = await asyncio.gather(
            *(
                take(items, f"Feed {n}", brought(found(f"{n}", source=f"Feed {n}")))
                for n in range(120)
            )
        )

        assert counts == [2, *[1] * 119]
        assert len(await texts(database)) == 121
        for n in range(120):
            shelf = await items.known(f"Feed {n}", [f"{n}".encode()])
            assert [one.article for one in shelf.known.values()] == [f"{n}"]

    opened(scenario)


def test_one_that_cannot_be_stored_spoils_no_other(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        items = FeedItems(database)
        bad = Taken(found=[found("bad")], keys={b"key": (None, NOW)})  # type: ignore[dict-item] # not stored

        counts = await asyncio.gather(
            take(items, "A", brought(found("a", source="A"))),
            take(items, "Wire", bad),
            take(items, "B", brought(found("b", source="B"))),
            take(items, "C", brought(found("c", source="C"))),
            return_exceptions=True,
        )

        assert [one for one in counts if isinstance(one, int)] == [1, 1, 1]
        assert isinstance(counts[1], StoreError)
        assert set(await texts(database)) == {"a", "b", "c"}

    opened(scenario)


def test_of_an_article_that_two_bring_at_once_the_first_to_bring_as_much_stays(
    opened: Opened,
) -> None:
    async def scenario(database: Database) -> None:
        items = FeedItems(database)
        teaser = Extent.TEASER

        await asyncio.gather(
            take(items, "Z", brought(found("z", source="Z"))),
            take(
                items, "A", brought(found("1", source="A"), found("2", source="A", extent=teaser))
            ),
            take(items, "B", brought(found("1", source="B"), found("2", source="B"))),
        )

        assert await texts(database) == {
            "z": "Z saw rain.",
            "1": "A saw rain.",
            "2": "B saw rain.",
        }

    opened(scenario)


def test_what_is_imported_is_no_news_and_what_is_not_is(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        items = FeedItems(database)

        await asyncio.gather(
            take(items, "Z", brought(found("z", source="Z"))),
            take(items, "A", brought(found("a", source="A")), imported=True),
            take(items, "B", brought(found("b", source="B"))),
            take(items, "C", brought(found("c", source="C")), imported=True),
        )

        stored = await Archive(database).articles()
        imported = {one.article.id: one.imported for one in stored}
        assert imported == {"z": False, "a": True, "b": False, "c": True}

    opened(scenario)


def test_two_looks_at_one_feed_are_taken_in_one_after_the_other(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        items = FeedItems(database)
        gone = Taken(found=[], keys={}, gone=[b"a"])

        await asyncio.gather(
            take(items, "Z", brought(found("z", source="Z"))),
            take(items, "Wire", brought(found("a"))),
            take(items, "Wire", gone),
            items.take("Y", Taken(found=[], keys={}), now=NOW + timedelta(days=1), imported=False),
        )

        assert (await items.known("Wire", [])).shown == frozenset()

    opened(scenario)


def test_who_gives_up_while_others_are_stored_leaves_them_whole(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        items = FeedItems(database)
        takes = [
            asyncio.ensure_future(take(items, name, brought(found(name, source=name))))
            for name in ("A", "B", "C", "D")
        ]
        await asyncio.sleep(0)
        takes[0].cancel()
        takes[2].cancel()

        counts = await asyncio.gather(*takes, return_exceptions=True)

        assert (counts[1], counts[3]) == (1, 1)
        assert isinstance(counts[0], asyncio.CancelledError)
        assert {"B", "D"} <= set(await texts(database))
        assert await take(items, "E", brought(found("e", source="E"))) == 1

    opened(scenario)


def test_a_look_with_very_many_articles_is_stored_at_once(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        items = FeedItems(database)
        many = brought(*(found(f"{number}") for number in range(60)))

        counts = await asyncio.gather(
            take(items, "Z", brought(found("z", source="Z"))),
            take(items, "Wire", many),
            take(items, "A", brought(found("a", source="A"))),
        )

        assert list(counts) == [1, 60, 1]

    opened(scenario)


def test_what_could_not_be_stored_can_be_stored_later(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        items = FeedItems(database)
        bad = Taken(found=[found("a")], keys={b"key": (None, NOW)})  # type: ignore[dict-item] # not stored
        with pytest.raises(StoreError):
            await take(items, "Wire", bad)

        assert await take(items, "Wire", brought(found("a"))) == 1

    opened(scenario)
