"""Keeps the pace of messages, as the platforms' limits ask."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import Insert, insert

from bot.core.delivery import Pace
from bot.store.database import Database
from bot.store.delivery_tables import paces as table
from bot.store.statement import Statement

#: A clock that goes back by more than this was set back; less is between two tasks.
_SET_BACK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is known of a pace."""

    arrival: datetime | None
    held: datetime | None
    noted: datetime | None


_NEW = _Kept(None, None, None)


class Paces:
    """The paces of a database."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def reserve(self, paces: Sequence[Pace], *, now: datetime) -> datetime | None:
        """Return None when a message may go now, which counts it, else when to ask again."""
        return await self._database.write(lambda connection: reserve(connection, paces, now))

    async def hold(self, name: str, *, until: datetime) -> None:
        """Move a pace forward, so that nothing goes out under its name before that moment."""
        await self._database.write(lambda connection: hold(connection, name, until))


def reserve(connection: Connection, paces: Sequence[Pace], now: datetime) -> datetime | None:
    """Count a message at all the paces and return None; or at none, and return when to ask again.

    The generic cell rate algorithm (https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm):
    a message may come early by as much as the burst allows.
    """
    if not paces:
        return None
    kept = _kept(connection, [pace.name for pace in paces], now)
    room = now
    rows = []
    for pace in paces:
        known = kept.get(pace.name, _NEW)
        interval = timedelta(seconds=pace.interval)
        arrival = max(now, known.arrival or now) + interval
        room = max(room, arrival - pace.burst * interval, known.held or now)
        rows.append({"name": pace.name, "arrival": arrival, "held": known.held, "noted": now})
    if room > now:
        return room
    _WRITTEN.do_each(connection, rows)
    return None


def hold(connection: Connection, name: str, until: datetime, now: datetime | None = None) -> None:
    """Let nothing go under the name before that moment, nor sooner than it was held before."""
    known = _kept(connection, [name], now or until).get(name, _NEW)
    held = max(until, known.held or until)
    row = {"name": name, "arrival": known.arrival, "held": held, "noted": now or known.noted}
    _WRITTEN.do(connection, **row)


def _kept(connection: Connection, names: Sequence[str], now: datetime) -> Mapping[str, _Kept]:
    """Return what is known of the paces, moved back with a clock that was set back.

    Otherwise one wrong day of the clock would hold up all messages for as long.
    """
    kept = {}
    moved = []
    for name in names:
        row = _KEPT.one(connection, name=name)
        if row is None:
            continue
        known = _Kept(row["arrival"], row["held"], row["noted"])
        ahead = (known.noted or now) - now
        if ahead > _SET_BACK:
            arrival, held = (
                known.arrival and known.arrival - ahead,
                known.held and known.held - ahead,
            )
            known = _Kept(arrival, held, None)
            moved.append({"name": name, **asdict(known)})
        kept[name] = known
    _WRITTEN.do_each(connection, moved)
    return kept


def _statement() -> Insert:
    statement = insert(table)
    renewed = {name: statement.excluded[name] for name in ("arrival", "held", "noted")}
    return statement.on_conflict_do_update(index_elements=[table.c.name], set_=renewed)


_WRITTEN = Statement(_statement())
_KEPT = Statement(select(table).where(table.c.name == bindparam("name")))
