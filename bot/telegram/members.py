"""What the bot does as it is added, removed, promoted, or as a group moves."""

import logging
from dataclasses import dataclass, field

import telegram
from telegram.error import TelegramError

from bot.app.access import Access
from bot.app.tongues import Tongues
from bot.app.welcome import Host, Welcome
from bot.core.alone_pages import spent_link_page
from bot.core.greeting_pages import Company, Links, unlisted_page
from bot.core.page import Inline, Page
from bot.telegram.address import CHANNEL, Address, read_address
from bot.telegram.heard import Migrated, Person, Place, Standing
from bot.telegram.menus import CHANNEL_RIGHTS

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Knows where the bot is welcome. Every method raises ``StoreError``."""

    #: Its repr holds the token.
    bot: telegram.Bot = field(repr=False)
    access: Access
    welcome: Welcome
    #: The operator's name as people see it, where it is known.
    contact: Inline | None
    tongues: Tongues

    async def stands(self, change: Standing) -> Page | None:
        """Note what the bot is in the chat from now on; return what it says there, if anything."""
        place = change.place
        if not change.after:
            await self.welcome.left(place.whole, alone=place.alone)
            return None
        if not change.before:
            page = await self.welcome.entered(host(place, change.person), links=self.links())
            return page or await self._refused(place, change.person)
        if not change.freed:
            return None
        page = await self.welcome.resumed(place.whole)
        if page is not None or await self.welcome.is_set_up(place.whole):
            return page
        # Without the right to write it could not say who it is as it came.
        if not await self.access.admits(place.whole):
            return await self._refused(place, change.person)
        return await self.welcome.greeting(host(place, change.person), links=self.links())

    async def migrated(self, change: Migrated) -> None:
        """Follow a group to its new number."""
        await self.welcome.moved(change.place.whole, Address(change.new).destination)

    async def started(self, place: Place, person: Person) -> Page | None:
        """Return who the bot is, for a person who asks; None where it has just said so."""
        return await self.welcome.started(host(place, person), links=self.links())

    def links(self) -> Links:
        """Return the addresses that add the bot to chats of many, each of which lets choose one.

        Telegram calls them group and channel bot links (core.telegram.org/api/links).
        """
        bot = f"https://t.me/{self.bot.username}"
        return Links(
            group=f"{bot}?startgroup=true",
            channel=f"{bot}?startchannel&admin={'+'.join(CHANNEL_RIGHTS)}",
        )

    async def refusal(self, place: Place, person: Person, *, link: bool = False) -> Page | None:
        """Return what a chat that is not served is told, and nothing where it was just told.

        Who has opened a ``link`` that makes nobody the operator is told so.
        """
        if link:
            return await self._spent(place, person)
        if not place.alone:
            await self.access.met(place.whole)
        return await self._refused(place, person)

    async def _spent(self, place: Place, person: Person) -> Page | None:
        if not self.access.tells(place.whole, link=True):
            return None
        return spent_link_page(words=await self.tongues.words_of_chat(place.whole, person.language))

    async def _refused(self, place: Place, person: Person) -> Page | None:
        if not self.access.tells(place.whole):
            return None
        words = await self.tongues.words_of_chat(place.whole, person.language)
        return unlisted_page(str(place.whole), self.contact, alone=place.alone, words=words)

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


def host(place: Place, person: Person) -> Host:
    """Return who meets the bot there."""
    company = Company.CHANNEL if place.channel else Company.GROUP
    return Host(
        chat=place.whole,
        title=place.title,
        company=Company.ALONE if place.alone else company,
        id=str(person.id) if person.id else "",
        language=person.language,
    )
