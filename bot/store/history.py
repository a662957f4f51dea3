"""Remembers what became of slots and parts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, func, select, type_coerce

from bot.app.operator import Tally
from bot.app.outbox import Filled
from bot.core.delivery import LATE_FROM, OPEN, Kind, Receipt, Series, State
from bot.core.subscription import Destination
from bot.store.database import Database
from bot.store.delivery_tables import parts, sheets
from bot.store.delivery_tables import series as table
from bot.store.faults import legible
from bot.store.posting import AHEAD
from bot.store.series_rows import series_of
from bot.store.sheets import filled_of


class History:
    """The series and receipts of a database, to be read. Every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        """Read from this database."""
        self._database = database

    async def series(
        self,
        *,
        destination: Destination | None = None,
        states: frozenset[State] | None = None,
        limit: int,
    ) -> Sequence[Series]:
        """Return series, the latest due first."""
        query = select(table).order_by(table.c.due.desc(), table.c.id.desc())
        if destination is not None:
            query = query.where(table.c.destination == str(destination))
        if states is not None:
            query = query.where(table.c.state.in_(states))
        query = query.limit(max(limit, 0))

        def find(connection: Connection) -> Sequence[Series]:
            with legible(self._database.path):
                return [series_of(row) for row in connection.execute(query).mappings()]

        return await self._database.read(find)

    async def receipts(self, series: int) -> Sequence[Receipt]:
        """Return the receipts of a series, in the order of its parts."""
        query = select(parts).where(parts.c.series == series).order_by(parts.c.part)

        def find(connection: Connection) -> Sequence[Receipt]:
            with legible(self._database.path):
                return [Receipt(**row) for row in connection.execute(query).mappings()]

        return await self._database.read(find)

    async def one(self, series: int) -> Series | None:
        """Return the series of that number."""
        query = select(table).where(table.c.id == series)

        def find(connection: Connection) -> Series | None:
            with legible(self._database.path):
                row = connection.execute(query).mappings().one_or_none()
                return None if row is None else series_of(row)

        return await self._database.read(find)

    async def tally(self, since: datetime) -> Tally:
        """Count what was late or missed of the slots since then, and what waits now."""
        lately = select(func.count()).where(table.c.day.is_not(None), table.c.due >= since)
        waiting = select(func.count()).select_from(table).where(table.c.state.in_(OPEN))
        counts = {
            "late": lately.where(table.c.state == State.POSTED, _IS_LATE),
            "missed": lately.where(table.c.state == State.MISSED),
            "waiting": waiting,
            "parts": waiting.join(parts, parts.c.series == table.c.id).where(
                parts.c.fate.in_(AHEAD)
            ),
        }

        def find(connection: Connection) -> Tally:
            with legible(self._database.path):
                found = {name: connection.scalar(query) for name, query in counts.items()}
                return Tally(**{name: count or 0 for name, count in found.items()})

        return await self._database.read(find)

    async def filled(self, series: int) -> Filled | None:
        """Return what a series posts; None where nothing was written for it."""
        found = await self._with_sheet(_WITH_SHEET.where(table.c.id == series))
        return found and found[1]

    async def last(self, destination: Destination) -> tuple[Series, Filled] | None:
        """Return the last posted digest of a destination, with what it posted and its edition."""
        posted = _WITH_SHEET.where(
            table.c.destination == str(destination),
            table.c.kind == Kind.DIGEST,
            table.c.state == State.POSTED,
        )
        latest = posted.order_by(table.c.ended.desc(), table.c.id.desc()).limit(1)
        return await self._with_sheet(latest)

    async def _with_sheet(self, query: Select[Any]) -> tuple[Series, Filled] | None:
        path = self._database.path

        def find(connection: Connection) -> tuple[Series, Filled] | None:
            with legible(path):
                row = connection.execute(query).mappings().one_or_none()
                return None if row is None else (series_of(row), filled_of(row, path))

        return await self._database.read(find)


_IS_LATE = type_coerce(table.c.ended, BigInteger) - type_coerce(
    table.c.due, BigInteger
) >= LATE_FROM // timedelta(microseconds=1)
_WITH_SHEET = select(table, sheets.c.page, sheets.c.payloads, sheets.c.stories).join_from(
    table, sheets, sheets.c.id == table.c.sheet
)
