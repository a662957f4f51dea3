"""Moves all that is kept of a chat to the chat's new address."""

from datetime import datetime

from bot.core.subscription import Destination
from bot.store.database import Database
from bot.store.moving import rewrite


class Relocation:
    """Follows chats that move, in a database."""

    def __init__(self, database: Database) -> None:
        """Follow them in this database."""
        self._database = database

    async def move(self, old: Destination, new: Destination, *, now: datetime) -> None:
        """Rewrite the address wherever it stands; a subscription that is there stays as it is.

        A second time it changes nothing. Raises ``StoreError``.
        """
        await self._database.write(lambda connection: rewrite(connection, str(old), str(new), now))
