"""The settings of a chat as a form: shown, checked as it is sent off, and applied at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.app.settings import Settings
from bot.app.spoken import settings_in
from bot.app.tongues import Tongues
from bot.core.ask import Ask, Asker
from bot.core.form import Filled, Form, Kept, form_of, touched
from bot.core.form_pages import Applied, applied_page, complaints_page, form_page, reading_page
from bot.core.form_reading import Complaints, Reading, Wanted, changed_by
from bot.core.page import Page
from bot.core.settings_commands import Undo
from bot.core.settings_pages import only_admins_page, unchanged_page
from bot.core.subscription import Destination
from bot.core.undoing import bound
from bot.core.wording import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The settings of a chat as a person sees them."""

    #: What holds now; for who may only read them all of it, and who can change it.
    page: Page
    #: None for who may only read.
    form: Form | None
    #: The code of the language it is in, and its words.
    language: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """Shows the settings of chats as forms. Raises ``StoreError`` and ``ZoneError``."""

    settings: Settings
    tongues: Tongues

    async def shown(self, chat: Destination, asker: Asker | None) -> Shown:
        """Return the form of the chat, or what it says where nobody knows that they may fill it."""
        language = await self.tongues.of_chat(chat)
        settings = self._speaking(language)
        kept, choices, words = (
            await settings.saving.of(chat),
            settings.choices(chat),
            settings.words,
        )
        now, form = settings.saving.clock.now(), None
        if asker is None or not asker.admin:
            page = reading_page(kept, choices.offered, asker, now=now, words=words)
        else:
            zone = await self._zone(settings, chat, asker)
            zones = settings.scheduling.zones
            form = form_of(Kept(chat=kept, zone=zone, choices=choices, zones=zones), words)
            page = form_page(kept, now=now, words=words)
        return Shown(page=page, form=form, language=language, words=words)

    def complaints(
        self, entered: Filled, marks: Mapping[str, str], *, language: str
    ) -> Complaints | None:
        """Return what is wrong in a form, if anything is, in the language that it was shown in."""
        read = self._read(entered, marks, self.words(language))
        return None if isinstance(read, Wanted) else read

    def words(self, language: str) -> Words:
        """Return the words of a language by its code, or those of whoever has named none."""
        known = language if language in self.tongues.codes else self.tongues.otherwise
        return self.tongues.words(known)

    async def apply(self, ask: Ask, entered: Filled, marks: Mapping[str, str]) -> Page:
        """Change what was touched, as one change, and return what holds from now on.

        What others have changed since the form was shown stays, where this one left it alone.
        """
        settings = self._speaking(await self.tongues.of_chat(ask.destination))
        words, now = settings.words, settings.saving.clock.now()
        if not ask.asker.admin:
            chat = await settings.saving.of(ask.destination)
            return only_admins_page(chat, ask.asker.admins, now=now, words=words)
        read = self._read(entered, marks, words)
        if not isinstance(read, Wanted):
            return complaints_page(read, words=words)
        async with settings.turn:
            before = await settings.saving.of(ask.destination)
            zone = await self._zone(settings, ask.destination, ask.asker)
            after = changed_by(read, before, zone=zone)
            if after == before:
                return unchanged_page(words=words)
            saved = await settings.saving.save(after, ask)
        tried = await settings.topics.tried(
            [topic for topic in saved.topics if topic not in before.topics], before.topics
        )
        applied = Applied(before=before, after=saved, tried=tried, languages=settings.languages)
        # The language may be what was changed.
        page = applied_page(applied, now=now, words=self.words(saved.language))
        return bound(page, saved.changed)

    async def undo(self, ask: Ask, mark: str) -> Page:
        """Take back the change that the mark stands for, and return what holds from now on."""
        settings = self._speaking(await self.tongues.of_chat(ask.destination))
        return await settings(ask, Undo(mark))

    def _speaking(self, language: str) -> Settings:
        return settings_in(self.settings, self.tongues.words(language), language)

    def _read(self, entered: Filled, marks: Mapping[str, str], words: Words) -> Wanted | Complaints:
        zones, languages = self.settings.scheduling.zones, tuple(self.settings.languages)
        reading = Reading(zones=zones, languages=languages, words=words)
        return reading.read(entered, touched(entered, marks))

    async def _zone(self, settings: Settings, chat: Destination, asker: Asker) -> str:
        """Return the time zone of the chat's schedule, or the one that it would get."""
        kept = await settings.saving.of(chat)
        if kept.schedule is not None:
            return kept.schedule.zone
        scheduling = settings.scheduling
        own = asker.zone if asker.zone in scheduling.zones else ""
        return await settings.saving.earlier_zone(chat) or own or scheduling.zone
