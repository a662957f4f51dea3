"""Series as rows of their table, and back."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping

from bot.core.delivery import Kind, Series, State
from bot.core.subscription import Slot, destination_of


def series_of(row: Mapping[str, Any] | RowMapping) -> Series:
    """Return the series that a row keeps; raises what ``legible`` understands."""
    day, at = row["day"], row["at"]
    return Series(
        id=row["id"],
        kind=row["kind"],
        destination=destination_of(row["destination"]),
        subscription=row["subscription"],
        slot=None if day is None else Slot(moment=row["due"], day=day, at=at),
        due=row["due"],
        state=row["state"],
        why=row["why"],
        covers=row["covers"],
        ended=row["ended"],
        parts=row["parts"],
        silent=row["silent"],
    )


def new_series(kind: Kind, **columns: object) -> dict[str, Any]:
    """Return the row of a series of which nothing is written yet, with these columns set."""
    return {
        "kind": kind,
        "subscription": None,
        "day": None,
        "at": None,
        "state": State.DUE,
        "why": "",
        "covers": 0,
        "ended": None,
        "parts": 0,
        "silent": False,
        "put": False,
        **columns,
    }
