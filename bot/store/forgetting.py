"""Forgets a chat, or a person, wherever the database knows them."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Update,
    case,
    delete,
    false,
    func,
    null,
    or_,
    select,
    true,
    update,
)

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
from bot.store.presence import remember
from bot.store.tables import editions

#: Where the addresses of chats and topics stand.
_PLACES = (subscriptions.c.destination, series.c.destination, editions.c.destination)
#: A topic or thread, as platforms count them.
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


class Forgetting:
    """Forgets for good, in a database. Every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        """Forget what is kept in this database."""
        self._database = database

    async def chat(self, destination: Destination) -> int:
        """Delete all that is kept of the chat and its topics; return how many rows that were.

        What is remembered is that the operator bars it from being served, and of a channel that the
        bot could let itself in to, that it was there, or was removed.
        """
        return await self._database.write(lambda connection: _wholly(connection, str(destination)))

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
            return found + sum(_wholly(connection, name) for name in private)

        return await self._database.write(forget)


def _private(connection: Connection, id: str) -> set[str]:
    """Return the chats whose address is the person's id, as Telegram has it."""
    return {
        name
        for column in (*_PLACES, chats.c.destination)
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


def _wholly(connection: Connection, name: str) -> int:
    """Forget a chat with its topics or threads, whose numbers follow its address and a slash."""
    below = {
        place
        for column in _PLACES
        for place in connection.scalars(
            select(column).where(column.between(f"{name}/", f"{name}0")).distinct()
        )
        if _NUMBER.fullmatch(place.removeprefix(f"{name}/"))
    }
    return sum(_forget(connection, place) for place in (*below, name))


def _forget(connection: Connection, name: str) -> int:
    statements = (
        delete(works).where(works.c.line == name),
        # Its parts go with it.
        delete(series).where(series.c.destination == name),
        delete(subscriptions).where(subscriptions.c.destination == name),
        delete(editions).where(editions.c.destination == name),
        delete(paces).where(paces.c.name == name),
        delete(marks).where(marks.c.key.in_((mark_of(name), moved_mark_of(name)))),
        delete(marks).where(marks.c.key.startswith(moved_mark_of("")), marks.c.value == name),
        *_blanked(name, remembered=remember(connection, name)),
    )
    found = sum(connection.execute(statement).rowcount for statement in statements)
    found += _unanswered(connection, name.partition(":")[2])
    # What no series posts any more.
    kept = select(series.c.sheet).where(series.c.sheet.is_not(None))
    connection.execute(delete(sheets).where(sheets.c.id.not_in(kept)))
    return found


def _blanked(name: str, *, remembered: bool) -> Iterator[Delete | Update]:
    """Yield what leaves of a chat's own row what outlives it: that it is barred, and been in."""
    barred = chats.c.allowed == false()
    bare: dict[str, ColumnElement[Any] | str] = {
        "owner": "",
        "title": "",
        "added": null(),
        "removed": null(),
    }
    if remembered:
        # One of both moments says it.
        bare["added"] = case((chats.c.removed.is_(None), chats.c.added), else_=null())
        bare["removed"] = chats.c.removed
        bare["allowed"] = func.nullif(chats.c.allowed, true())
    else:
        yield delete(chats).where(chats.c.destination == name, barred.is_not(True))
    differs = or_(*(chats.c[key].is_distinct_from(value) for key, value in bare.items()))
    yield update(chats).where(chats.c.destination == name, differs).values(bare)
