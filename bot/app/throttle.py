"""How much one person may ask in a minute, and how often a chat is told of too much."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

#: So many updates of one person are worked on in a minute: more than anybody types or presses.
MOST = 20
#: So many presses of panels besides: each changes a message in place, and a week takes many.
PANELS = 60
#: Seconds that are looked at together.
MINUTE = 60.0
#: Of so many people is remembered what they asked.
_REMEMBERED = 10_000


class Verdict(Enum):
    """What is done with an update."""

    ANSWER = "answer"
    #: It is the first too many that can be answered there: say so, once.
    SAY = "say"
    IGNORE = "ignore"


@dataclass(slots=True, kw_only=True)
class Throttle:
    """Counts what each person asks, minute by minute."""

    #: Seconds that only go forward.
    seconds: Callable[[], float]
    most: int = MOST
    panels: int = PANELS
    _told: set[str] = field(default_factory=set)
    _counts: dict[str, int] = field(default_factory=dict)
    _crowded: set[str] = field(default_factory=set)
    _since: float | None = None

    def judge(self, person: str, *, panel: bool = False, apart: bool = False) -> Verdict:
        """Count an update of the person, or a press of a panel; return what is done with it.

        Who is told apart can be told each time: that it was said is not remembered.
        """
        self._look()
        key, most = (f"{person} panels", self.panels) if panel else (person, self.most)
        count = self._counts[key] = self._counts.get(key, 0) + 1
        if count <= most:
            return Verdict.ANSWER
        if apart or person in self._told:
            return Verdict.IGNORE
        self._told.add(person)
        return Verdict.SAY

    def crowd(self, chat: str) -> Verdict:
        """Return what is done with an update for which the chat has no room: it is said once."""
        self._look()
        if chat in self._crowded:
            return Verdict.IGNORE
        self._crowded.add(chat)
        return Verdict.SAY

    def _look(self) -> None:
        now, remembered = self.seconds(), len(self._counts) + len(self._crowded)
        if self._since is None or now - self._since >= MINUTE or remembered >= _REMEMBERED:
            self._counts.clear()
            self._told.clear()
            self._crowded.clear()
            self._since = now
