"""Delivery: subscriptions, their slots, the parts on their way, and the works of the queue."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables; a source's health learns since when it is failing."""
    op.add_column("healths", sa.Column("since", sa.BigInteger))
    _make_subscriptions()
    _make_series()
    _make_parts()
    _make_queue()
    op.create_table(
        "lives",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("began", sa.BigInteger, nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.Column("stopped", sa.Boolean, nullable=False),
    )
    op.create_table(
        "chats",
        sa.Column("destination", sa.Text, primary_key=True),
        sa.Column("allowed", sa.Boolean),
        sa.Column("added", sa.BigInteger),
        sa.Column("removed", sa.BigInteger),
        sa.Column("owner", sa.Text, nullable=False),
    )
    op.create_table(
        "marks",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _make_subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("destination", sa.Text, nullable=False),
        sa.Column("timings", sa.JSON),
        sa.Column("zone", sa.Text),
        sa.Column("topics", sa.JSON, nullable=False),
        sa.Column("length", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("silent", sa.Boolean, nullable=False),
        sa.Column("quiet", sa.Text, nullable=False),
        sa.Column("standing", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("grace", sa.Integer, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("declared", sa.Boolean, nullable=False),
        sa.Column("next_moment", sa.BigInteger),
        sa.Column("next_day", sa.Date),
        sa.Column("next_at", sa.Time),
        sa.Column("previous", sa.JSON),
        sqlite_autoincrement=True,
    )
    op.create_index("subscriptions_by_destination", "subscriptions", ["destination"], unique=True)
    op.create_index("subscriptions_due", "subscriptions", ["standing", "next_moment", "id"])


def _make_series() -> None:
    op.create_table(
        "sheets",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("page", sa.Text, nullable=False),
        sa.Column("payloads", sa.Text, nullable=False),
        sa.Column("stories", sa.JSON),
        sqlite_autoincrement=True,
    )
    op.create_index("sheets_by_hash", "sheets", ["hash"], unique=True)
    subscription = sa.ForeignKey("subscriptions.id", ondelete="SET NULL")
    op.create_table(
        "series",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("destination", sa.Text, nullable=False),
        sa.Column("subscription", sa.Integer, subscription),
        sa.Column("day", sa.Date),
        sa.Column("at", sa.Time),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("covers", sa.Integer, nullable=False),
        sa.Column("ended", sa.BigInteger),
        sa.Column("parts", sa.Integer, nullable=False),
        sa.Column("silent", sa.Boolean, nullable=False),
        sa.Column("sheet", sa.Integer, sa.ForeignKey("sheets.id")),
        sa.Column("until", sa.BigInteger),
        sa.Column("made", sa.BigInteger),
        sa.Column("put", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("series_of_slot", "series", ["subscription", "day", "at"], unique=True)
    op.create_index("series_by_state", "series", ["state", "put", "due"])
    op.create_index("series_by_destination", "series", ["destination", "due"])
    op.create_index("series_by_due", "series", ["due"])
    op.create_index("series_by_sheet", "series", ["sheet"])


def _make_parts() -> None:
    series = sa.ForeignKey("series.id", ondelete="CASCADE")
    op.create_table(
        "parts",
        sa.Column("series", sa.Integer, series, primary_key=True),
        sa.Column("part", sa.Integer, primary_key=True),
        sa.Column("fate", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("interrupted", sa.Integer, nullable=False),
        sa.Column("reference", sa.Text),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )


def _make_queue() -> None:
    op.create_table(
        "paces",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("arrival", sa.BigInteger),
        sa.Column("held", sa.BigInteger),
        sa.Column("noted", sa.BigInteger),
    )
    op.create_table(
        "works",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("args", sa.JSON, nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("not_before", sa.BigInteger),
        sa.Column("priority", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("works_by_key", "works", ["key"], unique=True)
    op.create_index("works_by_line", "works", ["line"])
