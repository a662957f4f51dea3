"""Remembers how each source fared."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from bot.core.health import Fault, Health, Reason, Standing
from bot.store.database import Database
from bot.store.faults import legible
from bot.store.rereading import Rereading
from bot.store.rows import published_of
from bot.store.statement import Row, Statement
from bot.store.tables import healths


class Healths:
    """The last health of each source, in a database."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database
        self._all = Rereading(_ALL, _health)

    async def note(self, *noted: Health) -> None:
        """Store how sources fared, in place of what was known of them."""
        if not noted:
            return
        rows = [_row(health) for health in noted]
        await self._database.write(lambda connection: _NOTED.do_each(connection, rows))

    async def all(self) -> Sequence[Health]:
        """Return every source's health by name."""

        def find(connection: Connection) -> Sequence[Health]:
            with legible(self._database.path):
                return sorted(self._all.all(connection), key=lambda health: health.source)

        return await self._database.read(find)


def _noted() -> Statement:
    adding = insert(healths)
    given = {column.name: adding.excluded[column.name] for column in healths.c}
    noting = adding.on_conflict_do_update(index_elements=[healths.c.source], set_=given)
    return Statement(noting, columns=tuple(given))


_ALL = Statement(select(healths))
_NOTED = _noted()


def _row(health: Health) -> Mapping[str, Any]:
    newest = health.newest
    return {
        "source": health.source,
        "checked": health.checked,
        "articles": health.articles,
        "newest_day": newest and newest.day,
        "newest_at": newest and newest.at,
        "failing": health.failing and _kept(health.failing),
        "faults": [_kept(fault) for fault in health.faults],
        "since": health.since,
        "rhythm": health.rhythm.value,
        "tries": health.tries,
        "daily": health.daily,
        "brought": health.brought,
        "next": health.next,
    }


def _health(row: Row) -> Health:
    return Health(
        source=row["source"],
        failing=None if row["failing"] is None else _fault(row["failing"]),
        checked=row["checked"],
        articles=row["articles"],
        newest=published_of(row["newest_day"], row["newest_at"]),
        faults=tuple(_fault(kept) for kept in row["faults"]),
        since=row["since"],
        rhythm=Standing(row["rhythm"]),
        tries=row["tries"],
        daily=row["daily"],
        brought=row["brought"],
        next=row["next"],
    )


def _kept(fault: Fault) -> Mapping[str, str]:
    kept = {"name": fault.name, "reason": fault.reason.value, "detail": fault.detail}
    return {**kept, "hint": fault.hint} if fault.hint else kept


def _fault(kept: Mapping[str, Any]) -> Fault:
    return Fault(
        name=kept["name"],
        reason=Reason(kept["reason"]),
        detail=kept["detail"],
        hint=kept.get("hint", ""),
    )
