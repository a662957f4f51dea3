"""Rewrites the address of a chat wherever it stands."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from bot.core.delivery import OPEN, State
from bot.core.wording import later
from bot.store.delivery_tables import chats, series, subscriptions, works
from bot.store.tables import editions

#: Why a series is cancelled whose chat has moved to where another subscription stands.
ELSEWHERE = later("The chat has moved to an address that has a schedule of its own.")


def move(connection: Connection, number: int, new: str, now: datetime) -> None:
    """Give the chat of a series another address, wherever the old one stands.

    Where the new address has a subscription already, that one stays as it is and the old one
    goes; of its open series only this one is still sent.
    """
    old = connection.scalar(select(series.c.destination).where(series.c.id == number))
    if old is None or old == new:
        return
    _move_subscription(connection, number, (old, new), now)
    for column in (series.c.destination, editions.c.destination, works.c.line):
        connection.execute(update(column.table).where(column == old).values({column: new}))
    _move_chat(connection, old, new)


def _move_subscription(
    connection: Connection, number: int, way: tuple[str, str], now: datetime
) -> None:
    old, new = way
    there = select(subscriptions.c.id).where(subscriptions.c.destination == new)
    if connection.scalar(there) is None:
        ours = update(subscriptions).where(subscriptions.c.destination == old)
        connection.execute(ours.values(destination=new))
        return
    others = (series.c.destination == old, series.c.state.in_(OPEN), series.c.id != number)
    cancelled = {"state": State.CANCELLED, "why": ELSEWHERE, "ended": now}
    connection.execute(update(series).where(*others).values(cancelled))
    # Its series stay, without a subscription.
    connection.execute(delete(subscriptions).where(subscriptions.c.destination == old))


def _move_chat(connection: Connection, old: str, new: str) -> None:
    """Keep what the operator has said of either address, the new one's word first."""
    known = connection.execute(select(chats).where(chats.c.destination == old)).one_or_none()
    if known is None:
        return
    there = update(chats).where(chats.c.destination == new)
    merged = there.values(
        allowed=func.coalesce(chats.c.allowed, known.allowed),
        added=func.coalesce(chats.c.added, known.added),
    )
    if connection.execute(merged).rowcount:
        connection.execute(delete(chats).where(chats.c.destination == old))
    else:
        ours = update(chats).where(chats.c.destination == old)
        connection.execute(ours.values(destination=new))
