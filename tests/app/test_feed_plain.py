"""Looking at what is new of a feed alone finds the same as looking at all of it."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import blake2b

import pytest
from sqlalchemy import Connection, select

from bot.app.feed import Brought, FeedMemory, FeedSetting, Item
from bot.core.faults import Reading
from bot.core.values import Article, Published
from bot.store.database import open_database
from bot.store.feed_tables import feed_items
from tests.fakes.feeds import Newsroom, item, setting
from tests.fakes.press import NOW

LOOKS = 12


class Marking:
    """Feeds whose reader marks items, and reads none again that is shown again."""

    def __init__(self, *, marks: bool) -> None:
        self.marks = marks
        self.items: Sequence[Item] = ()
        #: How many items were read, and how many were not.
        self.read = self.again = 0

    async def look(self, setting: FeedSetting, memory: FeedMemory) -> Brought:
        del setting
        if not self.marks:
            return Brought(items=tuple(self.items))
        marked = {mark(one): one for one in self.items}
        again = [(place, one) for place, one in enumerate(marked) if one in memory.shown]
        items = tuple(
            replace(one, mark=key) for key, one in marked.items() if key not in memory.shown
        )
        self.read += len(items)
        self.again += len(again)
        return Brought(items=items, again=tuple(again))


def mark(one: Item) -> bytes:
    return blake2b(repr(one).encode(), digest_size=12).digest()


def shows(chance: random.Random) -> list[list[Item]]:
    """Return what an unruly feed shows at each look."""
    number = 6
    items = [item(one) for one in range(number)]
    found = [items]
    for _ in range(LOOKS):
        items = list(items)
        for _ in range(chance.randrange(3)):
            items.insert(0, new(number, items, chance))
            number += 1
        for _ in range(chance.choice([0, 0, 1])):
            place = chance.randrange(len(items))
            items[place] = changed(items[place], chance)
        if chance.random() < 0.2:
            items.append(chance.choice(found[0]))
        found.append(items[: chance.randrange(5, 9)])
        items = found[-1]
    return found


def new(number: int, items: Sequence[Item], chance: random.Random) -> Item:
    """Return a new item; some have to do with another one."""
    one, other = item(number), chance.choice(items)
    odd = (
        replace(one, url=other.url),
        replace(one, title=other.title, text=other.text),
        replace(one, title=other.title, text=""),
        replace(one, published=None),
        replace(one, key=other.key),
        replace(one, url=None),
    )
    return chance.choice((one, chance.choice(odd)))


def changed(one: Item, chance: random.Random) -> Item:
    """Return an item that was edited."""
    match chance.randrange(4):
        case 0:
            return replace(one, title=f"{one.title}, again")
        case 1:
            return replace(one, key=f"{one.key}-2")
        case 2:
            return replace(one, url=f"https://wire.example/moved/{chance.randrange(99)}")
        case _:
            at = NOW - timedelta(minutes=chance.randrange(99))
            return replace(one, published=Published(day=at.date(), at=at))


async def after(
    looks: Sequence[Sequence[Item]], feeds: Marking
) -> tuple[list[Reading], dict[str, Article], list[tuple[bytes, str, bool]]]:
    """Return what came of each look, and what is stored and known after all of them."""

    def keys(connection: Connection) -> list[tuple[bytes, str, bool]]:
        query = select(feed_items.c.key, feed_items.c.article, feed_items.c.gone)
        rows = connection.execute(query.order_by(feed_items.c.key))
        return [(row.key, row.article, row.gone is None) for row in rows]

    async with open_database(None) as database:
        room = Newsroom(database, settings=(setting(),))
        looker = replace(await room.feeding.looker(), feeds=feeds)
        book = room.feeding.book
        readings = []
        for shown in looks:
            feeds.items = shown
            looked = await looker.look(setting(), book.memory(setting()), book.health("Wire"))
            await book.note(looked)
            readings.append(looked.reading)
        return readings, await room.stored(), await database.read(keys)


@pytest.mark.parametrize("seed", range(25))
def test_what_is_new_alone_tells_the_same_as_the_whole_feed(seed: int) -> None:
    looks = shows(random.Random(seed))  # noqa: S311 - a test keeps no secret
    marking = Marking(marks=True)

    found = asyncio.run(after(looks, marking))

    assert found == asyncio.run(after(looks, Marking(marks=False)))
    assert marking.again > marking.read


@pytest.mark.parametrize(
    "last",
    [
        [item(3), replace(item(3), key="guid-3-2"), item(1), item(2)],
        [replace(item(3), key="guid-1"), replace(item(1), key="guid-1-2"), item(2)],
        [replace(item(1), key="guid-1-2"), item(2), replace(item(3), key="guid-1")],
    ],
    ids=["twins", "an id that was given up", "the same behind its new one"],
)
def test_news_that_have_to_do_with_each_other_or_with_older_ones_are_found_out(
    last: Sequence[Item],
) -> None:
    looks = [[item(1), item(2)], [replace(item(1), key="guid-1-2"), item(2)], last, last]

    found = asyncio.run(after(looks, Marking(marks=True)))

    assert found == asyncio.run(after(looks, Marking(marks=False)))
