"""The operator is told once that a source fails, and once that it is back."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.app.outages import CALM, TOGETHER, Outages, ToldHealths
from bot.app.telling import Telling
from bot.core.errors import StoreError
from bot.core.health import Fault, Health, Reason, Standing
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
    #: Whether the operator is told in a chat, too.
    reached: bool = True
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

    async def reaches(self) -> bool:
        self._check()
        return self.reached

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
        return Outages(
            marks=self, tell=self, reaches=self.reaches, clock=self.clock, words=English()
        )


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


@pytest.mark.parametrize("broken", [True, False])
def test_nobody_is_said_to_be_told_where_only_the_log_has_it(*, broken: bool) -> None:
    house = House(broken=broken, reached=broken)
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


def test_what_an_earlier_version_remembered_is_understood() -> None:
    house = House(marks={"outages": f'{{"wire": "{NOW.isoformat()}", "desk": null}}'})

    async def scenario() -> None:
        assert await house.outages.told([health(failing=True)]) == NOW
        assert await house.outages.told([health("desk", failing=True)]) is None
        await house.outages.note(health())

    asyncio.run(scenario())

    assert house.sentences == [BACK]


SLOW = Fault(name="feed", reason=Reason.NO_ANSWER, detail="20 s")


def feed(
    name: str = "feed", standing: Standing = Standing.OK, *, tries: int = 3, fault: Fault = SLOW
) -> Health:
    return Health(
        source=name,
        failing=fault if standing is Standing.FAILING else None,
        checked=NOW,
        rhythm=Standing.OK if standing is Standing.FAILING else standing,
        tries=tries,
        next=NOW,
    )


def feeds(count: int, standing: Standing, *, tries: int = 3) -> list[Health]:
    return [feed(f"feed {number:02}", standing, tries=tries) for number in range(count)]


async def after(house: House, outages: Outages, wait: timedelta, *healths: Health) -> None:
    """Note the healths, and let the bell ring after that time."""
    told = ToldHealths(MemoryHealths(), outages)
    await told.note(*healths)
    await told.due()
    house.clock.forward(wait)
    await told.due()


def test_a_feed_is_told_a_minute_after_it_changed_and_once() -> None:
    house = House()
    outages = house.outages

    async def scenario() -> None:
        told = ToldHealths(MemoryHealths(), outages)
        for standing in (Standing.OK, Standing.FAILING, Standing.FAILING):
            await told.note(feed(standing=standing))
            await told.due()
        assert house.sentences == []
        house.clock.forward(TOGETHER)
        await told.due()
        await told.due()
        await after(house, house.outages, TOGETHER, feed(standing=Standing.FAILING))
        await after(house, house.outages, TOGETHER, feed(standing=Standing.QUIET))

    asyncio.run(scenario())

    assert house.sentences == [
        "The source feed cannot be read. feed: gives no answer in time (20 s)",
        "The source feed can be read again.",
    ]


def test_one_hiccup_of_a_feed_makes_no_noise_but_an_hour_does() -> None:
    house = House()
    outages = house.outages
    hiccup = feed(standing=Standing.FAILING, tries=2)

    async def scenario() -> None:
        await after(house, outages, TOGETHER, hiccup)
        await after(house, outages, TOGETHER, replace(hiccup, since=NOW))
        assert house.sentences == []
        house.clock.forward(timedelta(hours=1))
        await after(house, outages, TOGETHER, replace(hiccup, since=NOW))

    asyncio.run(scenario())

    assert len(house.sentences) == 1


def test_what_is_well_again_before_it_was_told_is_not_told() -> None:
    house = House()
    outages = house.outages

    async def scenario() -> None:
        await outages.note(feed(standing=Standing.FAILING))
        await after(house, outages, TOGETHER, feed())
        await outages.due([feed()])

    asyncio.run(scenario())

    assert house.sentences == []


def test_when_most_sources_fail_all_that_do_are_told_in_one_message() -> None:
    house = House()
    outages = house.outages
    down = feeds(40, Standing.FAILING, tries=1)

    async def scenario() -> None:
        await after(house, outages, TOGETHER, replace(down[0], tries=3), *down[1:])
        await after(house, outages, TOGETHER, *feeds(40, Standing.FAILING))
        # They come back one by one: nobody is told forty times.
        await after(house, outages, TOGETHER, *feeds(39, Standing.OK), down[39])
        assert len(house.sentences) == 1
        house.clock.forward(CALM)
        await outages.due(down)
        await after(house, outages, TOGETHER, feed("feed 39"))

    asyncio.run(scenario())

    names = ", ".join(f"feed {number:02}" for number in range(10))
    assert house.sentences == [
        (
            f"None of my 40 sources can be read: {names} and 30 more. The network may be down."
            " Why: gives no answer in time (40)."
        ),
        f"39 sources can be read again: {names} and 29 more.",
        "The source feed 39 can be read again.",
    ]


def test_few_that_fail_among_many_are_told_alone() -> None:
    house = House()
    few = feeds(2, Standing.FAILING)
    hiccup = feed("hiccup", Standing.FAILING, tries=1)
    well = [feed(str(number)) for number in range(9)]

    asyncio.run(after(house, house.outages, TOGETHER, *few, hiccup, *well))

    assert house.sentences == [
        "2 sources cannot be read: feed 00, feed 01. Why: gives no answer in time (2)."
    ]


def test_a_source_that_goes_from_stale_to_failing_is_told_again() -> None:
    house = House()
    outages = house.outages

    async def scenario() -> None:
        await after(house, outages, TOGETHER, feed(standing=Standing.STALE), feed("b"))
        await after(house, outages, TOGETHER, feed(standing=Standing.FAILING), feed("b"))
        await after(house, outages, TOGETHER, feed(standing=Standing.STALE), feed("b"))
        await after(house, outages, TOGETHER, feed(), feed("b"))

    asyncio.run(scenario())

    silent = (
        "The source feed has brought nothing, longer than usual."
        ' To see what it answers: briefbot sources check "feed"'
    )
    assert house.sentences == [
        silent,
        "The source feed cannot be read. feed: gives no answer in time (20 s)",
        silent,
        "The source feed brings news again.",
    ]


def test_what_nobody_told_before_the_bot_stopped_is_told_after_a_start() -> None:
    house, noted = House(), MemoryHealths()

    async def scenario() -> None:
        # As `briefbot gather` leaves it.
        await noted.note(feed("ended", Standing.RETIRED), feed("b"), health("wire", failing=True))
        for _ in range(2):
            told = ToldHealths(noted, house.outages)
            await told.due()
            house.clock.forward(TOGETHER)
            await told.due()

    asyncio.run(scenario())

    (sentence,) = house.sentences
    assert "ended" in sentence


def test_sources_that_are_read_no_more_are_neither_told_nor_counted() -> None:
    house, noted = House(), MemoryHealths()
    dead = feeds(3, Standing.FAILING)

    async def scenario() -> None:
        await noted.note(*dead)
        told = ToldHealths(noted, house.outages, {"mine", "other"})
        await told.note(feed("mine", Standing.FAILING), feed("other"))
        await told.due()
        house.clock.forward(TOGETHER)
        await told.due()

    asyncio.run(scenario())

    assert house.sentences == [
        "The source mine cannot be read. feed: gives no answer in time (20 s)"
    ]


class Broken(MemoryHealths):
    async def all(self) -> Sequence[Health]:
        raise StoreError("The disk is full.")


def test_a_ring_while_the_archive_fails_tells_nothing_and_does_not_raise() -> None:
    house = House()
    outages = house.outages

    async def scenario() -> None:
        await outages.note(feed(standing=Standing.FAILING))
        house.clock.forward(TOGETHER)
        await ToldHealths(Broken(), outages).due()
        assert house.sentences == []
        await ToldHealths(MemoryHealths(), outages).due()

    asyncio.run(scenario())

    assert len(house.sentences) == 1
