"""What the bot does as it is added, removed, promoted, or as a group moves."""

import logging
from dataclasses import dataclass, field

import telegram
from telegram.error import TelegramError

from bot.app.access import Access
from bot.app.welcome import Welcome
from bot.core.greeting_pages import unlisted_page
from bot.core.page import Page
from bot.core.wording import Words
from bot.telegram.address import CHANNEL, Address, read_address
from bot.telegram.heard import Migrated, Place, Standing

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Knows where the bot is welcome. Every method raises ``StoreError``."""

    #: Its repr holds the token.
    bot: telegram.Bot = field(repr=False)
    access: Access
    welcome: Welcome
    #: The operator's name as people see it; empty when not known.
    contact: str
    words: Words

    async def stands(self, change: Standing) -> Page | None:
        """Note what the bot is in the chat from now on; return what it says there, if anything."""
        place = change.place
        if not change.after:
            await self.welcome.left(place.whole)
            return None
        if not change.before:
            by = str(change.person.id)
            page = await self.welcome.entered(
                place.whole, title=place.title, by=by, alone=place.alone
            )
            return page or self.refused(place)
        return await self.welcome.resumed(place.whole) if change.freed else None

    async def migrated(self, change: Migrated) -> None:
        """Follow a group to its new number."""
        await self.welcome.moved(change.place.whole, Address(change.new).destination)

    async def refusal(self, place: Place) -> Page | None:
        """Return what a chat that is not served is told, and nothing where it was just told."""
        if not place.alone:
            await self.access.met(place.whole)
        return self.refused(place)

    def refused(self, place: Place) -> Page | None:
        """Do the same for a chat that was just noted."""
        if not self.access.tells(place.whole):
            return None
        chat = str(place.whole)
        return unlisted_page(chat, self.contact, alone=place.alone, words=self.words)

    async def leave(self) -> None:
        """Leave the chats that were not served for a day."""
        for chat in await self.access.unserved(CHANNEL):
            address = read_address(chat.address)
            if address is None or not address.is_group:
                continue
            try:
                await self.bot.leave_chat(address.chat)
            except TelegramError as error:
                log.warning("%s could not be left: %s.", chat, type(error).__name__)
            else:
                log.info("%s was left: it is not listed.", chat)
            # Where that failed, the bot is not there any more, or comes across it again.
            await self.welcome.left(chat)
