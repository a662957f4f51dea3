"""Makes today's digest from the archive, and tells one story of it in full."""

import asyncio
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from functools import partial

from bot.app.ports import Archive, Clock, Edition, Healths
from bot.app.revision import Revision
from bot.app.shared import Shared
from bot.app.wish import Wish
from bot.core.coverage import covered
from bot.core.gazetteer import Gazetteer
from bot.core.health import Health
from bot.core.length import Size
from bot.core.rank import Group, Tiers, ranked
from bot.core.shown import showable
from bot.core.stories import duplicates, group
from bot.core.told import FULL_LINES, Told
from bot.core.values import Article, Digest, Stored, Story
from bot.core.window import NothingFound, Window, choose, oldest

#: A digest is made from the news of so many hours.
HOURS = 24
#: So many articles are looked through for old news, the newest first; of news, all there are.
MOST_ARTICLES, ALL = 1000, sys.maxsize
#: Near-duplicates are looked for among so many articles, the newest: each takes some 70 kB.
MOST_COMPARED = 6000
#: So many selections of stories are kept, for different words.
MOST_KEPT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """What a digest follows and how long it is, as configured."""

    title: str
    #: Lines a story, and stories a digest, at most.
    lines: int
    stories: int
    #: What was published longer ago is no news, even when it is first seen today.
    max_age_days: int
    zone: tzinfo
    #: The names of the sources that are read; all that were ever read when there are none.
    sources: Collection[str] = ()
    #: Who is who on the beat, for narrowing by names and topics.
    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    #: The tier of each source that has one, by its name.
    tiers: Tiers = field(default_factory=dict)

    @property
    def size(self) -> Size:
        """Return how long its standard digest is."""
        return Size(lines=self.lines, stories=self.stories)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """Makes digests from what is stored. Every method raises ``StoreError`` when that fails."""

    archive: Archive
    healths: Healths
    clock: Clock
    beat: Beat
    #: What was made of the same articles in the same minute, for whoever asks next.
    made: Shared[tuple[tuple[Article, ...], Size, datetime], tuple[tuple[Story, ...], int]] = field(
        default_factory=lambda: Shared(most=MOST_KEPT), repr=False, compare=False
    )

    #: Tells whether the archive has changed; without it, it is read anew for each digest.
    revision: Revision | None = None
    #: The news as they were read for the same wish in the same minute.
    read: Shared[tuple[int, Wish, datetime], "_News"] = field(
        default_factory=lambda: Shared(most=MOST_KEPT), repr=False, compare=False
    )

    async def today(self, words: str = "") -> Digest | NothingFound:
        """Return the digest of the last 24 hours, narrowed to articles that have all the words.

        Without news it holds the newest articles there are, and says of which day they are.
        ``NothingFound`` is returned only for words, and for topics.
        """
        return (await self.reported(Wish(words=words, size=self.beat.size)))[0]

    async def reported(self, wish: Wish) -> tuple[Digest | NothingFound, Sequence[Health]]:
        """Return the digest as ``today`` does, and the health of the sources as it counts them."""
        now = self.clock.now()
        minute = now.replace(second=0, microsecond=0)
        take = partial(self._news, wish, now, minute)
        if self.revision is None:
            news = await take()
        else:
            news = await self.read.get((self.revision.number, wish, minute), take)
        if news.nothing is not None:
            return news.nothing, news.healths
        digest = Digest(
            title=self.beat.title,
            made=now,
            stories=news.stories,
            coverage=covered(
                news.healths,
                zone=self.beat.zone,
                read=news.read,
                duplicates=news.duplicates,
                shown=len(news.stories),
            ),
            newest=news.newest,
            words=wish.words,
        )
        return digest, news.healths

    async def _news(self, wish: Wish, now: datetime, minute: datetime) -> "_News":
        healths = await self.checked()
        recent = await self._look(now, wish, since=now - timedelta(hours=HOURS))
        looked = recent if recent.is_news else await self._look(now, wish, since=None)
        nothing = None
        if not looked.window.stored and (wish.words or (wish.topics and looked.searched)):
            since = oldest(looked.searched, now=now)
            nothing = NothingFound(
                words=wish.words, searched=len(looked.searched), since=since, topics=wish.topics
            )
        articles = tuple(one.article for one in looked.window.stored)
        make = partial(asyncio.to_thread, _stories, articles, self.beat, wish.size, now)
        stories, duplicates = await self.made.get((articles, wish.size, minute), make)
        return _News(healths, looked.read, looked.window.newest, stories, duplicates, nothing)

    async def checked(self) -> Sequence[Health]:
        """Return the health of the beat's sources, without those that are read no longer."""
        names = self.beat.sources
        known = await self.healths.all()
        return [health for health in known if not names or health.source in names]

    async def story(self, edition: Edition, number: int) -> Told | None:
        """Return a story of a digest as it is now, or None when its articles are gone.

        Raises ``IndexError`` when the digest has no such number.
        """
        articles = [await self._those(ids) for ids in edition.stories]
        mine = articles[number - 1]
        if not mine:
            return None
        story = await asyncio.to_thread(_retold, articles, number)
        count = len(edition.stories)
        return Told(story=story, articles=tuple(mine), made=edition.made, stories=count)

    async def _those(self, ids: Sequence[str]) -> list[Article]:
        found = [await self.archive.article(each) for each in ids]
        return [article for article in found if article is not None]

    async def _look(self, now: datetime, wish: Wish, *, since: datetime | None) -> "_Looked":
        limit = MOST_ARTICLES if since is None else ALL
        stored = await self.archive.articles(since=since, limit=limit)
        return await asyncio.to_thread(_looked, stored, wish, now, self.beat)


@dataclass(frozen=True, slots=True)
class _News:
    """What a digest is put together from."""

    healths: Sequence[Health]
    #: How many articles the window has before it is narrowed.
    read: int
    newest: date | None
    stories: tuple[Story, ...]
    duplicates: int
    #: What is said in place of a digest.
    nothing: NothingFound | None


@dataclass(frozen=True, slots=True)
class _Looked:
    searched: Sequence[Stored]
    window: Window
    #: How many articles the window has before it is narrowed.
    read: int

    @property
    def is_news(self) -> bool:
        return bool(self.window.stored) and self.window.newest is None


def _looked(stored: Sequence[Stored], wish: Wish, now: datetime, beat: Beat) -> _Looked:
    def chosen(those: Sequence[Stored]) -> Window:
        return choose(those, now=now, hours=HOURS, max_age_days=beat.max_age_days)

    whole = chosen(stored)
    if not wish.narrows:
        return _Looked(stored, whole, len(whole.stored))
    narrowed = chosen([one for one in stored if wish.wants(one.article, beat.gazetteer)])
    # With nothing of that time on them, all that there is was read to find older.
    read = whole.stored if narrowed.newest == whole.newest else stored
    return _Looked(stored, narrowed, len(read))


def grouped(articles: Sequence[Article]) -> list[Group]:
    """Return the articles in groups of near-duplicates; of very many the newest, the rest alone.

    May take long: give it a thread.
    """
    compared, rest = articles[:MOST_COMPARED], articles[MOST_COMPARED:]
    return [*duplicates(compared), *((article,) for article in rest)]


def stories_of(
    groups: Sequence[Group], size: Size, now: datetime, tiers: Tiers
) -> tuple[Story, ...]:
    """Return the first stories of some groups of copies. May take long: give it a thread."""
    first = ranked(groups, now, tiers)[: size.stories]
    briefs = [showable(each[0], lines=size.lines, lead=False) for each in first]
    return group(briefs, {each[0].id: each for each in first})


def _stories(
    articles: Sequence[Article], beat: Beat, size: Size, now: datetime
) -> tuple[tuple[Story, ...], int]:
    """Return the first stories of the articles, and how many articles only repeat another."""
    groups = grouped(articles)
    return stories_of(groups, size, now, beat.tiers), len(articles) - len(groups)


def _retold(articles: Sequence[Sequence[Article]], number: int) -> Story:
    """Return the story of that number, given what is left of each story's articles."""
    there = [place for place, each in enumerate(articles, start=1) if each]
    briefs = [
        showable(
            articles[place - 1][0],
            lines=FULL_LINES if place == number else 1,
            lead=True,
            whole=place == number,
        )
        for place in there
    ]
    stories = group(briefs, {each[0].id: each for each in articles if each})
    story = stories[there.index(number)]
    same = tuple(there[other - 1] for other in story.same_speech)
    return replace(story, number=number, same_speech=same)
