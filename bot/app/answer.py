"""Answers what people type, in any chat alike."""

import asyncio
from dataclasses import dataclass, replace

from bot.app.digest import Digests
from bot.app.facts import FactAnswers
from bot.app.ports import Edition, Editions
from bot.app.search import Searches
from bot.app.settings import Settings
from bot.core.ask import Ask
from bot.core.compose import digest_page
from bot.core.errors import StoreError, ZoneError
from bot.core.fact_verbs import FiguresOn, QuotesOf, StorySources, Upcoming
from bot.core.found import found_page
from bot.core.old_digest import old_digest_page
from bot.core.page import Note, Page, Plain
from bot.core.replies import (
    Condition,
    gone_page,
    help_page,
    misuse_page,
    no_story_page,
    nothing_page,
    sources_page,
    status_page,
    trouble_page,
)
from bot.core.search_verb import SearchFor
from bot.core.sourced import sources_of_story
from bot.core.told import Told, story_page
from bot.core.values import Digest
from bot.core.verbs import (
    Command,
    DigestFor,
    Help,
    Misuse,
    SourcesList,
    Status,
    StoryNumber,
    parse,
)
from bot.core.window import newest
from bot.core.wording import Words

#: The newest article is looked for among so many; those before it are of days to come.
_NEWEST_OF = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Turns a chat's text into the page that answers it; never raises ``StoreError``."""

    digests: Digests
    editions: Editions
    facts: FactAnswers
    searches: Searches
    settings: Settings
    words: Words
    version: str
    #: The file of the archive, as people may read it; None when it is in memory only.
    archive_file: str | None

    async def __call__(self, ask: Ask) -> Page:
        """Return the answer; a digest becomes the one that numbers mean there from now on."""
        try:
            return await self._answer(ask, parse(ask.text))
        except (StoreError, ZoneError) as error:
            return trouble_page(str(error))

    async def _answer(  # noqa: PLR0911 - one a command
        self, ask: Ask, command: Command | Misuse
    ) -> Page:
        destination = str(ask.destination)
        match command:
            case DigestFor():
                return await self._digest(destination, command.words)
            case StoryNumber():
                return await self._story(ask, command.number)
            case StorySources():
                return await self._sources_of_story(ask, command.number)
            case SearchFor():
                return await self._search(command)
            case Upcoming() | FiguresOn() | QuotesOf():
                return await self.facts(destination, command)
            case SourcesList():
                return await self._sources()
            case Status():
                return await self._status(ask)
            case Help():
                return help_page(command.verb, admin=ask.asker.admin, words=self.words)
            case Misuse():
                return misuse_page(command, words=self.words)
            case _:
                return await self.settings(ask, command)

    async def _digest(self, destination: str, sought: str) -> Page:
        made = await self.digests.today(sought)
        healths = await self.digests.checked()
        if not isinstance(made, Digest):
            return nothing_page(made, healths, words=self.words)
        beat = self.digests.beat
        page = digest_page(made, healths, lines=beat.lines, words=self.words, zone=beat.zone)
        if not made.stories:
            return page
        try:
            await self.editions.publish(_edition(destination, made))
        except StoreError as error:
            # The news itself is there: show it, and say that its numbers will not be known.
            return replace(page, blocks=(*page.blocks, Note((Plain(str(error)),))))
        return page

    async def _story(self, ask: Ask, number: int) -> Page:
        told = await self._told(ask, number)
        if not isinstance(told, Told):
            return told
        return story_page(told, words=self.words, zone=self.digests.beat.zone)

    async def _sources_of_story(self, ask: Ask, number: int) -> Page:
        told = await self._told(ask, number)
        if not isinstance(told, Told):
            return told
        return await asyncio.to_thread(sources_of_story, told, words=self.words)

    async def _told(self, ask: Ask, number: int) -> Told | Page:
        """Return the story of that number, or the page to show in its place."""
        edition = await self._meant(ask)
        if not isinstance(edition, Edition):
            return edition
        numbers = range(1, len(edition.stories) + 1)
        if number not in numbers:
            return no_story_page(number, numbers, words=self.words)
        told = await self.digests.story(edition, number)
        if told is None:
            return gone_page(number, words=self.words)
        return told

    async def _meant(self, ask: Ask) -> Edition | Page:
        """Return the digest whose numbers are meant, or the page to show where there is none.

        A button means the digest it stands under, and so does a reply; all else the last one.
        """
        destination = str(ask.destination)
        if ask.made is not None:
            made = await self.editions.of(destination, ask.made)
            return old_digest_page(words=self.words) if made is None else made
        if ask.under:
            under = await self.editions.under(destination, ask.under)
            if under is not None:
                return under
        last = await self.editions.last(destination)
        if last is None:
            page = await self._digest(destination, "")
            last = await self.editions.last(destination)
            return page if last is None else last
        return last

    async def _search(self, asked: SearchFor) -> Page:
        results = await self.searches.results(asked)
        today = self.digests.clock.now().astimezone(self.digests.beat.zone).date()
        return found_page(results, words=self.words, today=today)

    async def _sources(self) -> Page:
        healths = await self.digests.checked()
        checked = {health.source for health in healths}
        beat = self.digests.beat
        return sources_page(
            healths,
            unread=[name for name in beat.sources if name not in checked],
            words=self.words,
            now=self.digests.clock.now(),
            zone=beat.zone,
        )

    async def _status(self, ask: Ask) -> Page:
        archive = self.digests.archive
        healths = await self.digests.checked()
        failing = sum(health.failing is not None for health in healths)
        latest = await archive.articles(limit=_NEWEST_OF)
        condition = Condition(
            version=self.version,
            archive=self.archive_file,
            articles=await archive.count(),
            newest=newest(latest, now=self.digests.clock.now()),
            ok=len(healths) - failing,
            failing=failing,
        )
        chat = await self.settings.standing(ask.destination)
        return status_page(condition, chat, words=self.words)


def _edition(destination: str, digest: Digest) -> Edition:
    return Edition(
        destination=destination,
        made=digest.made,
        stories=tuple(story.articles for story in digest.stories),
    )
