"""Rows that are read again and again: only those that have changed are made into values anew."""

from collections.abc import Callable
from typing import Generic, TypeVar

from sqlalchemy import Connection

from bot.store.statement import Row, Statement

V = TypeVar("V")


class Rereading(Generic[V]):
    """What a statement without values finds, as values that nobody changes."""

    def __init__(self, statement: Statement, make: Callable[[Row], V]) -> None:
        """Make values of the rows of this statement."""
        self._statement = statement
        self._make = make
        self._made: dict[tuple[object, ...], V] = {}

    def all(self, connection: Connection) -> list[V]:
        """Return the values of all rows; raises what ``Statement`` and the making raise."""
        before, made = self._made, {}
        for kept in self._statement.kept(connection):
            value = before.get(kept)
            made[kept] = self._make(self._statement.read(kept)) if value is None else value
        self._made = made
        return list(made.values())
