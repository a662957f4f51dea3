"""Newsrooms of every habit, and the feeds that they fill, for a month and the time before it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

#: A Monday.
BEGIN = datetime(2025, 9, 1, tzinfo=UTC)
END = BEGIN + timedelta(days=30)
#: The time before, of which feeds that seldom bring news show much at their first look.
BEFORE = BEGIN - timedelta(days=150)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
#: How many items an hour of this moment brings.
Rate = Callable[[datetime], float]


@dataclass(frozen=True, kw_only=True, eq=False)
class Newsroom:
    """A feed, and all that it will ever have published, the oldest first."""

    name: str
    moments: Sequence[datetime]
    #: The feed shows what is no older, and no more of it than so many.
    window: timedelta | None = None
    most: int | None = None
    #: The days from the begin after which it is silent for ever; None when it lives on.
    dead: int | None = None

    def shown(self, now: datetime) -> range:
        """Return which of its items the feed shows, by their places in ``moments``."""
        end = bisect_right(self.moments, now)
        start = bisect_left(self.moments, now - self.window) if self.window else 0
        return range(max(start, end - self.most if self.most else 0), end)

    def due(self) -> range:
        """Return which items come in the month."""
        return range(bisect_left(self.moments, BEGIN), bisect_left(self.moments, END))


def dice(seed: int) -> Random:
    """Return chances that are the same at each run."""
    return Random(seed)  # noqa: S311 - a simulation, no secret


def fifty(random: Random) -> list[Newsroom]:
    """Return fifty of them, from a wire that forgets within six hours to a dead one."""
    made = [*_wires(random), *_sites(random), *_rare(random), *_dead(random)]
    assert len(made) == 50
    return made


def _wires(random: Random) -> Iterator[Newsroom]:
    for number in range(10):
        moments = [*_flow(random, _day_and_night(random, 8)), *_bursts(random)]
        yield _room(f"wire of six hours {number}", moments, window=timedelta(hours=6))
    for number in range(6):
        # About six hours of an ordinary day; a great event fills them in less than two.
        moments = [
            *_flow(random, _day_and_night(random, 6)),
            *_bursts(random, 45, lasting=1.5 * HOUR),
        ]
        yield _room(f"wire of forty items {number}", moments, most=40)


def _sites(random: Random) -> Iterator[Newsroom]:
    for number in range(8):
        all_days = _flow(random, _day_and_night(random, 1.5))
        yield _room(f"weekday site {number}", [*filter(_weekday, all_days)], most=25)
    for number in range(8):
        moments = _batches(random, every=DAY, most=9, keep=_weekday)
        yield _room(f"weekday daily {number}", [*moments], most=30)


def _rare(random: Random) -> Iterator[Newsroom]:
    for number in range(7):
        moments = _batches(random, every=7 * DAY, most=20, keep=lambda _: True)
        yield _room(f"weekly {number}", [*moments], most=20)
    for number in range(5):
        moments = _batches(random, every=30 * DAY, most=1, keep=lambda _: True)
        yield _room(f"monthly {number}", [*moments], most=1 + 4 * number)


def _dead(random: Random) -> Iterator[Newsroom]:
    for number in range(3):
        moments = [*_flow(random, _day_and_night(random, 2))]
        lived = [one for one in moments if one < BEGIN + 9 * DAY]
        yield _room(f"dying {number}", lived, most=20, dead=9)
    for number in range(3):
        old = [one - 2900 * DAY for one in _flow(random, _day_and_night(random, 1))]
        yield _room(f"dead for years {number}", old, most=20, dead=0)


def _room(
    name: str,
    moments: Sequence[datetime],
    *,
    window: timedelta | None = None,
    most: int | None = None,
    dead: int | None = None,
) -> Newsroom:
    return Newsroom(name=name, moments=sorted(moments), window=window, most=most, dead=dead)


def _day_and_night(random: Random, rate: float) -> Rate:
    """Return a rate by day and hardly any by night, where the newsroom's clock is."""
    zone = random.randrange(24)

    def of(at: datetime) -> float:
        return rate if 7 <= (at.hour + zone) % 24 < 22 else rate / 20

    return of


def _weekday(at: datetime) -> bool:
    return at.weekday() < 5


def _flow(random: Random, rate: Rate) -> Iterator[datetime]:
    """Give moments at that rate, at random as news is."""
    most, at = 10.0, BEGIN - 20 * DAY
    while at < END:
        at += timedelta(hours=random.expovariate(most))
        if random.random() * most < rate(at):
            yield at


def _bursts(
    random: Random, items: int = 25, *, lasting: timedelta = HOUR / 2
) -> Iterator[datetime]:
    """Give what great events bring in so short a time, about every fifth day, day or night."""
    at = BEFORE
    while (at := at + random.expovariate(1 / 5) * DAY) < END:
        yield from (at + random.random() * lasting for _ in range(items))


def _batches(
    random: Random, *, every: timedelta, most: int, keep: Callable[[datetime], bool]
) -> Iterator[datetime]:
    """Give what comes at once at a set time, a little late."""
    at = BEFORE + random.random() * every
    while at < END:
        if keep(at):
            late = at + random.random() * HOUR
            yield from (late + timedelta(seconds=n) for n in range(random.randint(1, most)))
        at += every
