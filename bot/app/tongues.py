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
        """Return the language that was set in the chat, else that of the person.

        Raises ``StoreError``.
        """
        if len(self.codes) == 1:
            # There is nothing to choose, so nothing is looked up.
            return self.otherwise
        kept = await self.chats.of(chat)
        if kept is not None and kept.language in self.codes:
            return kept.language
        return self.of_person(person)

    async def words_of_chat(self, chat: Destination, person: str = "") -> Words:
        """Return the words of that language. Raises ``StoreError``."""
        return self.words(await self.of_chat(chat, person))
