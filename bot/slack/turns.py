"""Whose turn it is: what was heard is brought to its line, and what is too much is told once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from bot.app.lines import Lines
from bot.app.throttle import Throttle, Verdict
from bot.slack.heard import (
    Archived,
    Came,
    Clicked,
    Heard,
    Linked,
    Moved,
    Opened,
    Pressed,
    Submitted,
    Typed,
    Uninstalled,
    Went,
)
from bot.slack.jobs import Asked, Job, line_of

#: For an answer nobody waits longer than so many seconds.
PATIENCE = 60.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turns:
    """Decides what is worked on, and behind what."""

    throttle: Throttle

    async def hand(self, heard: Heard, lines: Lines[Job], done: Callable[[], None]) -> None:
        """Bring what was heard to its line; what can open a window has one of its own."""
        job = Job(heard, since=self.throttle.seconds(), done=done)
        match heard:
            case Typed() | Pressed() | Linked():
                await self._ask(heard, lines, job)
            case Opened():
                # The tab stays as it was; what may be asked is counted by itself.
                if self.throttle.judge(f"{heard.person.name} opens") is Verdict.ANSWER:
                    await lines.put(line_of(heard), job)
            case Clicked() | Submitted():
                await self._act(heard, lines, job)
            case Came() | Went() | Archived() | Moved() | Uninstalled():
                await lines.put(line_of(heard), job, sure=True)
            case _:
                assert_never(heard)

    def judged(self, heard: Asked, job: Job) -> Verdict:
        """Return what is done with it now that it has its turn: nobody waits for ever."""
        if job.verdict is not Verdict.ANSWER or self.throttle.seconds() - job.since < PATIENCE:
            return job.verdict
        return self._crowd(heard)

    async def _ask(self, heard: Asked, lines: Lines[Job], job: Job) -> None:
        """Bring a question to its conversation's line, as long as there is room."""
        asker, where = heard.person.name, str(heard.place.whole)
        verdict = self.throttle.judge(asker)
        if verdict is Verdict.ANSWER:
            if await lines.put(line_of(heard), job):
                return
            asker, verdict = where, self._crowd(heard)
        if verdict is Verdict.SAY:
            # In a line of its own: the others of the conversation do not wait for it.
            await lines.put(f"flood {asker}", replace(job, verdict=verdict))

    async def _act(self, heard: Clicked | Submitted, lines: Lines[Job], job: Job) -> None:
        """Bring what is done in tab and windows to its line, as long as there is room."""
        name, verdict = heard.person.name, Verdict.ANSWER
        if isinstance(heard, Clicked):
            verdict = self.throttle.judge(f"{name} clicks")
        if verdict is Verdict.ANSWER and not await lines.put(line_of(heard), job):
            verdict = Verdict.SAY
        if verdict is Verdict.SAY:
            await lines.put(f"flood {name}", replace(job, verdict=verdict))

    def _crowd(self, heard: Asked) -> Verdict:
        """Return what is done with what there is no room for: it is said once in a while."""
        verdict = self.throttle.crowd(str(heard.place.whole))
        if verdict is Verdict.SAY:
            log.warning("More is asked in %s than can be answered.", heard.place.whole)
        return verdict
