"""Makes today's digest from the archive, and tells one story of it in full."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from functools import partial

from bot.app.ports import Archive, Clock, Edition, Healths
from bot.app.shared import Shared
from bot.core.gazetteer import Gazetteer
from bot.core.length import Size
from bot.core.match import matches
from bot.core.rank import Group, ranked
from bot.core.shown import showable
from bot.core.stories import duplicates, group
from bot.core.told import FULL_LINES, Told
from bot.core.values import Article, Coverage, Digest, Health, Stored, Story
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
    sources: tuple[str, ...] = ()
    #: Who is who on the beat, for narrowing by names and topics.
    gazetteer: Gazetteer = field(default_factory=Gazetteer)

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
    made: Shared[tuple[tuple[Article, ...], datetime], tuple[tuple[Story, ...], int]] = field(
        default_factory=lambda: Shared(most=MOST_KEPT), repr=False, compare=False
    )

    async def today(self, words: str = "") -> Digest | NothingFound:
        """Return the digest of the last 24 hours, narrowed to articles that have all the words.

        Without news it holds the newest articles there are, and says of which day they are.
        ``NothingFound`` is returned only for words.
        """
        now = self.clock.now()
        healths = await self.checked()
        recent = await self._look(now, words, since=now - timedelta(hours=HOURS))
        looked = recent if recent.is_news else await self._look(now, words, since=None)
        if words and not looked.window.stored:
            since = oldest(looked.searched, now=now)
            return NothingFound(words=words, searched=len(looked.searched), since=since)
        articles = tuple(one.article for one in looked.window.stored)
        stories, duplicate = await self.made.get(
            (articles, now.replace(second=0, microsecond=0)),
            partial(asyncio.to_thread, _stories, articles, self.beat.size, now),
        )
        failing = sum(health.failing is not None for health in healths)
        return Digest(
            title=self.beat.title,
            made=now,
            stories=stories,
            coverage=Coverage(
                ok=len(healths) - failing,
                failing=failing,
                read=looked.read,
                duplicates=duplicate,
                shown=len(stories),
            ),
            newest=looked.window.newest,
            words=words,
        )

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

    async def _look(self, now: datetime, words: str, *, since: datetime | None) -> "_Looked":
        limit = MOST_ARTICLES if since is None else ALL
        stored = await self.archive.articles(since=since, limit=limit)
        return await asyncio.to_thread(_looked, stored, words, now, self.beat)


@dataclass(frozen=True, slots=True)
class _Looked:
    searched: Sequence[Stored]
    window: Window
    #: How many articles the window has before it is narrowed.
    read: int

    @property
    def is_news(self) -> bool:
        return bool(self.window.stored) and self.window.newest is None


def _looked(stored: Sequence[Stored], words: str, now: datetime, beat: Beat) -> _Looked:
    def chosen(those: Sequence[Stored]) -> Window:
        return choose(those, now=now, hours=HOURS, max_age_days=beat.max_age_days)

    whole = chosen(stored)
    if not words:
        return _Looked(stored, whole, len(whole.stored))
    narrowed = chosen([one for one in stored if matches(one.article, words, beat.gazetteer)])
    # With nothing of that time on the words, all that there is was read to find older.
    read = whole.stored if narrowed.newest == whole.newest else stored
    return _Looked(stored, narrowed, len(read))


def grouped(articles: Sequence[Article]) -> list[Group]:
    """Return the articles in groups of near-duplicates; of very many the newest, the rest alone.

    May take long: give it a thread.
    """
    compared, rest = articles[:MOST_COMPARED], articles[MOST_COMPARED:]
    return [*duplicates(compared), *((article,) for article in rest)]


def stories_of(groups: Sequence[Group], size: Size, now: datetime) -> tuple[Story, ...]:
    """Return the first stories of some groups of copies. May take long: give it a thread."""
    first = ranked(groups, now)[: size.stories]
    briefs = [showable(each[0], lines=size.lines, lead=False) for each in first]
    return group(briefs, {each[0].id: each for each in first})


def _stories(
    articles: Sequence[Article], size: Size, now: datetime
) -> tuple[tuple[Story, ...], int]:
    """Return the first stories of the articles, and how many articles only repeat another."""
    groups = grouped(articles)
    return stories_of(groups, size, now), len(articles) - len(groups)


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
