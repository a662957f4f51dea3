"""What becomes of a pressed button; every press is answered, or the button would spin on."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import telegram
from telegram.error import TelegramError

from bot.core.page import Page
from bot.core.panel import changes, edits
from bot.core.subscription import Destination
from bot.core.wording import Words
from bot.telegram.heard import Place, Pressed
from bot.telegram.press import Press, read_press

#: Characters of the answer to a press (Bot API, answerCallbackQuery).
LONGEST = 200

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presses:
    """Answers presses. Never raises for what Telegram says."""

    #: Its repr holds the token.
    bot: telegram.Bot = field(repr=False)
    #: Returns the answer, and whether who pressed is an admin.
    ask: Callable[[Pressed, Press], Awaitable[tuple[Page, bool]]]
    #: Puts a page in place of a message's, by its number; says whether it stands there.
    edit: Callable[[Destination, int, Page], Awaitable[bool]]
    #: Sends a page to a place.
    send: Callable[[Place, Page], Awaitable[object]]
    words: Words

    async def work(self, press: Pressed) -> None:
        """Do what the button says: a panel changes in place, all else is a new message."""
        said = read_press(press.data)
        if said is None:
            old = self.words.gettext("I do not know this button (any more). /help shows the rest.")
            await self.notify(press, old)
            return
        place = press.place
        panel = said.made is None and press.message > 0 and edits(said.says)
        if not panel and not changes(said.says):
            # At once: the answer itself may take longer than a press waits.
            await self.notify(press)
        page, admin = await self.ask(press, said)
        if changes(said.says) and not admin:
            # What all see stays as it is; only who pressed is told why.
            await self.notify(press, page.summary, alert=True)
            return
        if panel or changes(said.says):
            await self.notify(press)
        if not (panel and await self.edit(place.destination, press.message, page)):
            await self.send(place, page)

    async def notify(self, press: Pressed, text: str = "", *, alert: bool = False) -> None:
        """Answer the press, with a text that pops up or without."""
        shown = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
        try:
            await self.bot.answer_callback_query(press.query, shown or None, show_alert=alert)
        except TelegramError as error:
            # Nobody waits for an answer to an old press, and a forged one has no answer.
            why = type(error).__name__
            log.info("A press in %s went unanswered: %s.", press.place.chat, why)
