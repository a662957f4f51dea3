"""What is remembered of feeds and how they are, read at once and noted together."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from bot.app.feed import FeedMemory, FeedSetting, Memories
from bot.app.feed_look import Looked
from bot.app.ports import Healths
from bot.core.errors import StoreError
from bot.core.health import Health

#: So many looks are noted in one commit at most before somebody waits for it.
TOGETHER = 100
#: Or those of so many seconds.
WITHIN = 1.0

_NEVER = datetime.min.replace(tzinfo=UTC)


class Book:
    """Keeps what came of looks; what a crash leaves unwritten is only asked once more."""

    def __init__(
        self, memories: Memories, healths: Healths, *, steady: Callable[[], float]
    ) -> None:
        """Keep it there; ``steady`` gives seconds that nobody puts back."""
        self._kept = memories
        self._healths = healths
        self._steady = steady
        self._memories: dict[str, FeedMemory] = {}
        self._known: dict[str, Health] = {}
        self._unwritten: dict[str, Looked] = {}
        self._written = steady()
        self._turn = asyncio.Lock()

    async def open(self) -> None:
        """Write what is unwritten and read all anew; raises ``StoreError``."""
        await self.write()
        memories = {memory.source: memory for memory in await self._kept.all()}
        healths = {health.source: health for health in await self._healths.all()}
        # What was noted while that was read is newer.
        for name, memory in self._memories.items():
            read = memories.get(name)
            known = self._known.get(name)
            if read and known and (memory.asked or _NEVER) > (read.asked or _NEVER):
                memories[name], healths[name] = memory, known
        for name, looked in self._unwritten.items():
            memories[name], healths[name] = looked.memory, looked.health
        self._memories, self._known = memories, healths

    def memory(self, setting: FeedSetting) -> FeedMemory:
        """Return what is remembered of a feed: its terms alone, where it stood elsewhere.

        One that is set up otherwise since is to show all that it has, and at once.
        """
        found = self._memories.get(setting.name)
        if found is None:
            return FeedMemory(source=setting.name, address=setting.address)
        if found.address != setting.address:
            return FeedMemory(source=setting.name, address=setting.address, terms=found.terms)
        if found.terms != setting.terms:
            return replace(found, etag=None, modified=None, next=None, retired=False)
        return found

    def health(self, name: str) -> Health | None:
        """Return how the source was at the last look."""
        return self._known.get(name)

    async def note(self, looked: Looked) -> None:
        """Remember what came of a look, now and then together with others.

        Raises ``StoreError``; what could not be written is written with what comes next.
        """
        name = looked.memory.source
        self._memories[name], self._known[name] = looked.memory, looked.health
        self._unwritten[name] = looked
        many = len(self._unwritten) >= TOGETHER
        if (many or self._steady() - self._written >= WITHIN) and not self._turn.locked():
            await self.write()

    async def write(self) -> None:
        """Write what is unwritten; raises ``StoreError``."""
        async with self._turn:
            if not self._unwritten:
                return
            writing, self._unwritten = self._unwritten, {}
            self._written = self._steady()
            try:
                await asyncio.gather(
                    self._kept.note([looked.memory for looked in writing.values()]),
                    self._healths.note(*(looked.health for looked in writing.values())),
                )
            except (StoreError, asyncio.CancelledError):
                self._unwritten = writing | self._unwritten
                raise
