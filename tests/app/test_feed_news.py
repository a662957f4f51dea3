"""Who gathers hears of feeds, too: what they bring at first, and what comes later."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from bot.app.gather import Gather
from bot.core.errors import StoreError
from bot.core.faults import Reading
from bot.core.health import Fault, Reason
from tests.fakes.memory import MemoryArchive, MemoryHealths
from tests.fakes.press import ScriptedSource, StandingClock, article

GONE = Reading(source="Wire", failing=Fault(name="Wire", reason=Reason.GONE))
NEWS = Reading(source="Wire", new=1, articles=3)
NOTHING = Reading(source="Wire", articles=3)


@dataclass
class News:
    """Feeds that bring what they are told."""

    first: Sequence[Reading] = ()
    later: Sequence[Reading] = ()
    broken: bool = False
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def once(self) -> Sequence[Reading]:
        if self.broken:
            raise StoreError("The disk is full.")
        return self.first

    async def readings(self) -> AsyncIterator[Reading]:
        for reading in self.later:
            yield reading
        self.heard.set()
        await asyncio.Event().wait()


def gathering(news: News | None) -> Gather:
    source = ScriptedSource(ends=True)
    source.hold(article(1))
    return Gather(
        sources=[source],
        intake=MemoryArchive(),
        healths=MemoryHealths(),
        clock=StandingClock(),
        feeds=news,
    )


def test_all_is_read_once() -> None:
    read = asyncio.run(gathering(News(first=[NEWS])).all_once())

    assert [one.source for one in read] == ["wire", "Wire"]
    assert len(asyncio.run(gathering(None).all_once())) == 1


def test_an_archive_that_cannot_be_asked_for_feeds_is_said() -> None:
    (said,) = asyncio.run(gathering(News(broken=True)).feeds_once())

    assert said.trouble == "The disk is full."


def test_what_comes_later_is_told_unless_it_was_told_before() -> None:
    told: list[Reading] = []

    async def tell(reading: Reading) -> None:
        told.append(reading)

    async def scenario() -> None:
        news = News(later=[GONE, GONE, NOTHING, NEWS, GONE])
        gather = gathering(news)
        watching = asyncio.create_task(gather.watch(tell, told=[GONE]))
        await news.heard.wait()
        watching.cancel()
        await asyncio.wait({watching})

    asyncio.run(scenario())
    # That it works again is worth telling, and that it failed once more.
    assert told == [NOTHING, NEWS, GONE]
