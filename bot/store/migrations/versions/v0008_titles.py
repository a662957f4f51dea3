"""What groups and channels are called, for the operator's lists."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add it; of the chats that are known, nobody knows it yet."""
    unknown = sa.text("''")
    op.add_column("chats", sa.Column("title", sa.Text, nullable=False, server_default=unknown))
