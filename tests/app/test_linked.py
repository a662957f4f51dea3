"""The page that somebody names is read once, a few at a time, and kept nowhere."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app.feed import FeedSetting, Reuse
from bot.app.linked import AT_ONCE, KEPT, WAITING, BusyError, Linked, LinkedBriefs
from bot.core.health import Fault, Reason
from bot.core.values import Article, Extent
from tests.fakes.linked import WrittenPages, linked
from tests.fakes.memory import MemoryArchive
from tests.fakes.press import NOW, StandingClock

URL = "https://example.org/harbour"
ARTICLE = Article(
    id=URL,
    source="example.org",
    url=URL,
    title="Port Ember opens",
    text="The harbour of Port Ember opened on Monday. It cost $5 million, the mayor said.",
)


class Room:
    def __init__(self, *pages: Article | Fault, feeds: Sequence[FeedSetting] = ()) -> None:
        self.archive, self.clock = MemoryArchive(), StandingClock()
        self.pages = WrittenPages({_address(each): each for each in pages})
        self.briefs = linked(self.archive, self.clock, self.pages, feeds)

    def asks(self, *addresses: str) -> list[Linked | Fault]:
        async def ask() -> list[Linked | Fault]:
            return [await self.briefs.of(address) for address in addresses]

        return asyncio.run(ask())


def _address(page: Article | Fault) -> str:
    return page.name if isinstance(page, Fault) else page.url or ""


def test_a_page_becomes_a_brief_and_is_not_kept() -> None:
    room = Room(ARTICLE)

    (found,) = room.asks(URL)

    assert isinstance(found, Linked)
    assert (found.brief.headline.text, found.read, found.stored) == (ARTICLE.title, NOW, False)
    assert found.brief.facts.figures
    assert room.archive.rows == {}


def test_a_repeat_within_minutes_reads_nothing() -> None:
    room = Room(ARTICLE)

    room.asks(URL, "http://EXAMPLE.org/harbour?utm_source=chat#top", URL)
    room.clock.moment += timedelta(minutes=9)
    room.asks(URL)
    asked = len(room.pages.asked)
    room.clock.moment += timedelta(minutes=2)
    room.asks(URL)

    assert (asked, len(room.pages.asked)) == (1, 2)


def test_a_page_that_failed_is_tried_again_sooner() -> None:
    fault = Fault(name=URL, reason=Reason.NO_ANSWER, detail="30 seconds")
    room = Room(fault)

    assert room.asks(URL, URL) == [fault, fault]
    room.clock.moment += timedelta(minutes=2)
    room.asks(URL)

    assert len(room.pages.asked) == 2


def test_an_article_of_the_archive_is_not_fetched() -> None:
    room = Room()
    room.archive.add([ARTICLE], seen=NOW)

    (found,) = room.asks("http://example.org/harbour")

    assert isinstance(found, Linked)
    assert found.stored
    assert room.pages.asked == []


def test_a_headline_of_the_archive_is_no_article() -> None:
    room = Room(ARTICLE)
    room.archive.add([replace(ARTICLE, text="", extent=Extent.HEADLINE)], seen=NOW)

    (found,) = room.asks(URL)

    assert isinstance(found, Linked)
    assert not found.stored


CAPPED = FeedSetting(
    name="Harbour News", address="https://feeds.example.org/rss", reuse=Reuse.HEADLINE
)
ELSEWHERE = replace(CAPPED, address="https://feeds.elsewhere.example/rss")


def test_of_a_source_that_is_capped_only_the_headline_is_shown() -> None:
    room = Room(ARTICLE, feeds=[replace(CAPPED, enabled=False)])

    (found,) = room.asks(URL)

    assert isinstance(found, Linked)
    assert found.brief.headline.text == ARTICLE.title
    assert (found.brief.lines, found.brief.article.text) == ((), "")
    assert found.brief.article.extent is Extent.HEADLINE
    assert not found.brief.facts.figures


def test_a_page_that_a_capped_source_has_moved_is_capped_too() -> None:
    page = replace(ARTICLE, url=URL, id="https://www.example.org/harbour-2")
    moved = Room(feeds=[CAPPED])
    moved.pages.pages = {"https://short.example/1": page}

    (found,) = moved.asks("https://short.example/1")

    assert isinstance(found, Linked)
    assert found.brief.article.text == ""


def test_the_headline_of_a_capped_source_comes_from_the_archive() -> None:
    bare = replace(ARTICLE, source=ELSEWHERE.name, text="", extent=Extent.HEADLINE)
    room = Room(ARTICLE, feeds=[ELSEWHERE])
    room.archive.add([bare], seen=NOW)

    (found,) = room.asks(URL)

    assert isinstance(found, Linked)
    assert found.stored
    assert found.brief.article == bare
    assert room.pages.asked == []


def test_the_text_that_the_archive_has_of_a_capped_source_is_not_shown() -> None:
    room = Room(feeds=[ELSEWHERE])
    room.archive.add([replace(ARTICLE, source=ELSEWHERE.name)], seen=NOW)

    (found,) = room.asks(URL)

    assert isinstance(found, Linked)
    assert found.brief.article.text == ""


def test_only_some_briefs_are_kept() -> None:
    pages = [replace(ARTICLE, url=f"{URL}/{number}") for number in range(KEPT + 1)]
    room = Room(*pages)

    room.asks(*(page.url or "" for page in (*pages, pages[-1], pages[0])))

    assert len(room.pages.asked) == KEPT + 2


def test_who_asks_at_the_same_time_waits_for_the_same_page() -> None:
    room = Room(ARTICLE)

    async def ask() -> list[Linked | Fault]:
        return await asyncio.gather(*(room.briefs.of(URL) for _ in range(10)))

    assert len(set(map(id, asyncio.run(ask())))) == 1
    assert room.pages.asked == [URL]


def crowd(work: Callable[[LinkedBriefs, list[asyncio.Task[object]]], Awaitable[None]]) -> Room:
    """Do the work while as many pages are asked for as are let in, and none comes."""
    room = Room()

    async def run() -> None:
        room.pages.open.clear()
        tasks: list[asyncio.Task[object]] = [
            asyncio.create_task(room.briefs.of(f"{URL}/{number}"))
            for number in range(AT_ONCE + WAITING)
        ]
        for _ in range(5):
            await asyncio.sleep(0)
        await work(room.briefs, tasks)
        room.pages.open.set()
        await asyncio.gather(*tasks)

    asyncio.run(run())
    return room


def test_a_few_pages_are_read_at_once_and_few_wait() -> None:
    async def work(briefs: LinkedBriefs, tasks: list[asyncio.Task[object]]) -> None:
        del tasks
        with pytest.raises(BusyError):
            await briefs.of(f"{URL}/late")

    room = crowd(work)

    assert len(room.pages.asked) == AT_ONCE + WAITING
    assert not isinstance(room.asks(f"{URL}/late")[0], BusyError)


def test_a_page_that_never_comes_is_given_up() -> None:
    room = Room(ARTICLE)

    async def ask() -> Linked | Fault:
        room.pages.open.clear()
        return await replace(room.briefs, patience=0.05).of(URL)

    fault = asyncio.run(ask())

    assert isinstance(fault, Fault)
    assert fault.reason is Reason.NO_ANSWER
