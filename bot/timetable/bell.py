"""The bell: it rings in the rhythms it is given, and does nothing else.

A date in the scheduler is wound anew for each ring. An interval would ring once for every second
of a clock that jumps a month ahead, and would sleep a day when it jumps a day back.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

#: A ring that is so many seconds late is taken as rung: the clock was put back meanwhile.
SLACK = 2.0


class Bell:
    """Rings in each of its rhythms, for one listener each."""

    def __init__(
        self, scheduler: AsyncIOScheduler, rhythms: Mapping[str, float], *, slack: float = SLACK
    ) -> None:
        """Ring by a scheduler that runs; the rhythms are seconds between two rings, by name."""
        self._scheduler = scheduler
        self._rhythms = dict(rhythms)
        self._slack = slack
        self._rung = {name: asyncio.Event() for name in rhythms}
        self._silent = False

    async def rings(self, name: str) -> AsyncGenerator[None, None]:
        """Yield at once, then each time so many seconds after the listener came back.

        A listener that takes long gets no rings for what it missed. It ends when the bell is
        silenced, and so lets the work in hand come to its end.
        """
        while not self._silent:
            yield
            await self._wait(name)

    def silence(self) -> None:
        """Ring no more: every listener's rings end."""
        self._silent = True
        for rung in self._rung.values():
            rung.set()

    async def _wait(self, name: str) -> None:
        rung, seconds = self._rung[name], self._rhythms[name]
        if self._silent:
            return
        rung.clear()

        async def ring() -> None:
            # All that a job does: what ends the scheduler ends no work.
            rung.set()

        self._scheduler.add_job(
            ring,
            "date",
            run_date=datetime.now(UTC) + timedelta(seconds=seconds),
            id=name,
            replace_existing=True,
            # The scheduler would drop a ring that is a second late.
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        try:
            # These seconds are those of a clock that nobody puts back.
            async with asyncio.timeout(seconds + self._slack):
                await rung.wait()
        except TimeoutError:
            return


@asynccontextmanager
async def open_bell(rhythms: Mapping[str, float], *, slack: float = SLACK) -> AsyncIterator[Bell]:
    """Give a bell with these rhythms, in seconds by name, and silence it at the end."""
    # Without a zone it asks the machine for its own, and fails where that is set up oddly.
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.start()
    bell = Bell(scheduler, rhythms, slack=slack)
    try:
        yield bell
    finally:
        bell.silence()
        scheduler.shutdown(wait=False)
        # It is only asked to: it ends with the loop's next turn.
        await asyncio.sleep(0)
