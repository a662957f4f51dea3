"""In which language the bot speaks in a chat, and to a person."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol

from bot.core.subscription import Destination, Subscription
from bot.core.wording import Words


class Kept(Protocol):
    """Remembers what chats have asked for. Raises ``StoreError``."""

    async def of(self, destination: Destination) -> Subscription | None:
        """Return what the chat has asked for."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongues:
    """Chooses among the languages that there are; each is meant by its ISO 639 code."""

    chats: Kept
    #: The languages that the bot speaks.
    codes: Collection[str]
    #: The words of one of them.
    words: Callable[[str], Words]
    #: The one of whoever has named none of these.
    otherwise: str

    def of_person(self, tag: str) -> str:
        """Return the language of a person, who is known by an IETF tag such as "ru" or "zh-hans".

        An empty tag stands for one that was not told.
        """
        code = tag.partition("-")[0].casefold()
        return code if code in self.codes else self.otherwise

    async def of_chat(self, chat: Destination, person: str = "") -> str:
        """Return the language that was set in the chat, else the one of a chat that has set none.

        Raises ``StoreError``.
        """
        return await self._set_in(chat) or await self.unset(chat, person)

    async def unset(self, chat: Destination, person: str = "") -> str:
        """Return the language of a chat that has set none: its person's, a topic's is its chat's.

        Raises ``StoreError``.
        """
        above = _above(chat)
        kept = None if above is None else await self._set_in(above)
        return kept or self.of_person(person)

    async def words_of_chat(self, chat: Destination, person: str = "") -> Words:
        """Return the words of that language. Raises ``StoreError``."""
        return self.words(await self.of_chat(chat, person))

    async def _set_in(self, chat: Destination) -> str | None:
        if len(self.codes) == 1:
            # There is nothing to choose, so nothing is looked up.
            return self.otherwise
        kept = await self.chats.of(chat)
        return kept.language if kept is not None and kept.language in self.codes else None


def _above(chat: Destination) -> Destination | None:
    """Return the chat that a topic is a part of: its address begins with the chat's."""
    address, _, topic = chat.address.rpartition("/")
    return Destination(chat.channel, address) if address and topic else None
