"""How fast an app may call, and what it is told when it calls faster."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil

from tests.fakes.slack.errors import too_many


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What Slack says of its limits (docs.slack.dev, rate limits)."""

    #: Messages a second in one channel, after a burst of so many.
    channel: float = 1.0
    burst: int = 3
    #: Messages a minute in the workspace: "several hundred".
    workspace: int = 300
    #: Calls a minute of each method, by its tier; 0 are the methods with rules of their own.
    tiers: tuple[int, int, int, int, int] = (1000, 1, 20, 50, 100)


#: Seconds that are no wait, but a rounding.
_INSTANT = 1e-6
_MINUTE = 60.0
_MANY = 1_000_000_000

#: Nobody is ever told to wait, but by a test.
UNLIMITED = Limits(channel=_MANY, burst=_MANY, workspace=_MANY, tiers=(_MANY,) * 5)


@dataclass
class Rates:
    """Counts calls and messages, by the clock that it is given."""

    clock: Callable[[], float]
    limits: Limits = UNLIMITED
    #: How many calls were refused for coming too soon.
    refused: int = 0
    _calls: dict[str, deque[float]] = field(default_factory=dict)
    _posted: deque[float] = field(default_factory=deque)
    #: The moment at which a channel's burst is whole again.
    _whole: dict[str, float] = field(default_factory=dict)
    #: Until when a method is refused: in one channel, or in all ("").
    _closed: dict[tuple[str, str], float] = field(default_factory=dict)

    def close(self, method: str, seconds: float, channel: str = "") -> None:
        """Refuse a method for so many seconds, in one channel or everywhere."""
        self._closed[method, channel] = self.clock() + seconds

    def call(self, method: str, tier: int, channel: str = "") -> None:
        """Count a call; raise SlackError when it came too soon."""
        now = self.clock()
        ends = self._closed.get((method, ""), now), self._closed.get((method, channel), now)
        self._refuse(max(ends) - now)
        calls = self._calls.setdefault(method, deque())
        self._refuse(_wait(calls, now, self.limits.tiers[tier]), method)
        calls.append(now)

    def post(self, method: str, channel: str) -> None:
        """Count a message; raise SlackError when it came too soon."""
        now = self.clock()
        self._refuse(_wait(self._posted, now, self.limits.workspace), method)
        ahead = self._whole.get(channel, now) - now
        self._refuse(ahead - (self.limits.burst - 1) / self.limits.channel, method, channel)
        self._posted.append(now)
        self._whole[channel] = max(now, self._whole.get(channel, now)) + 1 / self.limits.channel

    def _refuse(self, wait: float, method: str = "", channel: str = "") -> None:
        """Refuse where there is a wait, and go on refusing until it is over."""
        if wait <= _INSTANT:
            return
        seconds = max(1, ceil(wait))
        if method:
            self.close(method, seconds, channel)
        self.refused += 1
        raise too_many(seconds)


def _wait(moments: deque[float], now: float, most: int) -> float:
    """Return how many seconds until one more fits in a minute."""
    while moments and moments[0] <= now - _MINUTE:
        moments.popleft()
    return moments[0] + _MINUTE - now if len(moments) >= most else 0
