"""Tells who should know it that a digest comes no more: who runs the bot, and whoever set it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.app.endings import Ending
from bot.app.outbox import Tell
from bot.app.own_chat import own_chat
from bot.app.tongues import Tongues
from bot.app.way import ended
from bot.core.ending_pages import refused_page, removed_page
from bot.core.mendable import BLOCKED, REMOVED, mendable
from bot.core.page import Page
from bot.core.subscription import Destination, Subscription

#: Of so many is remembered that they were told.
_REMEMBERED = 1000


class Offers(Protocol):
    """Brings pages to people."""

    async def send(self, destination: Destination, page: Page, *, offered: bool) -> bool:
        """Send the page, and say whether it is there. Never raises.

        What is only ``offered`` may be refused by a person who has never begun to talk to the bot.
        """
        ...


class Titles(Protocol):
    """Remembers what chats are called. Raises ``StoreError``."""

    async def titles(self) -> Mapping[str, str]:
        """Return their names, as far as they are known, by destination."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Farewell:
    """Tells the operator, and whoever set the digest. Raises ``StoreError``."""

    tell: Tell
    offers: Offers
    titles: Titles
    tongues: Tongues
    #: Who was told that the bot was removed from which chat, since it was last there.
    _told: set[tuple[Destination, str]] = field(init=False, default_factory=set)

    async def __call__(
        self, chat: Destination, stopped: Sequence[Subscription], *, alone: bool
    ) -> None:
        """Tell the operator that these come no more, for the bot was removed from the chat.

        They are digests of the chat and of its topics; it is of one person ``alone`` or of many.
        """
        if stopped:
            place = stopped[0].destination if len(stopped) == 1 else chat
            # A post that is refused is told of in the same words, so that it is said once.
            await self.tell.tell(ended(place, BLOCKED if alone else REMOVED))

    async def owners(self, chat: Destination, stopped: Sequence[Subscription]) -> None:
        """Say so to whoever set them, to each once until the bot is back in the chat."""
        title = await self._title(chat)
        for owner in dict.fromkeys(one.owner for one in stopped):
            told = (chat, owner)
            if told in self._told:
                continue
            if len(self._told) >= _REMEMBERED:
                self._told.clear()
            # At once, or what comes meanwhile would tell it, too.
            self._told.add(told)
            said = False
            try:
                said = await self._removed(chat, owner, title, language=stopped[0].language)
            finally:
                if not said:
                    self._told.discard(told)

    async def refused(self, chat: Destination, ending: Ending) -> None:
        """Tell whoever set a digest why the platform takes no more posts of it in the chat."""
        one, why = ending.of, ending.refused.why
        own = own_chat(chat.channel, one.owner)
        # There is no other way to who is alone with the bot.
        if own is None or own == chat:
            return
        words = await self.tongues.words_of_chat(own, one.language)
        reason = mendable(why, words) or (why if ending.refused.mendable else "")
        title, within = await self._title(chat), one.destination != chat
        page = refused_page(title, reason, within=within, words=words)
        await self.offers.send(own, page, offered=True)

    async def _removed(self, chat: Destination, owner: str, title: str, *, language: str) -> bool:
        """Tell that the bot was removed, and say whether it is there."""
        own = own_chat(chat.channel, owner)
        if own is None or own == chat:
            return False
        words = await self.tongues.words_of_chat(own, language)
        return await self.offers.send(own, removed_page(title, words=words), offered=True)

    async def _title(self, chat: Destination) -> str:
        return (await self.titles.titles()).get(str(chat)) or str(chat)

    def back(self, chat: Destination) -> None:
        """Note that the bot is in the chat again: what ends there from now on is told anew."""
        self._told.difference_update([told for told in self._told if told[0] == chat])
