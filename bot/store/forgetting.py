"""Forgets a chat, or a person, wherever the database knows them."""

import re

from sqlalchemy import Connection, delete, false, or_, select, update

from bot.app.access import operator_mark
from bot.app.declared import mark_of, moved_mark_of
from bot.core.subscription import Destination
from bot.store.database import Database
from bot.store.delivery_tables import (
    chats,
    heard,
    marks,
    paces,
    series,
    sheets,
    subscriptions,
    works,
)
from bot.store.tables import editions


class Forgetting:
    """Forgets for good, in a database. Every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        """Forget what is kept in this database."""
        self._database = database

    async def chat(self, destination: Destination) -> int:
        """Delete all that is kept of the chat; return how many rows that were.

        That the operator bars it from being served is remembered, and nothing else.
        """
        return await self._database.write(lambda connection: _forget(connection, str(destination)))

    async def person(self, id: str) -> int:
        """Take the person's id out of every row, and forget their chat of two with the bot.

        Returns how many rows had the id.
        """

        def forget(connection: Connection) -> int:
            private = _private(connection, id) | _direct(connection, id)
            statements = (
                update(subscriptions)
                .where(subscriptions.c.owner == id)
                # What stood before the last change may bear the id, too.
                .values(owner="", previous=None),
                update(subscriptions)
                .where(subscriptions.c.previous["owner"].as_string() == id)
                .values(previous=None),
                update(chats).where(chats.c.owner == id).values(owner=""),
                # Nobody is the operator there then: the next start shows a code to claim the bot.
                delete(marks).where(marks.c.key.like(operator_mark("%")), marks.c.value == id),
            )
            found = sum(connection.execute(statement).rowcount for statement in statements)
            found += _unanswered(connection, id)
            return found + sum(_forget(connection, name) for name in private)

        return await self._database.write(forget)


def _private(connection: Connection, id: str) -> set[str]:
    """Return the chats whose address is the person's id, as Telegram has it."""
    columns = (subscriptions.c.destination, series.c.destination, chats.c.destination)
    return {
        name
        for column in (*columns, editions.c.destination)
        for name in connection.scalars(
            select(column).where(column.endswith(f":{id}", autoescape=True)).distinct()
        )
        if name.partition(":")[2] == id
    }


def _direct(connection: Connection, id: str) -> set[str]:
    """Return the chats of two with the bot that are the person's, as Slack has them: "D0123"."""
    return {
        name
        for table in (subscriptions, chats)
        for name in connection.scalars(
            select(table.c.destination).where(
                table.c.owner == id, table.c.destination.like("slack:%/D%")
            )
        )
    }


def _unanswered(connection: Connection, whom: str) -> int:
    """Delete the words of what was asked there, or by them, and is not answered yet.

    Returns how many that were. Each part of an address or id is named in them, as a whole.
    """
    parts = re.findall(r"[\w-]+", whom)
    named = [re.compile(rf"(?<![\w-]){re.escape(part)}(?![\w-])") for part in parts]
    rows = connection.execute(select(heard.c.key, heard.c.body).where(heard.c.body.is_not(None)))
    keys = [row.key for row in rows if parts and all(one.search(row.body) for one in named)]
    connection.execute(update(heard).where(heard.c.key.in_(keys)).values(body=None))
    return len(keys)


def _forget(connection: Connection, name: str) -> int:
    barred = chats.c.allowed == false()
    known = or_(
        *(chats.c.owner != "", chats.c.title != ""),
        *(chats.c.added.is_not(None), chats.c.removed.is_not(None)),
    )
    statements = (
        delete(works).where(works.c.line == name),
        # Its parts go with it.
        delete(series).where(series.c.destination == name),
        delete(subscriptions).where(subscriptions.c.destination == name),
        delete(editions).where(editions.c.destination == name),
        delete(paces).where(paces.c.name == name),
        delete(marks).where(marks.c.key.in_((mark_of(name), moved_mark_of(name)))),
        delete(marks).where(marks.c.key.startswith(moved_mark_of("")), marks.c.value == name),
        delete(chats).where(chats.c.destination == name, barred.is_not(True)),
        update(chats)
        .where(chats.c.destination == name, barred, known)
        .values(added=None, removed=None, owner="", title=""),
    )
    found = sum(connection.execute(statement).rowcount for statement in statements)
    found += _unanswered(connection, name.partition(":")[2])
    # What no series posts any more.
    kept = select(series.c.sheet).where(series.c.sheet.is_not(None))
    connection.execute(delete(sheets).where(sheets.c.id.not_in(kept)))
    return found
