"""Feeds are looked at as they fall due, no slow one holds up another, and nothing is forgotten."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app.feed import FeedMemory, FeedSetting
from bot.app.feed_book import TOGETHER
from bot.app.feeds import GATHER, Feeding, host
from bot.app.feeds_beside import FeedsIfFree
from bot.app.queue import Done
from bot.app.roll import Roll
from bot.core.delivery import Work
from bot.core.errors import StoreError
from bot.core.faults import Reading
from bot.core.health import Health, Reason
from bot.store.database import open_database
from bot.store.memories import Memories
from tests.fakes.feeds import BrokenItems, Newsroom, failing, item, setting
from tests.fakes.press import NOW

Scenario = Callable[[Newsroom], Awaitable[None]]


def inside(scenario: Scenario, *settings: FeedSetting) -> None:
    async def main() -> None:
        async with open_database(None) as database:
            room = Newsroom(database, settings=settings or (setting(),))
            await scenario(room)

    asyncio.run(main())


class Kept:
    """A queue that only keeps what is put."""

    def __init__(self) -> None:
        self.works: list[Work] = []

    async def put(self, works: Sequence[Work]) -> None:
        self.works += works


class NoList:
    """The added feeds of an archive that fails."""

    async def all(self) -> Sequence[FeedSetting]:
        raise StoreError("The disk is full.")


def listen(feeding: Feeding) -> tuple[list[Reading], asyncio.Task[None]]:
    """Return what is heard from the next turn on, and what hears it."""
    heard: list[Reading] = []
    told = heard.append

    async def hear() -> None:
        async for reading in feeding.readings():
            told(reading)

    return heard, asyncio.create_task(hear())


async def due(feeding: Feeding) -> list[str]:
    queue = Kept()
    await feeding.due(queue)
    return [work.args[0] for work in queue.works]


def test_a_feed_is_put_when_its_time_has_come() -> None:
    async def scenario(room: Newsroom) -> None:
        queue = Kept()
        assert await room.feeding.due(queue) == 2
        assert queue.works[0] == Work(
            kind=GATHER, args=("Wire",), line="wire.example", key="gather:Wire"
        )

        await room.feeding.do(("Wire",))
        assert await due(room.feeding) == ["Post"]

        room.later(days=1)
        assert await due(room.feeding) == ["Wire", "Post"]

    inside(scenario, setting(), setting("Post"), setting("Off", enabled=False))


def test_a_look_that_was_planned_by_a_wrong_clock_is_due() -> None:
    async def scenario(room: Newsroom) -> None:
        room.later(days=365)
        await room.feeding.once()
        room.clock.moment = NOW

        assert await due(room.fresh()) == ["Wire"]

    inside(scenario)


def test_a_work_whose_feed_is_gone_or_was_read_meanwhile_is_done() -> None:
    async def scenario(room: Newsroom) -> None:
        await room.feeding.due(Kept())
        assert await room.feeding.do(("Gone",)) == Done()
        await room.feeding.do(("Wire",))
        await room.feeding.do(("Wire",))

        assert room.feeds.names == ["Wire"]

    inside(scenario)


def test_what_a_work_brings_is_heard() -> None:
    async def scenario(room: Newsroom) -> None:
        heard, hearing = listen(room.feeding)
        await asyncio.sleep(0)
        room.feeds.hold("Wire", item(1))
        await room.feeding.due(Kept())
        await room.feeding.do(("Wire",))
        await asyncio.sleep(0)
        hearing.cancel()
        await asyncio.wait({hearing})
        room.later(days=1)
        await room.feeding.do(("Wire",))

        assert heard == [Reading(source="Wire", new=1, articles=1)]

    inside(scenario)


def test_a_slow_feed_holds_up_none_of_another_host() -> None:
    async def scenario(room: Newsroom) -> None:
        async def pause(setting: FeedSetting) -> None:
            if setting.name == "Slow":
                await asyncio.Event().wait()

        room.feeds.pause = pause
        told: list[str] = []
        readings = await room.feeding.round(
            room.settings, seconds=0.05, tell=lambda reading: told.append(reading.source)
        )

        assert sorted(told) == sorted(one.source for one in readings) == ["Post", "Wire"]
        # What was read is remembered, and the slow one is due as before.
        assert await due(room.fresh()) == ["Slow"]

    inside(scenario, setting(), setting("Slow"), setting("Post"))


def test_a_round_that_is_stopped_keeps_what_was_read() -> None:
    async def scenario(room: Newsroom) -> None:
        second = asyncio.Event()

        async def pause(_: FeedSetting) -> None:
            if room.feeds.asked:
                second.set()
                await asyncio.Event().wait()

        room.feeds.pause = pause
        room.feeds.hold("Wire", item(1))
        going = asyncio.create_task(room.feeding.round(room.settings))
        await second.wait()
        going.cancel()
        await asyncio.wait({going})

        assert going.cancelled()
        assert len(await room.stored()) == 1
        assert [memory.source for memory in await room.memories.all()] == ["Wire"]

    one_host = "https://wire.example/other"
    inside(scenario, setting(), setting("Other", address=one_host))


def test_a_round_ends_with_what_who_is_told_of_it_raises() -> None:
    async def scenario(room: Newsroom) -> None:
        def tell(_: Reading) -> None:
            raise BrokenPipeError

        with pytest.raises(BrokenPipeError):
            await room.feeding.round(room.settings, tell=tell)

        assert await room.memories.all() != []

    inside(scenario, setting(), setting("Post"))


def test_feeds_of_one_host_are_read_one_by_one() -> None:
    async def scenario(room: Newsroom) -> None:
        inside_now, most = 0, 0

        async def pause(_: FeedSetting) -> None:
            nonlocal inside_now, most
            inside_now += 1
            most = max(most, inside_now)
            await asyncio.sleep(0)
            inside_now -= 1

        room.feeds.pause = pause
        readings = await room.feeding.round(room.settings)

        assert (len(readings), most) == (3, 1)

    inside(scenario, *(setting(f"F{n}", address=f"http://a.example/{n}") for n in range(3)))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://user@News.Example:8443/feed", "news.example:8443"),
        ("http://[1::2", "http://[1::2"),
    ],
)
def test_a_host_is_known_by_its_name_and_port(address: str, name: str) -> None:
    assert host(setting(address=address)) == name


def test_a_round_of_nothing_opens_nothing() -> None:
    async def scenario(room: Newsroom) -> None:
        await room.feeding.once()
        assert await room.feeding.once() == ()
        assert await room.feeding.round(()) == []
        assert len(room.feeds.asked) == 1

    inside(scenario)


def test_an_added_feed_counts_at_once() -> None:
    async def scenario(room: Newsroom) -> None:
        await room.feeding.once()
        await room.added.add(setting("Added", declared=False))

        assert await due(room.feeding) == ["Added"]
        assert list(room.feeding.roll) == ["Added", "Wire"]

    inside(scenario)


def test_looks_are_noted_together_and_at_the_next_look_for_what_is_due() -> None:
    async def scenario(room: Newsroom) -> None:
        await room.feeding.due(Kept())
        await room.feeding.do(("F0",))
        assert await room.memories.all() == []
        # Nothing is asked twice for that.
        assert len(await due(room.feeding)) == TOGETHER + 1
        assert len(await room.memories.all()) == 1
        for number in range(1, TOGETHER + 1):
            await room.feeding.do((f"F{number}",))
        assert len(await room.memories.all()) == TOGETHER + 1

        room.later(days=1)
        room.seconds += 2
        await room.feeding.do(("F0",))
        newest = max(await room.memories.all(), key=lambda memory: str(memory.asked))
        assert newest.asked == room.clock.moment

    inside(scenario, *(setting(f"F{n}") for n in range(TOGETHER + 2)))


class Failing:
    """Memories that cannot be noted."""

    def __init__(self, kept: Memories) -> None:
        self.kept, self.broken = kept, True

    async def all(self) -> Sequence[FeedMemory]:
        return await self.kept.all()

    async def note(self, memories: Sequence[FeedMemory]) -> None:
        if self.broken:
            raise StoreError("The disk is full.")
        await self.kept.note(memories)


def test_what_could_not_be_noted_is_told_and_noted_with_what_comes_next() -> None:
    async def scenario(room: Newsroom) -> None:
        kept = Failing(room.memories)
        feeding = room.fresh(kept)
        heard, hearing = listen(feeding)
        await feeding.due(Kept())
        room.seconds = 5.0
        await feeding.do(("Wire",))
        await asyncio.sleep(0)
        hearing.cancel()
        await asyncio.wait({hearing})
        assert [reading.trouble for reading in heard] == ["The disk is full."]
        with pytest.raises(StoreError):
            await feeding.due(Kept())

        kept.broken = False
        assert await due(feeding) == []
        assert [memory.source for memory in await room.memories.all()] == ["Wire"]

    inside(scenario)


class Slow(Failing):
    """Memories that are read slowly."""

    def __init__(self, kept: Memories) -> None:
        super().__init__(kept)
        self.broken = False
        self.read = asyncio.Event()
        self.goes_on = asyncio.Event()
        self.goes_on.set()

    async def all(self) -> Sequence[FeedMemory]:
        found = await super().all()
        self.read.set()
        await self.goes_on.wait()
        return found


@pytest.mark.parametrize("seconds", [0.0, 5.0], ids=["unwritten", "written"])
def test_what_is_noted_while_all_is_read_is_newer(seconds: float) -> None:
    async def scenario(room: Newsroom) -> None:
        kept = Slow(room.memories)
        feeding = room.fresh(kept)
        await feeding.due(Kept())
        room.later(hours=1)
        await feeding.do(("Wire",))
        await feeding.book.write()
        room.later(days=1)
        kept.read.clear()
        kept.goes_on.clear()
        reading = asyncio.create_task(feeding.due(Kept()))
        await kept.read.wait()
        room.seconds += seconds
        await feeding.do(("Wire",))
        kept.goes_on.set()
        await reading

        (one,) = room.settings
        assert feeding.book.memory(one).asked == room.clock.moment
        health = feeding.book.health("Wire")
        assert health is not None
        assert health.checked == room.clock.moment

    inside(scenario)


def test_a_first_look_that_is_noted_while_all_is_read_is_kept() -> None:
    async def scenario(room: Newsroom) -> None:
        kept = Slow(room.memories)
        feeding = room.fresh(kept)
        await feeding.due(Kept())
        kept.read.clear()
        kept.goes_on.clear()
        reading = asyncio.create_task(feeding.due(Kept()))
        await kept.read.wait()
        await feeding.do(("Wire",))
        kept.goes_on.set()
        await reading

        (one,) = room.settings
        assert feeding.book.memory(one).asked == room.clock.moment
        assert feeding.book.health("Wire") is not None

    inside(scenario)


def test_an_archive_that_takes_nothing_in_loses_nothing() -> None:
    async def scenario(room: Newsroom) -> None:
        broken, items = BrokenItems(room.items), room.items
        room.items = broken
        feeding = room.fresh()
        room.feeds.hold("Wire", item(1), item(2), etag="1")
        (taken,) = await feeding.round(room.settings)
        (health,) = await room.healths.all()

        assert (taken.trouble, taken.new, taken.unstored) == ("The disk is full.", 0, 2)
        assert {fault.reason for fault in health.faults} == {Reason.NOT_STORED}
        (memory,) = await room.memories.all()
        assert (memory.etag, memory.answered, memory.failures) == (None, None, 0)
        assert memory.next == NOW + timedelta(minutes=1)

        broken.known_fails = True
        (known,) = await feeding.round(room.settings)
        assert (known.trouble, known.unstored) == ("The disk is full.", 0)

        room.items = items
        (reading,) = await room.fresh().round(room.settings)
        assert (reading.new, reading.trouble) == (2, "")
        assert all(one.imported for one in await room.archive.articles())

    inside(scenario)


def test_beside_a_bot_that_runs_nothing_is_asked() -> None:
    async def scenario(room: Newsroom) -> None:
        free = False

        @asynccontextmanager
        async def hold() -> AsyncIterator[bool]:
            yield free

        beside = FeedsIfFree(room.feeding, hold)
        assert await beside.once() == ()
        assert room.feeds.asked == []
        free = True
        assert len(await beside.once()) == 1
        free = False
        assert await beside.once() == ()

    inside(scenario)


def test_a_command_that_stays_open_looks_at_feeds_as_they_fall_due() -> None:
    async def scenario(room: Newsroom) -> None:
        @asynccontextmanager
        async def hold() -> AsyncIterator[bool]:
            yield True

        feeds = replace(room.feeding, roll=Roll((), (), NoList()))
        lost = FeedsIfFree(feeds, hold, again=0.0).readings()
        for _ in range(2):
            assert await anext(lost) == Reading(source="", trouble="The disk is full.")

        beside = FeedsIfFree(room.feeding, hold, again=0.0).readings()
        for number in (1, 2):
            room.feeds.hold("Wire", *map(item, range(number)))
            assert (await anext(beside)).new == 1
            room.later(days=1)
        assert room.feeds.names == ["Wire", "Wire"]

    inside(scenario)


def test_many_hosts_and_failures_are_all_read_in_a_round() -> None:
    async def scenario(room: Newsroom) -> None:
        for number in range(0, 20, 2):
            room.feeds.answers[f"F{number}"] = failing("x", Reason.NO_SUCH_HOST, retry=7200.0)
        readings = await room.feeding.round(room.settings)

        assert sum(one.failing is not None for one in readings) == 10
        healths: Sequence[Health] = await room.healths.all()
        assert len(healths) == 20
        nexts = {memory.source: memory.next for memory in await room.memories.all()}
        assert nexts["F0"] == NOW + timedelta(hours=2)

    inside(scenario, *(setting(f"F{n}") for n in range(20)))
