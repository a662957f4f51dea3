"""Keeps the feeds that were added by a command, beside those of the configuration."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.app.feed import FeedSetting, FullText, Reuse
from bot.store.database import Database
from bot.store.faults import legible
from bot.store.feed_tables import added_sources, feed_items, feed_memories
from bot.store.tables import healths


class Added:
    """The added feeds of a database. Every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def all(self) -> Sequence[FeedSetting]:
        """Return the added feeds by name."""
        query = select(added_sources).order_by(added_sources.c.name)

        def find(connection: Connection) -> Sequence[FeedSetting]:
            with legible(self._database.path):
                return [_setting(row) for row in connection.execute(query).mappings()]

        return await self._database.read(find)

    async def add(self, setting: FeedSetting) -> None:
        """Keep the feed, in place of one of that name; it is asked at the next look.

        What was remembered of an ended feed of that name is forgotten: it is set up anew.
        """
        row = _row(setting)
        statement = insert(added_sources).values(row)
        statement = statement.on_conflict_do_update(index_elements=[added_sources.c.name], set_=row)

        def store(connection: Connection) -> None:
            connection.execute(statement)
            _forget(connection, setting.name)

        await self._database.write(store)

    async def remove(self, name: str) -> bool:
        """Let go of the feed and of what is known of how it is; say whether there was one.

        Its articles stay as long as others do, and its items are known again should it come back.
        """

        def let_go(connection: Connection) -> bool:
            gone = connection.execute(delete(added_sources).where(added_sources.c.name == name))
            if not gone.rowcount:
                return False
            _forget(connection, name)
            connection.execute(delete(healths).where(healths.c.source == name))
            return True

        return await self._database.write(let_go)


def _forget(connection: Connection, name: str) -> None:
    """Forget how the feed was, and that it shows anything: what it shows next is an import."""
    connection.execute(delete(feed_memories).where(feed_memories.c.source == name))
    shown = update(feed_items).where(feed_items.c.source == name, feed_items.c.gone.is_(None))
    connection.execute(shown.values(gone=feed_items.c.seen))


def _row(setting: FeedSetting) -> Mapping[str, Any]:
    return {
        "name": setting.name,
        "address": setting.address,
        "enabled": setting.enabled,
        "publisher": setting.publisher,
        "owner": setting.owner,
        "country": setting.country,
        "language": setting.language,
        "tier": setting.tier,
        "fulltext": setting.fulltext.value,
        "reuse": setting.reuse.value,
    }


def _setting(row: RowMapping) -> FeedSetting:
    return FeedSetting(
        name=row["name"],
        address=row["address"],
        enabled=row["enabled"],
        publisher=row["publisher"],
        owner=row["owner"],
        country=row["country"],
        language=row["language"],
        tier=row["tier"],
        fulltext=FullText(row["fulltext"]),
        reuse=Reuse(row["reuse"]),
        declared=False,
    )
