"""Works that run side by side: until the system asks to stop, or one slow beside the next."""

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

Work = Coroutine[Any, Any, None]

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


async def until_over(talk: Work, *, beside: Sequence[Work] = (), stay: bool = False) -> bool:
    """Run the talk and the works beside it until the talk is over, or SIGTERM or SIGINT comes.

    With ``stay`` only a signal ends it. Returns whether it was one. What any of the works raises
    ends them all, and is raised.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, stop.set)
    talking = asyncio.create_task(talk, name="talk")
    stopping = asyncio.create_task(stop.wait(), name="signals")
    ends: set[asyncio.Task[Any]] = {stopping} if stay else {stopping, talking}
    tasks: set[asyncio.Task[Any]] = {
        talking,
        stopping,
        *(asyncio.create_task(work, name="beside") for work in beside),
    }
    try:
        pending = tasks
        while not any(end.done() for end in ends):
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
    return stop.is_set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """Works that were begun one after another; a slow one goes on beside the next."""

    #: So many seconds is each waited for; None waits for its end.
    patience: float | None
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def begin(self, work: Work) -> bool:
        """Begin the work and return whether it is done already.

        Raises what this or an earlier work that is over now has raised.
        """
        task = asyncio.create_task(work, name="answer")
        self.tasks.add(task)
        await asyncio.wait({task}, timeout=self.patience)
        for over in [each for each in self.tasks if each.done()]:
            self.tasks.remove(over)
            over.result()
        return task.done()

    async def finish(self) -> None:
        """Wait for all that is still going on; raises what one of them raises."""
        await asyncio.gather(*self.tasks)


@asynccontextmanager
async def begun(*, patience: float | None) -> AsyncIterator[Begun]:
    """Give what begins works, and leave at the end those that still go on."""
    works = Begun(patience=patience)
    try:
        yield works
    finally:
        for task in works.tasks:
            task.cancel()
        await asyncio.gather(*works.tasks, return_exceptions=True)
