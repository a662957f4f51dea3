"""What is not well is named, and one silent part does not hide the others."""

import asyncio

from bot.app.readiness import Pulse, Readiness, answers, holds
from bot.core.errors import StoreError


async def forty_two() -> int:
    return 42


async def never() -> None:
    await asyncio.Event().wait()


async def broken() -> None:
    raise StoreError("The archive is damaged.")


def test_nothing_is_said_when_all_is_well() -> None:
    ready = Readiness({"archive": answers(forty_two), "engine": holds(lambda: True, "stands")})

    assert asyncio.run(ready()) == ()


def test_each_part_that_is_not_well_is_named_with_its_reason() -> None:
    ready = Readiness(
        {
            "archive": answers(broken),
            "clock": answers(never),
            "engine": holds(lambda: False, "does not run"),
            "bell": holds(lambda: True, ""),
        },
        patience=0.01,
    )

    assert asyncio.run(ready()) == (
        "archive: The archive is damaged.",
        "clock: no answer in 0.01 s",
        "engine: does not run",
    )


def test_a_pulse_that_stays_away_too_long_is_missed() -> None:
    now = [100.0]
    pulse = Pulse(lambda: now[0], within=30.0)

    def look(seconds: float) -> str:
        now[0] += seconds
        return asyncio.run(pulse())

    assert look(30.0) == ""
    assert look(1.0) == "did nothing for 31 s"
    pulse.beat()
    assert look(0.0) == ""
    assert look(90.0) == "did nothing for 90 s"
