"""How a series ends: posted, refused, or cut off because its chat takes nothing from us."""

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    bindparam,
    exists,
    func,
    insert,
    select,
    update,
)

from bot.core.delivery import OPEN, Fate, State
from bot.core.subscription import Standing
from bot.core.wording import later
from bot.store.delivery_tables import parts, series, sheets, subscriptions
from bot.store.statement import Statement, among
from bot.store.subscription_rows import next_of
from bot.store.tables import editions

#: The fates of parts that are still to arrive.
AHEAD = (Fate.WAITING, Fate.SENDING)

#: Why a series without a part is refused.
EMPTY = later("There was nothing to send.")


def told(some: FromClause) -> ColumnElement[bool]:
    """Return whether a series is over and any of it arrived, however it ended."""
    arrived = and_(parts.c.series == some.c.id, parts.c.fate == Fate.DELIVERED)
    return and_(~among(some.c.state, OPEN), exists().where(arrived).correlate(some))


def end_if_over(connection: Connection, number: int, now: datetime) -> None:
    """End a series none of whose parts is still to arrive.

    It is posted when a part arrived, else refused. Its edition is the chat's last as soon as one
    arrived, even where the rest was cancelled meanwhile.
    """
    receipts = _RECEIPTS.all(connection, number=number)
    if any(receipt["fate"] is Fate.DELIVERED for receipt in receipts):
        _EDITION.do(connection, number=number)
    if any(receipt["fate"] in AHEAD for receipt in receipts):
        return
    refusals = [receipt["why"] for receipt in receipts if receipt["fate"] is Fate.REFUSED]
    if len(refusals) == len(receipts):
        _REFUSED.do(connection, number=number, ended=now, why=(*refusals, EMPTY)[0])
    else:
        _POSTED.do(connection, number=number, ended=now, why=(*refusals, "")[0])


def stop(connection: Connection, number: int, why: str, now: datetime) -> None:
    """End a series whose chat takes nothing from us, and the others there; stop its digest."""
    query = select(series.c.destination).where(series.c.id == number)
    destination = connection.scalar(query)
    left = (parts.c.series == number, parts.c.fate.in_(AHEAD))
    refused = {"fate": Fate.REFUSED, "why": why, "changed": now}
    connection.execute(update(parts).where(*left).values(refused))
    there = (series.c.destination == destination, series.c.state.in_(OPEN))
    ended = update(series).values(why=why, ended=now)
    connection.execute(
        ended.where(series.c.id == number, series.c.state.in_(OPEN)).values(state=State.REFUSED)
    )
    connection.execute(ended.where(*there).values(state=State.CANCELLED))
    connection.execute(
        update(subscriptions)
        .where(
            subscriptions.c.destination == destination,
            subscriptions.c.standing == Standing.ACTIVE,
        )
        .values(standing=Standing.STOPPED, reason=why, **next_of(None))
    )


_RECEIPTS = Statement(
    select(parts.c.fate, parts.c.why)
    .where(parts.c.series == bindparam("number"))
    .order_by(parts.c.part)
)
_ENDED = (
    update(series)
    .where(series.c.id == bindparam("number"), series.c.state == State.SENDING)
    .values(ended=bindparam("ended"))
)
_REFUSED = Statement(_ENDED.values(state=State.REFUSED, why=bindparam("why")))
#: What is late stays so, though a part was refused besides.
_POSTED = Statement(
    _ENDED.values(
        state=State.POSTED, why=func.coalesce(func.nullif(series.c.why, ""), bindparam("why"))
    )
)
_EDITION = Statement(
    insert(editions).from_select(
        ["destination", "made", "stories"],
        select(series.c.destination, series.c.made, sheets.c.stories)
        .join_from(series, sheets, sheets.c.id == series.c.sheet)
        .where(
            series.c.id == bindparam("number"),
            series.c.made.is_not(None),
            ~exists().where(
                editions.c.destination == series.c.destination,
                editions.c.made == series.c.made,
                editions.c.stories == sheets.c.stories,
            ),
        ),
    )
)
