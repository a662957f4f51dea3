"""Who may change the settings of a chat, as Telegram says."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import telegram
from telegram import ChatMember
from telegram.error import TelegramError

from bot.app.lately import Lately
from bot.core.greeting_pages import admins_words
from bot.core.wording import Words
from bot.telegram.heard import Person, Place

#: So many admins are named.
_NAMED = 2

_KEEPERS = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Keepers:
    """Who keeps a chat."""

    ids: frozenset[int]
    #: With @, the owner's first; who stays anonymous is not named.
    names: tuple[str, ...]


class Admins:
    """Asks who may change settings, at most once a minute for each person. Never raises."""

    def __init__(self, bot: telegram.Bot, *, seconds: Callable[[], float]) -> None:
        """Ask through the bot; seconds only go forward."""
        self._bot = bot
        self._admits: Lately[tuple[int, int], bool] = Lately(seconds)
        self._keepers: Lately[int, Keepers] = Lately(seconds)

    async def admit(self, person: Person, place: Place) -> bool | None:
        """Say whether the person may; None where Telegram does not say."""
        if place.alone or person.surely_admin:
            return True
        if not person.id:
            return False
        known = self._admits.of((place.chat, person.id))
        if known is not None:
            return known
        # Anybody who reads a channel can press there: one question serves them all.
        keepers = await self._kept(place) if place.channel else self._keepers.of(place.chat)
        if keepers is not None:
            return person.id in keepers.ids
        return await self._asked(person, place)

    async def named(self, place: Place, words: Words) -> str:
        """Return two admins by their names with @; nothing where none is known by one."""
        keepers = await self._kept(place)
        return "" if keepers is None else admins_words(keepers.names[:_NAMED], words)

    async def _asked(self, person: Person, place: Place) -> bool | None:
        try:
            member = await self._bot.get_chat_member(place.chat, person.id)
        except TelegramError as error:
            log.warning(
                "Telegram does not say who is an admin of %s: %s", place.chat, type(error).__name__
            )
            keepers = await self._kept(place)
            return None if keepers is None else person.id in keepers.ids
        found = member.status in _KEEPERS
        self._admits.keep((place.chat, person.id), found)
        return found

    async def _kept(self, place: Place) -> Keepers | None:
        """Return who keeps the chat; None where Telegram does not say."""
        known = self._keepers.of(place.chat)
        if known is not None:
            return known
        try:
            members = await self._bot.get_chat_administrators(place.chat)
        except TelegramError as error:
            log.warning("Telegram does not say who keeps %s: %s", place.chat, type(error).__name__)
            return None
        found = Keepers(frozenset(member.user.id for member in members), tuple(_names(members)))
        self._keepers.keep(place.chat, found)
        return found


def _names(members: Sequence[ChatMember]) -> Sequence[str]:
    """Return the admins' names, the owner's first; who stays anonymous is not named."""
    first = sorted(members, key=lambda member: member.status != ChatMember.OWNER)
    return [
        f"@{member.user.username}"
        for member in first
        if member.user.username
        and not member.user.is_bot
        and not getattr(member, "is_anonymous", False)
    ]
