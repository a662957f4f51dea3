"""Rewrites the address of a chat wherever it stands."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.app.declared import mark_of, moved_mark_of
from bot.core.delivery import OPEN, State
from bot.core.wording import later
from bot.store.delivery_tables import chats, marks, series, subscriptions, works
from bot.store.tables import editions

#: Why a series is cancelled whose chat has moved to where another subscription stands.
ELSEWHERE = later("The chat has moved to an address that has a schedule of its own.")


def move(connection: Connection, number: int, new: str, now: datetime) -> None:
    """Give the chat of a series another address, wherever the old one stands.

    Where the new address has a subscription already, that one stays as it is and the old one
    goes; of its open series only this one is still sent.
    """
    old = connection.scalar(select(series.c.destination).where(series.c.id == number))
    if old is not None:
        rewrite(connection, old, new, now, spared=number)


def rewrite(connection: Connection, old: str, new: str, now: datetime, *, spared: int = 0) -> None:
    """Do the same for an address; of its open series none but the spared one is still sent."""
    if old == new:
        return
    _move_subscription(connection, spared, (old, new), now)
    for column in (series.c.destination, editions.c.destination, works.c.line):
        connection.execute(update(column.table).where(column == old).values({column: new}))
    _move_chat(connection, old, new)
    _move_marks(connection, old, new)


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
        title=func.coalesce(func.nullif(chats.c.title, ""), known.title),
    )
    if connection.execute(merged).rowcount:
        connection.execute(delete(chats).where(chats.c.destination == old))
    else:
        ours = update(chats).where(chats.c.destination == old)
        connection.execute(ours.values(destination=new))


def _move_marks(connection: Connection, old: str, new: str) -> None:
    """Let what the configuration says of the old address count for the new one."""
    declared = connection.scalar(select(marks.c.value).where(marks.c.key == mark_of(old)))
    connection.execute(delete(marks).where(marks.c.key.in_((mark_of(old), moved_mark_of(new)))))
    # What came to the old address before goes on to the new one.
    came = (marks.c.key.startswith(moved_mark_of(""), autoescape=True), marks.c.value == old)
    connection.execute(update(marks).where(*came).values(value=new))
    kept = {mark_of(new): declared, moved_mark_of(old): new}
    rows = [{"key": key, "value": value} for key, value in kept.items() if value is not None]
    # What was said of the new address itself counts.
    connection.execute(insert(marks).on_conflict_do_nothing(), rows)
