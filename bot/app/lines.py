"""Works things off: in order within a line, many lines at once, and never too many waiting."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

from bot.app.hands import Hands

#: So many things wait or are worked on; who brings more waits.
MOST = 1000
#: So many of them in one line: more than a group is answered in a minute.
EACH = 20
#: That there is no room at all is said once in so many seconds.
WARNED = 60.0
#: What is in hand at the end has so many seconds.
LAST_WORDS = 3.5

log = logging.getLogger(__name__)

Thing = TypeVar("Thing")


class Lines(Generic[Thing]):
    """Lines of things to be done, each with a worker of its own while there is something in it."""

    def __init__(
        self, work: Callable[[Thing], Awaitable[None]], *, hands: Hands, most: int
    ) -> None:
        """Do this work with each thing; what it raises is logged, and the next one has its turn."""
        self._work = work
        self._waiting: dict[str, deque[Thing]] = {}
        self._room = asyncio.Semaphore(most)
        #: When it was last said that there is no room, by the loop's clock.
        self._warned = -WARNED
        self._hands = hands
        self._workers: set[asyncio.Task[None]] = set()

    async def put(self, line: str, thing: Thing, *, sure: bool = False) -> bool:
        """Bring a thing to the end of its line, as soon as there is room at all.

        Say whether it stands there: a line that is full takes only what is sure to be done.
        """
        if not sure and len(self._waiting.get(line, ())) >= EACH:
            return False
        await self._make_room()
        if line in self._waiting:
            self._waiting[line].append(thing)
            return True
        self._waiting[line] = deque([thing])
        worker = asyncio.create_task(self._off(line), name=f"line {line}")
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)
        return True

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
            log.warning(
                "The bot stopped before it had answered everybody. Chats that wait: %s.", len(late)
            )

    async def _make_room(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._room.locked() and now - self._warned >= WARNED:
            self._warned = now
            log.warning(
                "Too much waits to be answered (chats: %s): nothing more is heard until some of"
                " it is done.",
                len(self._waiting),
            )
        await self._room.acquire()

    async def _off(self, line: str) -> None:
        things = self._waiting[line]
        try:
            while things:
                async with self._hands.held():
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
    hands: Hands | None = None,
    most: int = MOST,
    last_words: float = LAST_WORDS,
) -> AsyncIterator[Lines[Thing]]:
    """Give lines that do this work; at the end, what is in hand is finished."""
    lines = Lines(work, hands=hands or Hands(), most=most)
    try:
        yield lines
    finally:
        await lines.close(last_words)
