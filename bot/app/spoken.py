"""Answers in the language of the chat where somebody asks."""

from dataclasses import dataclass, replace

from bot.app.answer import Answer
from bot.app.settings import Settings
from bot.app.tongues import Tongues
from bot.app.troubled import troubled_page
from bot.core.ask import Ask
from bot.core.errors import StoreError
from bot.core.page import Page
from bot.core.wording import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Turns a chat's text into the page that answers it; never raises ``StoreError``."""

    #: Answers in the language of whoever has named none.
    answer: Answer
    tongues: Tongues

    async def __call__(self, ask: Ask) -> Page:
        """Return the answer in the chat's language, else in that of who asks alone with the bot."""
        try:
            code = await self.tongues.of_chat(ask.destination, ask.language)
            # What the chat sets first is kept with the language it was answered in until then.
            fresh = await self.tongues.unset(ask.destination, ask.language)
        except StoreError as error:
            words = self.tongues.words(self.tongues.of_person(ask.language))
            return troubled_page(error, ask, words=words)
        return await self.speaking(code, fresh)(ask)

    def speaking(self, code: str, fresh: str) -> Answer:
        """Return what answers in that language; a chat that has set nothing has the fresh one."""
        if code == fresh == self.tongues.otherwise:
            return self.answer
        return _spoken(self.answer, self.tongues.words(code), fresh)


def settings_in(settings: Settings, words: Words, fresh: str) -> Settings:
    """Return the same in those words; what waits for its turn waits for the same one.

    A chat that has set nothing has the fresh language.
    """
    saving = replace(settings.saving, language=fresh)
    return replace(
        settings,
        words=words,
        saving=saving,
        scheduling=replace(settings.scheduling, words=words, saving=saving),
        topics=replace(settings.topics, words=words, saving=saving),
        missed=replace(settings.missed, words=words),
        unscheduled=replace(settings.unscheduled, words=words),
    )


def _spoken(answer: Answer, words: Words, fresh: str) -> Answer:
    return replace(
        answer,
        words=words,
        facts=replace(answer.facts, words=words),
        settings=settings_in(answer.settings, words, fresh),
    )
