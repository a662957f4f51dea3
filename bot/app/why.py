"""Tells what became of an article in a chat."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.app.digest import HOURS
from bot.app.look import SETTLING, Candidates, Look, Looks, on_topics
from bot.app.outbox import SHOWN_DAYS, Job
from bot.app.ports import Edition, Editions, Search
from bot.app.slots import Subscriptions
from bot.core.health import Fault, Health
from bot.core.length import size
from bot.core.links import canonical
from bot.core.rank import Terms, ranked, terms
from bot.core.search import query
from bot.core.shown import showable
from bot.core.subscription import Destination, Subscription
from bot.core.values import Article, Stored
from bot.core.why import Stage, Trail, Verdict, stage
from bot.core.why_page import Verdicts
from bot.core.why_verb import is_address
from bot.core.window import oldest

#: So many articles are told of; the rest is counted.
MOST = 5


class Drafts(Protocol):
    """Knows what a digest would be made from. Raises ``StoreError``."""

    async def draft(
        self, subscription: Subscription, *, shown_since: datetime, now: datetime
    ) -> Job:
        """Return what a digest posted there now would be made from; nothing is written."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Whys:
    """Follows articles on their way to a chat's digest. Raises ``StoreError``."""

    looks: Looks
    search: Search
    editions: Editions
    subscriptions: Subscriptions
    desk: Drafts
    #: Of chats that asked for none.
    language: str

    async def verdicts(self, destination: Destination, asked: str) -> Verdicts:
        """Return what became of the best articles that have the words, or stand at the address."""
        archive = self.looks.digests.archive
        articles, found = await self._found(asked)
        whole = await self.looks.whole()
        stored = list(whole.articles.values())
        chat = await self._chat(destination)
        return Verdicts(
            asked=asked,
            verdicts=tuple([await self._verdict(each, chat, whole) for each in articles]),
            found=found,
            searched=await archive.count(),
            since=oldest(stored, now=whole.made),
            faults=_faults(whole.healths, asked),
        )

    async def _found(self, asked: str) -> tuple[Sequence[Article], int]:
        """Return the first articles that are asked about, and how many there are."""
        if is_address(asked):
            article = await self._at(asked)
            return ([], 0) if article is None else ([article], 1)
        sought = query(asked, self.looks.digests.beat.gazetteer)
        today = self.looks.digests.clock.now().astimezone(UTC).date()
        if not sought.wanted:
            return [], 0
        matches = await self.search.find(sought, today=today, limit=MOST, skip=0)
        return matches.articles, matches.found

    async def _at(self, address: str) -> Article | None:
        """Return the article at an address: by its id, or by the link that it bears."""
        link = canonical(address)
        known = await self.looks.digests.archive.article(link)
        if known is not None:
            return known
        whole = await self.looks.whole()
        articles = (one.article for one in whole.articles.values())
        return next((one for one in articles if one.url and canonical(one.url) == link), None)

    async def _chat(self, destination: Destination) -> "_Chat":
        """Return what stands between an article and this chat."""
        known = await self.subscriptions.of(destination)
        subscription = known or Subscription(destination=destination, language=self.language)
        now = self.looks.digests.clock.now()
        job = await self.desk.draft(subscription, shown_since=now - SHOWN_DAYS, now=now)
        start = job.since - SETTLING if job.since else now - timedelta(hours=HOURS)
        look = await self.looks.current(job.since)
        beat = self.looks.digests.beat
        topics = tuple(sorted(subscription.topics))
        candidates = await look.since(start, topics, beat)
        return _Chat(
            subscription=subscription,
            job=job,
            start=start,
            look=look,
            edition=await self.editions.last(str(destination)),
            places=await asyncio.to_thread(_places, look, candidates, job, beat.tiers),
            most=size(subscription.length, beat.size).stories,
        )

    async def _verdict(self, article: Article, chat: "_Chat", whole: Look) -> Verdict:
        stored = chat.look.articles.get(article.id) or whole.articles.get(article.id)
        if stored is None:
            # Beyond the newest articles: when it came in is not looked up, it is old news anyway.
            stored = Stored(article=article, seen=chat.start, imported=True)
        beat, edition = self.looks.digests.beat, chat.edition
        copies = chat.look.copies.get(article.id) or whole.copies.get(article.id) or (article.id,)
        place = chat.places.get(article.id)
        trail = Trail(
            stored=stored,
            copies=frozenset(copies),
            stories=edition.stories if edition else (),
            made=edition.made if edition else None,
            shown=chat.job.shown,
            on_topic=on_topics(article, chat.subscription.topics, beat),
            max_age=timedelta(days=beat.max_age_days),
            since=chat.start,
            now=chat.look.made,
            place=place.number if place else None,
            most=chat.most,
        )
        where, story = stage(trail)
        verdict = Verdict(
            stored=stored,
            headline=await asyncio.to_thread(_headline, article),
            stage=where,
            story=story,
            made=trail.made,
            place=trail.place,
            of=len({place.lead for place in chat.places.values()}),
            most=chat.most,
            terms=place.terms if place else self._terms(chat, whole, story),
            topics=chat.subscription.topics,
            max_age=trail.max_age,
        )
        if where is Stage.COPY and edition is not None and story is not None:
            original = await self.looks.digests.archive.article(edition.stories[story - 1][0])
            said = "" if original is None else await asyncio.to_thread(_headline, original)
            return replace(verdict, original=said)
        return verdict

    def _terms(self, chat: "_Chat", whole: Look, story: int | None) -> Terms | None:
        """Return what ranked a story of the chat's last digest; None for what is none of them."""
        if chat.edition is None or story is None:
            return None
        known = {**whole.articles, **chat.look.articles}
        found = [known[id_].article for id_ in chat.edition.stories[story - 1] if id_ in known]
        if not found:
            return None
        return terms(tuple(found), chat.edition.made, self.looks.digests.beat.tiers)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where an article's story stands among those that compete for the next digest."""

    number: int
    #: The first article of the story.
    lead: str
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chat:
    subscription: Subscription
    job: Job
    #: The next digest covers what came in since then.
    start: datetime
    look: Look
    edition: Edition | None
    #: The places of the articles that compete for the next digest.
    places: Mapping[str, _Place]
    most: int


def _places(
    look: Look, candidates: Candidates, job: Job, tiers: Mapping[str, int]
) -> dict[str, _Place]:
    groups = look.groups(look.unshown(candidates, job.shown).ids)
    return {
        article.id: _Place(number=number, lead=group[0].id, terms=terms(group, look.made, tiers))
        for number, group in enumerate(ranked(groups, look.made, tiers), start=1)
        for article in group
    }


def _headline(article: Article) -> str:
    made = showable(article, lines=1, lead=True, with_facts=False)
    return " ".join(made.headline.text.split())


def _faults(healths: Sequence[Health], asked: str) -> tuple[Fault, ...]:
    """Return what could not be read and bears the words in its name."""
    sought = asked.casefold()
    return tuple(
        fault
        for health in healths
        for fault in (*health.faults, *([health.failing] if health.failing else []))
        if sought in fault.name.casefold()
    )
