"""Prepares series: what there is to know before one is written, and the writing."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, update

from bot.app.outbox import Filled, Job
from bot.core.delivery import OPEN, Fate, Kind, Series, State
from bot.core.subscription import Destination, Subscription
from bot.store.database import Database
from bot.store.delivery_tables import parts, series, sheets, subscriptions
from bot.store.faults import legible
from bot.store.posting import end_if_over, told
from bot.store.series_rows import new_series, series_of
from bot.store.sheets import Sheets
from bot.store.subscription_rows import subscription_of


class Desk:
    """The series of a database, before they are sent."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database
        self._sheets = Sheets()

    async def job(self, series: int, *, shown_since: datetime) -> Job | None:
        """Return an open series and its circumstances; None when it is no longer open."""

        def find(connection: Connection) -> Job | None:
            with legible(self._database.path):
                found = _open_series(connection, series)
                if found is None:
                    return None
                return Job(
                    series=found,
                    subscription=_subscription(connection, found.subscription),
                    since=_since(connection, found.destination),
                    shown=_shown(connection, found.destination, shown_since),
                )

        return await self._database.read(find)

    async def draft(
        self, subscription: Subscription, *, shown_since: datetime, now: datetime
    ) -> Job:
        """Return what a digest posted there now would be made from; nothing is written.

        Its series has the number 0, no slot, is due now and ``DUE``.
        """
        destination = subscription.destination
        drafted = Series(
            id=0,
            kind=Kind.DIGEST,
            destination=destination,
            subscription=subscription.id or None,
            slot=None,
            due=now,
            state=State.DUE,
            silent=subscription.silent,
        )

        def find(connection: Connection) -> Job:
            with legible(self._database.path):
                return Job(
                    series=drafted,
                    subscription=subscription,
                    since=_since(connection, destination),
                    shown=_shown(connection, destination, shown_since),
                )

        return await self._database.read(find)

    async def fill(self, series: int, filled: Filled, *, now: datetime) -> None:
        """Write the parts of a due series, which is on its way from then on.

        One that is no longer due is left as it is. One without a message ends refused.
        """
        await self._database.write(lambda connection: self._fill(connection, series, filled, now))

    async def unfill(self, series: int) -> bool:
        """Take back the parts of a series if none was, or may have been, sent: it is due again.

        Returns whether it is.
        """
        return await self._database.write(lambda connection: _unfill(connection, series))

    async def cover(self, series: int, *, why: str, now: datetime) -> bool:
        """End a due slot as covered if a later one of its subscription is due, which counts it.

        Returns whether it was.
        """
        return await self._database.write(lambda connection: _cover(connection, series, why, now))

    async def close(self, series: int, state: State, *, why: str, now: datetime) -> None:
        """End an open series without a post, or without the rest of it."""
        await self._database.write(lambda connection: _close(connection, series, state, why, now))

    async def open(
        self,
        destination: Destination,
        kind: Kind,
        filled: Filled | None,
        *,
        now: datetime,
    ) -> int:
        """Write a series without a slot, filled or still to be prepared, and return its number.

        It belongs to the chat's subscription, if there is one, and is as silent.
        """

        def store(connection: Connection) -> int:
            query = select(subscriptions.c.id, subscriptions.c.silent)
            owner = connection.execute(
                query.where(subscriptions.c.destination == str(destination))
            ).one_or_none()
            row = new_series(kind, destination=str(destination), due=now)
            if owner is not None:
                row |= {"subscription": owner.id, "silent": owner.silent}
            number: int = connection.execute(_OPENED, row).scalar_one()
            if filled is not None:
                self._fill(connection, number, filled, now)
            return number

        return await self._database.write(store)

    def _fill(self, connection: Connection, number: int, filled: Filled, now: datetime) -> None:
        if connection.scalar(_DUE, {"number": number}) is None:
            return
        on_its_way = {
            "number": number,
            "sheet": self._sheets.number(connection, filled),
            "until": filled.until,
            "made": None if filled.edition is None else filled.edition.made,
            "parts": len(filled.payloads),
            "why": filled.why,
        }
        connection.execute(_FILLED, on_its_way)
        receipts = [
            {"series": number, "part": part, "changed": now} for part in range(len(filled.payloads))
        ]
        if receipts:
            connection.execute(_WAITING, receipts)
        end_if_over(connection, number, now)


_DUE = select(series.c.id).where(series.c.id == bindparam("number"), series.c.state == State.DUE)
_FILLED = (
    update(series)
    .where(series.c.id == bindparam("number"))
    .values(
        state=State.SENDING,
        sheet=bindparam("sheet"),
        until=bindparam("until"),
        made=bindparam("made"),
        parts=bindparam("parts"),
        why=func.coalesce(func.nullif(bindparam("why"), ""), series.c.why),
    )
)
_WAITING = insert(parts).values(
    series=bindparam("series"),
    part=bindparam("part"),
    fate=Fate.WAITING,
    attempts=0,
    interrupted=0,
    why="",
    changed=bindparam("changed"),
)
_UNFILLED = (
    update(series)
    .where(
        series.c.id == bindparam("number"),
        series.c.state == State.SENDING,
        # A part that was interrupted may be there, though it waits by now.
        ~exists().where(
            parts.c.series == series.c.id,
            (parts.c.fate != Fate.WAITING) | (parts.c.interrupted > 0),
        ),
    )
    .values(state=State.DUE, sheet=None, until=None, made=None, parts=0, why="")
)
_UNWRITTEN = delete(parts).where(parts.c.series == bindparam("number"))
_OTHER = series.alias("other")
#: The last due slot of the subscription that a due slot has, with what that one covers itself.
_LATER = (
    select(_OTHER.c.id, series.c.covers)
    .join_from(series, _OTHER, _OTHER.c.subscription == series.c.subscription)
    .where(
        series.c.id == bindparam("number"),
        series.c.state == State.DUE,
        series.c.day.is_not(None),
        _OTHER.c.state == State.DUE,
        _OTHER.c.day.is_not(None),
        _OTHER.c.due > series.c.due,
    )
    .order_by(_OTHER.c.due.desc())
    .limit(1)
)
_COVERS = (
    update(series)
    .where(series.c.id == bindparam("number"))
    .values(covers=series.c.covers + bindparam("more"))
)
_OPENED = insert(series).returning(series.c.id)


def _open_series(connection: Connection, number: int) -> Series | None:
    query = select(series).where(series.c.id == number, series.c.state.in_(OPEN))
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else series_of(row)


def _subscription(connection: Connection, number: int | None) -> Subscription | None:
    if number is None:
        return None
    query = select(subscriptions).where(subscriptions.c.id == number)
    return subscription_of(connection.execute(query).mappings().one())


def _since(connection: Connection, destination: Destination) -> datetime | None:
    """Return the end of the last window that was told, of which any part arrived.

    The last one, not the latest: a clock that was ahead is forgotten by the next digest.
    """
    query = (
        select(series.c.until)
        .where(
            series.c.destination == str(destination),
            series.c.kind == Kind.DIGEST,
            series.c.until.is_not(None),
            told(series),
        )
        .order_by(series.c.id.desc())
        .limit(1)
    )
    until: datetime | None = connection.scalar(query)
    return until


def _shown(connection: Connection, destination: Destination, since: datetime) -> frozenset[str]:
    posted = select(series.c.sheet).where(
        series.c.destination == str(destination),
        told(series),
        series.c.ended >= since,
    )
    query = select(sheets.c.stories).where(sheets.c.id.in_(posted), sheets.c.stories.is_not(None))
    return frozenset(
        article for stories in connection.scalars(query) for story in stories for article in story
    )


def _unfill(connection: Connection, number: int) -> bool:
    if not connection.execute(_UNFILLED, {"number": number}).rowcount:
        return False
    connection.execute(_UNWRITTEN, {"number": number})
    return True


def _cover(connection: Connection, number: int, why: str, now: datetime) -> bool:
    found = connection.execute(_LATER, {"number": number}).one_or_none()
    if found is None:
        return False
    connection.execute(_COVERS, {"number": found.id, "more": found.covers + 1})
    _close(connection, number, State.COVERED, why, now)
    return True


def _close(connection: Connection, number: int, state: State, why: str, now: datetime) -> None:
    ended = {"state": state, "why": why, "ended": now}
    open_one = (series.c.id == number, series.c.state.in_(OPEN))
    connection.execute(update(series).where(*open_one).values(ended))
