"""Whose turn it is: what was heard is brought to its line, and what is too much is told once."""

from dataclasses import dataclass, replace

from bot.app import crowd
from bot.app.lately import Lately
from bot.app.lines import Lines
from bot.app.throttle import Throttle, Verdict
from bot.telegram.heard import Heard, Migrated, Pressed, Typed
from bot.telegram.moves import Moves
from bot.telegram.presses import brings, is_of_digest, is_on_panel


@dataclass(frozen=True, slots=True)
class Promised:
    """A press that brings a message, to be answered at once: the message may have to wait."""

    press: Pressed
    #: Whether the same button was pressed just before: its message is there, or on its way.
    again: bool = False


#: A button of a digest: its chat, its message and what it says.
Button = tuple[str, int, str]

#: Something that was heard, and what is to be done with it.
Job = crowd.Job[Heard | Promised]


@dataclass(frozen=True, slots=True)
class Turns:
    """Decides what is worked on, and behind what."""

    throttle: Throttle
    moves: Moves
    #: The buttons that were just pressed, and are answered with a message.
    buttons: Lately[Button, str]

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
        if isinstance(said, Pressed) and self._is_again(said):
            again: Job = self._crowd.job(Promised(said, again=True), steps)
            await self._crowd.bring(again, lines, replace(self._turn(said), line=_line(said)))
            return
        taken = await self._crowd.bring(job, lines, self._turn(said))
        if taken and isinstance(said, Pressed) and brings(said):
            if is_of_digest(said):
                self.buttons.keep(self._button(said), said.query)
            await lines.put(_line(said), self._crowd.job(Promised(said)))

    def judged(self, said: Typed | Pressed, job: Job) -> Verdict:
        """Return what is done with it now that it has its turn: nobody waits for ever."""
        return self._crowd.judged(job, self._turn(said, answered=is_answered(said, job)))

    def in_vain(self, said: Typed | Pressed) -> None:
        """Note that a press brought nothing: the next one shall."""
        if isinstance(said, Pressed):
            self.buttons.drop(self._button(said))

    def _is_again(self, said: Pressed) -> bool:
        """Say whether a button brings what it brought, or is about to, for who pressed before."""
        return is_of_digest(said) and self.buttons.of(self._button(said)) is not None

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
            line=chat if brings(said) else f"presses {chat}",
            asker=asker,
            chat=chat,
            # Who was answered cannot be told apart any more.
            apart=not answered,
            panel=is_on_panel(said),
        )


def _line(press: Pressed) -> str:
    """Return the line of the answer to a press alone."""
    return f"press {press.query}"


def is_answered(said: Typed | Pressed, job: Job) -> bool:
    """Say whether it is a press that was answered as it was heard."""
    return isinstance(said, Pressed) and job.verdict is Verdict.ANSWER and brings(said)
