"""What a feed shows again is neither read nor looked up again."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.app.feed import Brought, FeedSetting, FullText, Reuse
from bot.core.faults import Reading
from bot.core.values import Extent
from bot.store.database import open_database
from tests.fakes.feeds import BrokenItems, Newsroom, item, setting

Scenario = Callable[[Newsroom], Awaitable[None]]


def inside(scenario: Scenario, *settings: FeedSetting) -> None:
    async def main() -> None:
        async with open_database(None) as database:
            await scenario(Newsroom(database, settings=settings or (setting(),)))

    asyncio.run(main())


async def read(room: Newsroom) -> Reading:
    (reading,) = await room.feeding.round(room.settings)
    return reading


async def first(room: Newsroom) -> None:
    """Let the feed show two items for the first time."""
    room.feeds.hold("Wire", item(1, mark=b"1"), item(2, mark=b"2"))
    assert (await read(room)).new == 2


async def look_over_broken_items(room: Newsroom, *, known_fails: bool = True) -> Reading:
    """Look at the feed while nothing can be stored, or even looked up."""
    looker = await room.feeding.looker()
    items = BrokenItems(room.items, known_fails=known_fails)
    broken = replace(looker, taking=replace(looker.taking, items=items))
    book = room.feeding.book
    return (await broken.look(setting(), book.memory(setting()), book.health("Wire"))).reading


def test_of_what_is_settled_the_reader_is_told_the_key_and_the_date() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.hold("Wire", item(1, mark=b"1"), item(2), item(3, mark=b"3", published=None))
        await read(room)
        await read(room)

        before, now = room.feeds.asked
        at = item(1).published
        assert at is not None
        assert before.shown == {}
        assert now.shown == {
            b"1": (item(1).key, at.day, at.at),
            b"3": (item(3).key, None, None),
        }

    inside(scenario)


def test_news_beside_what_is_shown_again_are_taken_and_nothing_else_changes() -> None:
    async def scenario(room: Newsroom) -> None:
        await first(room)
        before = await room.stored()
        again = ((0, b"1"), (2, b"2"))
        room.feeds.answers["Wire"] = Brought(items=(item(3, mark=b"3"),), again=again)

        reading = await read(room)

        assert reading == Reading(source="Wire", new=1, articles=3)
        after = await room.stored()
        assert {id_: after[id_] for id_ in before} == before
        assert (await read(room)).new == 0
        assert set(room.feeds.asked[2].shown) == {b"1", b"2", b"3"}

    inside(scenario)


def test_where_all_is_shown_again_the_archive_is_not_asked() -> None:
    async def scenario(room: Newsroom) -> None:
        await first(room)
        room.feeds.answers["Wire"] = Brought(items=(), again=((0, b"1"), (1, b"2")))

        looked = await look_over_broken_items(room)

        assert looked == Reading(source="Wire", articles=2)

    inside(scenario)


def test_what_is_no_more_shown_is_known_when_it_returns() -> None:
    async def scenario(room: Newsroom) -> None:
        await first(room)
        room.feeds.answers["Wire"] = Brought(items=(), again=((0, b"1"),))
        await read(room)
        room.feeds.hold("Wire", item(1, mark=b"1"), item(2, mark=b"2"))

        assert (await read(room)).new == 0
        assert set(room.feeds.asked[2].shown) == {b"1"}

    inside(scenario)


def test_an_item_whose_page_is_to_be_read_is_read_again() -> None:
    async def scenario(room: Newsroom) -> None:
        teaser = item(1, mark=b"1", extent=Extent.TEASER)
        room.feeds.hold("Wire", teaser, item(2, mark=b"2"))
        await read(room)
        await read(room)
        assert set(room.feeds.asked[1].shown) == {b"2"}
        # It was tried twice: what the feed brings stands.
        await read(room)
        assert set(room.feeds.asked[2].shown) == {b"1", b"2"}

    inside(scenario, setting(fulltext=FullText.AUTO))


def test_all_is_read_again_where_the_feed_is_set_otherwise() -> None:
    async def scenario(room: Newsroom) -> None:
        await first(room)
        changed = replace(room.settings[0], reuse=Reuse.HEADLINE)
        (reading,) = await room.feeding.round([changed])

        assert room.feeds.asked[1].shown == {}
        assert reading.new == 0
        assert {one.text for one in (await room.stored()).values()} == {""}

    inside(scenario)


def test_what_could_not_be_stored_is_read_again() -> None:
    async def scenario(room: Newsroom) -> None:
        await first(room)
        room.feeds.answers["Wire"] = Brought(items=(item(3, mark=b"3"),), again=((1, b"1"),))
        assert (await look_over_broken_items(room, known_fails=False)).trouble

        room.feeds.hold("Wire", item(3, mark=b"3"), item(1, mark=b"1"))
        assert (await read(room)).new == 1
        assert room.feeds.asked[2].shown == {}

    inside(scenario)
