"""Answers what a chat follows, and changes it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import assert_never

from bot.app.ports import Archive
from bot.app.saving import Saving
from bot.core.ask import Ask
from bot.core.gazetteer import Gazetteer
from bot.core.match import matches
from bot.core.page import Page
from bot.core.settings_commands import MAX_TOPICS, Follow, TopicsList, Unfollow
from bot.core.topics import (
    Tried,
    followed_page,
    joined,
    near_name,
    too_many_page,
    topics_page,
    unfollowed_page,
    without,
)
from bot.core.values import Article
from bot.core.wording import Words

#: A topic is tried on the articles of so many days, and on so many of them at most.
_DAYS = timedelta(days=30)
_MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """Narrows the digests of chats. Every method raises ``StoreError``."""

    saving: Saving
    archive: Archive
    gazetteer: Gazetteer
    words: Words

    async def __call__(self, ask: Ask, asked: Follow | Unfollow | TopicsList) -> Page:
        """Return the answer to what is asked of topics."""
        match asked:
            case Follow():
                return await self.follow(ask, asked)
            case Unfollow():
                return await self.unfollow(ask, asked)
            case TopicsList():
                return await self.shown(ask)
            case _:
                assert_never(asked)

    @property
    def names(self) -> Sequence[str]:
        """Return the topics that are known by name."""
        return [topic.name for topic in self.gazetteer.topics]

    async def shown(self, ask: Ask) -> Page:
        """Return what the chat's digest covers, and what it could be narrowed to."""
        subscription = await self.saving.of(ask.destination)
        return topics_page(subscription.topics, self.names, words=self.words)

    async def follow(self, ask: Ask, asked: Follow) -> Page:
        """Add topics to the chat's digest, and return what each of them finds."""
        subscription = await self.saving.of(ask.destination)
        before, after = subscription.topics, joined(subscription.topics, asked.topics)
        if len(after) > MAX_TOPICS:
            return too_many_page(before, words=self.words)
        tried = await self.tried(asked.topics, before)
        if after != before:
            await self.saving.save(replace(subscription, topics=after), ask)
        return followed_page(tried, after, before=before, words=self.words)

    async def unfollow(self, ask: Ask, asked: Unfollow) -> Page:
        """Take topics out of the chat's digest."""
        subscription = await self.saving.of(ask.destination)
        after, unknown = without(subscription.topics, asked.topics)
        if after != subscription.topics:
            await self.saving.save(replace(subscription, topics=after), ask)
        return unfollowed_page(unknown, after, before=subscription.topics, words=self.words)

    async def tried(self, topics: Sequence[str], followed: Sequence[str]) -> Sequence[Tried]:
        """Return what each topic finds among the articles of the last days."""
        since = self.saving.clock.now() - _DAYS
        stored = await self.archive.articles(since=since, limit=_MOST)
        articles = [one.article for one in stored]
        return await asyncio.to_thread(self._tried, topics, articles, followed)

    def _tried(
        self, topics: Sequence[str], articles: Sequence[Article], followed: Sequence[str]
    ) -> list[Tried]:
        known = {topic.casefold() for topic in followed}
        return [
            Tried(
                topic=topic,
                matched=sum(matches(article, topic, self.gazetteer) for article in articles),
                searched=len(articles),
                near=near_name(topic, self.gazetteer),
                known=topic.casefold() in known,
            )
            for topic in topics
        ]
