"""Slack: what was heard already, which chats have their stories flat, and private digests."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table; what was stored before is neither flat nor private."""
    no = sa.text("0")
    op.add_column("subscriptions", sa.Column("flat", sa.Boolean, nullable=False, server_default=no))
    op.add_column("editions", sa.Column("private", sa.Boolean, nullable=False, server_default=no))
    op.create_table(
        "heard",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("moment", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text),
        sqlite_with_rowid=False,
    )
