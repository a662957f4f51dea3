"""What is known of each chat besides what it asked for: who is served, and who left."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, exists, or_, select
from sqlalchemy.dialects.sqlite import insert

from bot.core.errors import StoreError
from bot.core.subscription import Destination, Standing, destination_of
from bot.store.database import Database
from bot.store.delivery_tables import chats, series, subscriptions
from bot.store.faults import legible
from bot.store.presence import JOINED, been_since
from bot.store.statement import Statement
from bot.store.tables import editions

log = logging.getLogger(__name__)

#: Asked before each answer.
_OF = Statement(select(chats).where(chats.c.destination == bindparam("place")))
_ALL = Statement(select(chats).order_by(chats.c.destination))
#: What is kept of a chat besides that the bot was removed there, where that is remembered. What
#: the configuration declares comes back at each start: it is not waited for.
_MORE = or_(
    *(~JOINED, chats.c.added.is_not(None), chats.c.owner != "", chats.c.title != ""),
    and_(
        ~exists().where(
            subscriptions.c.destination == chats.c.destination, subscriptions.c.declared
        ),
        or_(
            *(
                exists().where(table.c.destination == chats.c.destination)
                for table in (subscriptions, series, editions)
            )
        ),
    ),
)
#: A digest comes to the chat, or to a topic of it: so the bot is back, though nobody told it.
_BACK = exists().where(
    or_(
        subscriptions.c.destination == chats.c.destination,
        subscriptions.c.destination.startswith(chats.c.destination + "/", autoescape=False),
    ),
    subscriptions.c.standing == Standing.ACTIVE,
    subscriptions.c.timings.is_not(None),
)
_GONE = Statement(select(chats).where(chats.c.removed < bindparam("before"), _MORE, ~_BACK))


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
    #: What it is called; empty when not known.
    title: str = ""


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

    async def been(self, destination: Destination) -> bool:
        """Say whether the bot was in the chat at any time: it was added, or has posted there."""

        def find(connection: Connection) -> bool:
            with legible(self._database.path):
                return been_since(connection, str(destination)) is not None

        return await self._database.read(find)

    async def titled(self, destination: Destination, title: str) -> None:
        """Note what the chat is called, while nobody waits; the log says where that fails."""
        self._database.behind(self._note(destination, title))

    async def _note(self, destination: Destination, title: str) -> None:
        try:
            await self._put(destination, title=title)
        except StoreError as error:
            log.warning("What %s is called was not noted. %s", destination, error)

    async def titles(self) -> Mapping[str, str]:
        """Return what chats are called, as far as that is known, by destination."""
        return {str(chat.destination): chat.title for chat in await self.all() if chat.title}

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
        """Return the chats that the bot was removed from before then, and more is kept of.

        Not those to which a digest comes: there it is back.
        """
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
                        title=row["title"],
                    )
                    for row in statement.all(connection, **values)
                ]

        return await self._database.read(find)
