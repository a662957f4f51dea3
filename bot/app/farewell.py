"""Tells who should know it that a chat gets no digest any more, for the bot was removed from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.app.outbox import Tell
from bot.app.tongues import Tongues
from bot.app.way import ended
from bot.core.greeting_pages import removed_page
from bot.core.page import Page
from bot.core.subscription import Destination, Subscription

# A platform that refuses a post is told of in the same words, so that it is said once.
_REMOVED = "The bot was removed from the chat. Adding it again mends that."
_BLOCKED = "The person has blocked the bot. Unblocking it and /start mend that."


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

    async def __call__(self, chat: Destination, stopped: Sequence[Subscription]) -> None:
        """Say that these digests of the chat, and of its topics, come no more."""
        if not stopped:
            return
        owners = dict.fromkeys(one.owner for one in stopped)
        alone = Destination(chat.channel, stopped[0].owner) == chat
        place = stopped[0].destination if len(stopped) == 1 else chat
        await self.tell.tell(ended(place, _BLOCKED if alone else _REMOVED))
        if alone:
            return
        title = (await self.titles.titles()).get(str(chat), "")
        for owner in owners:
            # An admin without a name of their own, or the configuration, is nobody to write to.
            if owner.isalnum():
                own = _own_chat(chat, owner)
                words = await self.tongues.words_of_chat(own, stopped[0].language)
                page = removed_page(title or str(chat), words=words)
                await self.offers.send(own, page, offered=True)


def _own_chat(chat: Destination, person: str) -> Destination:
    """Return where a person of the chat talks alone with the bot, on the same platform.

    A person's own chat has the person's id for its own, behind the workspace if there is one.
    """
    workspace, slash, _ = chat.address.rpartition("/")
    return Destination(chat.channel, f"{workspace}{slash}{person}")
