"""A feed that is set up otherwise is read anew, and what may be shown no more is kept no more."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.app.feed import FeedSetting, Reuse, Unchanged
from bot.core.values import Extent
from bot.store.database import open_database
from tests.fakes.feeds import BrokenItems, Newsroom, failing, item, setting

Scenario = Callable[[Newsroom], Awaitable[None]]
CAPPED = setting(reuse=Reuse.HEADLINE)


def inside(scenario: Scenario, *settings: FeedSetting) -> None:
    async def main() -> None:
        async with open_database(None) as database:
            await scenario(Newsroom(database, settings=settings or (setting(),)))

    asyncio.run(main())


def test_a_cap_takes_the_texts_away_whatever_the_feed_answers() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.hold("Wire", item(1), item(2), etag='"a"')
        room.feeds.hold("Post", item(3))
        await room.feeding.once()
        room.settings = (CAPPED, setting("Post"))

        room.feeds.answers["Wire"] = failing("Wire")
        await room.fresh().once()

        stored = await room.stored()
        texts = {one.source: (one.text, one.extent) for one in stored.values()}
        assert texts["Wire"] == ("", Extent.HEADLINE)
        assert texts["Post"][1] is Extent.WHOLE
        assert {one.source for one in stored.values() if one.text} == {"Post"}

    inside(scenario, setting(), setting("Post"))


def test_a_feed_that_is_set_up_otherwise_is_read_anew_at_once_and_only_once() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.hold("Wire", item(1), etag='"a"')
        await room.feeding.once()
        assert await room.feeding.once() == ()
        room.settings = (setting(publisher="Wire Agency"),)
        feeding = room.fresh()

        (reading,) = await feeding.once()

        assert reading.changed == 1
        assert room.feeds.asked[-1].etag is None
        assert {one.publisher for one in (await room.stored()).values()} == {"Wire Agency"}
        assert await feeding.once() == ()
        room.later(days=1)
        room.feeds.answers["Wire"] = Unchanged()
        await feeding.once()
        assert room.feeds.asked[-1].etag == '"a"'

    inside(scenario)


def test_a_cap_that_could_not_be_stored_is_tried_again() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.hold("Wire", item(1), etag='"a"')
        await room.feeding.once()
        room.settings, items = (CAPPED,), room.items
        room.items = BrokenItems(items)

        (reading,) = await room.fresh().once()

        assert reading.trouble == "The disk is full: Wire keeps its texts."
        room.items = items
        room.later(hours=1)
        room.feeds.answers["Wire"] = Unchanged()
        await room.fresh().once()
        assert [one.text for one in (await room.stored()).values()] == [""]

    inside(scenario)


def test_a_feed_that_was_ended_and_is_set_up_otherwise_is_asked_once() -> None:
    async def scenario(room: Newsroom) -> None:
        await room.feeding.once()
        (memory,) = await room.memories.all()
        await room.memories.note([replace(memory, retired=True)])
        assert await room.fresh().once() == ()

        room.settings = (setting(language="ru"),)

        assert len(await room.fresh().once()) == 1

    inside(scenario)


def test_a_feed_that_is_removed_and_added_again_brings_an_import() -> None:
    async def scenario(room: Newsroom) -> None:
        added = setting("Added", declared=False)
        await room.added.add(added)
        room.feeds.hold("Added", item(1))
        await room.feeding.once()
        await room.feeding.book.write()
        await room.added.remove("Added")
        await room.added.add(replace(added, address="https://other.example/feed"))
        room.feeds.hold("Added", item(1), item(2))

        (reading,) = await room.fresh().once()

        assert reading.new == 1
        assert all(one.imported for one in await room.archive.articles())

    inside(scenario)


def test_a_first_look_that_nothing_can_be_asked_of_the_archive_is_still_the_first() -> None:
    async def scenario(room: Newsroom) -> None:
        room.items, items = BrokenItems(room.items, known_fails=True), room.items
        room.feeds.hold("Wire", item(1))
        (reading,) = await room.fresh().once()
        assert reading.trouble == "The disk is full."

        room.items = items
        room.later(hours=1)
        await room.fresh().once()

        assert [one.imported for one in await room.archive.articles()] == [True]

    inside(scenario)
