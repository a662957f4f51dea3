"""Remembers what was heard, so that nothing is heard twice, nor lost by a restart."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert

from bot.app.ports import Clock
from bot.core.errors import StoreError
from bot.store.database import Database
from bot.store.delivery_tables import heard

#: So long may something be told again: Slack tries for some minutes (Events API).
KEPT = timedelta(days=1)
#: Of so many things is known at once that they were heard; the oldest are let go first.
MOST = 100_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Left:
    """What was heard before this start and never done."""

    body: str
    #: How long ago it was heard, as of this start.
    age: timedelta


class HeardBefore:
    """What was heard lately, by its key, known at once and stored while nobody waits for that."""

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
        #: How much is still to be stored, and whether that is nothing.
        self._storing = 0
        self._idle = asyncio.Event()
        self._idle.set()

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
            rows = await self._database.read(
                lambda connection: connection.execute(query.limit(self._most)).all()
            )
        except StoreError as error:
            log.warning("What was heard before may be heard again. %s", error)
            return
        self._known = {row.key: row.moment for row in reversed(rows)} | self._known
        self._left = {
            row.key: Left(row.body, now - row.moment) for row in reversed(rows) if row.body
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
        self._storing += 1
        self._idle.clear()
        self._database.behind(self._store(key, now))
        return True

    def done(self, key: str) -> None:
        """Note that it was done."""
        if self._open.pop(key, None) or self._left.pop(key, None):
            self._database.behind(self._finish(key))

    async def stored(self) -> None:
        """Wait until all that was heard is stored, or could not be, which the log says."""
        await self._idle.wait()

    async def _store(self, key: str, now: datetime) -> None:
        statement = insert(heard).values(key=key, moment=now, body=self._open.get(key))
        named = statement.excluded
        newer = statement.on_conflict_do_update(
            index_elements=[heard.c.key], set_={"moment": named.moment, "body": named.body}
        )
        try:
            await self._database.write(lambda connection: connection.execute(newer))
        except StoreError as error:
            log.warning("Something may be heard again after the next start. %s", error)
        finally:
            self._storing -= 1
            if not self._storing:
                self._idle.set()

    async def _finish(self, key: str) -> None:
        statement = update(heard).where(heard.c.key == key).values(body=None)
        try:
            await self._database.write(lambda connection: connection.execute(statement))
        except StoreError as error:
            log.warning("Something may be done again after the next start. %s", error)
