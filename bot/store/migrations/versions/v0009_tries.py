"""How often it was tried to do what was heard before a stop and never done."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add it; nothing of what is there was tried."""
    op.add_column("heard", sa.Column("tries", sa.Integer, nullable=False, server_default="0"))
