"""Reads the rows that make sense, and names those that do not."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, Select, Table, select

from bot.core.errors import StoreError
from bot.store.faults import legible

T = TypeVar("T")


def sound(
    connection: Connection,
    query: Select[Any],
    table: Table,
    made: Callable[[RowMapping], T],
    path: Path | None,
) -> tuple[Sequence[T], Sequence[int]]:
    """Return what is made of the table's rows that are asked for, and the numbers of bad ones.

    A bad one holds what nobody can have written there. All are read at once unless one is bad.
    """
    try:
        with legible(path):
            return [made(row) for row in connection.execute(query).mappings()], ()
    except StoreError:
        return _one_by_one(connection, query, table, made, path)


def _one_by_one(
    connection: Connection,
    query: Select[Any],
    table: Table,
    made: Callable[[RowMapping], T],
    path: Path | None,
) -> tuple[Sequence[T], Sequence[int]]:
    good, bad = [], []
    for number in connection.scalars(query.with_only_columns(table.c.id)).all():
        try:
            with legible(path):
                row = connection.execute(select(table).where(table.c.id == number)).mappings()
                good.append(made(row.one()))
        except StoreError:
            bad.append(number)
    return good, bad
