"""Takes articles in, notes which are still held, and lets old ones go."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    delete,
    exists,
    false,
    select,
    true,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from bot.app.ports import Found
from bot.core.search import Terms, article_terms
from bot.store import index
from bot.store.database import Database
from bot.store.extracts import store_facts
from bot.store.past_items import forget_items
from bot.store.rows import row_of
from bot.store.statement import Statement
from bot.store.tables import articles, editions, holdings

#: What a second saving of an article leaves as it is.
_FIRST = frozenset({"id", "seen", "imported"})


class Intake:
    """The way into a database for articles."""

    def __init__(self, database: Database) -> None:
        """Write to this database."""
        self._database = database

    async def known(self, source: str) -> Mapping[str, str]:
        """Return the version of each of the source's articles by id, withdrawn ones left out."""
        query = select(holdings.c.article, holdings.c.version).where(
            holdings.c.source == source, holdings.c.withdrawn == false()
        )

        def find(connection: Connection) -> Mapping[str, str]:
            return {row.article: row.version for row in connection.execute(query)}

        return await self._database.read(find)

    async def save(self, found: Sequence[Found], *, now: datetime, imported: bool) -> None:
        """Store new and changed articles together; an id that returns keeps its first sighting."""
        if not found:
            return
        terms = await asyncio.to_thread(terms_of, found)

        def store(connection: Connection) -> None:
            store_articles(connection, found, terms, now=now, imported=imported)
            hold(connection, found, now=now)

        await self._database.write(store)

    async def seen(self, source: str, ids: frozenset[str], *, now: datetime) -> int:
        """Note that the source still holds these ids and withdraw its others; count the withdrawn.

        A withdrawn article is kept but shown no more, and comes back when it is saved again. One
        that another source still holds stays, and is not counted.
        """
        return await self._database.write(
            lambda connection: _note_held(connection, source, ids, now)
        )

    async def prune(self, before: datetime) -> int:
        """Delete the articles that no source has held since then; return how many.

        The editions made before then go, too, save the last of each destination that was not
        private, and so does what is known of items that no feed has shown since.
        """
        fresh = exists().where(holdings.c.article == articles.c.id, holdings.c.held >= before)
        newer = editions.alias("newer")
        superseded = editions.c.private | exists().where(
            newer.c.destination == editions.c.destination,
            ~newer.c.private,
            (newer.c.made > editions.c.made)
            | ((newer.c.made == editions.c.made) & (newer.c.id > editions.c.id)),
        )

        def let_go(connection: Connection) -> int:
            connection.execute(delete(editions).where(editions.c.made < before, superseded))
            forget_items(connection, before)
            index.withdraw(connection, ~fresh)
            return connection.execute(delete(articles).where(~fresh)).rowcount

        return await self._database.write(let_go)


def terms_of(found: Sequence[Found]) -> Mapping[str, Terms]:
    """Return what the index holds of each article, by id. May take long: give it a thread."""
    return {each.article.id: article_terms(each.article) for each in found}


def store_articles(
    connection: Connection,
    found: Sequence[Found],
    terms: Mapping[str, Terms],
    *,
    now: datetime,
    imported: bool,
) -> None:
    """Store articles with what the index and the fact book have of them."""
    if not found:
        return
    rows = [row_of(each.article, now=now, imported=imported) for each in found]
    _ARTICLE_SAVED.do_each(connection, rows)
    index.renew(connection, {row["id"]: terms[row["id"]] for row in rows})
    store_facts(connection, [(each.article, each.extracted) for each in found])


def hold(connection: Connection, found: Sequence[Found], *, now: datetime) -> None:
    """Note that their sources hold the articles, in these versions."""
    held = [
        {
            "source": each.article.source,
            "article": each.article.id,
            "version": each.version,
            "held": now,
            "withdrawn": False,
        }
        for each in found
    ]
    _HOLDING_SAVED.do_each(connection, held)


def _article_saved() -> Statement:
    """Return the statement that stores an article, or renews one and keeps its first sighting."""
    statement = insert(articles)
    given = statement.excluded
    dated = given.published_day.is_not(None)
    renewed: dict[str, ColumnElement[Any]] = {
        column.name: given[column.name] for column in articles.c if column.name not in _FIRST
    }
    renewed["moment"] = case((dated, given.moment), else_=articles.c.seen)
    renewed["recent"] = case(
        (and_(dated, given.moment > articles.c.seen), given.moment), else_=articles.c.seen
    )
    saving = statement.on_conflict_do_update(index_elements=[articles.c.id], set_=renewed)
    return Statement(saving, columns=articles.c.keys())


def _holding_saved() -> Statement:
    statement = insert(holdings)
    given = statement.excluded
    saving = statement.on_conflict_do_update(
        index_elements=[holdings.c.source, holdings.c.article],
        set_={"version": given.version, "held": given.held, "withdrawn": given.withdrawn},
    )
    return Statement(saving, columns=holdings.c.keys())


_ARTICLE_SAVED, _HOLDING_SAVED = _article_saved(), _holding_saved()


def _note_held(connection: Connection, source: str, ids: frozenset[str], now: datetime) -> int:
    """Compare in Python: SQLite takes some thousands of values in a statement, and no more."""
    query = select(holdings.c.article, holdings.c.withdrawn).where(holdings.c.source == source)
    withdrawn_before = {row.article: row.withdrawn for row in connection.execute(query)}
    gone = [id_ for id_, was in withdrawn_before.items() if not was and id_ not in ids]
    back = [id_ for id_, was in withdrawn_before.items() if was and id_ in ids]
    count = _withdraw(connection, source, gone)
    mine = update(holdings).where(holdings.c.source == source)
    connection.execute(mine.where(holdings.c.withdrawn == false()).values(held=now))
    if back:
        # Not saved again yet, because unreadable, say: not shown, but not to be pruned either.
        each = mine.where(holdings.c.article == bindparam("gone_id")).values(held=now)
        connection.execute(each, [{"gone_id": id_} for id_ in back])
    return count


def _withdraw(connection: Connection, source: str, gone: Sequence[str]) -> int:
    if not gone:
        return 0
    values = [{"gone_id": id_} for id_ in gone]
    let_go = update(holdings).where(
        holdings.c.source == source, holdings.c.article == bindparam("gone_id")
    )
    connection.execute(let_go.values(withdrawn=true()), values)
    held = exists().where(holdings.c.article == articles.c.id, holdings.c.withdrawn == false())
    hidden = update(articles).where(articles.c.id == bindparam("gone_id"), ~held)
    count = connection.execute(hidden.values(withdrawn=true()), values).rowcount
    index.withdraw(connection, articles.c.withdrawn == true())
    return count
