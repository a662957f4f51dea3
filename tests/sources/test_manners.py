"""A server is asked one thing at a time, with a pause between; others are not held up."""

import asyncio
from dataclasses import dataclass, field

from bot.sources.polite import Manners


@dataclass
class Hours:
    """Time that passes by sleeping alone."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def asked(manners: Manners, *turns: tuple[str, bool]) -> None:
    async def ask() -> None:
        for endpoint, pause in turns:
            async with manners.turn(endpoint, pause=pause):
                pass

    asyncio.run(ask())


def test_a_server_gets_its_pause_and_another_none() -> None:
    hours = Hours()
    manners = Manners(1.0, clock=hours.clock, sleep=hours.sleep)

    asked(manners, ("a", True), ("a", True), ("b", True), ("a", False), ("a", True))

    assert hours.slept == [1.0, 1.0]


def test_a_server_that_wishes_a_longer_pause_gets_it() -> None:
    hours = Hours()
    manners = Manners(1.0, clock=hours.clock, sleep=hours.sleep)

    manners.slow("a", 5.0)
    asked(manners, ("a", True), ("a", True))

    assert hours.slept == [5.0]


def test_who_waits_is_served_after_a_failure() -> None:
    hours = Hours()
    manners = Manners(0.0, clock=hours.clock, sleep=hours.sleep)

    async def ask() -> tuple[object, object]:
        async def fail() -> None:
            async with manners.turn("a", pause=True):
                await asyncio.sleep(0)
                raise ValueError

        return await asyncio.gather(fail(), fail(), return_exceptions=True)

    assert [type(each) for each in asyncio.run(ask())] == [ValueError, ValueError]


def test_a_pause_that_has_begun_is_kept_among_many_servers() -> None:
    hours = Hours()
    manners = Manners(1.0, clock=hours.clock, sleep=hours.sleep)

    asked(manners, ("a", True), *((f"{number}", True) for number in range(2500)), ("a", True))

    assert hours.slept == [1.0]


def test_many_servers_are_forgotten_once_they_are_free() -> None:
    hours = Hours()
    manners = Manners(1.0, clock=hours.clock, sleep=hours.sleep)

    for crowd in range(3):
        asked(manners, *((f"{crowd}-{number}", True) for number in range(3000)))
        hours.now += 10

    assert manners.known < 3100
