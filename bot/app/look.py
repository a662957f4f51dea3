"""The archive as it was at one moment, and what was made of it for everybody who asks then."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from bot.app.digest import MOST_ARTICLES, Beat, Digests
from bot.app.issue import Copy, Issue, Sheet, Wanted
from bot.app.revision import Revision
from bot.app.shared import Aside, Shared
from bot.core.late import Gap
from bot.core.match import match_any, terms
from bot.core.stories import duplicates
from bot.core.values import Article, Health, Stored
from bot.core.window import news

#: A look counts as now for so long, unless the archive has changed.
FRESH = timedelta(seconds=60)
#: It reaches back so far: to find what repeats the digests of the last week. Who needs more gets
#: the newest articles there are.
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
        """Return the archive as it is now; as far back as that moment, if there is one."""
        now = self.digests.clock.now()
        return await self._look(whole=since is not None and since < now - REACH)

    async def whole(self) -> Look:
        """Return the archive as it is now, the newest articles of whatever time."""
        return await self._look(whole=True)

    async def _look(self, *, whole: bool) -> Look:
        async with self.locks[whole]:
            last = self.last.get(whole)
            if last is None or not last.is_now(self.digests.clock.now(), self.revision.number):
                last = await self._taken(whole=whole)
                self.last[whole] = last
            return last

    async def _taken(self, *, whole: bool) -> Look:
        # First the moment: what comes in while the archive is read is in it or after it.
        made, revision = self.digests.clock.now(), self.revision.number
        self.revision.look(made)
        healths = await self.digests.checked()
        since = None if whole else made - REACH
        stored = await self.digests.archive.articles(since=since, limit=MOST_ARTICLES)
        copies = await self.aside.do(_copies, [one.article for one in stored])
        return Look(
            made=made,
            revision=revision,
            articles={one.article.id: one for one in stored},
            copies=copies,
            healths=healths,
            aside=self.aside,
        )


def _copies(articles: Sequence[Article]) -> dict[str, tuple[str, ...]]:
    groups = [tuple(article.id for article in group) for group in duplicates(articles)]
    return {id_: group for group in groups for id_ in group}
