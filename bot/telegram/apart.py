"""What is for who asked alone goes to their own chat with the bot."""

from dataclasses import dataclass

from bot.app.reply import Replies
from bot.core.again import apart_page, nameless_page, unreachable_page
from bot.core.page import Page
from bot.core.wording import Words
from bot.telegram.address import Address
from bot.telegram.heard import Person


@dataclass(frozen=True, slots=True)
class Apart:
    """Sends pages to people alone. Never raises."""

    replies: Replies
    #: The bot's name, without "@".
    name: str

    async def send(self, person: Person, page: Page, *, words: Words) -> Page:
        """Send the page to the person; return what is said where they asked, in these words."""
        if not person.id:
            return nameless_page(words=words)
        if await self.replies.send(Address(person.id).destination, page, offered=True):
            return apart_page(words=words)
        return unreachable_page(f"https://t.me/{self.name}", words=words)
