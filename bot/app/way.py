"""A series on its way, and when it is no use to go on with it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.app.outbox import Job, Ready
from bot.core.delivery import (
    LATE_FROM,
    Elsewhere,
    Kind,
    Moved,
    Outcome,
    Post,
    Refused,
    Scope,
    Series,
    Unsure,
)
from bot.core.subscription import GRACE, Destination, Standing

#: A chat that moves more often than this while one series is sent moves in circles.
MOVES = 3
#: The shortest and the longest wait after an attempt of which nobody knows what became, in seconds.
_UNSURE, _UNSURE_LONGEST = 1.0, 600.0
#: A wait that a channel asks for is at least and at most this long.
_SHORTEST, _LONGEST = timedelta(seconds=0.05), timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Known:
    """What became of a part, and when: kept until the store has taken it."""

    post: Post
    outcome: Outcome
    at: datetime


@dataclass(slots=True)
class Way:
    """A series with its parts written, as far as this process has followed it."""

    series: int
    #: As it was when it was taken up.
    of: Series
    destination: Destination
    parts: int
    #: Whether it waits for its turn: a digest does until its first part is there.
    queues: bool
    #: Until when parts of which nobody knows whether they arrived are sent again.
    deadline: datetime
    #: Where it goes once its place within the chat is gone.
    elsewhere: Elsewhere
    #: From when what is written no longer says how late it is; None when it is sent as it is.
    stale: datetime | None = None
    #: An interrupted part that could not be looked for yet.
    sought: Ready | None = None
    #: What is still to be recorded.
    known: Known | None = None
    #: How many attempts in a row ended so that nobody knows whether the part arrived.
    unsure: int = 0
    #: How often its chat got another address meanwhile.
    moves: int = 0

    @property
    def placed(self) -> Series:
        """Return the series as it was taken up, at the place where it goes now."""
        return replace(self.of, destination=self.destination)

    def refusal(self, why: str) -> str:
        """Return what the operator is told of a chat that takes nothing."""
        if self.of.subscription is None and self.of.slot is None:
            return f"{self.destination} took nothing. {why}"
        return ended(self.destination, why)

    def doubted(self) -> float:
        """Note that nobody knows whether a part arrived; return the seconds until another try."""
        self.stale = None
        self.unsure += 1
        return float(min(_UNSURE_LONGEST, _UNSURE * 2 ** (self.unsure - 1)))

    def is_last(self, post: Post) -> bool:
        """Say whether nothing is left to send after this part."""
        return post.part + 1 >= self.parts

    def is_stale(self, now: datetime) -> bool:
        """Say whether what is written is to be written anew, if none of it may have arrived."""
        return self.stale is not None and now >= self.stale


def taken_up(job: Job) -> Way:
    """Return the way of a series that is about to be prepared, or to be sent on."""
    series = job.series
    return Way(
        series=series.id,
        of=series,
        destination=series.destination,
        parts=series.parts,
        queues=series.kind is Kind.DIGEST,
        deadline=series.due + grace(job),
        elsewhere=_elsewhere(job),
        stale=stale_from(job, series.due),
    )


def _elsewhere(job: Job) -> Elsewhere:
    """Return where it goes once its topic is gone: only a digest that comes by itself moves."""
    chat = job.subscription
    if chat is not None and chat.schedule is not None and chat.standing is Standing.ACTIVE:
        return Elsewhere.ALWAYS
    return Elsewhere.ONCE if job.series.kind is Kind.NOTICE else Elsewhere.NEVER


def ended(place: Destination, why: str) -> str:
    """Return what the operator is told of a place whose digests the platform ends."""
    return f"{place} gets no digest any more: it refuses posts. {why}"


def bearable(seconds: float) -> timedelta:
    """Return a wait that a channel asks for, within limits."""
    return max(_SHORTEST, timedelta(seconds=min(seconds, _LONGEST.total_seconds())))


def stale_from(job: Job, prepared: datetime) -> datetime | None:
    """Return from when a page prepared then is to be prepared anew; None for no slot's page."""
    return None if job.series.slot is None else max(prepared, job.series.due) + LATE_FROM


def grace(job: Job) -> timedelta:
    """Return how late the series may still be sent."""
    return job.subscription.grace if job.subscription else GRACE


def too_old(job: Job, now: datetime) -> bool:
    """Say whether a slot has waited longer than its grace; what was asked for never has."""
    return job.series.slot is not None and now - job.series.due > grace(job)


def judged(outcome: Outcome, way: Way, now: datetime) -> Outcome:
    """Return the outcome, or a refusal where trying on would never end."""
    if isinstance(outcome, Unsure) and now > way.deadline:
        why = f"Nobody knows whether it arrived, and it is too late to try again. {outcome.why}"
        return Refused(why, Scope.PART)
    if isinstance(outcome, Moved) and way.moves >= MOVES:
        return Refused("The chat moves from one address to the next.", Scope.DESTINATION)
    return outcome
