"""The tables of feeds: what is remembered of each, its items, and those added by a command."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, LargeBinary, Table

from bot.store.tables import Moment, Words, metadata

#: What is remembered of a feed between two looks at it.
feed_memories = Table(
    "feed_memories",
    metadata,
    Column("source", Words, primary_key=True),
    # The address that was set when this was written.
    Column("address", Words, nullable=False),
    Column("terms", Words),
    Column("moved", Words),
    Column("etag", Words),
    Column("modified", Words),
    Column("next", Moment),
    Column("asked", Moment),
    Column("answered", Moment),
    Column("failures", Integer, nullable=False),
    Column("retired", Boolean, nullable=False),
    Column("rhythm", JSON, nullable=False),
)

#: By what the items of a feed are known again, each by several keys. No foreign key leads to the
#: article: its keys outlive it, so that a feed that shows an old item brings no news.
feed_items = Table(
    "feed_items",
    metadata,
    Column("source", Words, primary_key=True),
    Column("key", LargeBinary, primary_key=True),
    Column("article", Words, nullable=False),
    # When the item was first seen.
    Column("seen", Moment, nullable=False),
    # Since when the feed shows it no more; null while it does.
    Column("gone", Moment),
    sqlite_with_rowid=False,
)
Index("feed_items_shown", feed_items.c.source, feed_items.c.gone)

#: The feeds that stand in no file.
added_sources = Table(
    "added_sources",
    metadata,
    Column("name", Words, primary_key=True),
    Column("address", Words, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("publisher", Words),
    Column("owner", Words),
    Column("country", Words),
    Column("language", Words, nullable=False),
    Column("tier", Integer, nullable=False),
    Column("fulltext", Words, nullable=False),
    Column("reuse", Words, nullable=False),
    # Lists of names: the folders of another reader.
    Column("folders", JSON, nullable=False),
    Column("category", Words),
)
