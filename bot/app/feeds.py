"""The feeds: looked at as they fall due, each on its own, or all of them in one round."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from bot.app.feed import FeedMemory, FeedSetting
from bot.app.feed_book import Book
from bot.app.feed_look import Looker
from bot.app.ports import Clock
from bot.app.queue import Done, Queue
from bot.app.roll import Roll
from bot.core.delivery import Work
from bot.core.errors import StoreError
from bot.core.faults import Reading

#: The kind of work that looks at a feed.
GATHER = "gather"
#: So many feeds are looked at at once.
WORKERS = 64
#: So many seconds does whoever asks for news wait for feeds.
MOMENT = 20.0
#: What can come of a look.
LOOKS = ("new", "nothing new", "failed")
#: No look is put off for longer: one that seems to be was planned while the clock was ahead.
_AHEAD = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeding:
    """Looks at feeds and takes in what they bring."""

    roll: Roll
    #: Gives what looks; it is not asked for before there is a feed to look at.
    looker: Callable[[], Awaitable[Looker]]
    book: Book
    clock: Clock
    workers: int = WORKERS
    #: The looks since the start, by what came of them: one of ``LOOKS``.
    looks: Counter[str] = field(default_factory=Counter)
    _ears: set["asyncio.Queue[Reading]"] = field(default_factory=set)

    async def due(self, queue: Queue) -> int:
        """Put a work for each feed whose time has come; return how many; raises ``StoreError``.

        Keys keep out those that wait already.
        """
        feeds = await self._due()
        works = [
            Work(kind=GATHER, args=(one.name,), line=host(one), key=f"{GATHER}:{one.name}")
            for one in feeds
        ]
        await queue.put(works)
        return len(works)

    async def do(self, args: tuple[str, ...]) -> Done:
        """Look at the feed of that name, if it is still to be looked at."""
        (name,) = args
        setting = self.roll.feed(name)
        if setting is None or not is_due(self.book.memory(setting), self.clock.now()):
            return Done()
        reading = await self._look(setting)
        for ear in self._ears:
            ear.put_nowait(reading)
        return Done()

    async def wanted(self) -> bool:
        """Say whether there is any feed whose time has come; raises ``StoreError``."""
        return bool(await self._due())

    async def once(self, *, seconds: float = MOMENT) -> Sequence[Reading]:
        """Look at the feeds whose time has come, for so many seconds; raises ``StoreError``."""
        feeds = await self._due()
        return await self.round(feeds, seconds=seconds) if feeds else ()

    async def round(
        self,
        feeds: Sequence[FeedSetting],
        *,
        seconds: float | None = None,
        tell: Callable[[Reading], None] | None = None,
    ) -> Sequence[Reading]:
        """Look at all of these now, and return what was read; each reading is told as it comes.

        Those of one host are looked at one after another. What is not read in so many seconds is
        left; what was read stays, however the round ends. Raises ``StoreError``, and what ``tell``
        raises.
        """
        await self.book.open()
        if feeds:
            # Opened before the many ask for it, and so that what stops it is raised as it is.
            await self.looker()
        lines = deque(_lines(feeds))
        readings: list[Reading] = []

        async def work() -> None:
            while lines:
                for setting in lines.popleft():
                    reading = await self._look(setting)
                    readings.append(reading)
                    if tell is not None:
                        tell(reading)

        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
                    for number in range(min(self.workers, len(lines))):
                        group.create_task(work(), name=f"feeds {number}")
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from None
        finally:
            await self.book.write()
        return readings

    async def readings(self) -> AsyncIterator[Reading]:
        """Yield what the works of the queue bring from now on, until cancelled."""
        ear: asyncio.Queue[Reading] = asyncio.Queue()
        self._ears.add(ear)
        try:
            while True:
                yield await ear.get()
        finally:
            self._ears.discard(ear)

    async def _due(self) -> list[FeedSetting]:
        await self.roll.refresh()
        await self.book.open()
        now = self.clock.now()
        return [one for one in self.roll.feeds if is_due(self.book.memory(one), now)]

    async def _look(self, setting: FeedSetting) -> Reading:
        looker = await self.looker()
        memory, health = self.book.memory(setting), self.book.health(setting.name)
        looked = await looker.look(setting, memory, health)
        self.looks[_outcome(looked.reading)] += 1
        try:
            await self.book.note(looked)
        except StoreError as error:
            return replace(looked.reading, trouble=str(error))
        return looked.reading


def host(setting: FeedSetting) -> str:
    """Return the host of a feed with its port: what is asked of it is asked one by one."""
    return _host(setting.address)


@lru_cache(maxsize=4096)
def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:
        return address


def is_due(memory: FeedMemory, now: datetime) -> bool:
    """Say whether it is time to look at a feed; an ended one is never looked at."""
    if memory.retired:
        return False
    return memory.next is None or not now < memory.next <= now + _AHEAD


def _outcome(reading: Reading) -> str:
    new, nothing, failed = LOOKS
    if reading.failing is not None:
        return failed
    return new if reading.new else nothing


def _lines(feeds: Sequence[FeedSetting]) -> list[list[FeedSetting]]:
    """Return the feeds by their hosts, the hosts with most of them first: they take longest."""
    lines: dict[str, list[FeedSetting]] = {}
    for one in feeds:
        lines.setdefault(host(one), []).append(one)
    return sorted(lines.values(), key=len, reverse=True)
