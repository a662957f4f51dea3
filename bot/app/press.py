"""Makes the digests that slots post, from a look at the archive."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from bot.app.digest import HOURS, Beat, stories_of
from bot.app.issue import Issue, Wanted
from bot.app.look import Look, Looks, on_topics
from bot.app.ports import FactBook
from bot.core.bounded import bounded
from bot.core.compose import digest_page
from bot.core.coverage import covered, is_down
from bot.core.errors import ConfigError, ZoneError
from bot.core.health import Health
from bot.core.length import Size, size
from bot.core.origin import Selection
from bot.core.quiet import Quiet, down_page, is_certain, nothing_new, quiet_page
from bot.core.values import Article, Digest, Event, Story
from bot.core.window import choose, newest
from bot.core.wording import Words
from bot.core.zones import zone_named

#: So many events ahead are looked through on a day without news.
MOST_AHEAD = 50
#: The newest article is looked for among so many; those before it are of days to come.
_NEWEST_OF = 100


async def nobody_told(_: Sequence[Health]) -> datetime | None:
    """Return that nobody was told."""
    return None


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a digest is written."""

    words: Words
    zone: tzinfo
    size: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Makes issues; raises ``StoreError`` when the archive fails."""

    looks: Looks
    book: FactBook
    #: The words of a language by its code; raises ``ConfigError`` where there are none.
    words: Callable[[str], Words]
    #: The language of those that asked for none, and of those whose own is gone.
    language: str
    #: When the operator was told that these sources fail; None where that is not so.
    told: Callable[[Sequence[Health]], Awaitable[datetime | None]] = nobody_told

    @property
    def beat(self) -> Beat:
        """Return what the digests follow."""
        return self.looks.digests.beat

    async def issue(self, look: Look, wanted: Wanted) -> Issue:
        """Return a digest of the news, else what there is to say without any."""
        manner = await look.aside.do(self._manner, wanted)
        if wanted.ids:
            return await look.aside.do(self._of_news, look, wanted, manner)
        empty = _digest(self.beat, look, (), read=wanted.read, repeated=wanted.repeated)
        if is_down(empty.coverage):
            return await self._down(look, empty, manner)
        if wanted.since is None:
            whole = await self.looks.whole()
            old = await look.aside.do(self._of_old_news, whole, look, wanted, manner)
            if old is not None:
                return old
        return await self._quiet(look, wanted, empty, manner)

    def _manner(self, wanted: Wanted) -> _Manner:
        """Return how it is written; a language or zone that is gone gives way to the house's."""
        try:
            words = self.words(wanted.language)
        except ConfigError:
            words = self.words(self.language)
        try:
            zone: tzinfo = zone_named(wanted.zone) if wanted.zone else self.beat.zone
        except ZoneError:
            zone = self.beat.zone
        return _Manner(words, zone, size(wanted.length, self.beat.size))

    def _of_news(self, look: Look, wanted: Wanted, manner: _Manner) -> Issue:
        groups = look.groups(wanted.ids)
        stories = stories_of(groups, manner.size, look.made, self.beat.tiers)
        repeated = wanted.repeated + len(wanted.ids) - len(groups)
        digest = _digest(self.beat, look, stories, read=wanted.read, repeated=repeated)
        return _told(digest, look, wanted, manner)

    def _of_old_news(
        self, whole: Look, look: Look, wanted: Wanted, manner: _Manner
    ) -> Issue | None:
        """Return a first digest of the newest articles there are; None where topics have none."""
        stored = list(whole.articles.values())
        narrowed = [one for one in stored if on_topics(one.article, wanted.topics, self.beat)]
        if wanted.topics and not narrowed:
            return None
        window = choose(narrowed, now=look.made, hours=HOURS, max_age_days=self.beat.max_age_days)
        groups = whole.groups([one.article.id for one in window.stored])
        stories = stories_of(groups, manner.size, look.made, self.beat.tiers)
        read = len(window.stored)
        digest = _digest(self.beat, look, stories, read=read, repeated=read - len(groups))
        told = _told(replace(digest, newest=window.newest), look, wanted, manner)
        quiet = manner.words.gettext("No news in the last 24 hours.")
        return replace(told, quiet=quiet if is_certain(digest, look.healths) else "")

    async def _down(self, look: Look, digest: Digest, manner: _Manner) -> Issue:
        dated = replace(digest, newest=await self._newest(look))
        told = await self.told(look.healths)
        words, zone = manner.words, manner.zone
        page = down_page(dated, look.healths, words=words, zone=zone, told=told)
        return Issue(page=page, until=None, words=manner.words, zone=manner.zone)

    async def _quiet(self, look: Look, wanted: Wanted, digest: Digest, manner: _Manner) -> Issue:
        quiet = Quiet(
            digest=replace(digest, newest=await self._newest(look)),
            since=wanted.since or look.made - timedelta(hours=HOURS),
            topics=wanted.topics,
            ahead=await self._ahead(look, wanted, manner),
        )
        words, zone = manner.words, manner.zone
        said = nothing_new(quiet, words=words, zone=zone)
        return Issue(
            page=quiet_page(quiet, look.healths, words=words, zone=zone),
            until=look.made,
            quiet=said if is_certain(digest, look.healths) else "",
            words=words,
            zone=zone,
        )

    async def _newest(self, look: Look) -> date | None:
        """Return the day of the last news that was read."""
        latest = await self.looks.digests.archive.articles(limit=_NEWEST_OF)
        return newest(latest, now=look.made)

    async def _ahead(self, look: Look, wanted: Wanted, manner: _Manner) -> Selection[Event]:
        """Return what the archive says is ahead; with topics, only from articles on them."""
        today = look.made.astimezone(manner.zone).date()
        found = await self.book.ahead(today, limit=MOST_AHEAD)
        if not wanted.topics:
            return found
        archive = self.looks.digests.archive
        ids = dict.fromkeys(traced.origin.id for traced in found.first)
        told = [article for id_ in ids if (article := await archive.article(id_)) is not None]
        kept = await look.aside.do(self._on_topics, told, wanted.topics)
        return Selection(first=tuple(one for one in found.first if one.origin.id in kept))

    def _on_topics(self, articles: Sequence[Article], topics: Sequence[str]) -> frozenset[str]:
        return frozenset(
            article.id for article in articles if on_topics(article, topics, self.beat)
        )


def _digest(
    beat: Beat, look: Look, stories: tuple[Story, ...], *, read: int, repeated: int
) -> Digest:
    return Digest(
        title=beat.title,
        made=look.made,
        stories=stories,
        coverage=covered(
            look.healths,
            zone=beat.zone,
            read=read,
            duplicates=repeated,
            shown=len(stories),
        ),
    )


def _told(digest: Digest, look: Look, wanted: Wanted, manner: _Manner) -> Issue:
    page = digest_page(
        digest,
        look.healths,
        lines=manner.size.lines,
        words=manner.words,
        zone=manner.zone,
        topics=wanted.topics,
    )
    return Issue(
        page=bounded(page, words=manner.words),
        stories=tuple(story.articles for story in digest.stories),
        until=look.made,
        words=manner.words,
        zone=manner.zone,
    )
