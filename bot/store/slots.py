"""Finds the subscriptions whose slot has come, books slots, and tells which series wait."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    bindparam,
    delete,
    exists,
    false,
    func,
    literal,
    select,
    true,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from bot.app.slots import Unput
from bot.core.delivery import OPEN, Kind, State
from bot.core.slots import Booked, Booking
from bot.core.subscription import Destination, Standing, Subscription, destination_of
from bot.core.wording import later
from bot.store.database import Database
from bot.store.delivery_tables import chats, series, subscriptions, works
from bot.store.faults import legible
from bot.store.series_rows import new_series
from bot.store.sound import sound
from bot.store.subscription_rows import next_of, slot_of, subscription_of

#: So many numbers stand in one statement: SQLite takes some thousands, older ones 999.
_TOGETHER = 500

#: Why a subscription is stopped whose row makes no sense.
ILLEGIBLE = later("What is stored of this chat's digest cannot be read: set its schedule again.")

log = logging.getLogger(__name__)

_UNPUT = (series.c.id, series.c.destination, series.c.kind)


class Slots:
    """The slots of a database's subscriptions."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def due(self, now: datetime, *, limit: int) -> Sequence[Subscription]:
        """Return active subscriptions whose next slot has come, the longest overdue first.

        One that cannot be read is stopped, so that it keeps no other waiting.
        """
        return await self._find(due(now, limit))

    async def ahead(self, now: datetime, *, beyond: int, limit: int) -> Sequence[Subscription]:
        """Return active subscriptions whose next slot lies after now, by their numbers.

        Only those with a higher number than ``beyond``. One that cannot be read is stopped.
        """
        return await self._find(
            select(subscriptions)
            .where(
                subscriptions.c.id > beyond,
                subscriptions.c.standing == Standing.ACTIVE,
                subscriptions.c.next_moment > now,
            )
            .order_by(subscriptions.c.id)
            .limit(limit)
        )

    async def taken(self, subscription: int, *, since: date) -> frozenset[tuple[date, time]]:
        """Return the local dates and times, from that date on, whose slots have a series."""
        query = select(series.c.day, series.c.at).where(
            series.c.subscription == subscription, series.c.day >= since
        )

        def find(connection: Connection) -> frozenset[tuple[date, time]]:
            with legible(self._database.path):
                return frozenset((row.day, row.at) for row in connection.execute(query))

        return await self._database.read(find)

    async def barred(self, destination: Destination) -> bool:
        """Say whether the operator bars the chat, or the chat that the place is a topic of."""
        query = select(_bars(literal(str(destination))))
        return bool(await self._database.read(lambda connection: connection.scalar(query)))

    async def unmissed(self, now: datetime) -> None:
        """Forget what is noted of slots after now that were missed or covered.

        That was noted while the clock was ahead: they are still to come.
        """
        wrong = (series.c.due > now, series.c.state.in_((State.MISSED, State.COVERED)))
        await self._database.write(
            lambda connection: connection.execute(delete(series).where(*wrong))
        )

    async def book(self, bookings: Sequence[Booking], *, now: datetime) -> Sequence[Unput]:
        """Write the series of each booking and its next slot, all in one transaction.

        A booking whose subscription has moved on meanwhile (its next slot is another one, or it is
        no longer active) is left out; a slot that has a series already gets no second. Returns the
        due series that were written.
        """

        def store(connection: Connection) -> Sequence[Unput]:
            with legible(self._database.path):
                rows = dict(_rows(connection, bookings))
                good = [each for each in bookings if _stands(each, rows)]
                if not good:
                    return []
                return _book(connection, good, rows, now)

        return await self._database.write(store)

    async def restart(self) -> None:
        """Count every open series as unput: called at the start, for the queue may be another.

        What was put off is tried at once: nobody knows how the clock went that it was put off by.
        """

        def store(connection: Connection) -> None:
            count_unput(connection)
            put_off = update(works).where(works.c.not_before.is_not(None))
            connection.execute(put_off.values(not_before=None))

        await self._database.write(store)

    async def unput(self, *, limit: int) -> Sequence[Unput]:
        """Return open series that no work was put for, the oldest first."""
        query = (
            select(*_UNPUT)
            .where(series.c.state.in_(OPEN), series.c.put == false())
            .order_by(series.c.due, series.c.id)
            .limit(max(limit, 0))
        )

        def find(connection: Connection) -> Sequence[Unput]:
            with legible(self._database.path):
                return [_unput(row) for row in connection.execute(query).mappings()]

        return await self._database.read(find)

    async def put(self, series: Sequence[int]) -> None:
        """Note that a work was put for each."""
        if not series:
            return
        numbers = [{"number": number} for number in series]
        await self._database.write(lambda connection: connection.execute(_PUT, numbers))

    async def _find(self, query: Select[Any]) -> Sequence[Subscription]:
        def find(connection: Connection) -> tuple[Sequence[Subscription], Sequence[int]]:
            return sound(connection, query, subscriptions, subscription_of, self._database.path)

        found, bad = await self._database.read(find)
        if bad:
            await self._database.write(lambda connection: _stop(connection, bad))
        return found


_PUT = update(series).where(series.c.id == bindparam("number")).values(put=True)


def count_unput(connection: Connection) -> None:
    """Note that no work was put for any open series."""
    open_ones = update(series).where(series.c.state.in_(OPEN), series.c.put == true())
    connection.execute(open_ones.values(put=False))


def due(now: datetime, limit: int) -> Select[Any]:
    """Return the query for the active subscriptions whose next slot has come."""
    return (
        select(subscriptions)
        .where(
            subscriptions.c.standing == Standing.ACTIVE,
            subscriptions.c.next_moment <= now,
            ~_bars(subscriptions.c.destination),
        )
        .order_by(subscriptions.c.next_moment, subscriptions.c.id)
        .limit(max(limit, 0))
    )


def _bars(place: ColumnElement[str]) -> ColumnElement[bool]:
    """Return whether the operator bars the place, or the chat that it is a topic of."""
    chat = func.substr(place, 1, func.instr(place, "/") - 1)
    return exists().where(chats.c.destination.in_((place, chat)), chats.c.allowed == false())


def _stop(connection: Connection, numbers: Sequence[int]) -> None:
    for number in numbers:
        this = subscriptions.c.id == number
        place = connection.scalar(select(subscriptions.c.destination).where(this))
        log.error("%s gets no digest any more. %s", place, ILLEGIBLE)
        stopped = {"standing": Standing.STOPPED, "reason": ILLEGIBLE, **next_of(None)}
        connection.execute(update(subscriptions).where(this).values(stopped))


def _rows(connection: Connection, bookings: Sequence[Booking]) -> Iterator[tuple[int, RowMapping]]:
    """Yield the present rows of the bookings' subscriptions."""
    numbers = [each.subscription.id for each in bookings]
    for first in range(0, len(numbers), _TOGETHER):
        some = subscriptions.c.id.in_(numbers[first : first + _TOGETHER])
        for row in connection.execute(select(subscriptions).where(some)).mappings():
            yield row["id"], row


def _stands(booking: Booking, rows: Mapping[int, RowMapping]) -> bool:
    """Say whether the subscription is as it was when the booking was decided."""
    row = rows.get(booking.subscription.id)
    if row is None or row["standing"] is not Standing.ACTIVE:
        return False
    stored = slot_of(row["next_moment"], row["next_day"], row["next_at"])
    return stored == booking.subscription.next


def _book(
    connection: Connection,
    bookings: Sequence[Booking],
    rows: Mapping[int, RowMapping],
    now: datetime,
) -> Sequence[Unput]:
    made = [
        _row(slot, rows[booking.subscription.id], now)
        for booking in bookings
        for slot in booking.slots
    ]
    written: list[RowMapping] = []
    if made:
        unique = [series.c.subscription, series.c.day, series.c.at]
        statement = insert(series).on_conflict_do_nothing(index_elements=unique)
        returned = statement.returning(*_UNPUT, series.c.state)
        written.extend(connection.execute(returned, made).mappings())
    connection.execute(
        update(subscriptions).where(subscriptions.c.id == bindparam("number")),
        [{"number": each.subscription.id, **next_of(each.next)} for each in bookings],
    )
    fresh = [_unput(row) for row in written if row["state"] is State.DUE]
    return sorted(fresh, key=lambda each: each.series)


def _row(booked: Booked, subscription: RowMapping, now: datetime) -> Mapping[str, Any]:
    return new_series(
        Kind.DIGEST,
        destination=subscription["destination"],
        subscription=subscription["id"],
        day=booked.slot.day,
        at=booked.slot.at,
        due=booked.slot.moment,
        state=booked.state,
        why=booked.why,
        covers=booked.covers,
        ended=None if booked.state in OPEN else now,
        silent=subscription["silent"],
    )


def _unput(row: RowMapping) -> Unput:
    destination = destination_of(row["destination"])
    return Unput(series=row["id"], destination=destination, kind=row["kind"])
