"""Remembers what each chat has asked for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.core.delivery import OPEN, State
from bot.core.subscription import Destination, Standing, Subscription
from bot.core.wording import later
from bot.store.database import Database
from bot.store.delivery_tables import series, subscriptions
from bot.store.faults import legible
from bot.store.statement import Statement
from bot.store.subscription_rows import former, kept, row_of, serves, subscription_of

#: Why a slot is cancelled.
PAUSED = later("The digest was paused here.")
NO_SCHEDULE = later("The schedule was taken away here.")

#: Asked before each answer.
_OF = Statement(select(subscriptions).where(subscriptions.c.destination == bindparam("place")))
_INSERTED = insert(subscriptions).returning(subscriptions)


class Subscriptions:
    """The subscriptions, in a database."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def of(self, destination: Destination) -> Subscription | None:
        """Return the chat's subscription."""
        return await self._database.read(lambda connection: self._of(connection, destination))

    async def all(self) -> Sequence[Subscription]:
        """Return every subscription, by destination."""

        def find(connection: Connection) -> Sequence[Subscription]:
            with legible(self._database.path):
                rows = connection.execute(select(subscriptions)).mappings()
                return sorted((subscription_of(row) for row in rows), key=_by_destination)

        return await self._database.read(find)

    async def save(
        self, subscription: Subscription, *, now: datetime, undo: bool = False
    ) -> Subscription:
        """Store it in place of the chat's, keep what stood there for an undo, and return it.

        With ``undo`` what stood there is remembered as ``undone``.
        Its open slots are cancelled when it is no longer active or has no schedule any more; what
        somebody asked for at once still goes out. Nothing is next for it then.
        """

        def store(connection: Connection) -> Subscription:
            before = self._of(connection, subscription.destination)
            row = row_of(subscription)
            if before is None:
                first = {**row, "previous": kept(None, changed=now)}
                stored = connection.execute(_INSERTED, first).mappings().one()
                return subscription_of(stored)
            changed = (
                update(subscriptions)
                .where(subscriptions.c.id == before.id)
                .values(row)
                .values(previous=kept(replace(before, undone=undo), changed=now))
                .returning(subscriptions)
            )
            stored = connection.execute(changed).mappings().one()
            if not serves(subscription):
                _cancel_slots(connection, before.id, _why_not(subscription), now)
            return subscription_of(stored)

        return await self._database.write(store)

    async def previous(self, destination: Destination) -> Subscription | None:
        """Return what stood before the last ``save``, for an undo: saving it puts it back."""

        def find(connection: Connection) -> Subscription | None:
            with legible(self._database.path):
                row = _OF.one(connection, place=str(destination))
                return None if row is None else former(row)

        return await self._database.read(find)

    def _of(self, connection: Connection, destination: Destination) -> Subscription | None:
        with legible(self._database.path):
            row = _OF.one(connection, place=str(destination))
            return None if row is None else subscription_of(row)


def _by_destination(subscription: Subscription) -> Destination:
    return subscription.destination


def _why_not(subscription: Subscription) -> str:
    if subscription.standing is Standing.ACTIVE:
        return NO_SCHEDULE
    return subscription.reason or PAUSED


def _cancel_slots(connection: Connection, subscription: int, why: str, now: datetime) -> None:
    connection.execute(
        update(series)
        .where(
            series.c.subscription == subscription,
            series.c.day.is_not(None),
            series.c.state.in_(OPEN),
        )
        .values(state=State.CANCELLED, why=why, ended=now)
    )
