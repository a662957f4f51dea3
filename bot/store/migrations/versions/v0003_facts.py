"""The facts of articles, found once as they come in."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables; the articles that are there wait to be looked through."""
    op.create_table(
        "extracts", _article(primary_key=True), sa.Column("rules", sa.Integer, nullable=False)
    )
    op.create_index("extracts_by_rules", "extracts", ["rules", "article"])
    op.execute("INSERT INTO extracts (article, rules) SELECT id, 0 FROM articles")
    _make(
        "figures",
        sa.Column("minor", sa.Boolean, nullable=False),
        sa.Column("stems", sa.Text, nullable=False),
    )
    _make("quotes", sa.Column("speaker", sa.Text, nullable=False))
    op.create_index("quotes_by_speaker", "quotes", ["speaker"])
    _make(
        "events",
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("first_day", sa.Date),
        sa.Column("last_day", sa.Date),
        sa.Column("sentences", sa.Text, nullable=False),
    )
    op.create_index("events_by_last_day", "events", ["last_day", "part"])


def _make(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer, primary_key=True),
        _article(primary_key=False),
        sa.Column("place", sa.Integer, nullable=False),
        *columns,
        sa.Column("fact", sa.JSON, nullable=False),
    )
    op.create_index(f"{name}_by_article", name, ["article", "place"])


def _article(*, primary_key: bool) -> sa.Column[str]:
    owner = sa.ForeignKey("articles.id", ondelete="CASCADE")
    return sa.Column("article", sa.Text, owner, primary_key=primary_key, nullable=False)
