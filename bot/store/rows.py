"""Articles as rows of their table, and back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping

from bot.core.values import Article, Extent, Published, Stored

#: A row as a ``Statement`` or SQLAlchemy returns it.
_Row = RowMapping | Mapping[str, Any]


def row_of(article: Article, *, now: datetime, imported: bool) -> Mapping[str, Any]:
    """Return the row of an article first stored now."""
    published = article.published
    moment = now if published is None else published.latest()
    return {
        "id": article.id,
        "source": article.source,
        "url": article.url,
        "language": article.language,
        "published_day": published and published.day,
        "published_at": published and published.at,
        "place": article.place,
        "publisher": article.publisher,
        "seen": now,
        "imported": imported,
        "withdrawn": False,
        "moment": moment,
        "recent": max(moment, now),
        "title": article.title,
        "text": article.text,
        "extent": article.extent.value,
    }


def article_of(row: _Row) -> Article:
    """Return the article that a row keeps."""
    return Article(
        id=row["id"],
        source=row["source"],
        text=row["text"],
        title=row["title"],
        url=row["url"],
        language=row["language"],
        published=published_of(row["published_day"], row["published_at"]),
        place=row["place"],
        publisher=row["publisher"],
        extent=Extent(row["extent"]),
    )


def stored_of(row: _Row) -> Stored:
    """Return the article that a row keeps, with what the archive knows of it."""
    return Stored(article=article_of(row), seen=row["seen"], imported=row["imported"])


def published_of(day: date | None, at: datetime | None) -> Published | None:
    """Return when something was published, from the two columns that keep it."""
    return None if day is None else Published(day=day, at=at)
