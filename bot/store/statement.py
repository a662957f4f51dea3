"""A statement compiled once and run by SQLite's own driver, for what is done for each message."""

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
    #: The values that stand in the statement itself, as SQLite keeps them.
    fixed: Values
    given: Sequence[tuple[str, _Process]]
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
        return None if found is None else self._row(found)

    def all(self, connection: Connection, **values: object) -> list[Row]:
        """Return the rows, by the names of their columns."""
        return [self._row(found) for found in self._run(connection, values)]

    def do(self, connection: Connection, **values: object) -> int:
        """Do it, and return how many rows it wrote."""
        return self._run(connection, values).rowcount

    def do_each(self, connection: Connection, rows: Iterable[Values]) -> None:
        """Do it with the values of each."""
        given = [self._bound(values) for values in rows]
        driver_of(connection).executemany(self._compiled.text, given)

    def _run(self, connection: Connection, values: Values) -> sqlite3.Cursor:
        return driver_of(connection).execute(self._compiled.text, self._bound(values))

    def _bound(self, values: Values) -> Values:
        bound = dict(self._compiled.fixed)
        for name, write in self._compiled.given:
            bound[name] = values[name] if write is None else write(values[name])
        return bound

    def _row(self, found: Sequence[object]) -> Row:
        row: Row = dict(zip(self._compiled.columns, found, strict=True))
        for name, read in self._compiled.read:
            row[name] = read(row[name])
        return row

    @cached_property
    def _compiled(self) -> _Compiled:
        dialect = sqlite.dialect(paramstyle="named")
        compiled = self._statement.compile(dialect=dialect, column_keys=self._set)
        fixed: dict[str, object] = {}
        given: list[tuple[str, _Process]] = []
        for bind, name in compiled.bind_names.items():
            write = _writing(bind.type, dialect)
            if bind.required:
                given.append((name, write))
            else:
                fixed[name] = bind.value if write is None else write(bind.value)
        columns = self._statement.exported_columns
        reads = [(f"{column.key}", _reading(column.type, dialect)) for column in columns]
        return _Compiled(
            text=str(compiled),
            fixed=fixed,
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
