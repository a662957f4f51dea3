"""Remembers feeds between two looks at them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from bot.app.feed import FeedMemory
from bot.core.rhythm_record import kept, rhythm_of
from bot.store.database import Database
from bot.store.faults import legible
from bot.store.feed_tables import feed_memories
from bot.store.rereading import Rereading
from bot.store.statement import Row, Statement


class Memories:
    """What is remembered of feeds, in a database. Every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        """Keep it in this database."""
        self._database = database
        self._all = Rereading(_ALL, _memory)

    async def all(self) -> Sequence[FeedMemory]:
        """Return what is remembered of every feed."""

        def find(connection: Connection) -> Sequence[FeedMemory]:
            with legible(self._database.path):
                return self._all.all(connection)

        return await self._database.read(find)

    async def note(self, memories: Sequence[FeedMemory]) -> None:
        """Keep these in place of what was remembered, in one commit."""
        if not memories:
            return
        rows = [_row(memory) for memory in memories]
        await self._database.write(lambda connection: _NOTED.do_each(connection, rows))


def _noted() -> Statement:
    adding = insert(feed_memories)
    given = {column.name: adding.excluded[column.name] for column in feed_memories.c}
    noting = adding.on_conflict_do_update(index_elements=[feed_memories.c.source], set_=given)
    return Statement(noting, columns=tuple(given))


_ALL = Statement(select(feed_memories))
_NOTED = _noted()


def _row(memory: FeedMemory) -> Mapping[str, Any]:
    return {
        "source": memory.source,
        "address": memory.address,
        "terms": memory.terms,
        "moved": memory.moved,
        "etag": memory.etag,
        "modified": memory.modified,
        "next": memory.next,
        "asked": memory.asked,
        "answered": memory.answered,
        "failures": memory.failures,
        "retired": memory.retired,
        "rhythm": kept(memory.rhythm),
    }


def _memory(row: Row) -> FeedMemory:
    return FeedMemory(
        source=row["source"],
        address=row["address"],
        terms=row["terms"],
        moved=row["moved"],
        etag=row["etag"],
        modified=row["modified"],
        next=row["next"],
        asked=row["asked"],
        answered=row["answered"],
        failures=row["failures"],
        retired=row["retired"],
        rhythm=rhythm_of(row["rhythm"]),
    )
