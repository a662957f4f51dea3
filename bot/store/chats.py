"""What is known of each chat besides what it asked for: who is served, and who left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from bot.core.subscription import Destination, destination_of
from bot.store.database import Database
from bot.store.delivery_tables import chats
from bot.store.faults import legible
from bot.store.statement import Statement

#: Asked before each answer.
_OF = Statement(select(chats).where(chats.c.destination == bindparam("place")))
_ALL = Statement(select(chats).order_by(chats.c.destination))
_GONE = Statement(select(chats).where(chats.c.removed < bindparam("before")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A chat the bot has met, or the operator has named."""

    destination: Destination
    #: Whether the operator lists it; None where nobody has said.
    allowed: bool | None
    added: datetime | None
    #: When the bot was removed from it; None while it is there.
    removed: datetime | None
    #: The platform's id of who added the bot; empty when not known.
    owner: str


class Chats:
    """The chats, in a database. Every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def of(self, destination: Destination) -> Chat | None:
        """Return what is known of the chat."""
        found = await self._find(_OF, place=str(destination))
        return found[0] if found else None

    async def all(self) -> Sequence[Chat]:
        """Return every chat, by destination."""
        return await self._find(_ALL)

    async def allow(self, destination: Destination, *, allowed: bool) -> None:
        """Note whether the operator lists the chat."""
        await self._put(destination, allowed=allowed)

    async def added(self, destination: Destination, *, owner: str, now: datetime) -> None:
        """Note that the bot was added to the chat, for the first time or again, and by whom."""
        await self._put(destination, added=now, removed=None, owner=owner)

    async def removed(self, destination: Destination, *, now: datetime) -> None:
        """Note that the bot was removed from the chat."""
        await self._put(destination, removed=now)

    async def gone(self, before: datetime) -> Sequence[Destination]:
        """Return the chats that the bot was removed from before that moment."""
        found = await self._find(_GONE, before=before)
        return [chat.destination for chat in found]

    async def _put(self, destination: Destination, **known: object) -> None:
        values = {"destination": str(destination), "owner": "", **known}
        statement = (
            insert(chats)
            .values(values)
            .on_conflict_do_update(index_elements=[chats.c.destination], set_=known)
        )
        await self._database.write(lambda connection: connection.execute(statement))

    async def _find(self, statement: Statement, **values: object) -> Sequence[Chat]:
        def find(connection: Connection) -> Sequence[Chat]:
            with legible(self._database.path):
                return [
                    Chat(
                        destination=destination_of(row["destination"]),
                        allowed=row["allowed"],
                        added=row["added"],
                        removed=row["removed"],
                        owner=row["owner"],
                    )
                    for row in statement.all(connection, **values)
                ]

        return await self._database.read(find)
