"""What is asked is brought to its line; what is too much is told once."""

import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from bot.app.lines import Lines
from bot.app.throttle import Throttle, Verdict

#: For an answer nobody waits longer than so many seconds.
PATIENCE = 60.0

log = logging.getLogger(__name__)

Said = TypeVar("Said")


def nothing() -> None:
    """Do nothing."""


def at_once() -> AbstractAsyncContextManager[bool]:
    """Say that it may begin."""
    return nullcontext(enter_result=True)


@dataclass(frozen=True, slots=True)
class Steps:
    """What is noted of something while it is worked on."""

    #: To be called once it is done.
    done: Callable[[], None] = nothing
    #: To be entered while it is worked on; gives False where it must not be.
    turn: Callable[[], AbstractAsyncContextManager[bool]] = at_once


#: Of this nothing is noted.
UNNOTED = Steps()


@dataclass(frozen=True, slots=True)
class Job(Generic[Said]):
    """Something that was heard, and what is to be done with it."""

    heard: Said
    verdict: Verdict = Verdict.ANSWER
    #: When it was heard, in seconds that only go forward.
    since: float = 0.0
    steps: Steps = field(default=UNNOTED, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Whose question it is, and behind what it waits."""

    line: str
    asker: str
    #: Where it was asked.
    chat: str
    #: Whether the asker alone is told that it is too much: each time, for nobody else reads it.
    apart: bool = False
    #: Whether its line takes it however many stand there.
    sure: bool = False
    #: Whether it is a press of a panel: of those more are allowed.
    panel: bool = False


@dataclass(frozen=True, slots=True)
class Crowd:
    """Decides which of the many who ask are answered."""

    throttle: Throttle

    def job(self, heard: Said, steps: Steps = UNNOTED) -> Job[Said]:
        """Return what was heard just now as something to be done."""
        return Job(heard, since=self.throttle.seconds(), steps=steps)

    async def bring(self, job: Job[Said], lines: Lines[Job[Said]], turn: Turn) -> bool:
        """Bring a question to its line, as long as there is room and the asker may ask more.

        Say whether it stands there to be answered. One of which nothing is said is done with.
        """
        asker = turn.asker
        verdict = self.throttle.judge(asker, panel=turn.panel, apart=turn.apart)
        if verdict is Verdict.ANSWER:
            if await lines.put(turn.line, job, sure=turn.sure):
                return True
            # Each who is told apart has a line of their own, so that nobody's has no room.
            asker, verdict = turn.asker if turn.apart else turn.chat, self._crowded(turn)
        told = verdict is Verdict.SAY or turn.apart
        # In a line of its own: the others of the chat do not wait for it.
        if not (told and await lines.put(f"flood {asker}", replace(job, verdict=verdict))):
            job.steps.done()
        return False

    def judged(self, job: Job[Said], turn: Turn) -> Verdict:
        """Return what is done with a question whose turn has come: nobody waits for ever."""
        if job.verdict is not Verdict.ANSWER or self.throttle.seconds() - job.since < PATIENCE:
            return job.verdict
        return self._crowded(turn)

    def _crowded(self, turn: Turn) -> Verdict:
        """Return what is done with what there is no room for: a chat is told once in a while."""
        if turn.apart:
            return Verdict.IGNORE
        verdict = self.throttle.crowd(turn.chat)
        if verdict is Verdict.SAY:
            log.warning("More is asked in %s than can be answered.", turn.chat)
        return verdict
