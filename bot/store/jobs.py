"""Finds what there is to know before a series is written: what its chat wants and has seen."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from bot.app.outbox import Job
from bot.core.delivery import OPEN, Kind, Series, State
from bot.core.subscription import Destination, Subscription
from bot.store.delivery_tables import series, sheets, subscriptions
from bot.store.posting import told
from bot.store.series_rows import series_of
from bot.store.statement import Statement, among
from bot.store.subscription_rows import subscription_of


def open_job(connection: Connection, number: int, shown_since: datetime) -> Job | None:
    """Return an open series and its circumstances; None when it is no longer open.

    Raises what ``legible`` understands, as all here.
    """
    row = _OPEN.one(connection, number=number)
    if row is None:
        return None
    found = series_of(row)
    job = job_of(connection, found, _subscription(connection, found.subscription), shown_since)
    return replace(job, overtaken=True) if _is_overtaken(connection, found) else job


def job_of(
    connection: Connection, of: Series, subscription: Subscription | None, shown_since: datetime
) -> Job:
    """Return the series with what its chat has seen since then."""
    return Job(
        series=of,
        subscription=subscription,
        since=_since(connection, of.destination),
        shown=_shown(connection, of.destination, shown_since),
    )


def _subscription(connection: Connection, number: int | None) -> Subscription | None:
    row = None if number is None else _SUBSCRIPTION.one(connection, number=number)
    return None if row is None else subscription_of(row)


def _is_overtaken(connection: Connection, of: Series) -> bool:
    if of.slot is None or of.subscription is None:
        return False
    return _LATER.one(connection, owner=of.subscription, moment=of.due) is not None


def _since(connection: Connection, destination: Destination) -> datetime | None:
    """Return the end of the last window that was told, of which any part arrived.

    The last one, not the latest: a clock that was ahead is forgotten by the next digest.
    """
    last = _LAST.one(connection, place=str(destination))
    return None if last is None else last["until"]


def _shown(connection: Connection, destination: Destination, since: datetime) -> frozenset[str]:
    sheets = _SHOWN.all(connection, place=str(destination), since=since)
    return frozenset(article for sheet in sheets for story in sheet["stories"] for article in story)


_OPEN = Statement(
    select(series).where(series.c.id == bindparam("number"), among(series.c.state, OPEN))
)
_SUBSCRIPTION = Statement(select(subscriptions).where(subscriptions.c.id == bindparam("number")))
_LATER = Statement(
    select(series.c.id)
    .where(
        series.c.subscription == bindparam("owner"),
        series.c.day.is_not(None),
        series.c.due > bindparam("moment"),
        series.c.state == State.DUE,
    )
    .limit(1)
)
_LAST = Statement(
    select(series.c.until)
    .where(
        series.c.destination == bindparam("place"),
        series.c.kind == Kind.DIGEST,
        series.c.until.is_not(None),
        told(series),
    )
    .order_by(series.c.id.desc())
    .limit(1)
)
_POSTED = select(series.c.sheet).where(
    series.c.destination == bindparam("place"),
    told(series),
    series.c.ended >= bindparam("since"),
)
_SHOWN = Statement(
    select(sheets.c.stories).where(sheets.c.id.in_(_POSTED), sheets.c.stories.is_not(None))
)
