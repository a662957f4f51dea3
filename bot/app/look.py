"""The archive as it was at one moment, and what was made of it for everybody who asks then."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from bot.app.digest import ALL, HOURS, MOST_ARTICLES, Beat, Digests, grouped
from bot.app.issue import Copy, Issue, Sheet, Wanted
from bot.app.revision import Revision
from bot.app.shared import Aside, Shared
from bot.core.health import Health
from bot.core.late import Gap
from bot.core.match import match_any, terms
from bot.core.values import Article, Stored
from bot.core.window import news

#: A look counts as now for so long, unless the archive has changed.
FRESH = timedelta(seconds=60)
#: An article may be readable a little after the moment that it is said to be first seen.
SETTLING = timedelta(seconds=60)
#: Of so long there are at least the newest articles: to find what repeats the last week's digests.
REACH = timedelta(days=8)
#: How many things made from a look are kept.
MOST = 64


@dataclass(frozen=True, slots=True)
class Candidates:
    """The news since a moment, the newest first."""

    ids: tuple[str, ...]
    #: Those on the topics.
    narrowed: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Unshown:
    """What of the news a chat was not shown yet."""

    ids: tuple[str, ...]
    #: How many articles came in.
    read: int
    #: How many of those on the topics only repeat what the chat was shown.
    repeated: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Look:
    """All that digests of one moment are made from."""

    made: datetime
    revision: int
    #: It holds everything that was first seen or published since then; None for the newest alone.
    reach: datetime | None
    articles: Mapping[str, Stored]
    #: The ids of an article and all its near-duplicates, by its id.
    copies: Mapping[str, tuple[str, ...]]
    healths: Sequence[Health]
    #: Where what is made of it is made.
    aside: Aside
    candidates: Shared[tuple[datetime, tuple[str, ...]], Candidates] = field(
        default_factory=lambda: Shared(most=MOST)
    )
    issues: Shared[Wanted, Issue] = field(default_factory=lambda: Shared(most=MOST))
    sheets: Shared[Copy, Sheet] = field(default_factory=lambda: Shared(most=MOST))
    #: When the bot was not running, by the moment that something was due.
    gaps: Shared[datetime, tuple[Gap, ...]] = field(default_factory=lambda: Shared(most=MOST))

    def covers(self, moment: datetime) -> bool:
        """Say whether it holds everything since that moment."""
        return self.reach is not None and self.reach <= moment

    def is_now(self, now: datetime, revision: int) -> bool:
        """Say whether the look still shows the archive as it is."""
        return revision == self.revision and timedelta(0) <= now - self.made < FRESH

    async def since(self, moment: datetime, topics: tuple[str, ...], beat: Beat) -> Candidates:
        """Return the news since that moment, and what of it is on one of the topics, or all."""
        make = partial(self.aside.do, self._candidates, moment, topics, beat)
        return await self.candidates.get((moment, topics), make)

    def unshown(self, candidates: Candidates, shown: frozenset[str]) -> Unshown:
        """Return what of the candidates is none of those articles, nor a near-duplicate of one."""
        articles = [article.id for article in candidates.narrowed if article.id not in shown]
        ids = tuple(id_ for id_ in articles if shown.isdisjoint(self.copies[id_]))
        read = sum(id_ not in shown for id_ in candidates.ids)
        return Unshown(ids, read, len(articles) - len(ids))

    def groups(self, ids: Sequence[str]) -> list[tuple[Article, ...]]:
        """Return the articles in groups of near-duplicates, in the order given."""
        groups: dict[tuple[str, ...], list[Article]] = {}
        for id_ in ids:
            groups.setdefault(self.copies[id_], []).append(self.articles[id_].article)
        return [tuple(group) for group in groups.values()]

    def _candidates(self, moment: datetime, topics: tuple[str, ...], beat: Beat) -> Candidates:
        stored = tuple(self.articles.values())
        fresh = news(stored, now=self.made, since=moment, max_age_days=beat.max_age_days)
        narrowed = tuple(one.article for one in fresh if on_topics(one.article, topics, beat))
        return Candidates(tuple(one.article.id for one in fresh), narrowed)


def on_topics(article: Article, topics: Sequence[str], beat: Beat) -> bool:
    """Say whether the article is on one of the topics or more; without topics, it is."""
    return not topics or match_any(terms(article), topics, beat.gazetteer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """Takes looks at the archive, as few as will do. Raises ``StoreError`` when it fails."""

    digests: Digests
    revision: Revision
    aside: Aside = field(default_factory=Aside)
    #: The last look at the newest news, and the last one at all there is.
    last: dict[bool, Look] = field(default_factory=dict)
    locks: Mapping[bool, asyncio.Lock] = field(
        default_factory=lambda: {False: asyncio.Lock(), True: asyncio.Lock()}
    )

    async def current(self, since: datetime | None) -> Look:
        """Return the archive as it is now, with all that may be news since that moment.

        Without a moment, and at least, that is all of the last 24 hours.
        """
        async with self.locks[False]:
            now = self.digests.clock.now()
            start = now if since is None else since - SETTLING
            last = self.last.get(False)
            if last is not None and last.is_now(now, self.revision.number) and last.covers(start):
                return last
            last = self.last[False] = await self._taken(start)
            return last

    async def whole(self) -> Look:
        """Return the archive as it is now, the newest articles of whatever time."""
        async with self.locks[True]:
            last = self.last.get(True)
            if last is None or not last.is_now(self.digests.clock.now(), self.revision.number):
                last = self.last[True] = await self._taken(None)
            return last

    async def _taken(self, start: datetime | None) -> Look:
        # First the moment: what comes in while the archive is read is in it or after it.
        made, revision = self.digests.clock.now(), self.revision.number
        self.revision.look(made)
        healths = await self.digests.checked()
        reach = None if start is None else _whole_hour(min(start, made - timedelta(hours=HOURS)))
        stored = await self._read(reach, made)
        copies = await self.aside.do(_copies, [one.article for one in stored])
        return Look(
            made=made,
            revision=revision,
            reach=reach,
            articles={one.article.id: one for one in stored},
            copies=copies,
            healths=healths,
            aside=self.aside,
        )

    async def _read(self, reach: datetime | None, made: datetime) -> Sequence[Stored]:
        """Return the newest articles, and all since the reach, however many they are."""
        archive = self.digests.archive
        since = None if reach is None else min(reach, made - REACH)
        newest = await archive.articles(since=since, limit=MOST_ARTICLES)
        if reach is None or len(newest) < MOST_ARTICLES:
            return newest
        news = await archive.articles(since=reach, limit=ALL)
        return await self.aside.do(_merged, news, newest)


def _whole_hour(moment: datetime) -> datetime:
    """Return the hour's begin: chats whose windows begin a little apart share a look."""
    return moment.replace(minute=0, second=0, microsecond=0)


def _merged(news: Sequence[Stored], others: Sequence[Stored]) -> list[Stored]:
    """Return all of them once, in the archive's order."""
    merged = sorted({one.article.id: one for one in (*news, *others)}.items())
    return [one for _, one in sorted(merged, key=lambda each: _moment(each[1]), reverse=True)]


def _moment(one: Stored) -> datetime:
    published = one.article.published
    return one.seen if published is None else published.latest()


def _copies(articles: Sequence[Article]) -> dict[str, tuple[str, ...]]:
    groups = [tuple(article.id for article in group) for group in grouped(articles)]
    return {id_: group for group in groups for id_ in group}
