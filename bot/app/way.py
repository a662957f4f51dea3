"""A series on its way, and when it is no use to go on with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app.outbox import Job
from bot.core.delivery import Moved, Outcome, Refused, Scope, Unsure
from bot.core.subscription import GRACE, Destination

#: A chat that moves more often than this while one series is sent moves in circles.
MOVES = 3


@dataclass(slots=True)
class Way:
    """A series with its parts written, as far as this process has followed it."""

    series: int
    destination: Destination
    parts: int
    #: Whether it waits for its turn: a digest does until its first part is there.
    queues: bool
    #: Until when parts of which nobody knows whether they arrived are sent again.
    deadline: datetime
    #: How many attempts in a row ended so.
    unsure: int = 0
    #: How often its chat got another address meanwhile.
    moves: int = 0


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
