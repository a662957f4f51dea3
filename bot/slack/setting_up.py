"""What somebody sees of the settings of chats, and what becomes of what they enter there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.app.forms import Forms
from bot.app.overview import Mine, Overviews
from bot.core.ask import Ask, Asker
from bot.core.home_pages import gone_chat_page, unfilled_page
from bot.core.page import Page
from bot.core.settings_pages import unproven_page
from bot.core.subscription import Destination, destination_of
from bot.slack.address import CHANNEL, read_address
from bot.slack.client import Me
from bot.slack.forms import entered, read_memo
from bot.slack.heard import Person, Place, Submitted
from bot.slack.home import home_view
from bot.slack.sharing import Sharing
from bot.slack.windows import SETTINGS, View, form_view, page_view, said_view


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingUp:
    """Makes views for a person. Every method raises ``BriefbotError`` and ``ComplaintError``."""

    sharing: Sharing
    forms: Forms
    overviews: Overviews
    #: Returns who acts in a place, and whether they may change it; None where nobody can tell.
    who: Callable[[Person, Place], Awaitable[Asker | None]]
    me: Callable[[], Me]
    command: str

    async def tab(self, person: Person, number: int, notice: Page | None) -> tuple[View, int]:
        """Return the Home tab with that page of their chats, or the last one, and which it is."""
        mine = await self.sharing.of(person)
        invite = f"/invite @{self.me().name}"
        home = await self.overviews.home(mine, number=number, invite=invite)
        return home_view(home, notice, command=self.command), home.number

    async def form(self, person: Person, place: Place, title: str) -> View:
        """Return the window with the settings of a place that the person is in."""
        shown = await self.forms.shown(place.whole, await self.who(person, place))
        return form_view(shown, place.whole, title, command=self.command)

    async def shared_form(self, person: Person, chat: str) -> View:
        """Return the same of a chat that a button names: the person need not be there any more."""
        mine = await self.sharing.of(person)
        place = await self._shared(mine, chat)
        if place is None:
            words = await self.overviews.words(mine)
            return page_view(gone_chat_page(words=words), words, command=self.command)
        return await self.form(person, place, _title(mine, place))

    async def undone(self, person: Person, value: str) -> View:
        """Return what holds once a change is taken back; the value names it and its chat."""
        mark, _, chat = value.rpartition(" ")
        mine = await self.sharing.of(person)
        place = await self._shared(mine, chat)
        if place is None:
            words = await self.overviews.words(mine)
            return page_view(gone_chat_page(words=words), words, command=self.command)
        title = _title(mine, place)
        return await self._done(person, place, title, lambda ask: self.forms.undo(ask, mark))

    async def applied(self, form: Submitted) -> View:
        """Return what holds once what a form says is done."""
        memo = read_memo(form.kept)
        place = None if memo is None else self._place(memo.chat)
        if form.callback != SETTINGS or memo is None or place is None:
            words = self.forms.words("")
            return page_view(unfilled_page(words=words), words, command=self.command)
        alone = form.person.name if place.is_direct else ""
        if not await self.overviews.access.admits(place.whole, alone=alone):
            words = self.forms.words("")
            return page_view(gone_chat_page(words=words), words, command=self.command)
        filled, marks = entered(form.values), memo.marks
        return await self._done(
            form.person, place, memo.title, lambda ask: self.forms.apply(ask, filled, marks)
        )

    async def _done(
        self, person: Person, place: Place, title: str, act: Callable[[Ask], Awaitable[Page]]
    ) -> View:
        """Return what an act says, done by the person if they may, which is found out anew."""
        words = await self.forms.tongues.words_of_chat(place.whole)
        asker = await self.who(person, place)
        if asker is None:
            page = unproven_page(words=words)
            return page_view(page, words, command=self.command, title=title)
        page = await act(Ask(destination=place.whole, text="", asker=asker))
        # The language may be what was changed.
        words = await self.forms.tongues.words_of_chat(place.whole)
        return said_view(page, place.whole, words, command=self.command, title=title)

    async def _shared(self, mine: Mine, chat: str) -> Place | None:
        """Return the place of a chat if it is one of the person's that is served."""
        place = self._place(destination_of(chat))
        served = await self.overviews.served(mine)
        return place if place is not None and place.whole in served else None

    def _place(self, chat: Destination) -> Place | None:
        """Return the place of a chat of the bot's workspace."""
        address = read_address(chat.address) if chat.channel == CHANNEL else None
        if address is None or address.workspace != self.me().workspace:
            return None
        return Place(workspace=address.workspace, conversation=address.conversation)


def _title(mine: Mine, place: Place) -> str:
    """Return the name of a chat that a person shares, as a heading; empty for their own."""
    name = mine.shared.get(place.whole, "")
    return f"#{name}" if name else ""
