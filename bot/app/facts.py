"""Answers from the facts of the archive's articles, and keeps them renewed."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from typing import assert_never

from bot.app.ports import Clock, Edition, Editions, Extracted, Extracts, FactBook
from bot.core.board import MOST_QUOTES, quotes_page
from bot.core.calendar_page import calendar_page
from bot.core.diary import MOST_EVENTS, dated_entries, diary_page
from bot.core.fact_verbs import FiguresOn, QuotesOf, Upcoming
from bot.core.facts import facts
from bot.core.languages import LANGUAGES
from bot.core.ledger import MOST_FIGURES, figures_page
from bot.core.origin import Occasion, Traced, name_words
from bot.core.page import Page
from bot.core.report import Report, report
from bot.core.values import Article, Event, Facts
from bot.core.wording import Words
from bot.core.words import content, stems

#: The version of the rules that find facts. Count one up whenever they find anything else than
#: before, so that the facts of the articles already stored are found anew.
RULES = 1

#: So many articles are looked through again together.
BATCH = 20
#: And so many before a question is answered: a fraction of a second's work.
AT_ONCE = 100


def extract(article: Article, *, facts: Callable[[Report], Facts] = facts) -> Extracted:
    """Return the facts of an article and the sentences its events rest on."""
    read = report(article)
    found = facts(read)
    sentences = tuple(_sentences(read, event) for event in found.ahead)
    return Extracted(facts=found, sentences=sentences, rules=RULES)


def _sentences(read: Report, event: Event) -> str:
    """Return the whole sentences that the spans of an event touch, in reading order."""
    touched = [
        sentence.span.of(read.article.text)
        for sentence in read.sentences
        if any(
            sentence.span.start < span.end and span.start < sentence.span.end
            for span in event.spans
        )
    ]
    return " ".join(" ".join(touched).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """Looks for facts in the articles that newer rules have not seen."""

    extracts: Extracts
    extract: Callable[[Article], Extracted] = extract
    rules: int = RULES

    async def some(self, most: int) -> int:
        """Look through at most so many articles, the newest first; return how many are left.

        Raises ``StoreError`` when the archive fails.
        """
        left = await self.extracts.waiting(self.rules)
        while left and most > 0:
            articles = await self.extracts.unread(self.rules, limit=min(BATCH, most))
            if not articles:
                break
            await self.extracts.renew(await asyncio.to_thread(self._extracted, articles))
            most -= len(articles)
            left = await self.extracts.waiting(self.rules)
        return left

    async def all(self) -> None:
        """Look through all of them; raises ``StoreError`` when the archive fails."""
        left, before = await self.some(AT_ONCE), 0
        while left != before:
            left, before = await self.some(AT_ONCE), left

    def _extracted(self, articles: Sequence[Article]) -> list[tuple[Article, Extracted]]:
        return [(article, self.extract(article)) for article in articles]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactAnswers:
    """Answers what is asked of facts. Every method raises ``StoreError`` when the archive fails."""

    book: FactBook
    renewal: Renewal
    editions: Editions
    clock: Clock
    words: Words
    zone: tzinfo
    #: Makes a calendar file of events, and says how many of them are in it.
    calendar: Callable[[Sequence[Traced[Event]]], tuple[bytes, int]]
    #: The other names of somebody, in any script; they serve to find, and are never printed.
    aliases: Callable[[str], Sequence[str]] = lambda _: ()

    async def __call__(self, destination: str, asked: Upcoming | FiguresOn | QuotesOf) -> Page:
        """Return the answer, with the numbers of the destination's last digest."""
        match asked:
            case Upcoming():
                return await self.upcoming(destination, asked)
            case FiguresOn():
                return await self.figures(destination, asked)
            case QuotesOf():
                return await self.quotes(destination, asked)
            case _:
                assert_never(asked)

    async def upcoming(self, destination: str, asked: Upcoming) -> Page:
        """Return what is ahead of today, or a calendar file of it."""
        if asked.as_file:
            events, undated = await self.dated(asked.days)
            content, count = await asyncio.to_thread(self.calendar, events)
            told = dated_entries(events, self.words)
            return calendar_page(content, count, undated, dated=told, words=self.words)
        occasion = await self._occasion(destination)
        before = None if asked.days is None else occasion.today + timedelta(days=asked.days)
        found = await self.book.ahead(occasion.today, before=before, limit=MOST_EVENTS)
        return diary_page(found, asked=asked, occasion=occasion, words=self.words)

    async def figures(self, destination: str, asked: FiguresOn) -> Page:
        """Return the newest figures that fit the words."""
        occasion = await self._occasion(destination)
        found = await self.book.figures(_stems(asked.words), limit=MOST_FIGURES)
        return figures_page(found, sought=asked.words, occasion=occasion, words=self.words)

    async def quotes(self, destination: str, asked: QuotesOf) -> Page:
        """Return the newest quotations of whoever has that name."""
        occasion = await self._occasion(destination)
        names = [name_words(name) for name in (asked.name, *self.aliases(asked.name)) if name]
        found = await self.book.quotes(names, limit=MOST_QUOTES)
        return quotes_page(found, asked=asked, occasion=occasion, words=self.words)

    async def dated(self, days: int | None) -> tuple[tuple[Traced[Event], ...], int]:
        """Return the events ahead that have a day, and how many more have none."""
        await self.renewal.all()
        today = self._today()
        before = None if days is None else today + timedelta(days=days)
        dated = await self.book.ahead(today, before=before, dated=True, limit=None)
        known = await self.book.ahead(today, before=before, limit=0)
        return dated.first, known.more - len(dated.first)

    async def _occasion(self, destination: str) -> Occasion:
        unread = await self.renewal.some(AT_ONCE)
        edition = await self.editions.last(destination)
        return Occasion(today=self._today(), numbers=_numbers(edition), unread=unread)

    def _today(self) -> date:
        return self.clock.now().astimezone(self.zone).date()


def _numbers(edition: Edition | None) -> Mapping[str, int]:
    if edition is None:
        return {}
    return {id_: number for number, ids in enumerate(edition.stories, start=1) for id_ in ids}


def _stems(words: str) -> list[tuple[str, ...]]:
    """Return the words' stems in every language an article may be in."""
    if not words:
        return []
    found = (tuple(content(words, each) or stems(words, each)) for each in LANGUAGES)
    return list(dict.fromkeys(found))
