"""Which tables this version of Briefbot knows, and how a file stands to them."""

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from sqlalchemy import Connection

from bot.core.errors import StoreError
from bot.store.faults import named


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The newest migration, and the folder that holds it and all before it."""

    #: Four digits; each migration counts one up.
    head: str
    scripts: Path


#: Kept here so that a file that is up to date is known for it without loading Alembic.
SCHEMA = Schema(head="0009", scripts=Path(__file__).parent / "migrations")


class Standing(Enum):
    """How a file stands to a schema."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"


def version(connection: Connection) -> str | None:
    """Return the migration the file is at: none when empty, no digits when it is not ours."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    tables = set(connection.exec_driver_sql(query).scalars())
    if not tables:
        return None
    if "alembic_version" not in tables:
        return "unknown"
    query = "SELECT version_num FROM alembic_version"
    return str(connection.exec_driver_sql(query).scalar())


def standing(stored: str | None, schema: Schema, path: Path | None) -> Standing:
    """Say what is to be done with a file at that version.

    Raises ``StoreError`` when it is newer than the schema, or not Briefbot's.
    """
    if stored is None:
        return Standing.EMPTY
    if stored == schema.head:
        return Standing.CURRENT
    if re.fullmatch(r"[0-9]{4}", stored) and stored < schema.head:
        return Standing.OLDER
    message = (
        f"{named(path)} was made by a newer Briefbot or another program: its schema is {stored}, "
        f"this Briefbot knows {schema.head}. It was left as it is: install the newer Briefbot, "
        "or name another folder in DATA_DIR."
    )
    raise StoreError(message)
