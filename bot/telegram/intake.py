"""What Telegram tells is taken, on its way to the ear: each thing once, though it is told again."""

import asyncio
import logging
from collections import deque

from telegram import Update, User

from bot.app.handing import Hand, Handing
from bot.app.hands import Hands
from bot.app.undone import HeardBefore, Undone
from bot.telegram.heard import Heard, Pressed, Typed
from bot.telegram.lasting import lasts, read, written
from bot.telegram.parsing import MALFORMED, understood

log = logging.getLogger(__name__)


class Intake:
    """Takes updates, and hands over what is meant for the bot."""

    def __init__(self, me: User, before: HeardBefore, hand: Hand[Heard], *, hands: Hands) -> None:
        """Hand over what that bot hears, unless it was heard before, to be worked on with these."""
        self._me = me
        self._before = before
        self._hand = hand
        self._hands = hands
        self._handing = Handing(before, hand)
        #: What was heard and is not handed over yet, by its key.
        self._taken: deque[tuple[str, Heard]] = deque()
        self._turn = asyncio.Lock()

    async def resume(self) -> None:
        """Hand over what the last run has left undone."""
        undone: Undone[Heard] = Undone(
            before=self._before, read=read, hand=self._hand, asks=_asks, hands=self._hands
        )
        await undone.resume()

    async def take(self, update: Update) -> None:
        """Take an update."""
        said = understood(update, self._me)
        if said is None:
            return
        key = f"telegram {update.update_id}"
        try:
            kept = written(said) if lasts(said) else ""
        except MALFORMED as error:
            log.warning("Update %s is malformed: %s.", update.update_id, type(error).__name__)
            return
        if self._before.first(key, kept):
            self._taken.append((key, said))

    async def settle(self) -> None:
        """Hand over what was taken, each once it outlives a kill, but in a second or so."""
        async with self._turn:
            try:
                await self._over()
            finally:
                # Of what a stop cuts short, too: Telegram may have been told that it was heard.
                await self._over()

    async def _over(self) -> None:
        while self._taken:
            await self._handing.over(*self._taken.popleft())


def _asks(heard: Heard) -> bool:
    """Say whether somebody waits for its answer."""
    return isinstance(heard, Typed | Pressed)
