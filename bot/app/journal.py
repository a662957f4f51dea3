"""One line in the log for each series: that it is over, and how."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.app.outbox import Closed
from bot.core.delivery import LATE_FROM, Delivered, Refused, Series, State

_MINUTE = timedelta(minutes=1)

log = logging.getLogger(__name__)


def ids_of(series: Series) -> Mapping[str, object]:
    """Return by which ids a series is found in the log."""
    found: dict[str, object] = {"series": series.id, "destination": str(series.destination)}
    if series.subscription is not None:
        found["subscription"] = series.subscription
    if series.slot is not None:
        found["slot"] = moment_id(series.slot.moment)
    return found


def moment_id(moment: datetime) -> str:
    """Return a moment as it stands in the log: "2025-09-02T03:00Z"."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def log_end(series: Series, outcome: Delivered | Refused, *, parts: int, now: datetime) -> None:
    """Say what became of a series whose last part had that outcome."""
    late = now - series.due
    if isinstance(outcome, Refused):
        log.info("Ended: the last part was refused by %s.", series.destination)
    elif series.slot is None or late < LATE_FROM:
        log.info("Posted to %s, parts: %d.", series.destination, parts)
    else:
        minutes = late // _MINUTE
        log.info("Posted to %s, parts: %d, late by %d min.", series.destination, parts, minutes)


def log_closed(series: Series, closed: Closed) -> None:
    """Say that a series ended without a post; what should not be is a warning."""
    level = logging.INFO if closed.state is State.QUIET else logging.WARNING
    slot = "" if series.slot is None else f", {moment_id(series.slot.moment)}"
    log.log(level, "%s%s: %s. %s", series.destination, slot, closed.state.value, closed.why)


def log_over() -> None:
    """Say that a series was ended elsewhere: by a person, or before the bot was stopped."""
    log.info("Nothing is left to send: it was cancelled, or was at its end already.")
