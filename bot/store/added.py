"""Keeps the feeds that were added by a command, beside those of the configuration."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, select, update
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
        await self.bring([setting])

    async def bring(self, settings: Sequence[FeedSetting]) -> None:
        """Keep all the feeds as ``add`` does, in one transaction: all of them, or none."""
        if not settings:
            return
        statement = insert(added_sources)
        taken = {one.name: one for one in statement.excluded}
        statement = statement.on_conflict_do_update(
            index_elements=[added_sources.c.name], set_=taken
        )
        rows = [_row(setting) for setting in settings]

        def store(connection: Connection) -> None:
            connection.execute(statement, rows)
            _forget(connection, [setting.name for setting in settings])

        await self._database.write(store)

    async def remove(self, name: str) -> bool:
        """Let go of the feed and of what is known of how it is; say whether there was one.

        Its articles stay as long as others do, and its items are known again should it come back.
        """

        def let_go(connection: Connection) -> bool:
            gone = connection.execute(delete(added_sources).where(added_sources.c.name == name))
            if not gone.rowcount:
                return False
            _forget(connection, [name])
            connection.execute(delete(healths).where(healths.c.source == name))
            return True

        return await self._database.write(let_go)


def _forget(connection: Connection, names: Sequence[str]) -> None:
    """Forget how the feeds were, and that they show anything: what they show next is an import."""
    sought = [{"name": name} for name in names]
    known = delete(feed_memories).where(feed_memories.c.source == bindparam("name"))
    shown = update(feed_items).where(
        feed_items.c.source == bindparam("name"), feed_items.c.gone.is_(None)
    )
    connection.execute(known, sought)
    connection.execute(shown.values(gone=feed_items.c.seen), sought)


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
        "folders": setting.folders,
        "category": setting.category,
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
        folders=tuple(tuple(map(str, path)) for path in row["folders"]),
        category=row["category"],
        declared=False,
    )
