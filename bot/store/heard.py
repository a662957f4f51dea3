"""Remembers what was heard, so that nothing is heard twice, nor lost by a restart."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, Insert, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.app.ports import Clock
from bot.core.errors import StoreError
from bot.store.database import Database
from bot.store.delivery_tables import heard
from bot.store.faults import legible
from bot.store.statement import Statement

#: So long may something be told again: Slack tries for some minutes (Events API).
KEPT = timedelta(days=1)
#: Of so many things is known at once that they were heard; the oldest are let go first.
MOST = 100_000


def _heard() -> Insert:
    statement = insert(heard)
    named = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=[heard.c.key],
        set_={"moment": named.moment, "body": named.body, "tries": named.tries},
    )


_THIS = heard.c.key == bindparam("known")
_HEARD = Statement(_heard(), columns=("key", "moment", "body", "tries"))
_DONE = Statement(update(heard).where(_THIS).values(body=None))
_TRIED = Statement(update(heard).where(_THIS).values(tries=heard.c.tries + 1))

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Left:
    """What was heard before this start and never done."""

    body: str
    #: How long ago it was heard, as of this start.
    age: timedelta
    #: After how many starts before this one it was begun again.
    tries: int = 0


@dataclass(frozen=True, slots=True)
class _Storing:
    """Something that is still to be stored."""

    #: Since when, by the loop's clock.
    since: float
    stored: asyncio.Event = field(default_factory=asyncio.Event)


class HeardBefore:
    """What was heard lately, by its key, known at once and stored as soon as can be."""

    def __init__(
        self, database: Database, clock: Clock, *, room: str = "", most: int = MOST
    ) -> None:
        """Keep it in this database; of a ``room`` all keys begin with its name and a space."""
        self._database = database
        self._clock = clock
        self._most = most
        self._begins = f"{room} " if room else ""
        #: When each was heard, the oldest first.
        self._known: dict[str, datetime] = {}
        #: What is still to be done, and of that what was heard before this start.
        self._open: dict[str, str] = {}
        self._left: dict[str, Left] = {}
        #: What is still to be stored, the oldest first.
        self._storing: dict[str, _Storing] = {}

    @property
    def left(self) -> Mapping[str, Left]:
        """Return what was heard before this start and never done, by its key, the oldest first."""
        return dict(self._left)

    async def load(self) -> None:
        """Recall what was heard before this start; the log says so where that is not to be had."""
        now = self._clock.now()
        ours = heard.c.key.startswith(self._begins, autoescape=True)
        query = (
            select(heard).where(heard.c.moment >= now - KEPT, ours).order_by(heard.c.moment.desc())
        )
        try:
            with legible(self._database.path):
                rows = await self._database.read(
                    lambda connection: connection.execute(query.limit(self._most)).all()
                )
        except StoreError as error:
            log.warning("What was heard before may be heard again. %s", error)
            return
        self._known = {row.key: row.moment for row in reversed(rows)} | self._known
        self._left = {
            row.key: Left(row.body, now - row.moment, row.tries)
            for row in reversed(rows)
            if row.body
        }

    def first(self, key: str, body: str = "") -> bool:
        """Say whether that is heard for the first time in a day; from now on it is not.

        What has a body is left to the next start until it is done.
        """
        now = self._clock.now()
        before = self._known.get(key)
        if before is not None and now - before < KEPT:
            return False
        self._known.pop(key, None)
        while len(self._known) >= self._most:
            del self._known[next(iter(self._known))]
        self._known[key] = now
        if body:
            self._open[key] = body
        storing = self._storing[key] = _Storing(asyncio.get_running_loop().time())
        self._database.behind(self._store(key, now, storing), pause=0)
        return True

    def done(self, key: str) -> None:
        """Note that it was done."""
        if self._open.pop(key, None) or self._left.pop(key, None):
            self._database.behind(self._finish(key), pause=0)

    async def stored(self, key: str, *, patience: float) -> bool:
        """Wait until what was heard under that key is stored, or could not be: the log says so.

        False where the oldest that is not stored has waited for ``patience`` seconds: while another
        program holds the archive, nobody waits for longer than the first.
        """
        storing = self._storing.get(key)
        if storing is None:
            return True
        oldest = next(iter(self._storing.values()))
        try:
            async with asyncio.timeout_at(oldest.since + patience):
                await storing.stored.wait()
        except TimeoutError:
            return False
        return True

    async def tried(self, key: str) -> bool:
        """Count one more start after which it is begun; say whether that is stored."""
        try:
            await self._database.write(lambda connection: _TRIED.do(connection, known=key))
        except StoreError as error:
            log.warning("Something is left to the next start. %s", error)
            return False
        return True

    async def _store(self, key: str, now: datetime, storing: _Storing) -> None:
        body = self._open.get(key)

        def write(connection: Connection) -> None:
            _HEARD.do(connection, key=key, moment=now, body=body, tries=0)

        try:
            await self._database.write(write)
        except StoreError as error:
            log.warning("Something may be heard again after the next start. %s", error)
        finally:
            storing.stored.set()
            if self._storing.get(key) is storing:
                del self._storing[key]

    async def _finish(self, key: str) -> None:
        try:
            await self._database.write(lambda connection: _DONE.do(connection, known=key))
        except StoreError as error:
            log.warning("Something may be done again after the next start. %s", error)
