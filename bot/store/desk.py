"""Prepares series: what there is to know before one is written, and the writing."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, update

from bot.app.outbox import Filled, Job
from bot.core.delivery import OPEN, Fate, Kind, Series, State
from bot.core.subscription import Destination, Subscription
from bot.store.database import Database
from bot.store.delivery_tables import parts, series, subscriptions
from bot.store.faults import legible
from bot.store.jobs import job_of, open_job
from bot.store.posting import end_if_over
from bot.store.series_rows import new_series
from bot.store.sheets import Sheets
from bot.store.statement import Statement, among


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
                return open_job(connection, series, shown_since)

        # In turn with the writes, so that one hop to a thread serves many: a reader's thread of its
        # own for each series takes longer than all that is read.
        return await self._database.write(find)

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
                return job_of(connection, drafted, subscription, shown_since)

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
        if _DUE.one(connection, number=number) is None:
            return
        count = len(filled.payloads)
        _FILLED.do(
            connection,
            number=number,
            sheet=self._sheets.number(connection, filled),
            until=filled.until,
            made=None if filled.edition is None else filled.edition.made,
            parts=count,
            why=filled.why,
        )
        receipts = ({"series": number, "part": part, "changed": now} for part in range(count))
        _WAITING.do_each(connection, receipts)
        if not count:
            end_if_over(connection, number, now)


_DUE = Statement(
    select(series.c.id).where(series.c.id == bindparam("number"), series.c.state == State.DUE)
)
_FILLED = Statement(
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
_WAITING = Statement(
    insert(parts).values(
        series=bindparam("series"),
        part=bindparam("part"),
        fate=Fate.WAITING,
        attempts=0,
        interrupted=0,
        why="",
        changed=bindparam("changed"),
    )
)
_UNFILLED = Statement(
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
_UNWRITTEN = Statement(delete(parts).where(parts.c.series == bindparam("number")))
_OTHER = series.alias("other")
#: The last due slot of the subscription that a due slot has, with what that one covers itself.
_LATER = Statement(
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
_COVERS = Statement(
    update(series)
    .where(series.c.id == bindparam("number"))
    .values(covers=series.c.covers + bindparam("more"))
)
_CLOSED = Statement(
    update(series)
    .where(series.c.id == bindparam("number"), among(series.c.state, OPEN))
    .values(state=bindparam("ending"), why=bindparam("why"), ended=bindparam("ended"))
)
_OPENED = insert(series).returning(series.c.id)


def _unfill(connection: Connection, number: int) -> bool:
    if not _UNFILLED.do(connection, number=number):
        return False
    _UNWRITTEN.do(connection, number=number)
    return True


def _cover(connection: Connection, number: int, why: str, now: datetime) -> bool:
    later = _LATER.one(connection, number=number)
    if later is None:
        return False
    _COVERS.do(connection, number=later["id"], more=later["covers"] + 1)
    _close(connection, number, State.COVERED, why, now)
    return True


def _close(connection: Connection, number: int, state: State, why: str, now: datetime) -> None:
    _CLOSED.do(connection, number=number, ending=state, why=why, ended=now)
