"""Where the chats of an archive lie, read without making, migrating or changing anything."""

import asyncio
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import NullPool, create_engine, select

from bot.core.subscription import Destination, destination_of
from bot.store import place
from bot.store.delivery_tables import subscriptions
from bot.store.faults import translated


async def destinations(path: Path) -> Sequence[Destination]:
    """Return the destination of every subscription of an archive of the present schema.

    Raises ``StoreError``.
    """
    return await asyncio.to_thread(_destinations, path)


def _destinations(path: Path) -> Sequence[Destination]:
    # Reading a file that nobody has open would leave two more beside it, were it not immutable.
    pending = place.size(path.with_name(f"{path.name}-wal"))
    mode = "mode=ro&immutable=1" if pending is None else "mode=ro"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True),
        poolclass=NullPool,
    )
    with translated(path), engine.connect() as connection:
        found = connection.scalars(select(subscriptions.c.destination))
        return [destination_of(name) for name in sorted(found)]
