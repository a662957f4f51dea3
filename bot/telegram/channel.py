"""Telegram as a channel of delivery."""

import logging
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar, assert_never

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import RetryAfter, TelegramError

from bot.core.delivery import (
    Deferred,
    Delivered,
    Elsewhere,
    Moved,
    Outcome,
    Pace,
    Payload,
    Post,
    Refused,
    Scope,
    Unsure,
)
from bot.core.page import Page
from bot.core.subscription import Destination
from bot.telegram.address import Address, read_address
from bot.telegram.cut import LONGEST
from bot.telegram.outcomes import is_topic_gone, is_unchanged, is_unreadable, outcome
from bot.telegram.payload import LONGEST_CAPTION, File, Row, Text, read, words_of
from bot.telegram.rates import Rates
from bot.telegram.render import render

R = TypeVar("R")

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TOPIC_GONE = (
    "The topic was deleted. An admin can ask for the digest in another one with /schedule there."
)

_NO_TOPIC = (
    "There is no such topic in the chat. Name one that is there, or the chat without a topic."
)

log = logging.getLogger(__name__)


class TelegramChannel:
    """Sends pages to chats and to topics. Its reference is the number of the message.

    The parts of a post follow each other in the chat; none is sent as a reply to the first. An
    answer is a reply to what was asked.
    """

    def __init__(
        self,
        bot: Bot,
        *,
        topic_gone: Page | None = None,
        rates: Rates | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """Send through the bot; ``seconds`` only go forward.

        The digest of a topic that was deleted goes to the chat itself from then on, behind the page
        ``topic_gone`` that says so there; without such a page it is refused.
        """
        self._bot = bot
        self._topic_gone = topic_gone
        self._rates = rates or Rates()
        self._seconds = seconds
        #: Until when Telegram wants to hear nothing.
        self._closed = seconds()

    def render(self, page: Page, *, flat: bool = False) -> tuple[Payload, ...]:
        """Return the page as messages, in order."""
        del flat
        return render(page)

    def paces(self, destination: Destination, *, answer: bool = False) -> tuple[Pace, ...]:
        """Return the limits that a message there draws on; none where there is no such chat."""
        address = read_address(destination.address)
        return () if address is None else self._rates.paces(address, answer=answer)

    async def send(self, post: Post) -> Outcome:
        """Send one message."""
        address = read_address(post.destination.address)
        if address is None:
            why = f"{str(post.destination)!r} is no chat of Telegram: use its number, as -100123, "
            return Refused(f"{why}and for a topic -100123/45.", Scope.DESTINATION)
        try:
            message = read(post.payload)
        except (KeyError, TypeError, ValueError) as error:
            return Refused(f"This version cannot read the message: {error!r}.", Scope.PART)
        closed = self._still_closed()
        if closed is not None:
            return closed
        try:
            sent = await self._sent(address, message, post)
        except TelegramError as error:
            if address.thread is not None and is_topic_gone(error):
                return await self._without_topic(address, post.elsewhere)
            return self._meant(error, address)
        return Delivered(str(sent.message_id))

    async def _without_topic(self, address: Address, elsewhere: Elsewhere) -> Outcome:
        """Return what becomes of a message whose topic is gone, or never was."""
        match elsewhere:
            case Elsewhere.NEVER:
                return Refused(_NO_TOPIC, Scope.DESTINATION)
            case Elsewhere.ONCE:
                return Moved(Address(address.chat).destination)
            case Elsewhere.ALWAYS:
                return await self._leave_topic(address)
            case _:
                assert_never(elsewhere)

    def _still_closed(self) -> Deferred | None:
        """Return until when Telegram wants to hear nothing, while that is so.

        What was begun before the wait was known would only make it longer.
        """
        closed = self._closed - self._seconds()
        why = "Telegram asks the bot to slow down."
        return Deferred(closed, Scope.ACCOUNT, why) if closed > 0 else None

    def _meant(self, error: TelegramError, address: Address) -> Outcome:
        """Return what the error means; a wait is remembered."""
        meant = outcome(error, address)
        if isinstance(error, RetryAfter) and isinstance(meant, Deferred):
            self._closed = max(self._closed, self._seconds() + meant.seconds)
        return meant

    async def find(self, post: Post) -> Outcome:
        """Say that nobody knows: Telegram shows a bot no message that is there."""
        return Unsure(f"Part {post.part} may be in the chat.")

    async def edit(self, destination: Destination, message: int, page: Page) -> Outcome:
        """Put the page in place of a message of ours.

        Refused where the page needs more than one message, or Telegram refuses: too old, gone.
        """
        address = read_address(destination.address)
        made = [read(payload) for payload in self.render(page)]
        if address is None or len(made) != 1 or isinstance(made[0], File):
            return Refused("It does not fit in place of one message.", Scope.PART)
        text = made[0]
        closed = self._still_closed()
        if closed is not None:
            return closed

        async def attempt(words: str, mode: ParseMode | None) -> None:
            await self._bot.edit_message_text(
                words,
                address.chat,
                message,
                parse_mode=mode,
                link_preview_options=_NO_PREVIEW,
                reply_markup=_keyboard(text.keyboard),
            )

        try:
            await _readably(attempt, text.html, most=LONGEST)
        except TelegramError as error:
            if is_unchanged(error):
                return Delivered(str(message))
            log.warning("A message of %s was not edited: %s.", destination, type(error).__name__)
            meant = self._meant(error, address)
            put_off = isinstance(meant, Deferred)
            return meant if put_off else Refused("Telegram does not edit it.", Scope.PART)
        return Delivered(str(message))

    async def _sent(self, address: Address, message: Text | File, post: Post) -> Message:
        """Send the message and return it as it is there. Raises ``TelegramError``."""
        keyboard, silent = _keyboard(message.keyboard), post.silent or None
        # Who deletes a question gets the answer all the same.
        answers = post.answers and ReplyParameters(
            int(post.answers), allow_sending_without_reply=True
        )

        async def attempt(words: str, mode: ParseMode | None) -> Message:
            if isinstance(message, File):
                return await self._bot.send_document(
                    address.chat,
                    InputFile(message.content, filename=message.name),
                    caption=words or None,
                    parse_mode=mode,
                    message_thread_id=address.thread,
                    disable_notification=silent,
                    reply_parameters=answers or None,
                    reply_markup=keyboard,
                )
            return await self._bot.send_message(
                address.chat,
                words,
                parse_mode=mode,
                message_thread_id=address.thread,
                disable_notification=silent,
                reply_parameters=answers or None,
                link_preview_options=_NO_PREVIEW,
                reply_markup=keyboard,
            )

        most = LONGEST_CAPTION if isinstance(message, File) else LONGEST
        return await _readably(attempt, message.html, most=most)

    async def _leave_topic(self, address: Address) -> Outcome:
        """Say in the chat itself that the topic is gone, and that its digest comes there."""
        if self._topic_gone is None:
            return Refused(_TOPIC_GONE, Scope.DESTINATION)
        chat = Address(address.chat).destination
        for part, payload in enumerate(self.render(self._topic_gone)):
            said = await self.send(Post(series=0, part=part, destination=chat, payload=payload))
            # What may be there is not said twice.
            if isinstance(said, Deferred | Refused | Moved):
                return said
        return Moved(chat)


async def _readably(
    attempt: Callable[[str, ParseMode | None], Awaitable[R]], html: str, *, most: int
) -> R:
    """Attempt it with the HTML; once more with its bare words where that cannot be read."""
    try:
        return await attempt(html, ParseMode.HTML)
    except TelegramError as error:
        if not is_unreadable(error):
            raise
        # The server names a tag and its place, and quotes nothing else.
        complaint = error.message
    log.error("Telegram cannot read our HTML, which is a bug of ours: %s", complaint)
    words = words_of(html)
    return await attempt(words if len(words) <= most else words_of(html, addresses=False), None)


def _keyboard(rows: tuple[Row, ...]) -> InlineKeyboardMarkup | None:
    buttons = [
        [InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rows
    ]
    return InlineKeyboardMarkup(buttons) if buttons else None
