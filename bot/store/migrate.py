"""Brings an older archive up to date, a copy of it put aside first; loads Alembic."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from bot.core.errors import StoreError
from bot.store.faults import named
from bot.store.place import make_private
from bot.store.schema import Schema


def upgrade(connection: Connection, schema: Schema) -> None:
    """Run the migrations that are missing, in the transaction the connection is in."""
    config = Config()
    # Alembic reads the value as a template, in which a percent sign is doubled.
    config.set_main_option("script_location", str(schema.scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def put_aside(path: Path, schema: Schema) -> Path:
    """Copy the archive beside itself, as of this moment, and return the copy's path.

    Only this user may read it. One that is cut short never stands under the final name. Raises
    ``StoreError``.
    """
    kept = path.with_name(f"{path.name}.before-{schema.head}")
    growing = kept.with_name(f"{kept.name}.part")
    try:
        growing.unlink(missing_ok=True)
        make_private(growing)
        try:
            with (
                closing(sqlite3.connect(path)) as source,
                closing(sqlite3.connect(growing)) as copy,
            ):
                source.backup(copy)
            return growing.replace(kept)
        finally:
            growing.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        message = (
            f"{named(path)} is to be brought up to date, and no copy of it could be put aside at "
            f"{kept} first: {error}. It was left as it is: make room there, then start again."
        )
        raise StoreError(message) from error
