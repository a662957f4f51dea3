"""Keeps the facts of articles, and says which articles wait to be looked through."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.sqlite import insert as insert_or_update

from bot.app.ports import Extracted
from bot.core.diary import part
from bot.core.languages import language
from bot.core.origin import name_words
from bot.core.values import Article, Figure, Quote
from bot.core.words import stems
from bot.store.database import Database
from bot.store.faults import legible
from bot.store.kept import kept_event, kept_figure, kept_quote
from bot.store.rows import article_of
from bot.store.statement import Statement
from bot.store.tables import articles, events, extracts, figures, quotes


class Extracts:
    """The facts of a database's articles, to be renewed."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def waiting(self, rules: int) -> int:
        """Return how many articles have no facts, or those of older rules."""
        query = select(func.count()).where(extracts.c.rules < rules)
        return await self._database.read(lambda connection: connection.scalar(query) or 0)

    async def unread(self, rules: int, *, limit: int) -> Sequence[Article]:
        """Return the newest of these articles, at most so many; withdrawn ones come last."""
        order = (articles.c.withdrawn, articles.c.moment.desc(), articles.c.id)
        waiting = exists().where(extracts.c.article == articles.c.id, extracts.c.rules < rules)
        chosen = select(articles.c.id).where(waiting).order_by(*order).limit(max(limit, 0))
        query = select(articles).where(articles.c.id.in_(chosen)).order_by(*order)

        def find(connection: Connection) -> Sequence[Article]:
            with legible(self._database.path):
                return [article_of(row) for row in connection.execute(query).mappings()]

        return await self._database.read(find)

    async def renew(self, extracted: Sequence[tuple[Article, Extracted]]) -> None:
        """Store the facts in place of older ones; an article that has changed since is left out."""

        def store(connection: Connection) -> None:
            for article, found in extracted:
                same = exists().where(
                    and_(
                        articles.c.id == extracts.c.article,
                        articles.c.text == article.text,
                        extracts.c.rules < found.rules,
                    )
                )
                query = select(extracts.c.rules).where(extracts.c.article == article.id, same)
                if connection.scalar(query) is not None:
                    store_facts(connection, [(article, found)])

        await self._database.write(store)


def store_facts(connection: Connection, found: Sequence[tuple[Article, Extracted | None]]) -> None:
    """Store the facts of articles in place of those there were; None where nobody looked yet."""
    ids = [{"owner": article.id} for article, _ in found]
    for forget in _FORGET:
        forget.do_each(connection, ids)
    _MARK.do_each(
        connection,
        [
            {"article": article.id, "rules": 0 if each is None else each.rules}
            for article, each in found
        ],
    )
    for keep, rows_of in _KEEP:
        keep.do_each(connection, [row for article, each in found for row in rows_of(article, each)])


Row = Mapping[str, Any]


def _figures(article: Article, found: Extracted | None) -> Iterator[Row]:
    for place, figure in enumerate(found.facts.figures if found else ()):
        yield {
            "article": article.id,
            "place": place,
            "minor": figure.minor,
            "stems": _spaced(_stems(article, figure)),
            "fact": kept_figure(figure),
        }


def _quotes(article: Article, found: Extracted | None) -> Iterator[Row]:
    for place, quote in enumerate(found.facts.quotes if found else ()):
        yield {
            "article": article.id,
            "place": place,
            "speaker": _spaced(_speaker(quote)),
            "fact": kept_quote(quote),
        }


def _events(article: Article, found: Extracted | None) -> Iterator[Row]:
    if found is None:
        return
    pairs = zip(found.facts.ahead, found.sentences, strict=True)
    for place, (event, sentences) in enumerate(pairs):
        yield {
            "article": article.id,
            "place": place,
            "part": part(event.when),
            "first_day": event.when.first,
            "last_day": event.when.last or event.when.first,
            "sentences": sentences,
            "fact": kept_event(event),
        }


def _stems(article: Article, figure: Figure) -> Sequence[str]:
    said = f"{figure.counts}\n{figure.text}\n{article.title or ''}"
    return list(dict.fromkeys(stems(said, language(article.language))))


def _speaker(quote: Quote) -> Sequence[str]:
    said = f"{quote.speaker.name or ''} {quote.speaker.label}"
    return list(dict.fromkeys(name_words(said)))


def _spaced(terms: Sequence[str]) -> str:
    return f" {' '.join(terms)} "


def _kept(table: Table) -> Statement:
    names = [column.name for column in table.c if not column.primary_key]
    return Statement(insert(table), columns=names)


_TABLES = (figures, quotes, events)
_FORGET = [
    Statement(delete(table).where(table.c.article == bindparam("owner"))) for table in _TABLES
]
_KEEP = ((_kept(figures), _figures), (_kept(quotes), _quotes), (_kept(events), _events))
_MARKED = insert_or_update(extracts)
_MARK = Statement(
    _MARKED.on_conflict_do_update(
        index_elements=[extracts.c.article], set_={"rules": _MARKED.excluded.rules}
    ),
    columns=("article", "rules"),
)
