"""A month of fifty newsrooms: nothing is missed, with few looks, and only the dead are stale."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from random import Random

import pytest

from bot.app.feed import Brought, FeedMemory, FeedSetting, FullText, Item, Unchanged
from bot.app.feed_items import Known, Shelf, Taken
from bot.app.feed_look import Looker
from bot.app.feed_plan import Bounds, after_answer
from bot.app.feed_taking import FeedTaking
from bot.app.feed_texts import Texts
from bot.app.revision import Revision
from bot.core.health import Health, Standing
from bot.core.rhythm import Rhythm, learned, standing
from bot.core.values import Article, Extent, Published
from tests.fakes.feeds import ScriptedPages
from tests.fakes.newsrooms import BEGIN, DAY, END, Newsroom, dice, fifty

pytestmark = pytest.mark.slow

#: What is compared with: a look each quarter of an hour.
FIXED = 4 * 24 * 30
#: What was published so shortly before the end need not be seen yet.
LATELY = timedelta(hours=6)


@dataclass
class Month:
    """What came of a month."""

    looks: int = 0
    seen: set[int] = field(default_factory=set)
    #: The days on which it was found stale.
    stale: set[int] = field(default_factory=set)


@cache
def month() -> dict[Newsroom, Month]:
    """Return the months of all newsrooms, each looked at when its rhythm says so."""
    chance = dice(7)
    return {room: lived(room, chance) for room in fifty(dice(2025))}


def lived(room: Newsroom, chance: Random) -> Month:
    found, rhythm, now = Month(), Rhythm(), BEGIN
    before: Collection[int] = ()
    while now < END:
        shown = room.shown(now)
        # A server that knows that nothing has changed says so.
        brought = [] if shown == before else [room.moments[one] for one in shown]
        new = [one for one in shown if one not in found.seen]
        rhythm = learned(rhythm, now=now, brought=brought, new=len(new))
        before = shown
        found.looks += 1
        found.seen.update(new)
        if standing(rhythm) is Standing.STALE:
            found.stale.add((now - BEGIN).days)
        now = after_answer(rhythm, now=now, bounds=Bounds(), patience=0.0, chance=chance.random())
    return found


def missed(room: Newsroom, seen: Collection[int]) -> list[datetime]:
    return [
        room.moments[one]
        for one in room.due()
        if one not in seen and room.moments[one] < END - LATELY
    ]


def test_nothing_is_missed_though_wires_forget_within_six_hours() -> None:
    lost = {room.name: missed(room, it.seen) for room, it in month().items()}

    assert {name: moments for name, moments in lost.items() if moments} == {}
    assert sum(room.window == timedelta(hours=6) for room in month()) == 10


def test_half_the_looks_of_a_fixed_interval_are_enough() -> None:
    assert sum(it.looks for it in month().values()) <= FIXED * len(month()) / 2
    assert max(it.looks for it in month().values()) <= FIXED


def test_the_dead_are_found_within_a_week_and_nobody_else_is_called_so() -> None:
    for room, it in month().items():
        if room.dead is None:
            assert not it.stale, room.name
        else:
            # One that has died comes to be stale within a week, and then stays so.
            assert room.dead <= min(it.stale) <= room.dead + 7, room.name
            assert it.stale == set(range(min(it.stale), 30)), room.name


# The same through the use case


class Shelves:
    """Knows items as the archive does, in memory."""

    def __init__(self) -> None:
        self.known_: dict[bytes, Known] = {}
        self.shown: frozenset[bytes] = frozenset()
        self.articles: list[Article] = []

    async def known(self, source: str, keys: Collection[bytes], *, shown: bool = True) -> Shelf:
        del source
        known = {key: self.known_[key] for key in keys if key in self.known_}
        return Shelf(known=known, shown=self.shown if shown else frozenset())

    async def take(self, source: str, taken: Taken, *, now: datetime, imported: bool) -> int:
        del source, now, imported
        versions = {one.article.id: one.version for one in taken.found}
        self.articles += [one.article for one in taken.found]
        for key, (article, seen) in taken.keys.items():
            self.known_[key] = Known(article=article, seen=seen, version=versions[article])
        shown = self.shown | set(taken.keys) | set(taken.back)
        self.shown = shown - set(taken.gone)
        return len(self.articles)

    async def strip(self, source: str) -> int:
        raise AssertionError(source)


@dataclass
class Served:
    """Feeds (port ``Feeds``) that show what their newsroom has published by now; its own clock."""

    room: Newsroom
    moment: datetime = BEGIN
    before: Collection[int] = ()

    def now(self) -> datetime:
        return self.moment

    async def look(self, setting: FeedSetting, memory: FeedMemory) -> Brought | Unchanged:
        del setting, memory
        shown = self.room.shown(self.moment)
        if shown == self.before:
            return Unchanged()
        self.before = shown
        return Brought(items=tuple(map(self._item, reversed(shown))))

    def _item(self, place: int) -> Item:
        at = self.room.moments[place]
        return Item(
            key=f"{place}",
            url=f"https://news.example/{place}",
            title=f"Title {place}",
            text="",
            extent=Extent.HEADLINE,
            published=Published(day=at.date(), at=at),
        )


async def fed(room: Newsroom, end: datetime) -> tuple[list[Article], set[Standing], int]:
    """Return what was taken from a feed by the use case, how it stood, and the number of looks."""
    served, shelves, looks, stood = Served(room), Shelves(), 0, set[Standing]()
    texts = Texts(pages=ScriptedPages(), steady=lambda: 0.0)
    taking = FeedTaking(items=shelves, texts=texts, clock=served, revision=Revision())
    looker = Looker(
        feeds=served, taking=taking, clock=served, bounds=Bounds(), chance=dice(7).random
    )
    setting = FeedSetting(name="feed", address="https://news.example", fulltext=FullText.NEVER)
    memory = FeedMemory(source="feed", address=setting.address)
    health: Health | None = None
    while served.moment < end:
        looked = await looker.look(setting, memory, health)
        memory, health = looked.memory, looked.health
        stood.add(health.standing)
        looks += 1
        assert memory.next is not None
        assert looked.reading.faults == ()
        served.moment = memory.next
    return shelves.articles, stood, looks


def test_the_use_case_takes_all_of_it_in_once() -> None:
    rooms = {room.name.rstrip("0123456789 "): room for room in fifty(dice(5))}
    end = BEGIN + 3 * DAY

    for name, room in rooms.items():
        taken, stood, looks = asyncio.run(fed(room, end))
        due = [one for one in room.due() if room.moments[one] < end - LATELY]

        assert len({one.id for one in taken}) == len(taken), name
        assert {one.id for one in taken} >= {f"https://news.example/{one}" for one in due}, name
        assert (Standing.STALE in stood) == (room.dead == 0), name
        assert looks <= 3 * 24 * 6, name
