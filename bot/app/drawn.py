"""What answers have drawn of their paces, in memory, so that none waits for the disk first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.delivery import Pace

#: Of more paces than this, those that hold nothing up are forgotten.
_REMEMBERED = 10_000
#: A clock that goes back by more than this was set back; less is between two tasks.
_SET_BACK = timedelta(minutes=1)


@dataclass(slots=True)
class Drawn:
    """Counts messages as the rows do that all senders share, but by itself.

    A clock that was set back clears it: the rows say what holds on.
    """

    #: When the next message is due at a pace (a theoretical arrival time, as in GCRA).
    _arrivals: dict[str, datetime] = field(default_factory=dict)
    _held: dict[str, datetime] = field(default_factory=dict)
    _seen: datetime | None = None
    _doubted: bool = True

    def doubts(self, *, now: datetime) -> bool:
        """Say whether the rows are to be asked first: at the start, and once they had no room."""
        self._look(now)
        return self._doubted

    def doubt(self) -> None:
        """Note that the rows have no room, for a reason that is not known here."""
        self._doubted = True

    def trust(self, paces: Sequence[Pace], *, now: datetime) -> None:
        """Note that the rows had room for a message, and count it whatever is known here."""
        self._look(now)
        for pace in paces:
            arrival = max(now, self._arrivals.get(pace.name, now))
            self._arrivals[pace.name] = arrival + timedelta(seconds=pace.interval)
        self._doubted = False

    def draw(self, paces: Sequence[Pace], *, now: datetime) -> datetime | None:
        """Return None when a message may go now, which counts it, else when to ask again."""
        self._look(now)
        arrivals, room = {}, now
        for pace in paces:
            interval = timedelta(seconds=pace.interval)
            arrival = arrivals[pace.name] = max(now, self._arrivals.get(pace.name, now)) + interval
            room = max(room, arrival - pace.burst * interval, self._held.get(pace.name, now))
        if room > now:
            return room
        self._arrivals |= arrivals
        return None

    def hold(self, pace: Pace, until: datetime) -> None:
        """Let nothing be drawn on the pace before that moment, nor sooner than before."""
        self._held[pace.name] = max(until, self._held.get(pace.name, until))

    def _look(self, now: datetime) -> None:
        if self._seen is not None and now < self._seen - _SET_BACK:
            self._arrivals.clear()
            self._held.clear()
            self._doubted = True
        elif len(self._arrivals) + len(self._held) > _REMEMBERED:
            self._arrivals = {name: at for name, at in self._arrivals.items() if at > now}
            self._held = {name: at for name, at in self._held.items() if at > now}
        self._seen = now
