"""A feed brings each piece of news once, however often and however changed it shows it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from bot.app.feed import Brought, FeedSetting, FullText, Reuse, Unchanged
from bot.core.faults import Reading
from bot.core.health import Fault, Reason, Standing
from bot.core.values import Extent, Published
from bot.store.database import open_database
from bot.store.feed_tables import feed_memories
from bot.store.intake import Intake
from tests.fakes.feeds import BrokenItems, Newsroom, failing, item, setting
from tests.fakes.press import NOW

Scenario = Callable[[Newsroom], Awaitable[None]]


def inside(scenario: Scenario, *settings: FeedSetting) -> None:
    async def main() -> None:
        async with open_database(None) as database:
            await scenario(Newsroom(database, settings=settings or (setting(),)))

    asyncio.run(main())


async def read(room: Newsroom) -> Reading:
    """Look at the one feed there is."""
    (reading,) = await room.feeding.round(room.settings)
    return reading


def test_what_a_feed_brings_is_stored_under_its_canonical_link() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.hold("Wire", item(1, url="http://Wire.example/news/1?utm_source=feed#top"))

        reading = await read(room)

        assert reading == Reading(source="Wire", new=1, articles=1)
        (found,) = (await room.stored()).values()
        assert (found.id, found.url) == (
            "https://wire.example/news/1",
            "http://Wire.example/news/1?utm_source=feed#top",
        )
        assert (found.extent, found.source, found.published) == (
            Extent.WHOLE,
            "Wire",
            item(1).published,
        )

    inside(scenario)


def test_the_first_fill_is_an_import_and_what_comes_later_is_news() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.hold("Wire", item(1))
        await read(room)
        room.later(hours=1)
        room.feeds.hold("Wire", item(0), item(1))
        await read(room)

        stored = {one.article.id: one for one in await room.archive.articles()}
        assert [stored[f"https://wire.example/news/{n}"].imported for n in (1, 0)] == [True, False]
        assert stored["https://wire.example/news/0"].seen == NOW + timedelta(hours=1)

    inside(scenario)


AGAIN = {
    "the same": {},
    "a guid changed": {"key": "other"},
    "a link changed": {"url": "https://wire.example/moved/1"},
    "a guid and a link changed": {"key": "other", "url": "https://new.example/1"},
    "a date changed": {"published": Published(day=NOW.date(), at=NOW)},
    "a date lost": {"published": None},
    "a title changed": {"title": "Leaders agree on it after all"},
    "guid, link and date changed": {
        "key": "https://new.example/1",
        "url": "https://new.example/1",
        "published": Published(day=NOW.date(), at=NOW),
    },
}


@pytest.mark.parametrize("changed", AGAIN.values(), ids=AGAIN)
def test_an_item_is_never_news_again(changed: dict[str, Any]) -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.hold("Wire", item(2))
        await read(room)
        room.later(hours=1)
        room.feeds.hold("Wire", item(1), item(2))
        await read(room)
        before = {one.article.id: one for one in await room.archive.articles()}
        room.later(days=1)
        room.feeds.hold("Wire", item(1, **changed), item(2))

        reading = await read(room)

        after = {one.article.id: one for one in await room.archive.articles()}
        assert reading.new == 0
        assert after.keys() == before.keys()
        for id_, one in after.items():
            assert (one.seen, one.imported) == (before[id_].seen, before[id_].imported)
            assert one.article.published == before[id_].article.published

    inside(scenario)


def test_a_changed_text_is_shown_under_the_same_id() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.hold("Wire", item(1))
        await read(room)
        room.feeds.hold("Wire", item(1, text="They met. It was corrected later.", title="Met"))

        reading = await read(room)

        assert (reading.new, reading.changed, reading.articles) == (0, 1, 1)
        (found,) = (await room.stored()).values()
        assert (found.title, found.text) == ("Met", "They met. It was corrected later.")

    inside(scenario)


def test_a_guid_or_a_link_that_many_items_share_tells_nothing() -> None:
    async def scenario(room: Newsroom) -> None:
        page = "https://wire.example/"
        room.feeds.hold("Wire", *(item(n, key="1", url=page) for n in range(3)))

        first = await read(room)
        second = await read(room)

        assert (first.new, second.new, second.changed) == (3, 0, 0)
        assert all(id_.startswith("Wire/#") for id_ in await room.stored())

    inside(scenario)


def test_an_item_that_is_there_twice_is_one_article() -> None:
    async def scenario(room: Newsroom) -> None:
        twin = item(1, key="twin", url="https://wire.example/other/1")
        room.feeds.hold("Wire", item(1), item(1), twin)
        first = await read(room)
        # The one that was left is known, too.
        room.feeds.hold("Wire", twin)
        second = await read(room)

        assert (first.new, second.new, second.changed) == (1, 0, 1)

    inside(scenario)


def test_an_item_without_a_link_is_known_by_its_guid() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.hold("Wire", item(1, url=None))
        first = await read(room)
        room.feeds.hold("Wire", item(1, url=None, title="Another title, the same guid"))
        second = await read(room)

        assert (first.new, second.new, second.changed) == (1, 0, 1)

    inside(scenario)


def test_what_leaves_the_feed_stays_and_is_known_when_it_returns() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.hold("Wire", item(1), item(2))
        await read(room)
        room.feeds.hold("Wire", item(2))
        left = await read(room)
        room.feeds.hold("Wire", item(1), item(2))
        back = await read(room)

        assert (left.articles, left.withdrawn) == (2, 0)
        assert (back.new, back.changed) == (0, 0)
        shelf = await room.items.known("Wire", [])
        assert len(shelf.shown) == 6

    inside(scenario)


def test_a_moved_feed_whose_ids_and_links_are_new_brings_an_import() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.hold("Wire", item(1))
        await read(room)
        room.settings = (setting(address="https://elsewhere.example/rss"),)
        room.feeds.hold("Wire", item(1, key="x", url="https://elsewhere.example/1"), item(5))
        await read(room)

        stored = {one.article.id: one for one in await room.archive.articles()}
        assert len(stored) == 2
        assert all(one.imported for one in stored.values())

    inside(scenario)


def test_an_old_item_that_the_archive_let_go_of_is_not_stored_again() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.hold("Wire", item(1))
        await read(room)
        room.later(days=40)
        # The feed is still asked, and still shows it.
        await read(room)
        assert await Intake(room.database).prune(NOW + timedelta(days=30)) == 1
        room.feeds.hold("Wire", item(1, title="Changed a little since then"))

        reading = await read(room)

        assert (reading.new, reading.changed) == (0, 0)
        assert await room.stored() == {}

    inside(scenario)


def test_two_feeds_with_one_link_keep_the_fuller_text_and_the_earlier_date() -> None:
    async def scenario(room: Newsroom) -> None:
        one, two = room.settings
        whole, teaser = item(1), item(1, text="They met.", extent=Extent.TEASER)
        later = Published(day=NOW.date(), at=NOW)
        room.feeds.hold("Wire", teaser)
        room.feeds.hold("Post", replace(whole, published=later))
        await room.feeding.round([one])
        await room.feeding.round([two])
        room.feeds.hold("Wire", replace(teaser, text="They met again."))
        await room.feeding.round([one])

        (found,) = (await room.stored()).values()
        assert (found.source, found.text, found.extent) == ("Post", whole.text, Extent.WHOLE)
        assert found.published == whole.published

    never = setting(fulltext=FullText.NEVER)
    there = "https://rss.wire.example/post"
    inside(scenario, never, setting("Post", address=there, fulltext=FullText.NEVER))


def test_a_date_that_comes_late_makes_no_article_younger() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.hold("Wire", item(1, published=None), item(2, published=None))
        await read(room)
        room.later(days=3)
        tomorrow = Published(day=NOW.date() + timedelta(days=2))
        yesterday = Published(day=NOW.date() - timedelta(days=1))
        room.feeds.hold(
            "Wire",
            item(1, published=tomorrow, text="It changed."),
            item(2, published=yesterday, text="It changed, too."),
        )
        await read(room)

        found = await room.stored()
        assert found["https://wire.example/news/1"].published is None
        assert found["https://wire.example/news/2"].published == yesterday

    inside(scenario)


def test_an_item_that_says_nothing_is_a_fault_and_the_rest_goes_on() -> None:
    async def scenario(room: Newsroom) -> None:
        empty = item(1, title=None, text="", extent=Extent.HEADLINE)
        nameless = replace(empty, url=None)
        room.feeds.hold("Wire", empty, item(2), nameless)

        reading = await read(room)

        assert (reading.new, reading.faults) == (
            1,
            (
                Fault(name="https://wire.example/news/1", reason=Reason.NO_TEXT),
                Fault(name="guid-1", reason=Reason.NO_TEXT),
            ),
        )
        (health,) = await room.healths.all()
        assert health.faults == reading.faults

    inside(scenario)


def test_of_a_source_with_headlines_alone_no_text_is_kept() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.hold("Wire", item(1), item(2, title=None))

        reading = await read(room)

        (found,) = (await room.stored()).values()
        assert (found.text, found.extent, room.pages.asked) == ("", Extent.HEADLINE, [])
        assert [fault.reason for fault in reading.faults] == [Reason.NO_TEXT]

    inside(scenario, setting(reuse=Reuse.HEADLINE, fulltext=FullText.ALWAYS))


def test_the_page_is_read_where_the_feed_is_not_whole() -> None:
    async def scenario(room: Newsroom) -> None:
        room.pages.texts["https://wire.example/news/1"] = "The whole of it."
        teaser = item(1, text="They met ...", extent=Extent.TEASER)
        room.feeds.hold("Wire", item(0), teaser, item(2, url=None, extent=Extent.TEASER))

        await read(room)
        await read(room)

        found = {one.text: one.extent for one in (await room.stored()).values()}
        assert found["The whole of it."] is Extent.WHOLE
        assert room.pages.asked == ["https://wire.example/news/1"]

    inside(scenario)


def test_every_page_is_read_where_that_is_set() -> None:
    async def scenario(room: Newsroom) -> None:
        room.pages.texts["https://wire.example/news/1"] = "The whole of it."
        room.feeds.hold("Wire", item(1))

        await read(room)

        assert [one.text for one in (await room.stored()).values()] == ["The whole of it."]

    inside(scenario, setting(fulltext=FullText.ALWAYS))


def test_a_page_that_cannot_be_read_is_tried_twice_and_no_more() -> None:
    async def scenario(room: Newsroom) -> None:
        teaser = item(1, text="They met ...", extent=Extent.TEASER)
        room.feeds.hold("Wire", teaser, etag="1")
        for _ in range(4):
            await read(room)

        (found,) = (await room.stored()).values()
        assert (found.text, found.extent) == ("They met ...", Extent.TEASER)
        assert len(room.pages.asked) == 2
        (memory,) = await room.memories.all()
        assert memory.etag == "1"

    inside(scenario)


def test_a_page_that_could_not_be_read_is_tried_again_though_the_feed_has_nothing_new() -> None:
    async def scenario(room: Newsroom) -> None:
        teaser = item(1, text="They met ...", extent=Extent.TEASER)
        room.feeds.hold("Wire", teaser, etag="1")
        await read(room)
        (memory,) = await room.memories.all()
        assert memory.etag is None
        assert memory.next is not None
        assert memory.next - NOW > timedelta(minutes=5)

        room.pages.texts["https://wire.example/news/1"] = "They met in Astana and agreed."
        await read(room)

        (found,) = (await room.stored()).values()
        assert found.extent is Extent.WHOLE
        (memory,) = await room.memories.all()
        assert memory.etag == "1"

    inside(scenario)


def test_what_a_crash_left_unnoted_of_a_first_look_makes_no_import_of_the_next() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.hold("Wire", item(1))
        await read(room)
        await room.database.write(lambda connection: connection.execute(delete(feed_memories)))
        room.later(hours=1)
        room.feeds.hold("Wire", item(0), item(1))
        (reading,) = await room.fresh().round(room.settings)

        stored = {one.article.id: one.imported for one in await room.archive.articles()}
        assert reading.new == 1
        assert stored["https://wire.example/news/0"] is False

    inside(scenario)


def test_only_some_pages_are_read_at_a_look_and_the_rest_soon() -> None:
    async def scenario(room: Newsroom) -> None:
        many = [item(n, text="They met ...", extent=Extent.TEASER) for n in range(25)]
        room.pages.texts = {f"https://wire.example/news/{n}": f"Page {n}." for n in range(25)}
        room.feeds.hold("Wire", *many, etag="1")
        reads = []
        for _ in range(4):
            reading = await read(room)
            (memory,) = await room.memories.all()
            reads.append((reading.new, reading.changed, len(room.pages.asked), memory.etag))
            assert memory.next is not None
            soon = memory.next - room.clock.moment <= timedelta(minutes=2)
            assert soon == (memory.etag is None)
            room.later(minutes=2)

        assert reads == [(25, 0, 10, None), (0, 10, 20, None), (0, 5, 25, "1"), (0, 0, 25, "1")]
        assert all(one.extent is Extent.WHOLE for one in (await room.stored()).values())

    inside(scenario)


def test_pages_have_so_much_time_and_no_more() -> None:
    async def scenario(room: Newsroom) -> None:
        room.pages.texts = {f"https://wire.example/news/{n}": f"Page {n}." for n in range(3)}
        room.texts = replace(room.texts, seconds=0.0)
        room.feeds.hold("Wire", item(1, text="They met ...", extent=Extent.TEASER))

        await read(room)

        assert [one.extent for one in (await room.stored()).values()] == [Extent.TEASER]

    inside(scenario)


def test_a_page_that_hangs_is_left() -> None:
    async def scenario(room: Newsroom) -> None:
        room.pages.hangs = True
        room.texts = replace(room.texts, seconds=0.01)
        room.feeds.hold("Wire", item(1, text="They met ...", extent=Extent.TEASER))

        await read(room)

        assert [one.extent for one in (await room.stored()).values()] == [Extent.TEASER]

    inside(scenario)


def test_a_feed_that_says_nothing_new_changes_nothing_but_when_it_is_asked() -> None:
    async def scenario(room: Newsroom) -> None:
        bad = Fault(name="Wire", reason=Reason.BROKEN_FEED)
        room.feeds.answers["Wire"] = Brought(
            items=(item(1),), etag="1", modified="Mon", faults=(bad,)
        )
        await read(room)
        room.later(hours=1)
        room.feeds.answers["Wire"] = Unchanged(patience=60.0, modified="Tue")
        reading = await read(room)

        assert reading == Reading(source="Wire", articles=1, faults=(bad,))
        (memory,) = await room.memories.all()
        assert (memory.etag, memory.modified, memory.answered) == ("1", "Tue", room.clock.moment)
        (health,) = await room.healths.all()
        assert (health.checked, health.faults, health.brought) == (room.clock.moment, (bad,), NOW)
        assert (health.standing, health.next) == (Standing.OK, memory.next)
        assert health.newest == item(1).published

    inside(scenario)


def test_a_feed_that_fails_keeps_what_is_known_of_it() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.hold("Wire", item(1), etag="1")
        await read(room)
        since = room.later(hours=1)
        room.feeds.answers["Wire"] = failing("https://wire.example/feed")
        first = await read(room)
        room.later(hours=1)
        second = await read(room)

        fault = Fault(name="Wire", reason=Reason.NO_ANSWER)
        assert first == second == Reading(source="Wire", articles=1, failing=fault)
        (health,) = await room.healths.all()
        assert (health.failing, health.since, health.tries) == (fault, since, 2)
        assert (health.articles, health.standing) == (1, Standing.FAILING)
        (memory,) = await room.memories.all()
        assert (memory.etag, memory.failures, memory.answered) == ("1", 2, NOW)

        room.feeds.answers["Wire"] = Unchanged()
        await read(room)
        (health,) = await room.healths.all()
        assert (health.failing, health.since, health.tries) == (None, None, 0)

    inside(scenario)


def test_an_ended_feed_is_asked_no_more_until_it_is_set_up_anew() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.answers["Wire"] = failing("Wire", Reason.GONE)
        await read(room)

        (health,) = await room.healths.all()
        assert (health.standing, health.next) == (Standing.RETIRED, None)
        room.later(days=400)
        assert await room.feeding.once() == ()

        room.settings = (setting(address="https://wire.example/new"),)
        assert len(await room.fresh().once()) == 1

    inside(scenario)


def test_an_ended_feed_that_answers_again_is_asked_as_before() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.answers["Wire"] = failing("Wire", Reason.GONE)
        await read(room)
        room.feeds.hold("Wire", item(1))
        await read(room)

        (memory,) = await room.memories.all()
        assert not memory.retired
        room.later(days=1)
        assert len(await room.feeding.once()) == 1

    inside(scenario)


def test_an_ended_feed_whose_news_could_not_be_stored_is_asked_again() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.answers["Wire"] = failing("Wire", Reason.GONE)
        await read(room)
        room.items = BrokenItems(room.items)
        room.feeds.hold("Wire", item(1))
        feeding = room.fresh()
        await feeding.round(room.settings)

        room.later(minutes=5)
        assert len(await feeding.once()) == 1

    inside(scenario)


def test_what_nobody_thought_of_stops_one_feed_and_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.answers["Wire"] = KeyError("title")
        room.feeds.hold("Post", item(1))

        readings = await room.feeding.round(room.settings)

        fault = Fault(name="Wire", reason=Reason.BROKEN_FEED, detail="KeyError")
        assert {one.source: one.failing for one in readings} == {"Wire": fault, "Post": None}

    inside(scenario, setting(), setting("Post"))
    assert "The feed Wire could not be read." in caplog.text


def test_a_day_alone_is_dated_by_its_first_sighting_in_the_rhythm() -> None:
    async def scenario(room: Newsroom) -> None:
        room.feeds.hold("Wire", item(1, published=Published(day=date(2025, 9, 1))))
        await read(room)
        room.later(hours=2)
        room.feeds.hold("Wire", item(1, published=Published(day=date(2025, 9, 1))), item(9))
        await read(room)

        (memory,) = await room.memories.all()
        assert memory.rhythm.newest == NOW

    inside(scenario)
