"""Feeds read beside the event loop: in a thread, or in a process of its own where many wait.

Threads share the interpreter with the loop, so that a round over many feeds is as long as all that
is done for them; on a second core their reading takes no time of it.
"""

import asyncio
import logging
import os
import pickle
import signal
import sys
from asyncio import StreamReader, StreamWriter
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, cast

import bot
from bot.app.bundle import Bundle
from bot.app.feed import Brought, Unchanged
from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.sources.feed_answer import Crash, FeedAnswer, Outcome, outcome
from bot.sources.feed_process import LENGTH, READY, packed

#: So many are read in one go: the first of them hears of it when the last is read.
_TOGETHER = 16
#: From so many that wait on, the process is worth its start and its memory, some 40 MB.
MANY = 8
#: In seconds: a process with nothing to do ends, and one that says nothing is ended.
IDLE, SILENCE = 60.0, 30.0
#: Of what it still tells when nobody listens any more so many bytes are passed over at a time.
_PIECE = 65_536
#: In seconds: a process that has been told to end and is still there is killed.
_PATIENCE = 1.0
#: In seconds: where no process could be had, the next one is asked for.
_AGAIN = 600.0

log = logging.getLogger(__name__)


class BrokenReaderError(Exception):
    """A reading failed by a fault of ours; says where."""


class FeedReader:
    """Reads what feeds answer."""

    def __init__(
        self,
        *,
        many: int | None = None,
        silence: float = SILENCE,
        idle: float = IDLE,
        python: str = sys.executable,
    ) -> None:
        """Start the process where ``many`` wait; by itself never on a machine with one core."""
        alone = (os.cpu_count() or 1) == 1
        # More than ever wait together, where it would be of no use.
        self._many = many or (_TOGETHER + 1 if alone else MANY)
        self._silence, self._idle, self._python = silence, idle, python
        self._bundle = Bundle(self._read, most=_TOGETHER)
        self._beside: _Beside | None = None
        self._rest: asyncio.TimerHandle | None = None
        #: No process is asked for before, by the clock of the event loop.
        self._again = 0.0
        #: Waits for processes that have been told to end.
        self._ending: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Return it, without a process."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End what is read, and the process."""
        await self._bundle.aclose()
        self._dismiss()
        if self._ending:
            await asyncio.wait(self._ending)

    async def read(self, answer: FeedAnswer) -> Brought | Unchanged:
        """Return what an answer brought; raises ``FeedError``, and ``BrokenReaderError``."""
        found = await self._bundle.ask(answer)
        if isinstance(found, Fault):
            raise FeedError(found)
        if isinstance(found, Crash):
            raise BrokenReaderError(found.trace)
        return found

    async def _read(self, answers: Sequence[FeedAnswer]) -> Sequence[Outcome]:
        now = asyncio.get_running_loop().time()
        if self._beside is None and (len(answers) < self._many or now < self._again):
            return await asyncio.to_thread(_outcomes, answers)
        found: list[Outcome] = []
        suspect: int | None = None
        while left := answers[len(found) :]:
            try:
                told = await self._asked(left)
            except (OSError, EOFError, TimeoutError) as error:
                log.warning("No process could be started to read feeds in: %r.", error)
                self._again = now + _AGAIN
                return [*found, *await asyncio.to_thread(_outcomes, left)]
            found += told
            if len(told) == len(left):
                break
            if suspect == len(found):
                # It ended two processes; the others are not to suffer from it.
                found.append(_fatal(left[0]))
            # One process may have been ended by the system, for want of memory.
            suspect = len(found)
        return found

    async def _started(self) -> "_Beside":
        if self._rest:
            self._rest.cancel()
        if self._beside is None:
            self._beside = await _start(self._python, self._silence)
        return self._beside

    async def _asked(self, answers: Sequence[FeedAnswer]) -> Sequence[Outcome]:
        """Return what came of the answers, of fewer where the process ended or fell silent."""
        beside = await self._started()
        told: list[Outcome] = []
        try:
            beside.ask(answers[0])
            for following in (*answers[1:], None):
                if following is not None:
                    # One ahead: the process need not wait for it, and few are held twice.
                    beside.ask(following)
                async with asyncio.timeout(self._silence):
                    told.append(await beside.tells())
        except (EOFError, ConnectionError, TimeoutError):
            pass
        finally:
            if len(told) == len(answers):
                self._rest = asyncio.get_running_loop().call_later(self._idle, self._dismiss)
            else:
                # Also where nobody waits any more: what it would tell later belongs to nobody.
                beside.kill()
                self._dismiss()
        return told

    def _dismiss(self) -> None:
        """Let the process end, for it is asked nothing more."""
        beside, self._beside = self._beside, None
        if self._rest:
            self._rest.cancel()
        if beside:
            beside.asked.close()
            ending = asyncio.create_task(_see_off(beside), name="a reader of feeds ends")
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)


@dataclass(frozen=True, slots=True)
class _Beside:
    """The process, as the bot sees it."""

    process: Process
    asked: StreamWriter
    told: StreamReader

    def ask(self, answer: FeedAnswer) -> None:
        """Let it read an answer; whether it hears of it is seen when it tells."""
        self.asked.writelines(packed(answer))

    async def tells(self) -> Outcome:
        """Return what it tells next; raises ``EOFError`` when it has ended."""
        length = await self.told.readexactly(LENGTH)
        content = await self.told.readexactly(int.from_bytes(length, "big"))
        return cast("Outcome", pickle.loads(content))  # noqa: S301 - our own process wrote it

    async def ended(self) -> None:
        """Wait until it has ended, and nothing of it is left in the event loop."""
        with suppress(ConnectionError):
            await self.asked.wait_closed()
        while await self.told.read(_PIECE):
            pass
        await self.process.wait()

    def kill(self) -> None:
        """End it whatever it does."""
        if self.process.returncode is None:
            # The process's own ``kill`` may take its end from who waits for it in the event loop.
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, signal.SIGKILL)


async def _start(python: str, silence: float) -> _Beside:
    """Return the process once it is ready.

    Raises ``OSError``, ``EOFError`` and ``TimeoutError``.
    """
    process = await asyncio.create_subprocess_exec(
        # It is the bot's own, whatever lies in the folder where the bot was started.
        *(python, "-P", "-m", "bot.sources.feed_process"),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        # All that it is told of its surroundings: the bot's secrets stand there, too.
        env={"PYTHONPATH": str(Path(bot.__file__).parents[1])},
        # What interrupts the bot lets it end this one in order.
        start_new_session=True,
    )
    asked, told = cast("StreamWriter", process.stdin), cast("StreamReader", process.stdout)
    beside = _Beside(process, asked, told)
    try:
        async with asyncio.timeout(silence):
            await told.readexactly(len(READY))
    except BaseException:
        beside.kill()
        asked.close()
        await beside.ended()
        raise
    return beside


async def _see_off(beside: _Beside) -> None:
    """Wait until a process that has been told to end has ended."""
    try:
        async with asyncio.timeout(_PATIENCE):
            await beside.ended()
    except TimeoutError:
        beside.kill()
        await beside.ended()


def _outcomes(answers: Sequence[FeedAnswer]) -> Sequence[Outcome]:
    return [outcome(one) for one in answers]


def _fatal(answer: FeedAnswer) -> Fault:
    detail = "reading it ended the process that reads feeds"
    return Fault(name=answer.source, reason=Reason.BROKEN_FEED, detail=detail)
