"""The bell rings on, whatever the machine's clock does, and ends without cutting work short."""

import asyncio
import logging
import time
from collections.abc import Coroutine
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.timetable.bell import Bell, open_bell

T = TypeVar("T")

OFTEN = 0.01
SELDOM = 3600.0


async def rung(bell: Bell, name: str, times: int) -> float:
    """Hear the bell so often, and return how many seconds that took."""
    begun, heard = time.monotonic(), 0
    async with aclosing(bell.rings(name)) as rings:
        async for _ in rings:
            heard += 1
            if heard == times:
                break
    return time.monotonic() - begun


def in_time(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(asyncio.wait_for(work, 10))


def test_it_rings_at_once_and_then_in_its_rhythm() -> None:
    async def listen() -> tuple[float, float]:
        async with open_bell({"tick": OFTEN, "housekeeping": SELDOM}) as bell:
            return await rung(bell, "housekeeping", 1), await rung(bell, "tick", 4)

    first, four = in_time(listen())

    assert first < 1
    assert four >= 3 * OFTEN


def test_each_rhythm_has_its_own_rings() -> None:
    async def listen() -> int:
        heard = 0
        async with open_bell({"tick": OFTEN, "housekeeping": SELDOM}) as bell:
            seldom = asyncio.create_task(rung(bell, "housekeeping", 2))
            await rung(bell, "tick", 5)
            heard = int(seldom.done())
            seldom.cancel()
        return heard

    assert in_time(listen()) == 0


def test_a_clock_that_is_put_back_a_day_does_not_silence_it() -> None:
    async def listen() -> float:
        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.start()
        bell = Bell(scheduler, {"tick": OFTEN}, slack=0.05)
        rings = bell.rings("tick")
        await anext(rings)
        waiting = asyncio.ensure_future(anext(rings))
        await asyncio.sleep(0)
        # What is left of a ring when the clock was put back: it is a day away.
        scheduler.modify_job("tick", next_run_time=datetime.now(UTC) + timedelta(days=1))
        await waiting
        seconds = await rung(bell, "tick", 3)
        scheduler.shutdown()
        await asyncio.sleep(0)
        return seconds

    assert in_time(listen()) < 5


def test_a_clock_that_is_put_a_month_forward_rings_once() -> None:
    async def listen() -> int:
        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.start()
        bell, heard = Bell(scheduler, {"tick": SELDOM}), 0
        rings = bell.rings("tick")
        await anext(rings)
        waiting = asyncio.ensure_future(anext(rings))
        await asyncio.sleep(0)
        scheduler.modify_job("tick", next_run_time=datetime.now(UTC) - timedelta(days=30))
        await waiting
        heard += 1
        scheduler.shutdown()
        await asyncio.sleep(0)
        return heard

    assert in_time(listen()) == 1


def test_a_listener_that_takes_long_hears_no_rings_for_what_it_missed() -> None:
    async def listen() -> float:
        async with open_bell({"tick": OFTEN}) as bell:
            rings = bell.rings("tick")
            await anext(rings)
            await asyncio.sleep(10 * OFTEN)
            begun = time.monotonic()
            await anext(rings)
            return time.monotonic() - begun

    assert in_time(listen()) >= OFTEN * 0.9


def test_silencing_it_lets_the_work_in_hand_come_to_its_end() -> None:
    done: list[str] = []

    async def work(bell: Bell, begun: asyncio.Event) -> None:
        async for _ in bell.rings("tick"):
            begun.set()
            await asyncio.sleep(OFTEN)
            done.append("whole")

    async def listen() -> float:
        async with open_bell({"tick": SELDOM}) as bell:
            begun = asyncio.Event()
            working = asyncio.create_task(work(bell, begun))
            await begun.wait()
            bell.silence()
            await working
            ending = time.monotonic()
        return time.monotonic() - ending

    assert in_time(listen()) < 1
    assert done == ["whole"]


def test_a_silenced_listener_that_only_waits_ends_at_once() -> None:
    async def listen() -> int:
        heard = 0
        async with open_bell({"tick": SELDOM}) as bell:
            async for _ in bell.rings("tick"):
                heard += 1
                asyncio.get_running_loop().call_soon(bell.silence)
        return heard

    assert in_time(listen()) == 1


def test_the_end_of_the_bell_ends_its_listeners() -> None:
    async def listen() -> int:
        heard = 0

        async def hear(bell: Bell) -> None:
            nonlocal heard
            async for _ in bell.rings("tick"):
                heard += 1

        async with open_bell({"tick": SELDOM}) as bell:
            hearing = asyncio.create_task(hear(bell))
            await asyncio.sleep(0)
        await hearing
        return heard

    assert in_time(listen()) == 1


def test_it_leaves_nothing_running_and_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async def listen() -> int:
        before = len(asyncio.all_tasks())
        async with open_bell({"tick": OFTEN}) as bell:
            await rung(bell, "tick", 3)
        return len(asyncio.all_tasks()) - before

    with caplog.at_level(logging.WARNING):
        assert in_time(listen()) == 0
    assert caplog.records == []
