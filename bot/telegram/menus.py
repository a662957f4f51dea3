"""The bot's menus, its words about itself and the rights it asks for, set when they changed."""

import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
    ChatAdministratorRights,
)
from telegram.error import RetryAfter, TelegramError

from bot.app.patience import LONG
from bot.core.errors import StoreError
from bot.core.introduction import introduction, introduction_in_short
from bot.core.phrases import one_line
from bot.core.verb import Verb, Who
from bot.core.verbs import VERBS
from bot.core.wording import Words
from bot.telegram.troubles import seconds_of

#: Characters of a command's description, of what an empty chat shows, and of the profile's line
#: (Bot API, BotCommand, setMyDescription, setMyShortDescription).
LONGEST_SUMMARY, LONGEST_DESCRIPTION, LONGEST_LINE = 256, 512, 120
#: What the bot asks to be allowed in a channel, where it has to be an administrator; of a group it
#: asks nothing. Telegram's links that add a bot name the rights so.
CHANNEL_RIGHTS = ("post_messages",)
#: They are remembered under this name.
MARK = "telegram.menus"

log = logging.getLogger(__name__)


class Marks(Protocol):
    """Remembers short texts by name. Every method raises ``StoreError``."""

    async def of(self, key: str) -> str | None:
        """Return what is kept under the name."""
        ...

    async def put(self, key: str, value: str) -> None:
        """Keep the text under the name, in place of what stood there."""
        ...


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands that a scope shows in a language; an empty code is for all other languages."""

    scope: BotCommandScope
    language: str
    commands: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class About:
    """What the bot says of itself in a language, as above: in an empty chat, and in its profile."""

    language: str
    description: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Menus:
    """Sets the menus of a bot."""

    #: Its own text holds the token.
    bot: Bot = field(repr=False)
    marks: Marks
    #: The beat that is followed, as configured: "SCO".
    beat: str
    #: The words of each language by its code, and the code for who has another language.
    words: Mapping[str, Words]
    otherwise: str
    #: What it asks to be allowed in a channel, as of ``CHANNEL_RIGHTS``.
    rights: Sequence[str] = CHANNEL_RIGHTS
    #: Waits so many seconds.
    sleep: Callable[[float], Awaitable[None]]

    async def keep(self) -> None:
        """Set what changed since the last time, however long Telegram cannot be reached."""
        while True:
            try:
                await self.set()
            except TelegramError as error:
                log.warning("The menus of commands are not set yet: %s.", type(error).__name__)
                await self.sleep(seconds_of(error) if isinstance(error, RetryAfter) else LONG)
            except StoreError as error:
                log.error("The menus of commands were not set. %s", error)  # noqa: TRY400 - the sentence says all
                return
            else:
                return

    async def set(self) -> bool:
        """Set all of it, if anything changed; return whether it did.

        Raises ``TelegramError`` and ``StoreError``; then all is set the next time.
        """
        menus, abouts = tuple(self.menus()), tuple(self.abouts())
        mark = fingerprint(self.bot.token.partition(":")[0], menus, abouts, self.rights)
        if await self.marks.of(MARK) == mark:
            return False
        for menu in menus:
            commands = [BotCommand(name, summary) for name, summary in menu.commands]
            await self.bot.set_my_commands(commands, menu.scope, menu.language or None)
        for about in abouts:
            language = about.language or None
            await self.bot.set_my_description(about.description, language)
            await self.bot.set_my_short_description(about.line, language)
        proposed = administrator(self.rights)
        await self.bot.set_my_default_administrator_rights(proposed, for_channels=True)
        await self.marks.put(MARK, mark)
        return True

    def menus(self) -> Iterator[Menu]:
        """Yield the menus: who cannot change settings is not shown how, except alone with it."""
        some = [verb for verb in VERBS if verb.who is Who.ALL]
        for language, words in self._spoken():
            everything, reading = commands(VERBS, words), commands(some, words)
            yield Menu(BotCommandScopeDefault(), language, reading)
            yield Menu(BotCommandScopeAllPrivateChats(), language, everything)
            yield Menu(BotCommandScopeAllGroupChats(), language, reading)
            yield Menu(BotCommandScopeAllChatAdministrators(), language, everything)

    def abouts(self) -> Iterator[About]:
        """Yield what the bot says of itself in each language."""
        for language, words in self._spoken():
            whole = _cut(introduction(self.beat, words=words), LONGEST_DESCRIPTION)
            line = _cut(introduction_in_short(self.beat, words=words), LONGEST_LINE)
            yield About(language, whole, line)

    def _spoken(self) -> Iterator[tuple[str, Words]]:
        yield "", self.words[self.otherwise]
        yield from ((code, words) for code, words in self.words.items() if code != self.otherwise)


def commands(verbs: Sequence[Verb], words: Words) -> tuple[tuple[str, str], ...]:
    """Return the verbs as a menu shows them: a name, and what it is for."""
    return tuple(
        (verb.name, _cut(one_line(words.gettext(verb.summary)), LONGEST_SUMMARY)) for verb in verbs
    )


def administrator(rights: Sequence[str]) -> ChatAdministratorRights:
    """Return an administrator who has these rights and no other."""
    none = ChatAdministratorRights.no_rights().to_dict()
    return ChatAdministratorRights(**{**none, **{f"can_{right}": True for right in rights}})


def fingerprint(
    bot: str, menus: Sequence[Menu], abouts: Sequence[About], rights: Sequence[str]
) -> str:
    """Return a short text that is another one when the bot or any of what is set for it is."""
    said: list[Any] = [bot]
    said += [(menu.scope.type, menu.language, menu.commands) for menu in menus]
    said += [(about.language, about.description, about.line) for about in abouts]
    said.append(sorted(rights))
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
