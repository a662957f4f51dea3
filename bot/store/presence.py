"""Where the bot has been, which outlives what else is kept of a channel that it could join."""

from datetime import datetime

from sqlalchemy import Connection, and_, or_, select
from sqlalchemy.dialects.sqlite import insert

from bot.core.delivery import Fate
from bot.store.delivery_tables import chats, parts, series

#: The chats that the bot joins without anybody's asking: Slack's channels.
JOINED = chats.c.destination.like("slack:%/C%")


def been_since(connection: Connection, place: str) -> datetime | None:
    """Return a moment at which the bot was in the chat, or was removed; None where it never was.

    It was there where it was added, or where a post of it arrived.
    """
    stands = select(chats.c.added, chats.c.removed).where(chats.c.destination == place)
    known = connection.execute(stands).one_or_none()
    since: datetime | None = None if known is None else known.added or known.removed
    if since is not None:
        return since
    # A topic or thread begins with its chat and a slash, behind which comes a "0".
    there = or_(
        series.c.destination == place,
        series.c.destination.between(f"{place}/", f"{place}0"),
    )
    arrived = (
        select(parts.c.changed)
        .join_from(series, parts, parts.c.series == series.c.id)
        .where(there, parts.c.fate == Fate.DELIVERED)
        .limit(1)
    )
    return connection.scalar(arrived)


def remember(connection: Connection, place: str) -> bool:
    """Note that the bot was in the channel of a place, before what tells so is forgotten.

    Return whether there is that to remember: only Slack's channels are joined without anybody's
    asking, and only they are remembered; no person stands in their address.
    """
    channel = _channel(place)
    since = been_since(connection, channel) if channel else None
    if since is None:
        return False
    unknown = and_(chats.c.added.is_(None), chats.c.removed.is_(None))
    connection.execute(
        insert(chats)
        .values(destination=channel, owner="", added=since)
        .on_conflict_do_update(
            index_elements=[chats.c.destination], set_={"added": since}, where=unknown
        )
    )
    return True


def _channel(place: str) -> str:
    """Return the channel that a place on Slack is, or is a thread of; empty for all others."""
    workspace, _, rest = place.partition("/")
    channel, _, _ = rest.partition("/")
    joined = workspace.startswith("slack:") and channel.startswith("C")
    return f"{workspace}/{channel}" if joined else ""
