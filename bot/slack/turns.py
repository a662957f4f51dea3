"""Whose turn it is: what was heard is brought to its line, and what is too much is told once."""

from dataclasses import dataclass, replace
from typing import assert_never

from bot.app.crowd import Crowd, Steps, Turn
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


@dataclass(frozen=True, slots=True)
class Turns:
    """Decides what is worked on, and behind what."""

    throttle: Throttle

    async def hand(self, heard: Heard, lines: Lines[Job], steps: Steps) -> None:
        """Bring what was heard to its line; what can open a window has one of its own."""
        crowd = Crowd(self.throttle)
        job = crowd.job(heard, steps)
        match heard:
            case Typed() | Pressed() | Linked():
                await crowd.bring(job, lines, _turn(heard))
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
        return Crowd(self.throttle).judged(job, _turn(heard))

    async def _act(self, heard: Clicked | Submitted, lines: Lines[Job], job: Job) -> None:
        """Bring what is done in tab and windows to its line, as long as there is room."""
        name, verdict = heard.person.name, Verdict.ANSWER
        if isinstance(heard, Clicked):
            verdict = self.throttle.judge(f"{name} clicks")
        if verdict is Verdict.ANSWER and not await lines.put(line_of(heard), job):
            verdict = Verdict.SAY
        if verdict is Verdict.SAY:
            await lines.put(f"flood {name}", replace(job, verdict=verdict))


def _turn(heard: Asked) -> Turn:
    return Turn(line=line_of(heard), asker=heard.person.name, chat=str(heard.place.whole))
