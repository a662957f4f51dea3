"""The folders and categories that an added feed had in another reader."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add them; what was added before stood in none."""
    none = sa.text("'[]'")
    op.add_column(
        "added_sources", sa.Column("folders", sa.JSON, nullable=False, server_default=none)
    )
    op.add_column("added_sources", sa.Column("category", sa.Text))
