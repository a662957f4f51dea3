"""Feeds: what is remembered of them and of their items, and how much of an article they gave."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables; what was stored before is whole, and its sources were never silent."""
    op.add_column("articles", sa.Column("extent", sa.Text, nullable=False, server_default="whole"))
    for column in (
        sa.Column("rhythm", sa.Text, nullable=False, server_default="ok"),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("daily", sa.Float),
        sa.Column("brought", sa.BigInteger),
        sa.Column("next", sa.BigInteger),
    ):
        op.add_column("healths", column)
    op.create_table(
        "feed_memories",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("terms", sa.Text),
        sa.Column("moved", sa.Text),
        sa.Column("etag", sa.Text),
        sa.Column("modified", sa.Text),
        sa.Column("next", sa.BigInteger),
        sa.Column("asked", sa.BigInteger),
        sa.Column("answered", sa.BigInteger),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("retired", sa.Boolean, nullable=False),
        sa.Column("rhythm", sa.JSON, nullable=False),
    )
    op.create_table(
        "feed_items",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.Column("gone", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_index("feed_items_shown", "feed_items", ["source", "gone"])
    op.create_table(
        "added_sources",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("publisher", sa.Text),
        sa.Column("owner", sa.Text),
        sa.Column("country", sa.Text),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("tier", sa.Integer, nullable=False),
        sa.Column("fulltext", sa.Text, nullable=False),
        sa.Column("reuse", sa.Text, nullable=False),
    )
