"""Answers the verbs of settings: admins change them, everybody may look."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from bot.app.missed import Missed
from bot.app.resend import Unscheduled
from bot.app.saving import Saving, Stale
from bot.app.scheduling import Scheduling
from bot.app.topics import Topics
from bot.core.abilities import USUAL, Abilities
from bot.core.again import no_resend_page
from bot.core.ask import Ask
from bot.core.page import Block, Page
from bot.core.panel import after, panel_of
from bot.core.privacy import Keeping, privacy_page
from bot.core.settings_commands import (
    ADMINS_ONLY,
    Change,
    Follow,
    InLanguage,
    MissedList,
    Panel,
    Preview,
    Privacy,
    Resend,
    ScheduleOff,
    SetSchedule,
    Setting,
    SettingsCommand,
    ShowSchedule,
    ShowSettings,
    Silent,
    Stories,
    TopicsList,
    Undo,
    Unfollow,
)
from bot.core.settings_pages import (
    again_page,
    changed_page,
    no_language_page,
    nothing_to_undo_page,
    only_admins_page,
    unchanged_page,
    undone_page,
    vain_page,
)
from bot.core.settings_panel import Choices, panel_page
from bot.core.settings_rows import standing_rows
from bot.core.subscription import Destination, Length, QuietPolicy, Standing, Subscription
from bot.core.undoing import bound, overtaken_page, taken_back_page
from bot.core.wording import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Answers what a chat gets, and changes it. Raises ``StoreError`` and ``ZoneError``."""

    saving: Saving
    scheduling: Scheduling
    topics: Topics
    missed: Missed
    unscheduled: Unscheduled
    keeping: Keeping
    #: The names of the languages that there are, by their codes.
    languages: Mapping[str, str]
    words: Words
    #: Returns the words of one of the languages; without it these words are the only ones.
    tongue: Callable[[str], Words] | None = None
    #: What chats can do, by the names of their channels.
    abilities: Mapping[str, Abilities] = field(default_factory=dict)
    #: Whose turn it is to change something.
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self, ask: Ask, asked: SettingsCommand) -> Page:
        """Return the answer; a member who asks for a change is told who may make it."""
        if not isinstance(asked, ADMINS_ONLY):
            return await self._answer(ask, asked)
        if not ask.asker.admin:
            return await self._refused(ask, asked)
        # Of two changes at once, neither may be lost.
        async with self.turn:
            page = await self._answer(ask, asked)
            chat = await self.saving.of(ask.destination)
        panel = panel_of(asked) if ask.pressed else None
        if panel is not None:
            words = self._words_of(chat)
            page = after(page, self._panel(chat, panel, words), words=words)
        return bound(page, chat.changed)

    async def standing(self, destination: Destination) -> Iterable[Block]:
        """Return what ``/status`` says of the chat."""
        subscription = await self.saving.of(destination)
        return standing_rows(subscription, now=self.saving.clock.now(), words=self.words)

    async def _answer(self, ask: Ask, asked: SettingsCommand) -> Page:
        match asked:
            case ShowSchedule() | SetSchedule() | ScheduleOff():
                return await self.scheduling(ask, asked)
            case Follow() | Unfollow() | TopicsList():
                return await self.topics(ask, asked)
            case ShowSettings() | Change() | Undo():
                return await self._settings(ask, asked)
            case Resend() | Preview() | MissedList() | Privacy():
                return await self._delivery(ask, asked)
            case _:
                assert_never(asked)

    async def _refused(self, ask: Ask, asked: SettingsCommand) -> Page:
        if isinstance(asked, Resend):
            return no_resend_page(ask.asker.admins, words=self.words)
        now, subscription = self.saving.clock.now(), await self.saving.of(ask.destination)
        return only_admins_page(subscription, ask.asker.admins, now=now, words=self.words)

    async def _delivery(self, ask: Ask, asked: Resend | Preview | MissedList | Privacy) -> Page:
        if isinstance(asked, Privacy):
            return privacy_page(ask.destination, self.keeping, words=self.words)
        subscription = await self.saving.of(ask.destination)
        match asked:
            case Resend():
                return await self.unscheduled.resend(subscription)
            case Preview():
                return await self.unscheduled.preview(subscription)
            case MissedList():
                return await self.missed(subscription, admin=ask.asker.admin)
            case _:
                assert_never(asked)

    async def _settings(self, ask: Ask, asked: ShowSettings | Change | Undo) -> Page:
        match asked:
            case ShowSettings():
                return self._panel(await self.saving.of(ask.destination), asked.panel, self.words)
            case Undo():
                return await self._undo(ask, asked.mark)
            case Change():
                return await self._change(ask, asked.to)
            case _:
                assert_never(asked)

    def can(self, destination: Destination) -> Abilities:
        """Return what the chat can do."""
        return self.abilities.get(destination.channel, USUAL)

    def choices(self, destination: Destination) -> Choices:
        """Return what there is to choose from in the chat."""
        return Choices(
            languages=self.languages,
            topics=self.topics.names,
            proposal=self.scheduling.proposed,
            can=self.can(destination),
        )

    def _panel(self, chat: Subscription, panel: Panel, words: Words) -> Page:
        choices, now = self.choices(chat.destination), self.saving.clock.now()
        vain = vain_page(Stories(flat=chat.flat), choices.can, words=words)
        if panel is Panel.STORIES and vain is not None:
            return vain
        return panel_page(panel, chat, choices, now=now, words=words)

    def _words_of(self, chat: Subscription) -> Words:
        """Return the words that the chat understands after a change, which may be of language."""
        if self.tongue is None or chat.language not in self.languages:
            return self.words
        return self.tongue(chat.language)

    async def _undo(self, ask: Ask, mark: str) -> Page:
        before = await self.saving.of(ask.destination)
        restored = await self.saving.undo(ask, mark)
        if restored is None:
            return nothing_to_undo_page(words=self.words)
        if isinstance(restored, Stale):
            stale = restored is Stale.TAKEN_BACK
            return (taken_back_page if stale else overtaken_page)(words=self.words)
        now = self.saving.clock.now()
        page = again_page if restored.again else undone_page
        offered = self.choices(ask.destination).offered
        chat = restored.subscription
        return page(before, chat, offered, now=now, words=self._words_of(chat))

    async def _change(self, ask: Ask, to: Setting) -> Page:
        vain = vain_page(to, self.can(ask.destination), words=self.words)
        if vain is not None:
            return vain
        before = await self.saving.of(ask.destination)
        after = self._changed(before, to)
        if after is None:
            name = to.name if isinstance(to, InLanguage) else ""
            return no_language_page(name, self.languages, words=self.words)
        if after == before:
            # Of a button that was tapped twice, only the second answer may be seen.
            earlier = await self.saving.before_last(before)
            made_so = earlier is not None and self._changed(earlier, to) != earlier
            return unchanged_page(words=self.words, undo=made_so)
        after = await self.saving.save(after, ask)
        return changed_page(after, to, self.languages, words=self._words_of(after))

    def _changed(self, before: Subscription, to: Setting) -> Subscription | None:
        """Return the settings with that change, or None for a language that there is not."""
        match to:
            case Length():
                return replace(before, length=to)
            case QuietPolicy():
                return replace(before, quiet=to)
            case Silent():
                return replace(before, silent=to.on)
            case Stories():
                return replace(before, flat=to.flat)
            case Standing():
                return replace(before, standing=to, reason="")
            case InLanguage():
                named = {name.casefold(): code for code, name in self.languages.items()}
                named |= {code.casefold(): code for code in self.languages}
                code = named.get(to.name.casefold())
                return None if code is None else replace(before, language=code)
            case _:
                assert_never(to)
