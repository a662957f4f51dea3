"""Answers what people type, in any chat alike."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import tzinfo

from bot.app.digest import Digests
from bot.app.facts import FactAnswers
from bot.app.linked import BusyError, Linked, LinkedBriefs
from bot.app.ports import Edition, Editions
from bot.app.private import PrivateDigests
from bot.app.saving import zone_of
from bot.app.search import Searches
from bot.app.settings import Settings
from bot.app.troubled import troubled_note, troubled_page
from bot.app.why import Whys
from bot.app.wish import wish_of
from bot.core.address import BriefOf
from bot.core.ask import Ask
from bot.core.bounded import bounded
from bot.core.compose import digest_page
from bot.core.coverage import covered
from bot.core.errors import StoreError, ZoneError
from bot.core.fact_verbs import FiguresOn, QuotesOf, StorySources, Upcoming
from bot.core.found import found_page
from bot.core.linked_page import busy_page, linked_page, unread_page
from bot.core.misuse import Misuse
from bot.core.old_digest import old_digest_page
from bot.core.page import Page
from bot.core.replies import (
    Condition,
    Reader,
    gone_page,
    help_page,
    misuse_page,
    no_story_page,
    nothing_page,
    status_page,
)
from bot.core.search_verb import SearchFor
from bot.core.source_pages import sources_page
from bot.core.sourced import sources_of_story
from bot.core.subscription import Destination
from bot.core.told import Told, story_page
from bot.core.values import Digest
from bot.core.verbs import Command, DigestFor, Help, SourcesList, Status, StoryNumber, parse
from bot.core.why_page import why_page
from bot.core.why_verb import WhyFor
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
    whys: Whys
    linked: LinkedBriefs
    settings: Settings
    words: Words
    version: str
    #: The file of the archive, as people may read it; None when it is in memory only.
    archive_file: str | None
    private: PrivateDigests = field(default_factory=PrivateDigests)

    async def __call__(self, ask: Ask) -> Page:
        """Return the answer; a digest becomes the one that numbers mean there from now on."""
        try:
            return bounded(await self._answer(ask, parse(ask.text)), words=self.words)
        except (StoreError, ZoneError) as error:
            return troubled_page(error, ask, words=self.words)

    async def _answer(  # noqa: C901, PLR0911 - one a command
        self, ask: Ask, command: Command | Misuse
    ) -> Page:
        destination = str(ask.destination)
        match command:
            case DigestFor():
                return await self._digest(ask, command.words)
            case StoryNumber():
                return await self._story(ask, command.number)
            case StorySources():
                return await self._sources_of_story(ask, command.number)
            case BriefOf():
                return await self._brief_of(ask, command.address)
            case SearchFor():
                return await self._search(command)
            case WhyFor():
                return await self._why(ask, command.words)
            case Upcoming() | FiguresOn() | QuotesOf():
                return await self.facts(destination, command)
            case SourcesList():
                return await self._sources(ask)
            case Status():
                return await self._status(ask)
            case Help():
                return self._help(ask, command)
            case Misuse():
                return misuse_page(command, self.settings.can(ask.destination), words=self.words)
            case _:
                return await self.settings(ask, command)

    def _help(self, ask: Ask, asked: Help) -> Page:
        reader = Reader(
            admin=ask.asker.admin,
            me=ask.me,
            contact=self.settings.keeping.contact,
            can=self.settings.can(ask.destination),
        )
        return help_page(asked.verb, reader, words=self.words)

    async def _zone(self, chat: Destination) -> tzinfo:
        return zone_of(await self.settings.saving.of(chat), self.digests.beat.zone)

    async def _digest(self, ask: Ask, sought: str) -> Page:
        shown = None
        if ask.made is not None and not ask.private:
            shown = self.private.of(ask.destination, ask.made)
        return await self._shown(ask, *(shown or await self._made(ask, sought)))

    async def _made(self, ask: Ask, sought: str) -> tuple[Page, Edition | None]:
        """Return a digest and what its numbers mean, which is nothing where it has no story."""
        chat = ask.destination
        kept, beat = await self.settings.saving.of(chat), self.digests.beat
        wish = wish_of(kept, sought, standard=beat.size)
        made, healths = await self.digests.reported(wish)
        if not isinstance(made, Digest):
            return nothing_page(made, healths, words=self.words), None
        page = digest_page(
            made,
            healths,
            lines=wish.size.lines,
            words=self.words,
            zone=zone_of(kept, beat.zone),
            topics=wish.topics,
            operator=ask.asker.operator,
        )
        if not made.stories:
            return page, None
        edition = _edition(str(chat), made, private=ask.private)
        if ask.private:
            self.private.keep(page, edition)
        return page, edition

    async def _shown(self, ask: Ask, page: Page, edition: Edition | None) -> Page:
        """Let the numbers of a digest mean it from now on, and return its page."""
        if edition is None:
            return page
        try:
            await self.editions.publish(edition)
        except StoreError as error:
            # The news itself is there: show it, and say that its numbers will not be known.
            note = troubled_note(error, ask, words=self.words)
            return replace(page, blocks=(*page.blocks, note))
        return page

    async def _story(self, ask: Ask, number: int) -> Page:
        told = await self._told(ask, number)
        if not isinstance(told, Told):
            return told
        page = story_page(told, words=self.words, zone=await self._zone(ask.destination))
        return _pressable(page, ask)

    async def _sources_of_story(self, ask: Ask, number: int) -> Page:
        told = await self._told(ask, number)
        if not isinstance(told, Told):
            return told
        return _pressable(await asyncio.to_thread(sources_of_story, told, words=self.words), ask)

    async def _told(self, ask: Ask, number: int) -> Told | Page:
        """Return the story of that number, or the page to show in its place."""
        edition = await self._meant(ask)
        if not isinstance(edition, Edition):
            return edition
        numbers = range(1, len(edition.stories) + 1)
        if number not in numbers:
            newest = edition == await self.editions.last(edition.destination)
            zone = await self._zone(ask.destination)
            made = None if newest else edition.made.astimezone(zone).date()
            return no_story_page(number, numbers, made=made, words=self.words)
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
            under = await self.editions.under(str(ask.posted or destination), ask.under)
            if under is not None:
                return under
        if ask.posted is not None:
            # The last one of this chat is another one.
            return old_digest_page(words=self.words)
        last = await self.editions.last(destination)
        if last is not None:
            return last
        page, made = await self._made(ask, "")
        shown = await self._shown(ask, page, made)
        # Its page is shown where nobody could tell later what its numbers mean.
        return shown if made is None or shown is not page else made

    async def _brief_of(self, ask: Ask, address: str) -> Page:
        try:
            found = await self.linked.of(address)
        except BusyError:
            return busy_page(words=self.words)
        if not isinstance(found, Linked):
            return unread_page(found, words=self.words, operator=ask.asker.operator)
        zone = self.digests.beat.zone
        return linked_page(
            found.brief, read=found.read, stored=found.stored, words=self.words, zone=zone
        )

    async def _search(self, asked: SearchFor) -> Page:
        results = await self.searches.results(asked)
        today = self.digests.clock.now().astimezone(self.digests.beat.zone).date()
        return found_page(results, words=self.words, today=today)

    async def _why(self, ask: Ask, asked: str) -> Page:
        verdicts = await self.whys.verdicts(ask.destination, asked)
        return await asyncio.to_thread(
            why_page,
            verdicts,
            words=self.words,
            zone=self.digests.beat.zone,
            operator=ask.asker.operator,
        )

    async def _sources(self, ask: Ask) -> Page:
        healths = await self.digests.checked()
        checked = {health.source for health in healths}
        beat = self.digests.beat
        return sources_page(
            healths,
            unread=[name for name in beat.sources if name not in checked],
            words=self.words,
            now=self.digests.clock.now(),
            zone=beat.zone,
            operator=ask.asker.operator,
        )

    async def _status(self, ask: Ask) -> Page:
        archive = self.digests.archive
        healths = await self.digests.checked()
        latest = await archive.articles(limit=_NEWEST_OF)
        condition = Condition(
            version=self.version,
            archive=self.archive_file,
            articles=await archive.count(),
            newest=newest(latest, now=self.digests.clock.now()),
            sources=covered(healths, zone=self.digests.beat.zone, read=0, duplicates=0, shown=0),
        )
        chat = await self.settings.standing(ask.destination)
        return status_page(condition, chat, operator=ask.asker.operator, words=self.words)


def _pressable(page: Page, ask: Ask) -> Page:
    """Return the page; without its buttons where its digest stands elsewhere: they mean none."""
    return page if ask.posted is None else replace(page, blocks=page.prose)


def _edition(destination: str, digest: Digest, *, private: bool) -> Edition:
    return Edition(
        destination=destination,
        made=digest.made,
        stories=tuple(story.articles for story in digest.stories),
        private=private,
    )
