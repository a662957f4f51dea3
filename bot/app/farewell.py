"""Tells who should know it that a chat gets no digest any more, for the bot was removed from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.app.outbox import Tell
from bot.app.tongues import Tongues
from bot.app.way import ended
from bot.core.greeting_pages import removed_page
from bot.core.mendable import BLOCKED, REMOVED
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
    #: Who was told of which chat since the bot was last there.
    _told: set[tuple[Destination, str]] = field(init=False, default_factory=set)

    async def __call__(self, chat: Destination, stopped: Sequence[Subscription]) -> None:
        """Say that these digests of the chat, and of its topics, come no more."""
        if not stopped:
            return
        alone = Destination(chat.channel, stopped[0].owner) == chat
        place = stopped[0].destination if len(stopped) == 1 else chat
        # A post that is refused is told of in the same words, so that it is said once.
        await self.tell.tell(ended(place, BLOCKED if alone else REMOVED))
        if not alone:
            await self.owners(chat, stopped)

    async def owners(self, chat: Destination, stopped: Sequence[Subscription]) -> None:
        """Say so to whoever set them, to each once until the bot is back in the chat."""
        title = (await self.titles.titles()).get(str(chat), "")
        for owner in dict.fromkeys(one.owner for one in stopped):
            # An admin without a name of their own, or the configuration, is nobody to write to.
            if owner.isalnum() and self._is_new(chat, owner):
                own = _own_chat(chat, owner)
                words = await self.tongues.words_of_chat(own, stopped[0].language)
                page = removed_page(title or str(chat), words=words)
                await self.offers.send(own, page, offered=True)

    def back(self, chat: Destination) -> None:
        """Note that the bot is in the chat again: what ends there from now on is told anew."""
        self._told.difference_update([told for told in self._told if told[0] == chat])

    def _is_new(self, chat: Destination, owner: str) -> bool:
        """Say whether that person is still to be told, and note that they are."""
        if (chat, owner) in self._told:
            return False
        if len(self._told) >= _REMEMBERED:
            self._told.clear()
        self._told.add((chat, owner))
        return True


def _own_chat(chat: Destination, person: str) -> Destination:
    """Return where a person of the chat talks alone with the bot, on the same platform.

    A person's own chat has the person's id for its own, behind the workspace if there is one.
    """
    workspace, slash, _ = chat.address.rpartition("/")
    return Destination(chat.channel, f"{workspace}{slash}{person}")
