"""Subscriptions as rows of their table, and back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import RowMapping

from bot.core.subscription import (
    Length,
    QuietPolicy,
    Schedule,
    Slot,
    Standing,
    Subscription,
    Timing,
    destination_of,
)

Columns = Mapping[str, Any]


def serves(subscription: Subscription) -> bool:
    """Say whether anything is posted by itself."""
    return subscription.standing is Standing.ACTIVE and subscription.schedule is not None


def row_of(subscription: Subscription) -> Columns:
    """Return the row of a subscription, without its number; nothing is next where none serves."""
    schedule = subscription.schedule
    return {
        "destination": str(subscription.destination),
        "timings": schedule
        and [[timing.at.isoformat(), list(timing.days)] for timing in schedule.timings],
        "zone": schedule and schedule.zone,
        "topics": list(subscription.topics),
        "length": subscription.length,
        "language": subscription.language,
        "silent": subscription.silent,
        "quiet": subscription.quiet,
        "flat": subscription.flat,
        "standing": subscription.standing,
        "reason": subscription.reason,
        "grace": subscription.grace,
        "owner": subscription.owner,
        "declared": subscription.declared,
        **next_of(subscription.next if serves(subscription) else None),
    }


def next_of(slot: Slot | None) -> Columns:
    """Return the columns that keep a subscription's next slot."""
    return {
        "next_moment": slot and slot.moment,
        "next_day": slot and slot.day,
        "next_at": slot and slot.at,
    }


def subscription_of(row: Columns | RowMapping) -> Subscription:
    """Return the subscription that a row keeps; raises what ``legible`` understands."""
    return Subscription(
        id=row["id"],
        destination=destination_of(row["destination"]),
        schedule=None if row["timings"] is None else _schedule(row["timings"], row["zone"]),
        topics=tuple(row["topics"]),
        length=row["length"],
        language=row["language"],
        silent=row["silent"],
        quiet=row["quiet"],
        flat=row["flat"],
        standing=row["standing"],
        reason=row["reason"],
        grace=row["grace"],
        owner=row["owner"],
        declared=row["declared"],
        next=slot_of(row["next_moment"], row["next_day"], row["next_at"]),
        changed=_moment((row["previous"] or {}).get("changed")),
    )


def slot_of(moment: datetime | None, day: date | None, at: time | None) -> Slot | None:
    """Return the slot that three columns keep."""
    if moment is None or day is None or at is None:
        return None
    return Slot(moment=moment, day=day, at=at)


def kept(before: Subscription | None, *, changed: datetime) -> Columns:
    """Return what JSON can hold of what stood there before a change, for an undo."""
    if before is None:
        return {"changed": changed.isoformat()}
    held = {name: _plain(value) for name, value in row_of(before).items()}
    own = None if before.changed is None else {"changed": before.changed.isoformat()}
    return {**held, "undone": before.undone, "changed": changed.isoformat(), "previous": own}


def former(row: Columns | RowMapping) -> Subscription | None:
    """Return what a row says stood there before; raises what ``legible`` understands."""
    previous = row["previous"]
    if previous is None or "destination" not in previous:
        return None
    columns = {
        # Rows of older versions do not say.
        "previous": None,
        "flat": False,
        **previous,
        "id": row["id"],
        "destination": row["destination"],
        "length": Length(previous["length"]),
        "quiet": QuietPolicy(previous["quiet"]),
        "standing": Standing(previous["standing"]),
        "grace": timedelta(seconds=previous["grace"]),
    }
    if previous["next_moment"] is not None:
        columns["next_moment"] = datetime.fromisoformat(previous["next_moment"])
        columns["next_day"] = date.fromisoformat(previous["next_day"])
        columns["next_at"] = time.fromisoformat(previous["next_at"])
    return replace(subscription_of(columns), undone=previous.get("undone", False))


def _schedule(timings: list[tuple[str, list[int]]], zone: str) -> Schedule:
    return Schedule(
        timings=tuple(Timing(time.fromisoformat(at), tuple(days)) for at, days in timings),
        zone=zone,
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case timedelta():
            return value // timedelta(seconds=1)
        case date() | time():
            return value.isoformat()
        case _:
            return value
