"""The Home tab at work: what each person sees there, published anew when it changes."""

import logging
from collections.abc import MutableMapping
from dataclasses import dataclass

from bot.core.errors import BriefbotError
from bot.core.home_pages import unshown_page
from bot.core.page import Page
from bot.core.trouble_pages import trouble_page
from bot.core.wording import Words
from bot.slack.client import ComplaintError
from bot.slack.heard import Person
from bot.slack.home import notice_view
from bot.slack.setting_up import SettingUp
from bot.slack.views import Became, Seen, Views
from bot.slack.windows import View

#: So many people's tabs are remembered.
_REMEMBERED = 10_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tab:
    """What somebody sees in the Home tab: which page, and what Slack calls its state."""

    number: int = 1
    hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabs:
    """Publishes Home tabs. Never raises for what Slack or the store says."""

    views: Views
    makes: SettingUp
    #: What was published, by the names of people.
    seen: MutableMapping[str, Tab]

    async def publish(
        self, person: Person, *, number: int | None = None, notice: Page | None = None
    ) -> None:
        """Publish the Home tab as things are now, on that page or the one that is shown."""
        tab = self.seen.get(person.name, Tab())
        wanted = number or tab.number
        view, wanted = await self._made(person, wanted, notice)
        became = await self.views.publish(person.id, view, tab.hash)
        if became is Became.OVERTAKEN:
            # What is newer there may know less: it is looked up once more.
            view, wanted = await self._made(person, wanted, notice)
            became = await self.views.publish(person.id, view)
        if became is Became.REFUSED:
            became = await self.views.publish(
                person.id, self._told(unshown_page(words=self._words))
            )
        if isinstance(became, Seen):
            if len(self.seen) >= _REMEMBERED:
                self.seen.clear()
            self.seen[person.name] = Tab(wanted, became.hash)

    async def _made(self, person: Person, number: int, notice: Page | None) -> tuple[View, int]:
        try:
            return await self.makes.tab(person, number, notice)
        except (BriefbotError, ComplaintError) as error:
            return self._told(unmade_page(error, self._words)), number

    def _told(self, page: Page) -> View:
        return notice_view(page, command=self.makes.command)

    @property
    def _words(self) -> Words:
        return self.makes.forms.words("")


def unmade_page(error: BriefbotError | ComplaintError, words: Words) -> Page:
    """Return that something cannot be shown, for the person; the log says why."""
    if isinstance(error, BriefbotError):
        log.error("Settings could not be shown or changed on Slack. %s", error)
        return trouble_page(error, words=words)
    log.warning("Slack does not tell which channels somebody is in: %s.", error)
    return unshown_page(words=words)
