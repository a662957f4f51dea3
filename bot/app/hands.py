"""So many things are done at once; who only waits holds up nobody."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

#: So many things are done at once.
AT_ONCE = 32
#: So many wait aside; for more nobody would wait.
ASIDE = 50

log = logging.getLogger(__name__)


class Hands:
    """Hands to work with, each on one thing at a time."""

    def __init__(
        self,
        at_once: int = AT_ONCE,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Have so many; ``sleep`` waits so many seconds."""
        self._free = asyncio.Semaphore(at_once)
        self._sleep = sleep
        self._turn = asyncio.Lock()
        self._aside = 0

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Hold one hand for the block, as soon as one is free."""
        async with self._free:
            yield

    async def sleep(self, seconds: float) -> None:
        """Wait so many seconds with the hand that is held free for others meanwhile."""
        async with self.let_go():
            await self._sleep(seconds)

    async def aside(self, act: Callable[[], Awaitable[object]]) -> None:
        """Do what can wait behind all else with the hand that is held: one such thing at a time.

        Where too many wait it is not done at all.
        """
        if self._aside >= ASIDE:
            log.info("Too many wait to be told that they are not served; one is not told.")
            return
        self._aside += 1
        turn = False
        try:
            async with self.let_go():
                turn = await self._turn.acquire()
            await act()
        finally:
            if turn:
                self._turn.release()
            self._aside -= 1

    @asynccontextmanager
    async def let_go(self) -> AsyncIterator[None]:
        """Leave the hand that is held to others for the block."""
        self._free.release()
        try:
            yield
        finally:
            # To its end even when cancelled: whoever left without the hand would give it back.
            regained = asyncio.ensure_future(self._free.acquire())
            try:
                await asyncio.shield(regained)
            finally:
                await asyncio.wait({regained})
