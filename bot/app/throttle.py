"""How much one person may ask in a minute, and how often a chat is told of too much."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

#: So many updates of one person are worked on in a minute: more than anybody types or presses.
MOST = 20
#: Seconds that are looked at together.
MINUTE = 60.0
#: Of so many people is remembered what they asked.
_REMEMBERED = 10_000


class Verdict(Enum):
    """What is done with an update."""

    ANSWER = "answer"
    #: It is the first too many: say so, once.
    SAY = "say"
    IGNORE = "ignore"


@dataclass(slots=True, kw_only=True)
class Throttle:
    """Counts what each person asks, minute by minute."""

    #: Seconds that only go forward.
    seconds: Callable[[], float]
    most: int = MOST
    _counts: dict[str, int] = field(default_factory=dict)
    _crowded: set[str] = field(default_factory=set)
    _since: float | None = None

    def judge(self, person: str) -> Verdict:
        """Count an update of the person and return what is done with it."""
        self._look()
        count = self._counts[person] = self._counts.get(person, 0) + 1
        if count <= self.most:
            return Verdict.ANSWER
        return Verdict.SAY if count == self.most + 1 else Verdict.IGNORE

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
            self._crowded.clear()
            self._since = now
