"""Slack's own surfaces at work: the Home tab, and the windows in which chats are set up."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.app.forms import Forms
from bot.app.overview import Overviews
from bot.core.ask import Asker
from bot.core.errors import BriefbotError
from bot.core.greeting_pages import flooded_page
from bot.core.home_pages import late_page, saving_page, unfilled_page, unshown_page, waiting_page
from bot.core.page import Page
from bot.core.wording import Words
from bot.slack.client import ComplaintError, Me
from bot.slack.forms import entered, errors, read_memo
from bot.slack.heard import (
    Archived,
    Came,
    Clicked,
    Moved,
    Opened,
    Person,
    Place,
    Pressed,
    Submitted,
    Typed,
    Went,
)
from bot.slack.home import OPENS, TURNS
from bot.slack.setting_up import SettingUp
from bot.slack.sharing import Sharing
from bot.slack.tabs import Tab, Tabs, unmade_page
from bot.slack.views import Became, Seen, Views
from bot.slack.windows import BEGINS, SETTINGS, UNDOES, View, page_view

#: After so many seconds Slack has shown what a form was acknowledged with.
SETTLED = 1.0
#: What a button that turns pages carries.
_PAGE = re.compile("[0-9]{1,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surfaces:
    """Answers in the Home tab and in windows. Never raises for what Slack or the store says."""

    #: Its repr holds the token.
    posts: AsyncWebClient = field(repr=False)
    sharing: Sharing
    forms: Forms
    overviews: Overviews
    #: Returns who acts in a place, and whether they may change it; None where nobody can tell.
    who: Callable[[Person, Place], Awaitable[Asker | None]]
    #: Who the bot is.
    me: Callable[[], Me]
    #: What Slack's command is called.
    command: str
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _tabs: dict[str, Tab] = field(init=False, default_factory=dict)
    #: The windows whose form was acknowledged just now.
    _settling: set[str] = field(init=False, default_factory=set)

    async def open(self, said: Typed | Pressed) -> bool:
        """Open a window with the settings of the conversation; returns whether one was opened.

        It is opened before anything is looked up, for the trigger holds for 3 seconds.
        """
        seen = await self._begun(said.trigger)
        if seen is None:
            return False
        place = replace(said.place, thread=None)
        title = f"#{place.title}" if place.title else ""
        await self._show(seen, lambda: self._makes.form(said.person, place, title))
        return True

    async def opened(self, heard: Opened) -> None:
        """Publish the Home tab, from its first page on."""
        await self._home.publish(heard.person, number=1)

    async def clicked(self, heard: Clicked) -> None:
        """Do what a button of the Home tab or of a window says."""
        person, seen = heard.person, Seen(heard.view, heard.hash)
        self._settling.discard(heard.view)
        if heard.action == OPENS:
            await self._opens(heard)
        elif heard.action.startswith(TURNS):
            await self._home.publish(person, number=_number(heard.value))
        elif heard.action == BEGINS:
            await self._show(seen, lambda: self._makes.shared_form(person, heard.value))
        elif heard.action == UNDOES:
            await self._show(seen, lambda: self._makes.undone(person, heard.value))
            await self._home.publish(person)

    def check(self, submitted: Submitted) -> dict[str, Any]:
        """Return what a form is acknowledged with: what is wrong in it, or that it is saved now.

        Where nothing is shown, Slack closes the window as after a success.
        """
        memo = read_memo(submitted.kept)
        if submitted.callback != SETTINGS or memo is None:
            words = self.forms.words("")
            return _shows(self._said(unfilled_page(words=words), words))
        filled, language = entered(submitted.values), memo.language
        complaints = self.forms.complaints(filled, memo.marks, language=language)
        told = errors(complaints, submitted.values) if complaints else {}
        if told:
            return {"response_action": "errors", "errors": told}
        words = self.forms.words(language)
        return _shows(self._said(saving_page(words=words), words, title=memo.title))

    async def submitted(self, heard: Submitted) -> None:
        """Do what a form says, and show in its window what holds from now on."""
        self._settling.add(heard.view)
        view = await self._made(lambda: self._makes.applied(heard))
        # Its state is another one by now: that of what it was acknowledged with.
        seen = Seen(heard.view)
        shown = await self._update(seen, view)
        await self._home.publish(heard.person)
        if shown:
            # What a form is acknowledged with may be shown only after what came behind it.
            await self.sleep(SETTLED)
            if heard.view in self._settling:
                await self._update(seen, view)
        self._settling.discard(heard.view)

    async def stands(self, change: Came | Went | Archived | Moved) -> None:
        """Forget what is not so any more; who has invited the bot sees it in the Home tab."""
        inviter = change.person if isinstance(change, Came) else None
        self.sharing.forget(inviter)
        if inviter is not None and inviter.name in self._tabs:
            await self._home.publish(inviter)

    async def flooded(self, heard: Clicked | Submitted) -> None:
        """Say that it is more than can be done: in the window, or in the Home tab."""
        words = self.forms.words("")
        page = flooded_page(words=words)
        if isinstance(heard, Clicked) and heard.action not in {BEGINS, UNDOES}:
            await self._home.publish(heard.person, notice=page)
            return
        if isinstance(heard, Submitted):
            # What a form is acknowledged with may be shown only after what came behind it.
            await self.sleep(SETTLED)
        await self._update(Seen(heard.view), self._said(page, words))

    async def _opens(self, heard: Clicked) -> None:
        """Open a window from the Home tab; where that took too long, it is said there."""
        seen = await self._begun(heard.trigger)
        if seen is None:
            notice = late_page(words=self.forms.words(""))
            await self._home.publish(heard.person, notice=notice)
        else:
            await self._show(seen, lambda: self._makes.shared_form(heard.person, heard.value))

    async def _begun(self, trigger: str) -> Seen | None:
        words = self.forms.words("")
        return await self._views.open(trigger, self._said(waiting_page(words=words), words))

    async def _show(self, seen: Seen, make: Callable[[], Awaitable[View]]) -> None:
        await self._update(seen, await self._made(make))

    async def _made(self, make: Callable[[], Awaitable[View]]) -> View:
        """Return the view, or one that says why it could not be made."""
        try:
            return await make()
        except (BriefbotError, ComplaintError) as error:
            words = self.forms.words("")
            return self._said(unmade_page(error, words), words)

    async def _update(self, seen: Seen, view: View) -> bool:
        """Show a view in a window; say whether anything of it is shown."""
        became = await self._views.update(seen, view)
        if became is Became.REFUSED:
            words = self.forms.words("")
            became = await self._views.update(seen, self._said(unshown_page(words=words), words))
        return isinstance(became, Seen)

    def _said(self, page: Page, words: Words, *, title: str = "") -> View:
        return page_view(page, words, command=self.command, title=title)

    @property
    def _views(self) -> Views:
        return Views(self.posts)

    @property
    def _home(self) -> Tabs:
        return Tabs(views=self._views, makes=self._makes, seen=self._tabs)

    @property
    def _makes(self) -> SettingUp:
        return SettingUp(
            sharing=self.sharing,
            forms=self.forms,
            overviews=self.overviews,
            who=self.who,
            me=self.me,
            command=self.command,
        )


def _shows(view: View) -> dict[str, Any]:
    return {"response_action": "update", "view": view}


def _number(value: str) -> int:
    """Return which page a button means; the first for what no button of ours says."""
    return int(value) if _PAGE.fullmatch(value) else 1
