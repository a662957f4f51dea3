"""Feeds and pages that say what they are told, and the use cases over them and a database."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.app.feed import (
    Brought,
    FeedMemory,
    FeedSetting,
    Item,
    Unchanged,
)
from bot.app.feed import Memories as MemoriesPort
from bot.app.feed_book import Book
from bot.app.feed_items import FeedItems as ItemsPort
from bot.app.feed_items import Shelf
from bot.app.feed_look import Looker
from bot.app.feed_plan import Bounds
from bot.app.feed_taking import FeedTaking
from bot.app.feed_texts import Texts
from bot.app.feeds import Feeding
from bot.app.revision import Revision
from bot.app.roll import Roll
from bot.core.errors import FeedError, StoreError
from bot.core.health import Fault, Reason
from bot.core.values import Article, Extent, Published
from bot.store.added import Added
from bot.store.archive import Archive
from bot.store.database import Database
from bot.store.feed_items import FeedItems
from bot.store.healths import Healths
from bot.store.memories import Memories
from tests.fakes.press import NOW, StandingClock

TEXT = "Leaders met in Bishkek on Tuesday. They agreed on trade of number {number}."


def setting(name: str = "Wire", **given: Any) -> FeedSetting:  # noqa: ANN401 - its fields
    """Return a feed that stands at a host of its own."""
    plain = FeedSetting(name=name, address=f"https://{name.lower()}.example/feed")
    return replace(plain, **given)


def item(number: int, **given: Any) -> Item:  # noqa: ANN401 - its fields
    """Return an item with a guid, a link, a title, a text and a date of its own."""
    moment = NOW - timedelta(hours=number)
    plain = Item(
        key=f"guid-{number}",
        url=f"https://wire.example/news/{number}",
        title=f"Leaders agree on matter number {number}",
        text=TEXT.format(number=number),
        extent=Extent.WHOLE,
        published=Published(day=moment.date(), at=moment),
    )
    return replace(plain, **given)


def failing(name: str, reason: Reason = Reason.NO_ANSWER, **given: float) -> FeedError:
    return FeedError(Fault(name=name, reason=reason), **given)


Answer = Brought | Unchanged | Exception


@dataclass
class ScriptedFeeds:
    """Answers by name what it was told last, and notes what it was asked with."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[FeedMemory] = field(default_factory=list)
    #: Waits before it answers.
    pause: Callable[[FeedSetting], Awaitable[object]] | None = None

    def hold(self, name: str, *items: Item, etag: str | None = None) -> None:
        self.answers[name] = Brought(items=items, etag=etag)

    async def look(self, setting: FeedSetting, memory: FeedMemory) -> Brought | Unchanged:
        if self.pause is not None:
            await self.pause(setting)
        self.asked.append(memory)
        answer = self.answers.get(setting.name, Unchanged())
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def names(self) -> list[str]:
        return [memory.source for memory in self.asked]


@dataclass
class ScriptedPages:
    """Gives the text of a page by its address; what it was not told of cannot be read."""

    texts: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    hangs: bool = False

    async def text(self, setting: FeedSetting, item: Item) -> Item | None:
        del setting
        assert item.url is not None
        self.asked.append(item.url)
        if self.hangs:
            await asyncio.Event().wait()
        if item.url not in self.texts:
            return None
        return replace(item, text=self.texts[item.url], extent=Extent.WHOLE)

    async def article(self, address: str) -> Article:
        raise AssertionError(address)


@dataclass
class Newsroom:
    """Feeding over a database, and all that it stands on."""

    database: Database
    settings: Sequence[FeedSetting] = (setting(),)
    feeds: ScriptedFeeds = field(default_factory=ScriptedFeeds)
    pages: ScriptedPages = field(default_factory=ScriptedPages)
    clock: StandingClock = field(default_factory=StandingClock)
    revision: Revision = field(default_factory=Revision)
    #: Seconds that go by for pages and notes.
    seconds: float = 0.0
    chance: float = 0.0

    def __post_init__(self) -> None:
        self.items: ItemsPort = FeedItems(self.database)
        self.archive = Archive(self.database)
        self.healths = Healths(self.database)
        self.memories = Memories(self.database)
        self.added = Added(self.database)
        self.texts = Texts(pages=self.pages, steady=lambda: self.seconds)
        self.feeding = self.fresh()

    def fresh(self, memories: MemoriesPort | None = None) -> Feeding:
        """Return the use case as a new process has it."""
        roll = Roll([], self.settings, self.added)
        book = Book(memories or self.memories, self.healths, steady=lambda: self.seconds)
        made: list[Looker] = []

        async def looker() -> Looker:
            if not made:
                made.append(self.looker())
            return made[0]

        return Feeding(roll=roll, looker=looker, book=book, clock=self.clock, workers=4)

    def looker(self) -> Looker:
        taking = FeedTaking(
            items=self.items, texts=self.texts, clock=self.clock, revision=self.revision
        )
        return Looker(
            feeds=self.feeds,
            taking=taking,
            clock=self.clock,
            bounds=Bounds(),
            chance=lambda: self.chance,
        )

    def later(self, **given: float) -> datetime:
        """Let time go by."""
        self.clock.moment += timedelta(**given)
        return self.clock.moment

    async def stored(self) -> dict[str, Article]:
        found = await self.archive.articles()
        return {one.article.id: one.article for one in found}


@dataclass
class BrokenItems:
    """An archive of items that fails: at once, or only when it is to take something in."""

    items: ItemsPort
    known_fails: bool = False

    async def known(self, source: str, keys: Collection[bytes], *, shown: bool = True) -> Shelf:
        if self.known_fails:
            raise StoreError("The disk is full.")
        return await self.items.known(source, keys, shown=shown)

    async def take(self, *_: object, **__: object) -> int:
        raise StoreError("The disk is full.")

    async def strip(self, source: str) -> int:
        raise StoreError(f"The disk is full: {source} keeps its texts.")
