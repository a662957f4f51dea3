"""How long a room that cannot hear waits before it tries again, and when its operator is told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import assert_never

from bot.app.ports import Clock

#: An outage is told after so much time: shorter ones mend themselves.
PATIENCE = timedelta(minutes=1)
#: Seconds between two tries where only a person can mend it.
LONG = 300.0
#: Seconds between two tries where another program holds the bot's place.
RIVAL = 30.0
#: Seconds before the first try again after a lost connection, and the most there are between two.
FIRST, LAST = 1.0, 60.0


class Mends(Enum):
    """Who or what mends a trouble."""

    #: Somebody has to change something.
    PERSON = "person"
    #: Another program has to stop, as an old bot does when a new one takes over.
    RIVAL = "rival"
    #: It goes by.
    TIME = "time"


@dataclass(slots=True, kw_only=True)
class Patience:
    """Counts what keeps a room from hearing, one cause after the other."""

    clock: Clock
    #: Returns a number from 0 to 1, each time another.
    chance: Callable[[], float]
    #: How often the same was met.
    times: int = 0
    _cause: Enum | None = None
    _since: datetime | None = None
    #: Whether the room ever heard.
    _ever: bool = False

    def met(self, cause: Enum) -> datetime:
        """Count a trouble and return since when it lasts; another cause begins anew."""
        if cause is not self._cause or self._since is None:
            self._cause, self._since, self.times = cause, self.clock.now(), 0
        self.times += 1
        return self._since

    def heard(self) -> None:
        """Note that the room heard; whether that lasts is not known yet."""
        self._ever = True

    def over(self) -> None:
        """Note that the trouble is over."""
        self._cause, self._since, self.times, self._ever = None, None, 0, True

    def is_time(self, mends: Mends) -> bool:
        """Say whether what was met is to be told by now, if it was not."""
        match mends:
            case Mends.PERSON:
                return True
            case Mends.RIVAL:
                # Once happens where a new bot takes over from an old one.
                return self.times > 1
            case Mends.TIME:
                return not self._ever or self._lasted() >= PATIENCE
            case _:
                assert_never(mends)

    def backoff(self) -> float:
        """Return after how many seconds to try a lost connection again: longer each time."""
        # Half of it is chance, so that many bots do not come back at once.
        longest = min(LAST, FIRST * 2.0 ** min(self.times - 1, 10))
        return longest * (0.5 + 0.5 * self.chance())

    def _lasted(self) -> timedelta:
        now = self.clock.now()
        # The clock may be set back.
        return abs(now - (self._since or now))


def as_asked(seconds: float) -> float:
    """Return how long to wait where a platform asks for so many seconds."""
    return max(FIRST, seconds)
