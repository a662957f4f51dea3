"""Reads the sources into the archive, all of them once or each whenever it changes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from bot.app.facts import Renewal, extract
from bot.app.ports import Clock, Extracted, Found, Healths, Intake, Present, Source
from bot.app.taking import Taking
from bot.core.errors import SourceError, StoreError
from bot.core.faults import Reading
from bot.core.health import Fault, Health, Reason
from bot.core.values import Article

#: So many articles are stored together.
BATCH = 50
#: After so many failures in a row the archive is taken to be down for the rest of a batch.
PATIENCE = 3
#: Seconds until a source whose changes could not be watched is tried again.
AGAIN = 60.0


class FeedNews(Protocol):
    """Brings the news of feeds."""

    async def once(self) -> Sequence[Reading]:
        """Look at the feeds whose time has come, for some seconds; raises ``StoreError``."""
        ...

    def readings(self) -> AsyncIterator[Reading]:
        """Yield what is read of feeds from now on, until cancelled."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Gather:
    """Takes the news in. A source or the archive that fails is noted; the others go on."""

    #: Those that are watched.
    sources: Sequence[Source]
    intake: Intake
    healths: Healths
    clock: Clock
    again: float = AGAIN
    #: Finds the facts of an article as it comes in; may take long, and so gets a thread.
    extract: Callable[[Article], Extracted] = extract
    #: Looks through the articles again that newer rules have not seen.
    renewal: Renewal | None = None
    #: Those that are asked when their time has come.
    feeds: FeedNews | None = None

    async def once(self) -> tuple[Reading, ...]:
        """Read every watched source, one after another, and say what each brought."""
        return tuple([await self._read(source) for source in self.sources])

    async def feeds_once(self) -> Sequence[Reading]:
        """Look at the feeds whose time has come, for some seconds, and say what each brought."""
        if self.feeds is None:
            return ()
        try:
            return await self.feeds.once()
        except StoreError as error:
            return (Reading(source="", trouble=str(error)),)

    async def all_once(self) -> tuple[Reading, ...]:
        """Read every watched source, and look at the feeds whose time has come."""
        async with asyncio.TaskGroup() as group:
            watched = group.create_task(self.once(), name="read sources")
            asked = group.create_task(self.feeds_once(), name="look at feeds")
        return (*watched.result(), *asked.result())

    async def watch(
        self,
        on_change: Callable[[Reading], Awaitable[None]],
        *,
        told: Sequence[Reading] = (),
    ) -> None:
        """Read each source whenever it changes, until cancelled; report what was not told before.

        What went wrong in the readings that were already told is reported only once it changes.
        Meanwhile the facts of older articles are renewed.
        """
        before = {reading.source: reading for reading in told}
        async with asyncio.TaskGroup() as group:
            for source in self.sources:
                last = before.get(source.name, Reading(source=source.name))
                group.create_task(self._watch(source, on_change, last), name=f"watch {source.name}")
            if self.renewal is not None:
                group.create_task(self._renew(self.renewal), name="renew facts")
            if self.feeds is not None:
                hearing = self._hear(self.feeds, on_change, before)
                group.create_task(hearing, name="hear feeds")

    async def _renew(self, renewal: Renewal) -> None:
        """Renew all facts; what stops the archive is told by every answer, and tried again."""
        while True:
            try:
                return await renewal.all()
            except StoreError:
                await asyncio.sleep(self.again)

    async def _hear(
        self,
        feeds: FeedNews,
        on_change: Callable[[Reading], Awaitable[None]],
        before: dict[str, Reading],
    ) -> None:
        """Report what feeds bring, and once what is wrong with them or the archive."""
        async for reading in feeds.readings():
            last = before.get(reading.source, Reading(source=reading.source))
            if _is_worth_telling(reading, last):
                await on_change(reading)
            before[reading.source] = reading

    async def prune(self, *, days: int) -> int:
        """Delete the articles that no source has held for so many days; return how many.

        Raises ``StoreError`` when the archive fails.
        """
        return await self.intake.prune(self.clock.now() - timedelta(days=days))

    async def _watch(
        self, source: Source, on_change: Callable[[Reading], Awaitable[None]], before: Reading
    ) -> None:
        while True:
            try:
                async for _ in source.changes():
                    reading = await self._read(source)
                    if _is_worth_telling(reading, before):
                        await on_change(reading)
                    before = reading
            except SourceError as error:
                reading = await self._stopped(source, error.fault)
                if _is_worth_telling(reading, before):
                    await on_change(reading)
                before = reading
            else:
                return
            await asyncio.sleep(self.again)

    async def _stopped(self, source: Source, fault: Fault) -> Reading:
        """Note that a source cannot be watched."""
        taking = Taking(source.name, now=self.clock.now(), failing=fault)
        try:
            taking.previous = await self._previous(source)
            await self.healths.note(taking.health())
        except StoreError as error:
            taking.trouble = str(error)
        return taking.reading()

    async def _read(self, source: Source) -> Reading:
        taking = Taking(source.name, now=self.clock.now())
        try:
            taking.previous = await self._previous(source)
            taking.known = await self.intake.known(source.name)
        except StoreError as error:
            # Without the versions every article would look new: better next time.
            taking.trouble = str(error)
            return taking.reading()
        await self._take(source, taking)
        try:
            if taking.failing is None:
                ids = frozenset(taking.held)
                taking.withdrawn = await self.intake.seen(source.name, ids, now=taking.now)
            await self.healths.note(taking.health())
        except StoreError as error:
            taking.trouble = str(error)
        return taking.reading()

    async def _previous(self, source: Source) -> Health | None:
        known = await self.healths.all()
        return next((health for health in known if health.source == source.name), None)

    async def _take(self, source: Source, taking: Taking) -> None:
        """Store what the source has, as far as it can be read."""
        batch: list[Found] = []
        try:
            async for piece in source.read(taking.known):
                if isinstance(piece, Fault):
                    taking.faults.append(piece)
                elif isinstance(piece, Present):
                    taking.held.add(piece.id)
                else:
                    taking.held.add(piece.article.id)
                    batch.append(piece)
                if len(batch) == BATCH:
                    await self._store(batch, taking)
                    batch = []
        except SourceError as error:
            taking.failing = error.fault
        if batch:
            await self._store(batch, taking)

    async def _store(self, batch: Sequence[Found], taking: Taking) -> None:
        """Store the articles together, or one by one where one of them cannot be stored."""
        batch = await asyncio.to_thread(self._extracted, batch)
        if await self._save(batch, taking):
            return
        failures = 0
        for found in batch:
            if failures < PATIENCE and len(batch) > 1 and await self._save([found], taking):
                failures = 0
                continue
            failures += 1
            taking.faults.append(Fault(name=found.article.id, reason=Reason.NOT_STORED))

    def _extracted(self, batch: Sequence[Found]) -> Sequence[Found]:
        return [replace(found, extracted=self.extract(found.article)) for found in batch]

    async def _save(self, batch: Sequence[Found], taking: Taking) -> bool:
        try:
            # First seen when stored: a digest made during a long reading has not had them.
            now = self.clock.now()
            await self.intake.save(batch, now=now, imported=taking.is_first)
        except StoreError as error:
            taking.trouble = str(error)
            return False
        for found in batch:
            taking.count(found)
        return True


def _is_worth_telling(reading: Reading, before: Reading) -> bool:
    """Say whether a reading brought anything but what was told before."""
    if reading.new or reading.changed or reading.withdrawn:
        return True
    told = (before.failing, before.faults, before.trouble)
    return (reading.failing, reading.faults, reading.trouble) != told
