"""Forgets the items of feeds that nobody shows any more."""

from datetime import datetime

from sqlalchemy import Connection, and_, delete, or_, select

from bot.store.feed_tables import feed_items, feed_memories


def forget_items(connection: Connection, before: datetime) -> None:
    """Forget the items that no feed shows any more since then, and those of feeds not asked since.

    What a feed still shows is known for as long as it is asked, however old it is.
    """
    asked = select(feed_memories.c.source).where(feed_memories.c.asked >= before)
    old = and_(feed_items.c.seen < before, feed_items.c.source.not_in(asked))
    connection.execute(delete(feed_items).where(or_(feed_items.c.gone < before, old)))
