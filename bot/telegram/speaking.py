"""Where an answer goes: to where it was asked for, or to who asked alone."""

from dataclasses import dataclass

from bot.app.reply import Question, Replies
from bot.app.tongues import Tongues
from bot.core.again import apart_page, nameless_page, unreachable_page, unshown_page
from bot.core.errors import BriefbotError, StoreError
from bot.core.page import Page
from bot.core.trouble_pages import trouble_page
from bot.core.wording import Words
from bot.telegram.address import Address
from bot.telegram.askers import own_language
from bot.telegram.heard import Person, Place


@dataclass(frozen=True, slots=True)
class Speaking:
    """Brings answers to where they belong. Raises ``StoreError``."""

    replies: Replies
    tongues: Tongues
    #: The bot's name, without "@".
    name: str

    async def answer(self, place: Place, person: Person, page: Page) -> bool:
        """Send an answer to where it was asked for, or to who asked alone; say whether it is there.

        Who is answered alone is told so where it was asked.
        """
        shown = page
        if page.alone and not place.alone:
            shown = await self._apart(person, page, await self.words(place, person))
        return await self.say(place, shown)

    async def say(self, place: Place, page: Page) -> bool:
        """Send the page to all who read there, and say whether all of it is there."""
        there = place.destination

        async def unshown() -> Page:
            return unshown_page(words=await self.tongues.words_of_chat(there))

        question = Question(place.answers, unshown)
        return await self.replies.send(there, page, question=question)

    async def trouble(self, place: Place, person: Person, error: BriefbotError) -> None:
        """Say what went wrong to all who read there, whatever can be known of the place."""
        try:
            words = await self.words(place, person)
        except StoreError:
            words = self.tongues.words(self.tongues.of_person(own_language(person, place)))
        await self.say(place, trouble_page(error, words=words))

    async def words(self, place: Place, person: Person) -> Words:
        """Return the words of the language that is spoken there."""
        return await self.tongues.words_of_chat(place.destination, own_language(person, place))

    async def _apart(self, person: Person, page: Page, words: Words) -> Page:
        """Send the page to the person; return what is said where they asked."""
        if not person.id:
            return nameless_page(words=words)
        if await self.replies.send(Address(person.id).destination, page, offered=True):
            return apart_page(words=words)
        return unreachable_page(f"https://t.me/{self.name}", words=words)
