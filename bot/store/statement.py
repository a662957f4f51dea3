"""A statement compiled once and run by SQLite's own driver, for each message and piece of news."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Delete, Dialect, Insert, Select, Update, or_
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine

from bot.store.connections import driver_of

Values = Mapping[str, object]
Row = dict[str, Any]
#: How a value is written for SQLite or read from it; None for one that is kept as it is.
_Process = Callable[[Any], Any] | None


class _Compiled(NamedTuple):
    """What the driver is given, and how values go in and come out."""

    text: str
    #: The values in their order: each by its name and how it is written, or without a name as it
    #: stands in the statement itself.
    given: Sequence[tuple[str | None, _Process, object]]
    #: The names of the columns that are returned.
    columns: Sequence[str]
    read: Sequence[tuple[str, Callable[[Any], Any]]]


class Statement:
    """A statement on the archive's tables that is given its values by name.

    SQLAlchemy takes several times as long to run one as SQLite does. So it only translates here,
    and once; the types of its columns go on to say how values are kept. Each method takes the
    connection of a transaction; it raises ``sqlite3.Error``, ``KeyError`` for a value that is
    missing, and what the types raise.
    """

    def __init__(
        self,
        statement: Select[Any] | Insert | Update | Delete,
        *,
        columns: Sequence[str] | None = None,
    ) -> None:
        """Keep it; nothing is compiled before its first use.

        ``columns`` are those that an insert sets, where the statement does not say so.
        """
        self._statement = statement
        self._set = columns

    def one(self, connection: Connection, **values: object) -> Row | None:
        """Return the first row, by the names of its columns; None where there is none."""
        found = self._run(connection, values).fetchone()
        return None if found is None else self.read(found)

    def one_each(self, connection: Connection, rows: Iterable[Values]) -> list[Row | None]:
        """Return the first row for the values of each; None where there is none."""
        driver, text = driver_of(connection), self._compiled.text
        found = [driver.execute(text, self._bound(values)).fetchone() for values in rows]
        return [None if row is None else self.read(row) for row in found]

    def all(self, connection: Connection, **values: object) -> list[Row]:
        """Return the rows, by the names of their columns."""
        return [self.read(found) for found in self._run(connection, values)]

    def kept(self, connection: Connection, **values: object) -> list[tuple[object, ...]]:
        """Return the rows as SQLite keeps them."""
        return self._run(connection, values).fetchall()

    def read(self, kept: Sequence[object]) -> Row:
        """Return a row by the names of its columns, given as SQLite keeps it."""
        row: Row = dict(zip(self._compiled.columns, kept, strict=True))
        for name, read in self._compiled.read:
            row[name] = read(row[name])
        return row

    def do(self, connection: Connection, **values: object) -> int:
        """Do it, and return how many rows it wrote."""
        return self._run(connection, values).rowcount

    def do_each(self, connection: Connection, rows: Iterable[Values]) -> None:
        """Do it with the values of each."""
        given = [self._bound(values) for values in rows]
        driver_of(connection).executemany(self._compiled.text, given)

    def _run(self, connection: Connection, values: Values) -> sqlite3.Cursor:
        return driver_of(connection).execute(self._compiled.text, self._bound(values))

    def _bound(self, values: Values) -> Sequence[object]:
        return [
            fixed if name is None else values[name] if write is None else write(values[name])
            for name, write, fixed in self._compiled.given
        ]

    @cached_property
    def _compiled(self) -> _Compiled:
        dialect = sqlite.dialect(paramstyle="qmark")
        compiled = self._statement.compile(dialect=dialect, column_keys=self._set)
        given: list[tuple[str | None, _Process, object]] = []
        for name in compiled.positiontup or ():
            bind = compiled.binds[name]
            write = _writing(bind.type, dialect)
            if bind.required:
                given.append((name, write, None))
            else:
                given.append((None, None, bind.value if write is None else write(bind.value)))
        columns = self._statement.exported_columns
        reads = [(f"{column.key}", _reading(column.type, dialect)) for column in columns]
        return _Compiled(
            text=str(compiled),
            given=given,
            columns=[name for name, _ in reads],
            read=[(name, read) for name, read in reads if read is not None],
        )


def among(column: ColumnElement[Any], members: Iterable[object]) -> ColumnElement[bool]:
    """Return whether the column holds one of the members.

    Unlike ``in_``, whose list SQLAlchemy writes anew for each use, a ``Statement`` can say it.
    """
    return or_(*(column == member for member in members))


def _writing(kind: TypeEngine[Any], dialect: Dialect) -> _Process:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _reading(kind: TypeEngine[Any], dialect: Dialect) -> _Process:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
