"""Remembers how each source fared."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, select
from sqlalchemy.dialects.sqlite import insert

from bot.core.values import Fault, Health, Reason
from bot.store.database import Database
from bot.store.faults import legible
from bot.store.rows import published_of
from bot.store.tables import healths


class Healths:
    """The last health of each source, in a database."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def note(self, health: Health) -> None:
        """Store how a source fared, in place of what was known of it."""
        newest = health.newest
        known = {
            "checked": health.checked,
            "articles": health.articles,
            "newest_day": newest and newest.day,
            "newest_at": newest and newest.at,
            "failing": health.failing and _kept(health.failing),
            "faults": [_kept(fault) for fault in health.faults],
            "since": health.since,
        }
        statement = (
            insert(healths)
            .values(source=health.source, **known)
            .on_conflict_do_update(index_elements=[healths.c.source], set_=known)
        )
        await self._database.write(lambda connection: connection.execute(statement))

    async def all(self) -> Sequence[Health]:
        """Return every source's health by name."""

        def find(connection: Connection) -> Sequence[Health]:
            with legible(self._database.path):
                found = [_health(row) for row in connection.execute(select(healths)).mappings()]
                return sorted(found, key=lambda health: health.source)

        return await self._database.read(find)


def _health(row: RowMapping) -> Health:
    return Health(
        source=row["source"],
        failing=None if row["failing"] is None else _fault(row["failing"]),
        checked=row["checked"],
        articles=row["articles"],
        newest=published_of(row["newest_day"], row["newest_at"]),
        faults=tuple(_fault(kept) for kept in row["faults"]),
        since=row["since"],
    )


def _kept(fault: Fault) -> Mapping[str, str]:
    return {"name": fault.name, "reason": fault.reason.value, "detail": fault.detail}


def _fault(kept: Mapping[str, Any]) -> Fault:
    return Fault(name=kept["name"], reason=Reason(kept["reason"]), detail=kept["detail"])
