"""What Telegram tells is taken, on its way to the ear: each thing once, though it is told again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from telegram import Update, User

from bot.app.undone import HeardBefore, Undone
from bot.telegram.heard import Heard, Pressed, Typed
from bot.telegram.lasting import lasts, read, written
from bot.telegram.parsing import MALFORMED, understood

#: Telegram is told that it was heard once that is stored, but no later than after so many seconds:
#: another program may hold the archive.
PATIENCE = 1.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes updates, and hands over what is meant for the bot."""

    me: User
    before: HeardBefore
    #: Hands something over, with what is to be called once it is done.
    hand: Callable[[Heard, Callable[[], None]], Awaitable[None]]

    async def resume(self) -> None:
        """Hand over what the last run has left undone."""
        undone: Undone[Heard] = Undone(before=self.before, read=read, hand=self.hand, asks=_asks)
        await undone.resume()

    async def take(self, update: Update) -> None:
        """Take an update."""
        said = understood(update, self.me)
        if said is None:
            return
        key = f"telegram {update.update_id}"
        try:
            kept = written(said) if lasts(said) else ""
        except MALFORMED as error:
            log.warning("Update %s is malformed: %s.", update.update_id, type(error).__name__)
            return
        if self.before.first(key, kept):
            await self.hand(said, partial(self.before.done, key))

    async def stored(self) -> None:
        """Wait until what was taken outlives a kill, within bounds."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.before.stored()
        except TimeoutError:
            log.warning("What was heard is not stored yet: something else holds the archive.")


def _asks(heard: Heard) -> bool:
    """Say whether somebody waits for its answer."""
    return isinstance(heard, Typed | Pressed)
