"""Hears by asking for updates again and again, and notices when nothing can be heard."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import telegram
from telegram import Update
from telegram.error import TelegramError

from bot.telegram.hearing import KINDS
from bot.telegram.parsing import read_update, update_id
from bot.telegram.troubles import Kind, Troubles, kind_of

#: Seconds that Telegram holds a request without news; it holds none for longer than 50.
HOLD = 25
#: Seconds after which a held request that has no answer is a broken connection.
GRACE = 10.0
#: What was heard is worked on for so many seconds before Telegram is asked for more: building
#: that request takes longer than most answers, and would hold them up.
_HEAD_START = 0.02
#: Seconds in which what was heard last is confirmed at the end.
_FAREWELL = 1.0
# The library would log an update that it cannot read with all it says, and fetch it for ever. This
# spelling is that of its way for calls it does not know, which returns them as they came.
_METHOD = "get_Updates"

log = logging.getLogger(__name__)


async def at_once() -> None:
    """Wait for nothing."""


@dataclass(slots=True, kw_only=True)
class Polling:
    """Fetches updates and hands them over, each once."""

    #: Its repr holds the token.
    bot: telegram.Bot = field(repr=False)
    #: Takes an update; what it has taken is not fetched again.
    hand: Callable[[Update], Awaitable[None]]
    troubles: Troubles
    #: Waits so many seconds.
    sleep: Callable[[float], Awaitable[None]]
    hold: float = HOLD
    #: Seconds after which a held request that has no answer is a broken connection.
    grace: float = GRACE
    #: Waits until what was handed over outlives a kill, and begins with the work on it: then
    #: Telegram is told that it was heard.
    settle: Callable[[], Awaitable[None]] = at_once
    #: The first update that was not handed over, and what Telegram knows of it.
    _offset: int = field(default=0, init=False)
    _confirmed: int = field(default=0, init=False)

    async def run(self) -> None:
        """Hear until cancelled, whatever the network or Telegram does."""
        try:
            while True:
                try:
                    await self._round()
                except TelegramError as error:
                    await self._recover(error)
        finally:
            await self._confirm()

    async def _round(self) -> None:
        found = await self._fetch(self.hold)
        self.troubles.well()
        for raw in found:
            number, update = update_id(raw), read_update(raw, self.bot)
            if update is not None:
                await self.hand(update)
            if number is not None:
                self._offset = max(self._offset, number + 1)
        if found and self._offset == self._confirmed:
            # Nothing that came has a number: asking again at once would bring it again.
            await self.sleep(self.hold)
        elif found:
            await self.settle()
            await asyncio.sleep(_HEAD_START)

    async def _recover(self, error: TelegramError) -> None:
        seconds = await self.troubles.met(error)
        await self.sleep(seconds)
        if kind_of(error) is Kind.HOOKED:
            try:
                await self.bot.delete_webhook()
            except TelegramError as again:
                log.warning("The webhook could not be taken away: %s.", type(again).__name__)

    async def _fetch(self, hold: float) -> list[object]:
        offset = self._offset
        asked = {"offset": offset, "timeout": int(hold), "allowed_updates": list(KINDS)}
        found = await self.bot.do_api_request(
            _METHOD, api_kwargs=asked, read_timeout=hold + self.grace
        )
        self._confirmed = offset
        return found if isinstance(found, list) else []

    async def _confirm(self) -> None:
        """Tell Telegram what was handed over, so that the next start does not hear it again."""
        if self._offset == self._confirmed:
            return
        try:
            async with asyncio.timeout(_FAREWELL):
                await self.bot.do_api_request(
                    _METHOD, api_kwargs={"offset": self._offset, "timeout": 0, "limit": 1}
                )
        except (TelegramError, TimeoutError) as error:
            log.warning("What was heard last may be heard again: %s.", type(error).__name__)
