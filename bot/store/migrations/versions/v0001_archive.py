"""The archive: articles, who holds them, how the sources fared, what chats were shown."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _make_articles()
    _make_holdings()
    op.create_table(
        "healths",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("checked", sa.BigInteger, nullable=False),
        sa.Column("articles", sa.Integer, nullable=False),
        sa.Column("newest_day", sa.Date),
        sa.Column("newest_at", sa.BigInteger),
        sa.Column("failing", sa.JSON),
        sa.Column("faults", sa.JSON, nullable=False),
    )
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("destination", sa.Text, nullable=False),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("stories", sa.JSON, nullable=False),
    )
    op.create_index("editions_by_destination", "editions", ["destination", "made", "id"])


def _make_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("published_day", sa.Date),
        sa.Column("published_at", sa.BigInteger),
        sa.Column("place", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.Column("imported", sa.Boolean, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("moment", sa.BigInteger, nullable=False),
        sa.Column("recent", sa.BigInteger, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index(
        "articles_newest_first", "articles", ["withdrawn", sa.text("moment DESC"), "id"]
    )
    op.create_index("articles_in_window", "articles", ["withdrawn", "recent", "moment", "id"])


def _make_holdings() -> None:
    op.create_table(
        "holdings",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column(
            "article",
            sa.Text,
            sa.ForeignKey("articles.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("held", sa.BigInteger, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
    )
    op.create_index("holdings_by_article", "holdings", ["article", "withdrawn"])
