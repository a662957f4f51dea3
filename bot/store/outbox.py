"""Hands out the parts of series one by one, and writes what became of each."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import assert_never

from sqlalchemy import Connection, bindparam, select, update

from bot.app.outbox import Ready, Wait
from bot.core.delivery import (
    Deferred,
    Delivered,
    Fate,
    Moved,
    Outcome,
    Pace,
    Post,
    Refused,
    Scope,
    State,
    Tried,
    Unsure,
)
from bot.core.subscription import destination_of
from bot.store.database import Database
from bot.store.delivery_tables import parts, series, sheets
from bot.store.faults import legible
from bot.store.moving import move
from bot.store.paces import hold, reserve
from bot.store.posting import AHEAD, end_if_over, stop
from bot.store.sheets import payload
from bot.store.statement import Row, Statement, among

#: How long an account that refuses us is left alone.
_REFUSED = timedelta(minutes=1)
#: A platform that asks for more is asked again after this time.
_LONGEST = timedelta(days=366).total_seconds()


class Outbox:
    """The parts of a database's series. Every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def begin(
        self, series: int, paces: Sequence[Pace], *, now: datetime
    ) -> Ready | Wait | None:
        """Reserve a moment for the next part and note that it is being sent, in one transaction.

        Returns when to come back if a pace has no room, and None when nothing is left to send.
        """

        def reserved(connection: Connection) -> Ready | Wait | None:
            with legible(self._database.path):
                row = _NEXT.one(connection, number=series)
                if row is None:
                    return None
                ready = _ready(series, row)
            room = reserve(connection, paces, now)
            if room is not None:
                return Wait(room)
            _BEGUN.do(
                connection,
                attempts=row["attempts"] + 1,
                interrupted=row["interrupted"] + ready.interrupted,
                changed=now,
                **_place(ready.post),
            )
            return ready

        return await self._database.write(reserved)

    async def record(
        self, post: Post, outcome: Outcome, paces: Sequence[Pace], *, now: datetime
    ) -> None:
        """Write what became of the part, and all that follows from it, in one transaction."""
        await self._database.write(
            lambda connection: _record(connection, post, outcome, paces, now)
        )

    async def hold(self, name: str, *, until: datetime) -> None:
        """Move a pace forward, so that nothing goes out under its name before that moment."""
        await self._database.write(lambda connection: hold(connection, name, until))


_FIRST = parts.alias("first")
#: The next part of a series that is on its way, with what is needed to send it.
_NEXT = Statement(
    select(
        series.c.destination,
        series.c.silent,
        series.c.due,
        sheets.c.payloads,
        parts.c.part,
        parts.c.fate,
        parts.c.attempts,
        parts.c.interrupted,
        parts.c.changed,
        _FIRST.c.reference.label("under"),
    )
    .join_from(series, sheets, sheets.c.id == series.c.sheet)
    .join(parts, parts.c.series == series.c.id)
    .join(_FIRST, (_FIRST.c.series == series.c.id) & (_FIRST.c.part == 0))
    .where(
        series.c.id == bindparam("number"),
        series.c.state == State.SENDING,
        among(parts.c.fate, AHEAD),
    )
    .order_by(parts.c.part)
    .limit(1)
)
_PART = update(parts).where(
    parts.c.series == bindparam("number"), parts.c.part == bindparam("place")
)
_BEGUN = Statement(
    _PART.values(
        fate=Fate.SENDING,
        attempts=bindparam("attempts"),
        interrupted=bindparam("interrupted"),
        changed=bindparam("changed"),
    )
)
_ARRIVED = Statement(
    _PART.values(
        fate=Fate.DELIVERED, reference=bindparam("reference"), why="", changed=bindparam("changed")
    )
)


def _place(post: Post) -> dict[str, int]:
    return {"number": post.series, "place": post.part}


def _ready(number: int, row: Row) -> Ready:
    part, interrupted = row["part"], row["fate"] is Fate.SENDING
    post = Post(
        series=number,
        part=part,
        destination=destination_of(row["destination"]),
        payload=payload(row["payloads"], part),
        # The first part has no reference before it is there.
        under=row["under"],
        silent=row["silent"],
        tried=Tried(row["due"], row["changed"]) if interrupted else None,
    )
    return Ready(post, interrupted=interrupted)


def _record(
    connection: Connection, post: Post, outcome: Outcome, paces: Sequence[Pace], now: datetime
) -> None:
    match outcome:
        case Delivered(reference):
            _ARRIVED.do(connection, reference=reference, changed=now, **_place(post))
            end_if_over(connection, post.series, now)
        case Deferred(seconds, scope, why):
            _wait(connection, post, why, now)
            until = now + timedelta(seconds=min(max(0.0, seconds), _LONGEST))
            for pace in _of_scope(paces, scope):
                hold(connection, pace.name, until, now)
        case Moved(destination):
            _wait(connection, post, "", now)
            move(connection, post.series, str(destination), now)
        case Unsure(why):
            # It stays in ``sending``, as after a crash: whoever begins it again counts that.
            connection.execute(_PART.values(why=why, changed=now), _place(post))
        case Refused(why, scope):
            _refuse(connection, post, Refused(why, scope), paces, now)
        case _:
            assert_never(outcome)


def _refuse(
    connection: Connection, post: Post, refused: Refused, paces: Sequence[Pace], now: datetime
) -> None:
    why = refused.why
    match refused.scope:
        case Scope.PART:
            skipped = {"fate": Fate.REFUSED, "why": why, "changed": now}
            connection.execute(_PART.values(skipped), _place(post))
            end_if_over(connection, post.series, now)
        case Scope.DESTINATION:
            stop(connection, post.series, why, now)
        case Scope.ACCOUNT:
            _wait(connection, post, why, now)
            for pace in paces[:1]:
                hold(connection, pace.name, now + _REFUSED, now)
        case _:
            assert_never(refused.scope)


def _wait(connection: Connection, post: Post, why: str, now: datetime) -> None:
    waiting = {"fate": Fate.WAITING, "why": why, "changed": now}
    connection.execute(_PART.values(waiting), _place(post))


def _of_scope(paces: Sequence[Pace], scope: Scope) -> Sequence[Pace]:
    """Return the paces that a wait reaches: the account's is the first of several."""
    match scope:
        case Scope.PART:
            return ()
        case Scope.DESTINATION:
            return paces[1:] or paces
        case Scope.ACCOUNT:
            return paces[:1]
        case _:
            assert_never(scope)
