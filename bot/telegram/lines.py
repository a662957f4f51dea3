"""Works things off: in order within a line, many lines at once, and never too many waiting."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

#: So many lines are worked on at once.
AT_ONCE = 32
#: So many things wait or are worked on; who brings more waits.
MOST = 1000
#: What is in hand at the end has so many seconds.
LAST_WORDS = 3.5

log = logging.getLogger(__name__)

Thing = TypeVar("Thing")


class Lines(Generic[Thing]):
    """Lines of things to be done, each with a worker of its own while there is something in it."""

    def __init__(
        self, work: Callable[[Thing], Awaitable[None]], *, at_once: int, most: int
    ) -> None:
        """Do this work with each thing; what it raises is logged, and the next one has its turn."""
        self._work = work
        self._waiting: dict[str, deque[Thing]] = {}
        self._room = asyncio.Semaphore(most)
        self._hands = asyncio.Semaphore(at_once)
        self._workers: set[asyncio.Task[None]] = set()

    async def put(self, line: str, thing: Thing) -> None:
        """Bring a thing to the end of its line, as soon as there is room."""
        await self._room.acquire()
        if line in self._waiting:
            self._waiting[line].append(thing)
            return
        self._waiting[line] = deque([thing])
        worker = asyncio.create_task(self._off(line), name=f"line {line}")
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def close(self, seconds: float) -> None:
        """Give what was brought so many seconds to be done, and let go of the rest."""
        workers = set(self._workers)
        if not workers:
            return
        _, late = await asyncio.wait(workers, timeout=seconds)
        for worker in late:
            worker.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        if late:
            log.warning("The bot stopped before it had answered in %s chats.", len(late))

    async def _off(self, line: str) -> None:
        things = self._waiting[line]
        try:
            while things:
                async with self._hands:
                    await self._done(things[0])
                things.popleft()
                self._room.release()
        finally:
            for _ in things:
                self._room.release()
            del self._waiting[line]

    async def _done(self, thing: Thing) -> None:
        try:
            await self._work(thing)
        except Exception:
            # One update that nobody foresaw must not be the last one.
            log.exception("An update could not be worked on.")


@asynccontextmanager
async def open_lines(
    work: Callable[[Thing], Awaitable[None]],
    *,
    at_once: int = AT_ONCE,
    most: int = MOST,
    last_words: float = LAST_WORDS,
) -> AsyncIterator[Lines[Thing]]:
    """Give lines that do this work; at the end, what is in hand is finished."""
    lines = Lines(work, at_once=at_once, most=most)
    try:
        yield lines
    finally:
        await lines.close(last_words)
