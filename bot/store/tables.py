"""The tables of the archive, as the newest migration leaves them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    false,
)
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = datetime.min.replace(tzinfo=UTC)
_LATEST = datetime.max.replace(tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as whole microseconds since 1970 in UTC; all years sort right."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Count the microseconds; what lies outside the years 1 to 9999 in UTC is clamped."""
        del dialect
        if value is None:
            return None
        if not _EARLIEST <= value <= _LATEST:
            value = min(max(value, _EARLIEST), _LATEST)
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        del dialect
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Words(TypeDecorator[str]):
    """Any text as it came, lone surrogates and NUL characters included.

    A file name that is no UTF-8 reaches us with lone surrogates, which SQLite takes in no text;
    such a text is kept as bytes, so that its characters are counted and compared as before.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | bytes | None:
        """Turn a text with lone surrogates into bytes."""
        del dialect
        if value is None:
            return None
        try:
            value.encode()
        except UnicodeEncodeError:
            return value.encode(errors="surrogatepass")
        return value

    def process_result_value(self, value: str | bytes | None, dialect: Dialect) -> str | None:
        """Return the text as it came."""
        del dialect
        return value.decode(errors="surrogatepass") if isinstance(value, bytes) else value


metadata = MetaData()

articles = Table(
    "articles",
    metadata,
    Column("id", Words, primary_key=True),
    Column("source", Words, nullable=False),
    Column("url", Words),
    Column("language", Words, nullable=False),
    Column("published_day", Date),
    Column("published_at", Moment),
    Column("place", Words),
    Column("publisher", Words),
    Column("seen", Moment, nullable=False),
    Column("imported", Boolean, nullable=False),
    # Whether no source holds it any more.
    Column("withdrawn", Boolean, nullable=False),
    # What it is sorted by: the last moment its publication may mean, else its first sighting.
    Column("moment", Moment, nullable=False),
    # What a window is cut by: the later of its publication and its first sighting.
    Column("recent", Moment, nullable=False),
    Column("title", Words),
    # So late that a row can be judged without reading through its text.
    Column("text", Words, nullable=False),
    Column("extent", Words, nullable=False),
)
Index("articles_newest_first", articles.c.withdrawn, articles.c.moment.desc(), articles.c.id)
Index(
    "articles_in_window",
    articles.c.withdrawn,
    articles.c.recent,
    articles.c.moment,
    articles.c.id,
)

#: Which source holds which article: two feeds may bring the same link.
holdings = Table(
    "holdings",
    metadata,
    Column("source", Words, primary_key=True),
    Column("article", Words, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Words, nullable=False),
    # When the source was last seen to hold it.
    Column("held", Moment, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
)
Index("holdings_by_article", holdings.c.article, holdings.c.withdrawn)

#: Which article stands at which place of the index ``search_terms``, a virtual table that only
#: ``index`` and ``search`` know: a place is the article's row there.
indexed = Table(
    "indexed",
    metadata,
    Column("place", Integer, primary_key=True),
    Column("article", Words, ForeignKey("articles.id"), nullable=False),
    # What the index was told of it, without which it forgets nothing.
    Column("terms", LargeBinary, nullable=False),
)
Index("indexed_by_article", indexed.c.article, unique=True)

healths = Table(
    "healths",
    metadata,
    Column("source", Words, primary_key=True),
    Column("checked", Moment, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("newest_day", Date),
    Column("newest_at", Moment),
    Column("failing", JSON(none_as_null=True)),
    Column("faults", JSON, nullable=False),
    # Since when the source is failing, stale or retired; null while it is well.
    Column("since", Moment),
    Column("rhythm", Words, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("daily", Float),
    Column("brought", Moment),
    Column("next", Moment),
)

editions = Table(
    "editions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("destination", Words, nullable=False),
    Column("made", Moment, nullable=False),
    # The article ids of each story, in the order of their numbers.
    Column("stories", JSON, nullable=False),
    # Whether one person alone was shown it: its buttons mean it, the chat's commands never.
    Column("private", Boolean, nullable=False, server_default=false()),
)
Index("editions_by_destination", editions.c.destination, editions.c.made, editions.c.id)

#: Which rules found the facts of each article; 0 where nobody looked yet.
extracts = Table(
    "extracts",
    metadata,
    Column("article", Words, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("rules", Integer, nullable=False),
)
Index("extracts_by_rules", extracts.c.rules, extracts.c.article)


def _fact(*columns: Column[Any]) -> tuple[Column[Any], ...]:
    """Return the columns of a table of facts: what it is found by, then the fact itself."""
    owner = ForeignKey("articles.id", ondelete="CASCADE")
    return (
        Column("id", Integer, primary_key=True),
        Column("article", Words, owner, nullable=False),
        # Its place among the article's facts of the kind, from 0.
        Column("place", Integer, nullable=False),
        *columns,
        Column("fact", JSON, nullable=False),
    )


figures = Table(
    "figures",
    metadata,
    *_fact(
        Column("minor", Boolean, nullable=False),
        # The stems of what is counted, the figure and the title, a space around each.
        Column("stems", Words, nullable=False),
    ),
)
Index("figures_by_article", figures.c.article, figures.c.place)

quotes = Table(
    "quotes",
    metadata,
    # The words of the speaker's name and label, a space around each.
    *_fact(Column("speaker", Words, nullable=False)),
)
Index("quotes_by_article", quotes.c.article, quotes.c.place)
Index("quotes_by_speaker", quotes.c.speaker)

events = Table(
    "events",
    metadata,
    *_fact(
        # 0: by day, 1: by month, 2: by year, 3: in words, 4: not dated.
        Column("part", Integer, nullable=False),
        Column("first_day", Date),
        Column("last_day", Date),
        Column("sentences", Words, nullable=False),
    ),
)
Index("events_by_article", events.c.article, events.c.place)
Index("events_by_last_day", events.c.last_day, events.c.part)
