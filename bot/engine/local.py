"""The queue of one process: works are done beside each other, line by line."""

import asyncio
import logging
from collections.abc import Coroutine, Mapping, Sequence
from datetime import datetime, timedelta
from typing import assert_never

from bot.app.ports import Clock
from bot.app.queue import Again, Done, Handler, Works
from bot.core.delivery import Work
from bot.engine.lines import Held, Lines

#: How many works are in hand at once.
WORKERS = 32
#: Seconds that works in hand have to come to their end when the engine stops.
PATIENCE = 8.0

#: The engine looks at the clock at least so often, in seconds, for clocks are set.
_LOOK = 30.0
#: A clock that went back further than this, in seconds, was set back.
_SET_BACK = 5.0
#: A shorter wait is not written down: after a crash the work is tried early, no more.
_NOTED = timedelta(minutes=1)
#: The longest wait after failures, in seconds; the first is one second, then twice the last.
_LONGEST = 300.0

log = logging.getLogger(__name__)


class Engine:
    """Does works as they may begin; what it keeps in memory is a mirror of the store.

    So one process alone may work on a store. Nothing is asked of the store until something is to
    be done, and no work in hand waits: what has to wait is put off.
    """

    def __init__(
        self,
        works: Works,
        handlers: Mapping[str, Handler],
        *,
        clock: Clock,
        workers: int = WORKERS,
        patience: float = PATIENCE,
    ) -> None:
        """Keep works there, and do each by the handler of its kind.

        ``patience`` is how many seconds works in hand have to end when the engine stops.
        """
        self._works = works
        self._handlers = handlers
        self._clock = clock
        self._workers = workers
        self._patience = patience
        self._lines = Lines()
        self._turn = asyncio.Lock()
        self._hands: set[asyncio.Task[None]] = set()
        self._puts: set[asyncio.Task[None]] = set()
        self._stirred = asyncio.Event()
        self._still = asyncio.Event()
        self._seen: tuple[datetime, float] | None = None

    @property
    def depth(self) -> int:
        """Return how many works wait or are in hand."""
        return len(self._lines)

    @property
    def in_hand(self) -> int:
        """Return how many works are in hand."""
        return len(self._hands)

    @property
    def age(self) -> float:
        """Return for how many seconds the work that waits longest could have been done."""
        return max(0.0, self._lines.oldest(self._clock.now()).total_seconds())

    async def put(self, works: Sequence[Work]) -> None:
        """Keep the works. One whose key already waits is left out. Raises ``StoreError``."""
        # To its end even when the caller is cancelled: a work that the store keeps and this
        # mirror lacks would never be done, and its key would keep others away.
        await asyncio.shield(self._begin(self._put(works), "put", self._puts))

    def stir(self) -> None:
        """Look at the clock and the works again."""
        self._still.clear()
        self._stirred.set()

    async def still(self) -> datetime | None:
        """Return once nothing is in hand and nothing may begin; say when the next one may.

        For whoever runs the engine only until all is done that can be.
        """
        await self._still.wait()
        return self._lines.moment()

    async def run(self) -> None:
        """Do works until cancelled; those in hand are then given the time they have to end.

        Raises ``StoreError`` when what is kept cannot be read at the start.
        """
        async with self._turn:
            for kept in await self._works.all():
                self._lines.add(kept, now=self._clock.now())
        try:
            while True:
                self._stirred.clear()
                self._begin_ready()
                await self._wait()
        finally:
            self._still.clear()
            await self._finish()

    async def _put(self, works: Sequence[Work]) -> None:
        # In turns with the reading at the start, which would bring the same works once more.
        async with self._turn:
            for kept in await self._works.put(works):
                self._lines.add(kept, now=self._clock.now())
        self.stir()

    def _begin_ready(self) -> None:
        now = self._now()
        while len(self._hands) < self._workers and (held := self._lines.take(now)):
            self._begin(self._do(held), held.kept.work.key, self._hands)

    def _begin(
        self, work: Coroutine[object, object, None], name: str, hands: set[asyncio.Task[None]]
    ) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        hands.add(task)

        def let_go(ended: asyncio.Task[None]) -> None:
            hands.discard(ended)
            self._stirred.set()
            if not ended.cancelled():
                # Looked at, or it would be complained of when nobody waits for it any more.
                ended.exception()

        task.add_done_callback(let_go)
        return task

    async def _wait(self) -> None:
        """Wait until something is put or ends, the next one may begin, or it is time to look."""
        moment = self._lines.moment() if len(self._hands) < self._workers else None
        seconds = _LOOK
        if moment is not None:
            seconds = max(0.0, min(_LOOK, (moment - self._clock.now()).total_seconds()))
        if not self._hands and not self._stirred.is_set():
            self._still.set()
        try:
            async with asyncio.timeout(seconds):
                await self._stirred.wait()
        except TimeoutError:
            return
        finally:
            self._still.clear()

    def _now(self) -> datetime:
        """Return this moment; what is put off moves along with a clock that was set back."""
        now, steady = self._clock.now(), asyncio.get_running_loop().time()
        if self._seen is not None:
            before, then = self._seen
            back = (steady - then) - (now - before).total_seconds()
            if back > _SET_BACK:
                log.warning("The clock was set back by %.0f seconds.", back)
                self._lines.shift(timedelta(seconds=-back), now=now)
        self._seen = now, steady
        return now

    async def _do(self, held: Held) -> None:
        kept = held.kept
        try:
            answer = await self._handlers[kept.work.kind](kept.work.args)
            match answer:
                case Done():
                    await self._works.done(kept.id)
                    self._lines.done(held)
                case Again(at, line):
                    if at - self._clock.now() >= _NOTED:
                        await self._works.again(kept.id, at)
                    held.failures = 0
                    self._lines.again(held, at, line)
                case _:
                    assert_never(answer)
        except Exception:
            # The loop that must not die. A work that is done but could not be crossed out is done
            # once more, too.
            held.failures += 1
            seconds = min(_LONGEST, 2.0 ** (held.failures - 1))
            log.exception("%s failed; it is tried again in %.0f seconds.", kept.work.key, seconds)
            self._lines.again(held, self._clock.now() + timedelta(seconds=seconds))

    async def _finish(self) -> None:
        """Let what is in hand end, and cancel what takes longer than the patience."""
        if hands := self._hands | self._puts:
            await asyncio.wait(hands, timeout=self._patience)
        if hands := self._hands | self._puts:
            for task in hands:
                task.cancel()
            await asyncio.wait(hands)
