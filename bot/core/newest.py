"""The later of two publications."""

from datetime import datetime

from bot.core.values import Published


def newest_of(one: Published | None, other: Published | None, *, now: datetime) -> Published | None:
    """Return the later of two publications, never one that is still to come."""
    days = [each for each in (one, other) if each is not None and each.day <= now.date()]
    return max(days, key=Published.latest, default=None)
