"""Works that run side by side until they are over or the system asks to stop."""

import asyncio
import signal
from collections.abc import Coroutine, Sequence
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
