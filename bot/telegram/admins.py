"""Who may change the settings of a chat, as Telegram says."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import telegram
from telegram import ChatMember, User
from telegram.error import TelegramError

from bot.app.lately import Lately
from bot.core.greeting_pages import admins_words
from bot.core.page import Inline, Plain
from bot.core.wording import Words
from bot.telegram.address import contact_of
from bot.telegram.heard import Person, Place
from bot.telegram.pieces import cleaned, is_blank

#: So long, in seconds, is waited for who keeps a chat.
PATIENCE = 5.0
#: So long is not asked again where Telegram did not say it: each who waits holds a hand.
SILENT = 10.0
#: So many admins are named.
_NAMED = 2
#: So many characters of a first name are shown.
_LONGEST = 40

_KEEPERS = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Keepers:
    """Who keeps a chat."""

    ids: frozenset[int]
    #: The owner's first; who stays anonymous is not named.
    names: tuple[Inline, ...]


class Admins:
    """Asks who may change settings, at most once a minute for each person. Never raises."""

    def __init__(self, bot: telegram.Bot, *, seconds: Callable[[], float]) -> None:
        """Ask through the bot; seconds only go forward."""
        self._bot = bot
        self._admits: Lately[tuple[int, int], bool] = Lately(seconds)
        self._keepers: Lately[int, Keepers] = Lately(seconds)
        self._silent: Lately[int, Place] = Lately(seconds, SILENT)
        self._asking: dict[int, asyncio.Task[Keepers | None]] = {}

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
        return None if place.channel else await self._asked(person, place)

    async def named(self, place: Place, words: Words) -> tuple[Inline, ...]:
        """Return two admins: each @name leads to that person, who else has none is a first name.

        Nothing where nobody can be named: who reads a channel is not shown who keeps it.
        """
        keepers = None if place.channel else await self._kept(place)
        return () if keepers is None else admins_words(keepers.names[:_NAMED], words)

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
        if known is not None or self._silent.of(place.chat):
            return known
        # Many press below a post of a channel at once.
        asking = self._asking.get(place.chat)
        if asking is None:
            asking = asyncio.create_task(self._asked_of(place), name=f"keepers of {place.chat}")
            self._asking[place.chat] = asking
            asking.add_done_callback(lambda _: self._asking.pop(place.chat, None))
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.shield(asking)
        except TimeoutError:
            self._silent.keep(place.chat, place)
            return None

    async def _asked_of(self, place: Place) -> Keepers | None:
        try:
            members = await self._bot.get_chat_administrators(place.chat)
        except TelegramError as error:
            log.warning("Telegram does not say who keeps %s: %s", place.chat, type(error).__name__)
            self._silent.keep(place.chat, place)
            return None
        found = Keepers(frozenset(member.user.id for member in members), tuple(_names(members)))
        self._keepers.keep(place.chat, found)
        return found


def _names(members: Sequence[ChatMember]) -> Iterator[Inline]:
    """Yield the admins' names, the owner's first; who has no @name by the first one."""
    for member in sorted(members, key=lambda member: member.status != ChatMember.OWNER):
        user = member.user
        if user.is_bot or getattr(member, "is_anonymous", False):
            continue
        name = contact_of(f"@{user.username}") if user.username else _first_name(user)
        if name is not None:
            yield name


def _first_name(user: User) -> Plain | None:
    """Return what people call somebody; None where nothing of it can be seen."""
    name = cleaned(user.first_name).strip()
    if is_blank(name):
        return None
    return Plain(name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…")
