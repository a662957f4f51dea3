"""A clock that jumps a day forward or back loses nothing and doubles nothing."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.outbox import Filled, Job
from bot.core.delivery import State
from bot.core.subscription import Destination
from bot.store.database import open_database
from bot.store.history import History
from tests.delivery.node import node, subscribe
from tests.fakes.delivery import Loop, SetClock, filled

DAY = timedelta(days=1)
MOMENT = datetime(2025, 9, 2, 8, tzinfo=UTC)


async def named_by_its_day(job: Job) -> Filled:
    assert job.series.slot
    return filled(f"{job.series.slot.day:%d}, one", f"{job.series.slot.day:%d}, two")


async def days_sent(path: Path, jumps: list[timedelta]) -> tuple[list[str], set[State]]:
    """Let a bot do a round at each moment that the jumps lead to; return what it has sent."""
    clock, channel = SetClock(MOMENT), Loop()
    async with open_database(path) as database:
        await subscribe(database, [Destination("loop", "here")], moment=MOMENT)
        bot = node(database, {"loop": channel}, named_by_its_day, clock=clock)
        running = asyncio.create_task(bot.engine.run())
        for jump in jumps:
            clock.forward(jump)
            bot.engine.stir()
            await bot.round()
            await bot.engine.still()
        running.cancel()
        await asyncio.wait({running})
        series = await History(database).series(limit=100)
    return [text for _, text in channel.sent], {one.state for one in series}


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    "jumps",
    [
        [MINUTE, DAY, MINUTE],
        [MINUTE, -DAY, DAY, MINUTE, DAY, MINUTE],
        [MINUTE, DAY, -DAY, MINUTE, DAY, MINUTE],
        [-DAY, DAY + MINUTE, -MINUTE, MINUTE, DAY],
    ],
    ids=["forward", "back", "forward and back", "back before the first"],
)
def test_each_day_is_sent_once_however_the_clock_jumps(
    tmp_path: Path, jumps: list[timedelta]
) -> None:
    sent, states = asyncio.run(days_sent(tmp_path / "briefbot.db", jumps))

    assert sent == ["02, one", "02, two", "03, one", "03, two"]
    assert states == {State.POSTED}
