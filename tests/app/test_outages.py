"""The operator is told once that a source fails, and once that it is back."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.app.outages import Outages, ToldHealths
from bot.app.telling import Telling
from bot.core.errors import StoreError
from bot.core.wording import English
from tests.fakes.delivery import MemoryDelivery, SetClock
from tests.fakes.memory import MemoryHealths
from tests.fakes.press import NOW
from tests.fakes.stories import health

FAILS = (
    "The source wire cannot be read. "
    "wire/: cannot be read; check who may read it (Permission denied)"
)
BACK = "The source wire can be read again."
DAY = timedelta(days=1)


@dataclass
class House:
    """Marks, and the outages that are remembered by them; ``broken`` marks raise."""

    marks: dict[str, str] = field(default_factory=dict)
    broken: bool = False
    sentences: list[str] = field(default_factory=list)
    clock: SetClock = field(default_factory=lambda: SetClock(NOW))

    async def of(self, key: str) -> str | None:
        self._check()
        return self.marks.get(key)

    async def put(self, key: str, value: str) -> None:
        self._check()
        self.marks[key] = value

    def _check(self) -> None:
        if self.broken:
            raise StoreError("The disk is full.")

    async def tell(self, sentence: str) -> None:
        self.sentences.append(sentence)
        await self.telling.tell(sentence)

    async def sweep(self) -> None:
        raise AssertionError

    @property
    def telling(self) -> Telling:
        return Telling(
            marks=self,
            desk=MemoryDelivery(),
            channels={},
            destination=None,
            sweep=self.sweep,
            clock=self.clock,
        )

    @property
    def outages(self) -> Outages:
        return Outages(marks=self, tell=self, clock=self.clock, words=English())


def test_a_source_that_fails_is_told_once_over_a_restart_and_that_it_is_back() -> None:
    house, noted = House(), MemoryHealths()

    async def scenario() -> None:
        for failing in (False, True, True, False, False, True):
            healths = ToldHealths(noted, house.outages)
            await healths.note(health(failing=failing))
            assert await healths.all() == [health(failing=failing)]

    asyncio.run(scenario())

    assert house.sentences == [FAILS, BACK, FAILS]


def test_it_is_known_when_the_operator_was_told_of_all_that_fail() -> None:
    house = House()
    outages, wire, desk = house.outages, health(failing=True), health("desk", failing=True)

    async def scenario() -> None:
        assert await outages.told([wire]) is None
        await outages.note(wire)
        assert await outages.told([health("well"), wire]) == NOW
        assert await outages.told([wire, desk]) is None
        house.clock.forward(DAY)
        await outages.note(desk)
        assert await outages.told([wire, desk]) == NOW + DAY
        assert await house.outages.told([wire]) == NOW
        assert await outages.told([replace(wire, since=NOW + DAY)]) is None
        assert await outages.told([replace(wire, since=NOW - DAY)]) == NOW

    asyncio.run(scenario())


def test_nobody_is_said_to_be_told_where_only_the_log_has_it() -> None:
    house = House(broken=True)
    outages = house.outages

    async def scenario() -> None:
        await outages.note(health(failing=True))
        await outages.note(health(failing=True))
        assert await outages.told([health(failing=True)]) is None
        house.broken = False
        assert await outages.told([health(failing=True)]) is None
        await outages.note(health())

    asyncio.run(scenario())

    assert house.sentences == [FAILS, BACK]


@pytest.mark.parametrize("kept", ["no JSON", "[]", '{"wire": 7}', '{"wire": "once"}'])
def test_marks_that_cannot_be_read_count_as_none(kept: str) -> None:
    house = House(marks={"outages": kept})

    asyncio.run(house.outages.note(health(failing=True)))

    assert house.sentences == [FAILS]
