"""When each of many series may begin to be sent, so that they do not all try at once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.delivery import Pace


@dataclass(slots=True)
class Turns:
    """Gives each series a moment of its own at the speed of its account.

    Without it ten thousand series would all come back when one message may go, and all but one
    be sent away again. What counts is what the outbox reserves; this is only who asks it when.
    """

    #: When the next turn of an account is free (a theoretical arrival time, as in GCRA).
    _free: dict[str, datetime] = field(default_factory=dict)
    #: Accounts of which none may go before that moment.
    _held: dict[str, datetime] = field(default_factory=dict)
    #: How many messages a series had lately.
    _messages: dict[str, int] = field(default_factory=dict)
    _taken: dict[int, datetime] = field(default_factory=dict)
    _seen: datetime | None = None

    def take(self, series: int, pace: Pace, *, now: datetime) -> datetime:
        """Return from when the series may go: the turn that it has, or else the next free one."""
        self._look(now)
        earliest = max(now, self._held.get(pace.name, now))
        taken = self._taken.get(series)
        if taken is not None and (taken > now or earliest == now):
            return taken
        free = self._free.get(pace.name, now)
        turn = max(earliest, free - timedelta(seconds=(pace.burst - 1) * pace.interval))
        lasts = timedelta(seconds=self._messages.get(pace.name, 1) * pace.interval)
        self._free[pace.name] = max(free, turn) + lasts
        self._taken[series] = turn
        return turn

    def learn(self, series: int, pace: Pace, messages: int) -> None:
        """Note how many messages a series has: the next ones are thought to have as many."""
        more = messages - self._messages.get(pace.name, 1)
        self._messages[pace.name] = messages
        if series in self._taken:
            self._free[pace.name] += timedelta(seconds=max(0, more) * pace.interval)

    def hold(self, pace: Pace, until: datetime) -> None:
        """Let none go before that moment."""
        self._held[pace.name] = until

    def leave(self, series: int) -> None:
        """Forget the turn of a series: it was in vain, or the series is over.

        One that waits for its own sake takes no room of the others; it takes a turn when it is
        back.
        """
        self._taken.pop(series, None)

    def _look(self, now: datetime) -> None:
        """Forget all turns when the clock was set back, for they may lie a day ahead."""
        if self._seen is not None and now < self._seen - timedelta(seconds=5):
            self._free.clear()
            self._held.clear()
            self._taken.clear()
        self._seen = now
