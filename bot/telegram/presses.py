"""What becomes of a pressed button; every press is answered once, or the button would spin on."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import telegram
from telegram.error import TelegramError

from bot.core.again import brought_page
from bot.core.ask import Asker
from bot.core.page import Page
from bot.core.panel import changes, edits, reads
from bot.core.settings_pages import closed_page, hidden_page, unproven_page
from bot.core.subscription import Destination
from bot.core.wording import Words
from bot.telegram.heard import Person, Place, Pressed
from bot.telegram.popup import popup
from bot.telegram.press import Press, read_press

#: Characters of the answer to a press (Bot API, answerCallbackQuery).
LONGEST = 200

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presses:
    """Answers presses. Never raises for what Telegram says."""

    #: Its repr holds the token.
    bot: telegram.Bot = field(repr=False)
    #: Returns who pressed what says so; for what is guarded, whether that is an admin, and None
    #: where nobody can tell.
    who: Callable[[Pressed, str, bool], Awaitable[Asker | None]]
    #: Returns the answer.
    ask: Callable[[Pressed, Press, Asker], Awaitable[Page]]
    #: Puts a page in place of a message's, by its number; says whether it stands there.
    edit: Callable[[Destination, int, Page], Awaitable[bool]]
    #: Sends a page to a place, in answer to a person.
    send: Callable[[Place, Person, Page], Awaitable[object]]
    #: Says whether a press below what all see of a channel shall bring a message: once a minute.
    begin: Callable[[Pressed], bool]
    #: Returns what popped up for another reader just before; and notes what pops up for one.
    shown: Callable[[Pressed], str | None]
    show: Callable[[Pressed, str], None]
    words: Words

    async def work(self, press: Pressed) -> None:
        """Do what the button says: a panel changes in place, all else is a new message.

        Where it brings a message whoever pressed, the press was answered before.
        """
        said = read_press(press.data)
        if said is None or _is_lost(press, said):
            await self.notify(press, self._unknown())
            return
        panel, guarded = _is_panel(press, said), _is_guarded(press, said)
        asker = await self.who(press, said.says, guarded)
        if asker is None:
            await self.notify(press, unproven_page(words=self.words).summary, alert=True)
        elif guarded and not asker.admin:
            # What all see stays as it is; only who pressed is told.
            await self.notify(press, await self._aside(press, said, asker), alert=True)
        elif guarded and is_of_digest(press) and not self.begin(press):
            await self.notify(press, brought_page(words=self.words).summary)
        else:
            if guarded:
                # At once: the answer itself may take longer than a press waits.
                await self.notify(press)
            page, place = await self.ask(press, said, asker), press.place
            if not (panel and await self.edit(place.destination, press.message, page)):
                await self.send(place, press.person, page)

    async def notify(self, press: Pressed, text: str = "", *, alert: bool = False) -> None:
        """Answer the press, with a text that pops up or without."""
        await notify(self.bot, press, text, alert=alert)

    async def _aside(self, press: Pressed, said: Press, asker: Asker) -> str:
        """Return what somebody who is no admin is told alone."""
        if press.place.channel:
            return await self._read(press, said, asker)
        if not changes(said.says):
            return closed_page(asker.admins, words=self.words).summary
        return (await self.ask(press, said, asker)).summary

    async def _read(self, press: Pressed, said: Press, asker: Asker) -> str:
        """Return what somebody who only reads a channel is told alone."""
        if press.data not in press.buttons:
            return self._unknown()
        if edits(said.says) or changes(said.says):
            return hidden_page(words=self.words).summary
        text = self.shown(press)
        if text is None:
            page = await self.ask(press, said, asker)
            text = popup(said.says, page, above=press.text, most=LONGEST)
            self.show(press, text)
        return text

    def _unknown(self) -> str:
        return self.words.gettext("I do not know this button (any more). /help shows the rest.")


async def notify(bot: telegram.Bot, press: Pressed, text: str = "", *, alert: bool = False) -> None:
    """Answer the press, with a text that pops up or without. Never raises."""
    shown = text if len(text) <= LONGEST else f"{_beginning(text)}…"
    try:
        await bot.answer_callback_query(press.query, shown or None, show_alert=alert)
    except TelegramError as error:
        # Nobody waits for an answer to an old press, and a forged one has no answer.
        why = type(error).__name__
        log.info("A press in %s went unanswered: %s.", press.place.chat, why)


def _beginning(text: str) -> str:
    """Return as many whole words as fit, and no number at their end: its unit may be cut off."""
    words = text[:LONGEST].split(" ")[:-1] or [text[: LONGEST - 1]]
    while len(words) > 1 and any(letter.isdigit() for letter in words[-1]):
        words.pop()
    return " ".join(words).rstrip(" ,;:–—$€£¥+-.0123456789")


def brings(press: Pressed) -> bool:
    """Say whether at most a message comes of it, whoever pressed: nothing pops up.

    Under what all see of a channel, and for what only admins may, it depends on who that is.
    """
    said = read_press(press.data)
    return not (said is None or _is_lost(press, said) or _is_guarded(press, said))


def is_of_digest(press: Pressed) -> bool:
    """Say whether a button below a digest was pressed that shows the same to all who may see it."""
    said = read_press(press.data)
    if not press.message or said is None or said.made is None:
        return False
    return reads(said.says) or (edits(said.says) and not changes(said.says))


def is_shared(press: Pressed) -> bool:
    """Say whether it brings a message that serves all who press that button below a digest."""
    return is_of_digest(press) and brings(press)


def is_on_panel(press: Pressed) -> bool:
    """Say whether a button of a panel was pressed, which changes in place."""
    said = read_press(press.data)
    return said is not None and _is_panel(press, said)


def _is_guarded(press: Pressed, said: Press) -> bool:
    """Say whether it is for admins alone."""
    return _is_panel(press, said) or changes(said.says) or press.place.channel


def _is_lost(press: Pressed, said: Press) -> bool:
    """Say whether it would change something, and nobody can say for which topic."""
    return not press.message and not press.place.alone and changes(said.says)


def _is_panel(press: Pressed, said: Press) -> bool:
    """Say whether the message with the button is a panel, whose place the answer takes.

    Anybody can let their own client say that they pressed a button which is not there.
    """
    if not press.message or press.data not in press.buttons or not edits(said.says):
        return False
    buttons = map(read_press, press.buttons)
    return all(button is None or button.made is None for button in buttons)
