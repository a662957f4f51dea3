"""What becomes of a pressed button: a panel changes in place, all else is an answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import assert_never

from bot.app.reply import Arrival
from bot.core.alone_pages import (
    shown_text,
    strange_button_page,
    unclear_page,
    unposted_page,
    visitor_page,
)
from bot.core.ask import Ask, Asker
from bot.core.delivery import Outcome
from bot.core.page import Page
from bot.core.panel import changes, edits, reads
from bot.core.settings_pages import closed_page, unproven_page
from bot.core.subscription import Destination
from bot.slack.asks import Asks, opens_window
from bot.slack.heard import Pressed
from bot.slack.press import Press, read_press
from bot.slack.speaking import Spot, is_showable

#: Of so many answers is remembered that they were shown to all.
_REMEMBERED = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Presses:
    """Answers presses. Raises ``StoreError``."""

    asks: Asks
    #: Puts a page in place of a message's, by its reference.
    edit: Callable[[Destination, str, Page], Awaitable[Outcome]]
    #: The messages whose answers were shown to all.
    shown: dict[tuple[Destination, str], None]

    async def work(self, press: Pressed, spot: Spot) -> None:
        """Do what the button says."""
        said = read_press(press.value)
        if said is None:
            await self._tell(spot, strange_button_page(words=spot.words))
        elif not (served := await self.asks.admits(spot)) and not await self._reads(spot, said):
            await self.asks.refuse(spot)
        elif (text := shown_text(said.says)) is not None:
            await self._show(press, spot, Press(text, said.made))
        else:
            await self._answer(press, spot, said, shows=served)

    async def _reads(self, spot: Spot, said: Press) -> bool:
        """Say whether it reads a digest that was posted here, though nobody is served here."""
        if said.made is None or not reads(said.says):
            return False
        chat = spot.place.whole
        return await self.asks.access.admits_to_post(chat, chat, said.made)

    async def _answer(self, press: Pressed, spot: Spot, said: Press, *, shows: bool) -> None:
        """Answer; where it ``shows``, the answer can be shown to all then."""
        panel = _is_panel(press, said)
        opens = not panel and opens_window(said.says)
        if opens and press.trigger and await self.asks.windowed(press, spot):
            return
        # What all see stays as it is unless an admin presses.
        guarded = changes(said.says) or (panel and not press.private)
        if press.private and edits(said.says) and await self.asks.is_absent(spot):
            await self._tell(spot, self.asks.absent(spot))
            return
        person, place = press.person, press.place
        asker = await self.asks.askers.of(person, place, said.says, guarded=guarded)
        if asker is None:
            await self._tell(spot, unproven_page(words=spot.words))
        elif guarded and not asker.admin:
            await self._tell(spot, await self._refusal(spot, said, asker))
        else:
            page = await self._asked(spot, said, asker, private=spot.alone)
            if not (panel and await self._edited(press, spot, page)):
                await self.asks.speaking.answer(spot, page, asked=said.says if shows else "")

    async def _refusal(self, spot: Spot, said: Press, asker: Asker) -> Page:
        """Return what somebody who is no admin is told alone."""
        if spot.place.is_direct:
            return visitor_page(words=spot.words)
        if not changes(said.says):
            return closed_page(asker.admins, words=spot.words)
        return await self._asked(spot, said, asker, private=True)

    async def _show(self, press: Pressed, spot: Spot, said: Press) -> None:
        """Show to all what one person alone was shown, once."""
        speaking, words = self.asks.speaking, spot.words
        asker = await self.asks.askers.of(press.person, press.place, said.says)
        if asker is None or not spot.alone or spot.place.is_direct or not is_showable(said.says):
            await self._tell(spot, strange_button_page(words=words))
            return
        if await self.asks.is_absent(spot):
            await self._tell(spot, self.asks.absent(spot))
            return
        if not self._is_first(press):
            return
        page = await self._asked(spot, said, asker, private=False)
        match await speaking.publish(press.place, page):
            case Arrival.WHOLE:
                await speaking.ephemeral.remove(spot.corner)
            case Arrival.UNCLEAR:
                await self._tell(spot, unclear_page(words=words))
            case Arrival.NOTHING:
                self.shown.pop((press.place.whole, press.message), None)
                await self._tell(spot, unposted_page(words=words))
            case never:
                assert_never(never)

    def _is_first(self, press: Pressed) -> bool:
        """Say whether it is the first press that shows that message to all, which counts it."""
        key = (press.place.whole, press.message)
        if press.message and key in self.shown:
            return False
        self.shown[key] = None
        if len(self.shown) > _REMEMBERED:
            del self.shown[next(iter(self.shown))]
        return True

    async def _asked(self, spot: Spot, said: Press, asker: Asker, *, private: bool) -> Page:
        place, askers = spot.place, self.asks.askers
        ask = Ask(
            destination=place.whole,
            text=said.says,
            asker=asker,
            made=said.made,
            language=await askers.language(spot.corner.person, place),
            pressed=True,
            private=private,
        )
        return await self.asks.asked(spot, ask)

    async def _edited(self, press: Pressed, spot: Spot, page: Page) -> bool:
        """Put a panel's answer in its place, and say whether that was done with."""
        speaking = self.asks.speaking
        if press.private:
            await speaking.ephemeral.say(spot.corner, page, words=spot.words, replace=True)
            return True
        place = press.place.whole
        return await speaking.replies.edit(place, lambda: self.edit(place, press.message, page))

    async def _tell(self, spot: Spot, page: Page) -> None:
        await self.asks.speaking.answer(spot, page)


def _is_panel(press: Pressed, said: Press) -> bool:
    """Say whether the message with the button is a panel, whose place the answer takes.

    Of a message that its presser alone sees, Slack tells no buttons: what it says of itself holds.
    Of others only what its buttons say does, for anybody can say that they pressed a button.
    """
    if said.made is not None or not edits(said.says):
        return False
    if press.private:
        return True
    if not press.message or press.value not in press.buttons:
        return False
    buttons = map(read_press, press.buttons)
    return all(button is None or button.made is None for button in buttons)
