"""How fast a bot may send, and what it is told when it sends faster."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil

from tests.fakes.bot_api.errors import too_many


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the server's makers say of the limits, in messages."""

    #: A second in one chat, after a burst of so many.
    chat: float = 1.0
    burst: int = 3
    #: A minute in one group or channel.
    group: int = 20
    #: A second everywhere.
    overall: int = 30


#: Seconds that are no wait, but a rounding.
_INSTANT = 1e-6

#: Nobody is ever told to wait, but by a test.
UNLIMITED = Limits(chat=1e9, burst=1_000_000, group=1_000_000, overall=1_000_000)


@dataclass
class Flood:
    """Counts what is sent, by the clock that it is given."""

    clock: Callable[[], float]
    limits: Limits = UNLIMITED
    #: How many requests were refused for coming too soon.
    refused: int = 0
    _sent: deque[float] = field(default_factory=deque)
    _of_group: dict[int, deque[float]] = field(default_factory=dict)
    #: The moment at which a chat's burst is whole again.
    _whole: dict[int, float] = field(default_factory=dict)
    #: Until when all, or one chat, is refused.
    _closed: dict[int | None, float] = field(default_factory=dict)

    def close(self, seconds: float, chat: int | None = None) -> None:
        """Refuse everything to a chat, or to all of them, for so many seconds."""
        self._closed[chat] = self.clock() + seconds

    def count(self, chat: int, *, group: bool) -> None:
        """Count a message; raise ApiError when it came too soon."""
        now = self.clock()
        self._stay_closed(now, chat)
        wait = max(self._overall(now), self._group(now, chat) if group else 0)
        if wait > _INSTANT:
            self.close(ceil(wait))
            raise self._refusal(wait)
        wait = self._chat(now, chat)
        if wait > _INSTANT:
            self.close(ceil(wait), chat)
            raise self._refusal(wait)
        self._sent.append(now)
        if group:
            self._of_group[chat].append(now)
        self._whole[chat] = max(now, self._whole.get(chat, now)) + 1 / self.limits.chat

    def _stay_closed(self, now: float, chat: int) -> None:
        left = max(self._closed.get(None, now), self._closed.get(chat, now)) - now
        if left > 0:
            raise self._refusal(left)

    def _refusal(self, wait: float) -> Exception:
        self.refused += 1
        return too_many(max(1, ceil(wait)))

    def _overall(self, now: float) -> float:
        return _wait(self._sent, now, 1, self.limits.overall)

    def _group(self, now: float, chat: int) -> float:
        return _wait(self._of_group.setdefault(chat, deque()), now, 60, self.limits.group)

    def _chat(self, now: float, chat: int) -> float:
        ahead = self._whole.get(chat, now) - now
        return ahead - (self.limits.burst - 1) / self.limits.chat


def _wait(sent: deque[float], now: float, seconds: float, most: int) -> float:
    """Return how long until one more fits in the window of so many seconds."""
    while sent and sent[0] <= now - seconds:
        sent.popleft()
    return sent[0] + seconds - now if len(sent) >= most else 0
