"""Lets go of old deliveries, and of what was heard long ago."""

from datetime import datetime

from sqlalchemy import Connection, and_, delete, exists, func, or_, select, update

from bot.core.delivery import State
from bot.store.database import Database
from bot.store.delivery_tables import heard, lives, paces, series, sheets
from bot.store.posting import told


async def prune_delivery(database: Database, *, before: datetime, shown_since: datetime) -> int:
    """Delete the series that ended before then, with their parts; return how many.

    What a destination was shown since ``shown_since`` stays, and so does its last posted series
    of each kind, whatever its age, and the last that tells how far the news was told. Pages that
    nothing posts any more, and what is known of times when the bot ran, go too. Raises
    ``StoreError``.
    """
    newer = series.alias("newer")
    later_ones = (
        newer.c.destination == series.c.destination,
        newer.c.kind == series.c.kind,
        newer.c.id > series.c.id,
    )
    last = ~exists().where(*later_ones, newer.c.state == State.POSTED)
    last_window = and_(
        series.c.until.is_not(None),
        ~exists().where(*later_ones, told(newer), newer.c.until.is_not(None)),
    )
    needed = or_(
        and_(series.c.state == State.POSTED, last),
        and_(told(series), or_(series.c.ended >= shown_since, last_window)),
    )

    def let_go(connection: Connection) -> int:
        count = connection.execute(delete(series).where(series.c.ended < before, ~needed)).rowcount
        connection.execute(delete(sheets).where(~exists().where(series.c.sheet == sheets.c.id)))
        latest = select(func.max(lives.c.id)).scalar_subquery()
        connection.execute(delete(lives).where(lives.c.last < before, lives.c.id != latest))
        free = (
            or_(paces.c.arrival.is_(None), paces.c.arrival < before),
            or_(paces.c.held.is_(None), paces.c.held < before),
        )
        connection.execute(delete(paces).where(*free))
        return count

    return await database.write(let_go)


async def prune_heard(database: Database, *, before: datetime) -> int:
    """Forget what was heard before then; return how much that was. Raises ``StoreError``."""
    statement = delete(heard).where(heard.c.moment < before)
    return await database.write(lambda connection: connection.execute(statement).rowcount)


async def leave_unanswered(database: Database) -> None:
    """Let go of what was heard and is still to be done, as if it were. Raises ``StoreError``."""
    statement = update(heard).where(heard.c.body.is_not(None)).values(body=None)
    await database.write(lambda connection: connection.execute(statement))
