"""What became of an article in one chat: shown, or at which stage it was dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.core.rank import Terms
from bot.core.values import Stored


class Stage(Enum):
    """Where an article's way to a chat's digest ended, in the order they are asked."""

    #: It is a story of the chat's last digest.
    SHOWN = "shown"
    #: It is a near-duplicate of another article's story there.
    COPY = "copy"
    #: It, or a near-duplicate of it, was in an earlier digest of the chat.
    SHOWN_BEFORE = "shown before"
    #: It bears a date that lies ahead, and is not believed.
    AHEAD = "ahead"
    OFF_TOPIC = "off topic"
    #: It was old when it came in.
    STALE = "stale"
    #: It came with the first reading of its source and was no news then.
    IMPORTED = "imported"
    #: It will be in the next digest.
    WAITING = "waiting"
    #: Others rank higher, and a digest holds only so many stories.
    BELOW = "below the cut"
    #: It came in before the time that a digest covers.
    OLDER = "older"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """All that is known of an article's way to a chat."""

    stored: Stored
    #: The article and its near-duplicates.
    copies: frozenset[str]
    #: The stories of the chat's last digest, and when that was made; none without one.
    stories: Sequence[Sequence[str]]
    made: datetime | None
    #: What was shown there in the last days.
    shown: frozenset[str]
    on_topic: bool
    #: What was published longer before it came in is no news.
    max_age: timedelta
    #: The next digest covers what came in since then.
    since: datetime
    now: datetime
    #: The place among what the next digest may hold, from 1; None where it is none of that.
    place: int | None
    #: How many stories a digest of the chat holds at most.
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of an article."""

    stored: Stored
    #: What it is called.
    headline: str
    stage: Stage
    #: The number of the story it is, or is a copy of, in the last digest.
    story: int | None = None
    #: The headline of the article that it is a copy of.
    original: str = ""
    made: datetime | None = None
    place: int | None = None
    #: How many compete for the next digest, and how many stories it holds at most.
    of: int = 0
    most: int = 0
    #: What its rank is the sum of, where it was ranked.
    terms: Terms | None = None
    topics: tuple[str, ...] = ()
    max_age: timedelta = timedelta(0)


def stage(trail: Trail) -> tuple[Stage, int | None]:
    """Return where the way of an article ended, and the number of its story in the last digest."""
    id_ = trail.stored.article.id
    for number, ids in enumerate(trail.stories, start=1):
        if not trail.copies.isdisjoint(ids):
            return (Stage.SHOWN if ids[0] == id_ else Stage.COPY), number
    if not trail.copies.isdisjoint(trail.shown):
        return Stage.SHOWN_BEFORE, None
    return _dropped(trail), None


def _dropped(trail: Trail) -> Stage:
    if not trail.on_topic:
        return Stage.OFF_TOPIC
    if trail.place is not None:
        return Stage.WAITING if trail.place <= trail.most else Stage.BELOW
    stored, published = trail.stored, trail.stored.article.published
    if published is not None:
        # A day begins before it ends: one of today is not ahead.
        if (published.at or published.latest() - timedelta(days=1, hours=14)) > trail.now:
            return Stage.AHEAD
        if published.latest() < stored.seen - trail.max_age:
            return Stage.STALE
    if stored.imported:
        return Stage.IMPORTED
    return Stage.BELOW if _competed(trail) else Stage.OLDER


def _competed(trail: Trail) -> bool:
    """Say whether it was among what the last digest, which was full, chose from."""
    if trail.made is None or len(trail.stories) < trail.most:
        return False
    return trail.made - timedelta(hours=24) <= trail.stored.seen <= trail.made
