"""The numbers by which an operator sees how the bot is: counted by use cases, shown by a room."""

from bisect import bisect_left
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bot.app.counts import Counts
from bot.core.health import Health, Standing

#: Upper bounds of the spread of seconds; what takes longer than the last counts, too.
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Spread:
    """How many took how long, since the bot was started."""

    #: How many stayed within each bound of ``BOUNDS`` and above the one before; then the rest.
    counts: tuple[int, ...]
    #: What they took together.
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNumbers:
    """How a source is."""

    name: str
    ok: bool
    standing: Standing
    #: Seconds since its newest article was published; None when it has none with a date.
    age: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What there is to show."""

    version: str
    #: What delivery has done since the start.
    counts: Counts
    #: How many works wait or are in hand.
    queue: int = 0
    #: For how many seconds the oldest of them could have been begun; 0 when none could.
    queue_age: float = 0.0
    sources: tuple[SourceNumbers, ...] = ()
    #: How many looks at feeds wait or are under way.
    looking: int = 0
    #: Looks at feeds since the start, by what came of them.
    looks: Mapping[str, int] = field(default_factory=dict)
    #: How long answers took since the start, by their verbs.
    answers: Mapping[str, Spread] = field(default_factory=dict)


#: Looks up the numbers of this moment; raises ``StoreError``.
ReadNumbers = Callable[[], Awaitable[Numbers]]


def source_numbers(healths: Sequence[Health], now: datetime) -> tuple[SourceNumbers, ...]:
    """Return how the sources are; a day without an hour counts as that whole day."""
    return tuple(
        SourceNumbers(
            name=health.source,
            ok=health.failing is None,
            standing=health.standing,
            age=None
            if health.newest is None
            else max(0.0, (now - health.newest.latest()).total_seconds()),
        )
        for health in healths
    )


class Timings:
    """Counts how long things of some names take."""

    def __init__(self, steady: Callable[[], float]) -> None:
        """Measure by seconds that nobody puts back."""
        self._steady = steady
        self._counts: dict[str, list[int]] = {}
        self._seconds: dict[str, float] = {}

    @contextmanager
    def measured(self, name: str) -> Iterator[None]:
        """Count what happens inside, however it ends. The names must be few."""
        begun = self._steady()
        try:
            yield
        finally:
            self.add(name, self._steady() - begun)

    def add(self, name: str, seconds: float) -> None:
        """Count one that took so long."""
        counts = self._counts.setdefault(name, [0] * (len(BOUNDS) + 1))
        counts[bisect_left(BOUNDS, seconds)] += 1
        self._seconds[name] = self._seconds.get(name, 0.0) + seconds

    def spreads(self) -> Mapping[str, Spread]:
        """Return what was counted so far, by name."""
        return {
            name: Spread(tuple(counts), self._seconds[name])
            for name, counts in self._counts.items()
        }
