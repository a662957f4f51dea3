"""What the bot does as it is added, removed, or as a channel is archived or moves."""

from dataclasses import dataclass
from typing import assert_never

from bot.app.access import Access
from bot.app.tongues import Tongues
from bot.app.welcome import Host, Welcome
from bot.core.greeting_pages import Company, unlisted_page
from bot.core.page import Inline, Page
from bot.core.wording import Words
from bot.slack.address import Address
from bot.slack.heard import Archived, Came, Moved, Person, Place, Went
from bot.slack.people import People


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Knows where the bot is welcome. Every method raises ``StoreError``."""

    access: Access
    welcome: Welcome
    people: People
    #: The operator's name as people see it, where it is known.
    contact: Inline | None
    tongues: Tongues

    async def stands(self, change: Came | Went | Archived | Moved) -> Page | None:
        """Note how the bot stands in the channel; return what it says there, if anything."""
        place = change.place
        match change:
            case Came():
                return await self._came(change)
            case Went():
                await self.welcome.left(place.whole)
            case Archived(archived=True):
                await self.welcome.archived(place.whole)
            case Archived():
                return await self.welcome.resumed(place.whole)
            case Moved():
                new = Address(place.workspace, change.new).destination
                await self.welcome.moved(place.whole, new)
            case _:
                assert_never(change)
        return None

    async def greeting(self, place: Place, person: Person) -> Page:
        """Return who the bot is, for a person who asks."""
        return await self.welcome.greeting(await self._host(place, person))

    def unlisted(self, place: Place, words: Words) -> Page:
        """Return that the conversation is not served, and what the operator types to serve it.

        The bot stays: leaving takes a scope that it does not ask for.
        """
        return unlisted_page(str(place.whole), self.contact, alone=True, words=words)

    async def _came(self, change: Came) -> Page | None:
        # Where nobody has added it, it has let itself in to post.
        host, invited = await self._host(change.place, change.person), change.person is not None
        page = await self.welcome.entered(host, invited=invited)
        if page is not None or not invited or not self.access.tells(host.chat):
            return page
        words = await self.tongues.words_of_chat(change.place.whole)
        return self.unlisted(change.place, words)

    async def _host(self, place: Place, person: Person | None) -> Host:
        language = ""
        if person is not None and len(self.tongues.codes) > 1:
            language = await self.people.language(person)
        return Host(
            chat=place.whole,
            title=await self.people.title(place),
            company=Company.ALONE if place.is_direct else Company.GROUP,
            id="" if person is None else person.name,
            language=language,
        )
