"""Looks at an archive without making, migrating or changing anything."""

import asyncio
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine, false, func, select

from bot.core.errors import StoreError
from bot.store import place
from bot.store.faults import damaged, translated
from bot.store.schema import SCHEMA, Schema, Standing, standing, version
from bot.store.tables import articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What was found where the archive should be."""

    path: Path
    #: Whether there is an archive; one is made at the first start.
    exists: bool
    #: Whether this user may write there, the file or what of its folders exists.
    writable: bool
    #: The migration it is at; None when it is empty or absent.
    schema: str | None = None
    #: Whether the next start migrates it, after putting a copy aside.
    older: bool = False
    #: In bytes, what is not yet folded into the file included.
    size: int = 0
    #: How many articles are not withdrawn.
    articles: int = 0


async def inspect(path: Path, *, schema: Schema = SCHEMA) -> Inspection:
    """Return what stands at the path.

    Raises ``StoreError`` when it cannot be read, is damaged, not a database, or too new.
    """
    return await asyncio.to_thread(_inspect, path, schema)


def _inspect(path: Path, schema: Schema) -> Inspection:
    length = place.size(path)
    writable = place.writable(path)
    if length is None:
        return Inspection(path=path, exists=False, writable=writable)
    pending = place.size(path.with_name(f"{path.name}-wal"))
    # Reading a file that nobody has open would leave two more beside it, were it not immutable.
    mode = "mode=ro&immutable=1" if pending is None else "mode=ro"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True),
        poolclass=NullPool,
    )
    with translated(path), engine.connect() as connection:
        stored = version(connection)
        older = standing(stored, schema, path) is Standing.OLDER
        count = 0 if stored is None else _healthy_count(connection, path)
    return Inspection(
        path=path,
        exists=True,
        writable=writable,
        schema=stored,
        older=older,
        size=length + (pending or 0),
        articles=count,
    )


def _healthy_count(connection: Connection, path: Path) -> int:
    """Count the articles of a file whose pages all fit together."""
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise StoreError(damaged(path))
    query = select(func.count()).where(articles.c.withdrawn == false())
    return connection.scalar(query) or 0
