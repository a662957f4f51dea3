"""The index of terms that searches go by, made of the articles there are."""

import zlib
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from bot.core.search import article_terms
from bot.core.values import Article

revision = "0002"
down_revision = "0001"

#: So many articles are read and indexed together.
_TOGETHER = 500
_A_DAY = 1 << 20
_MICROSECONDS = 86_400_000_000


def upgrade() -> None:
    """Make the index and put every article in that is not withdrawn, day by day."""
    op.create_table(
        "indexed",
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("article", sa.Text, sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("terms", sa.LargeBinary, nullable=False),
    )
    op.create_index("indexed_by_article", "indexed", ["article"], unique=True)
    # The terms are plain letters and digits: the engine has nothing to fold or to cut.
    op.execute(
        "CREATE VIRTUAL TABLE search_terms USING fts5"
        "(head, body, content='', tokenize='unicode61 remove_diacritics 0')"
    )
    connection = op.get_bind()
    places = dict(_places(connection))
    ids = list(places)
    for first in range(0, len(ids), _TOGETHER):
        _index(connection, {id_: places[id_] for id_ in ids[first : first + _TOGETHER]})


def _places(connection: sa.Connection) -> Iterator[tuple[str | bytes, int]]:
    """Yield each article's id, as it is kept, with its place: the days of its time first."""
    query = sa.text(
        "SELECT id, min(moment, seen) AS since FROM articles WHERE NOT withdrawn ORDER BY since, id"
    )
    place = None
    for id_, since in connection.execute(query).all():
        first = since // _MICROSECONDS * _A_DAY
        place = first if place is None else max(first, place + 1)
        yield id_, place


def _index(connection: sa.Connection, places: dict[str | bytes, int]) -> None:
    query = sa.text("SELECT id, language, title, text FROM articles WHERE id IN :ids")
    query = query.bindparams(sa.bindparam("ids", expanding=True))
    rows = []
    for id_, language, title, text in connection.execute(query, {"ids": list(places)}):
        article = Article(
            id="",
            source="",
            text=_read(text) or "",
            title=_read(title),
            language=_read(language) or "",
        )
        terms = article_terms(article)
        rows.append(
            {
                "place": places[id_],
                "article": id_,
                "terms": zlib.compress(f"{terms.head}\n{terms.body}".encode()),
                "head": terms.head,
                "body": terms.body,
            }
        )
    # In the order of their places the index grows best.
    rows.sort(key=lambda row: row["place"])
    for statement in (
        "INSERT INTO indexed (place, article, terms) VALUES (:place, :article, :terms)",
        "INSERT INTO search_terms (rowid, head, body) VALUES (:place, :head, :body)",
    ):
        connection.execute(sa.text(statement), rows)


def _read(kept: str | bytes | None) -> str | None:
    """Return a text as it came: one with lone surrogates is kept as bytes."""
    return kept.decode(errors="surrogatepass") if isinstance(kept, bytes) else kept
