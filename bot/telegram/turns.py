"""Whose turn it is: what was heard is brought to its line, and what is too much is told once."""

from dataclasses import dataclass, replace
from zlib import crc32

from bot.app import crowd
from bot.app.lines import Lines
from bot.app.throttle import Throttle, Verdict
from bot.telegram.buttons import Button, Buttons
from bot.telegram.heard import Heard, Migrated, Pressed, Typed
from bot.telegram.moves import Moves
from bot.telegram.presses import brings, is_of_digest, is_on_panel, is_shared


@dataclass(frozen=True, slots=True)
class Promised:
    """A press that brings a message, to be answered at once: the message may have to wait."""

    press: Pressed
    #: Whether the same button was pressed just before: its message is there, or on its way.
    again: bool = False


#: In so many lines side by side wait those who press below the digests of a channel.
LANES = 4

#: Something that was heard, and what is to be done with it.
Job = crowd.Job[Heard | Promised]


@dataclass(frozen=True, slots=True)
class Turns:
    """Decides what is worked on, and behind what."""

    throttle: Throttle
    moves: Moves
    buttons: Buttons

    async def hand(self, said: Heard, lines: Lines[Job], steps: crowd.Steps) -> None:
        """Bring what was heard to its line: that of its chat, or one beside it.

        What is typed or brings a message waits for the messages of its chat; what changes in
        place or pops up does not, nor does the answer to a press. A button of a digest that many
        press at once brings one message.
        """
        if isinstance(said, Migrated):
            self.moves.note(said.place.chat, said.new)
        job: Job = self._crowd.job(said, steps)
        if not isinstance(said, Typed | Pressed):
            await lines.put(self.moves.line(said.place.chat), job, sure=True)
            return
        if isinstance(said, Pressed) and is_shared(said) and not self.begin(said):
            self.buttons.promise(self._button(said))
            again: Job = self._crowd.job(Promised(said, again=True), steps)
            await self._crowd.bring(again, lines, replace(self._turn(said), line=_line(said)))
            return
        await self._bring(said, job, lines)

    async def _bring(self, said: Typed | Pressed, job: Job, lines: Lines[Job]) -> None:
        taken = await self._crowd.bring(job, lines, self._turn(said))
        if not taken:
            self.over(said)
        elif isinstance(said, Pressed) and brings(said):
            await lines.put(_line(said), self._crowd.job(Promised(said)))

    def judged(self, said: Typed | Pressed, job: Job) -> Verdict:
        """Return what is done with it now that it has its turn: nobody waits for ever.

        What others were told to wait for comes however late.
        """
        if isinstance(said, Pressed) and self.buttons.is_promised(self._button(said)):
            return job.verdict
        return self._crowd.judged(job, self._turn(said, answered=is_answered(said, job)))

    def begin(self, press: Pressed) -> bool:
        """Say whether the press shall bring a message: no other has just done so, or is about to.

        It is about to from now on, until it is ``over``.
        """
        button = self._button(press)
        if self.buttons.is_pressed(button):
            return False
        self.buttons.press(button, press.query)
        return True

    def shown(self, press: Pressed) -> str | None:
        """Return what popped up for another reader of a channel who pressed just before."""
        return self.buttons.shown(self._button(press))

    def show(self, press: Pressed, text: str) -> None:
        """Note what pops up for a reader of a channel."""
        self.buttons.show(self._button(press), text)

    def brought(self, press: Pressed) -> None:
        """Note that the press has brought its message."""
        if is_of_digest(press):
            self.buttons.bring(self._button(press))

    def over(self, said: Heard) -> None:
        """Note that it was worked on, whatever came of it: a press that brought nothing is gone."""
        if isinstance(said, Pressed):
            self.buttons.leave(self._button(said), said.query)

    def _button(self, said: Pressed) -> Button:
        return self.moves.line(said.place.chat), said.message, said.data

    @property
    def _crowd(self) -> crowd.Crowd:
        return crowd.Crowd(self.throttle)

    def _turn(self, said: Typed | Pressed, *, answered: bool = False) -> crowd.Turn:
        chat = self.moves.line(said.place.chat)
        asker = str(said.person.id or said.person.chat or chat)
        if not isinstance(said, Pressed):
            return crowd.Turn(line=chat, asker=asker, chat=chat)
        return crowd.Turn(
            line=chat if brings(said) else _lane(said),
            sure=is_of_digest(said) and not brings(said),
            asker=asker,
            chat=chat,
            # Who was answered cannot be told apart any more.
            apart=not answered,
            panel=is_on_panel(said),
        )


def _lane(press: Pressed) -> str:
    """Return where a press waits beside the messages of its chat.

    All who read a channel may press at once below its digest: they hold a few hands, not all.
    """
    lane = f"presses {press.place.chat}"
    return f"{lane} {crc32(press.query.encode()) % LANES}" if is_of_digest(press) else lane


def _line(press: Pressed) -> str:
    """Return the line of the answer to a press alone."""
    return f"press {press.query}"


def is_answered(said: Typed | Pressed, job: Job) -> bool:
    """Say whether it is a press that was answered as it was heard."""
    return isinstance(said, Pressed) and job.verdict is Verdict.ANSWER and brings(said)
