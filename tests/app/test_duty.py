"""What goes on beside the talk: slots are booked as they come, and the bot's life is noted."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from bot.app.counts import Counts
from bot.app.duty import RHYTHMS, Duty
from bot.app.publish import Publish
from bot.app.readiness import Hindrance, Pulse
from bot.app.slots import Stretch
from bot.core.delivery import Work
from bot.core.errors import StoreError
from tests.fakes.delivery import NOW, MemoryDelivery, SetClock, Told


@dataclass
class House:
    """A duty whose doings are written into a diary."""

    diary: list[str] = field(default_factory=list)
    broken: bool = False
    #: What the engine ends with at once.
    fault: Exception | None = None
    rows: MemoryDelivery = field(default_factory=MemoryDelivery)
    rings: dict[str, asyncio.Queue[None]] = field(default_factory=dict)
    writing: Hindrance = field(default_factory=Hindrance)
    full: bool = False

    # What a memory of lives is asked.
    async def begin(self, now: datetime) -> None:
        assert now == NOW
        self.diary.append("begun")

    async def beat(self, now: datetime, *, stopped: bool = False) -> None:
        assert now == NOW
        if self.full:
            raise StoreError("The disk is full.")
        self.diary.append("stopped" if stopped else "beat")

    async def since(self, moment: datetime) -> Sequence[Stretch]:
        raise AssertionError(moment)

    async def put(self, works: Sequence[Work]) -> None:
        self.diary.extend(work.key for work in works)

    async def declare(self) -> None:
        if self.broken:
            raise StoreError("The disk is full.")
        self.diary.append("declared")

    async def clean(self) -> None:
        self.diary.append("cleaned")

    async def look(self) -> None:
        self.diary.append("looked at feeds")

    async def heartbeat(self) -> None:
        self.diary.append("heard")

    async def engine(self) -> None:
        self.diary.append("engine")
        if self.fault is not None:
            raise self.fault
        await asyncio.Event().wait()

    async def ring(self, name: str) -> AsyncIterator[None]:
        rung = self.rings.setdefault(name, asyncio.Queue())
        while True:
            await rung.get()
            yield
            rung.task_done()

    def duty(self, *, listened: bool = True) -> Duty:
        clock = SetClock(NOW)
        return Duty(
            engine=self.engine,
            publish=Publish(
                slots=self.rows,
                subscriptions=self.rows,
                queue=self,
                clock=clock,
                tell=Told(),
                counts=Counts(),
            ),
            lives=self,
            declare=self.declare,
            clean=self.clean,
            feeds=self.look,
            heartbeat=self.heartbeat if listened else None,
            clock=clock,
            pulse=Pulse(lambda: 0.0, within=60),
            writing=self.writing,
        )


def test_the_news_is_read_and_the_file_declared_before_anything_is_put() -> None:
    house = House()
    house.rows.add()

    async def kept() -> None:
        read = asyncio.Event()
        duty = asyncio.create_task(house.duty().keep(house.ring, ready=read.wait))
        await _some_turns()
        assert house.diary == ["begun"]
        read.set()
        await _some_turns()
        duty.cancel()
        await asyncio.gather(duty, return_exceptions=True)

    asyncio.run(kept())

    assert house.diary == ["begun", "declared", "publish:1", "engine", "stopped"]


@pytest.mark.parametrize("listened", [True, False])
def test_each_rhythm_has_its_work(listened: bool) -> None:  # noqa: FBT001 - a column of the table
    house = House()

    async def kept() -> None:
        duty = asyncio.create_task(house.duty(listened=listened).keep(house.ring, ready=_at_once))
        names = [name for name in RHYTHMS if listened or name != "heartbeat"]
        await _some_turns()
        for name in names:
            house.rings[name].put_nowait(None)
            await house.rings[name].join()
        duty.cancel()
        await asyncio.gather(duty, return_exceptions=True)

    asyncio.run(kept())

    rounds = ["looked at feeds", "beat", "cleaned", *(["heard"] if listened else [])]
    assert house.diary == ["begun", "declared", "engine", *rounds, "stopped"]


def test_an_archive_that_fails_at_the_start_ends_the_duty_which_is_noted() -> None:
    house = House(broken=True)

    with pytest.raises(StoreError):
        asyncio.run(house.duty().keep(house.ring, ready=_at_once))

    assert house.diary == ["begun", "stopped"]


def test_it_is_known_while_the_archive_takes_no_note_that_the_bot_runs() -> None:
    house = House()
    said: list[str] = []

    async def kept() -> None:
        duty = asyncio.create_task(house.duty().keep(house.ring, ready=_at_once))
        await _some_turns()
        for full in (True, False):
            house.full = full
            house.rings["beat"].put_nowait(None)
            await house.rings["beat"].join()
            said.append(await house.writing())
        duty.cancel()
        await asyncio.gather(duty, return_exceptions=True)

    asyncio.run(kept())

    assert said == ["The disk is full.", ""]


@pytest.mark.parametrize(
    ("fault", "raised"),
    [(StoreError("The archive is damaged."), StoreError), (KeyError("kind"), ExceptionGroup)],
)
def test_what_ends_the_engine_ends_the_duty_by_its_own_sentence(
    fault: Exception, raised: type[Exception]
) -> None:
    house = House(fault=fault)

    with pytest.raises(raised):
        asyncio.run(house.duty().keep(house.ring, ready=_at_once))

    assert house.diary == ["begun", "declared", "engine", "stopped"]


async def _at_once() -> None:
    """Wait for nothing."""


async def _some_turns() -> None:
    """Let everything that can go on go on."""
    for _ in range(20):
        await asyncio.sleep(0)
