"""Telegram as a whole: hears and answers until it is stopped."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from telegram.error import TelegramError

from bot.app.lines import open_lines
from bot.app.outbox import Tell
from bot.app.ports import Clock
from bot.app.undone import HeardBefore
from bot.core.errors import StoreError
from bot.telegram.intake import Intake
from bot.telegram.listen import Ear
from bot.telegram.polling import HOLD, Polling
from bot.telegram.troubles import Troubles
from bot.telegram.webhook import Webhook

#: Seconds between two looks for chats to leave.
_LEAVE = 3600.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram calls the bot, and what proves that it is Telegram."""

    url: str
    secret: str = field(repr=False)


@dataclass(slots=True, kw_only=True)
class Telegram:
    """Hears and answers. ``run`` goes on whatever the network or Telegram does."""

    ear: Ear
    heard: HeardBefore
    tell: Tell
    clock: Clock
    #: Returns a number from 0 to 1, each time another.
    chance: Callable[[], float]
    #: Waits so many seconds.
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    #: Called by Telegram, if given; else the bot asks for updates.
    hook: Hook | None = None
    #: Seconds that Telegram holds a request without news.
    hold: float = HOLD
    #: Called once the bot knows its own name and hears.
    ready: Callable[[str], None] = lambda name: log.info("Telegram: I am @%s.", name)
    _webhook: Webhook | None = field(default=None, init=False)

    async def run(self) -> None:
        """Hear and answer until cancelled; then what is in hand is finished, in some seconds."""
        troubles = Troubles(tell=self.tell, clock=self.clock, chance=self.chance)
        await self._introduce(troubles)
        await self.heard.load()
        self.ready(self.ear.bot.username)
        async with (
            open_lines(self.ear.work, hands=self.ear.hands) as lines,
            asyncio.TaskGroup() as group,
        ):
            group.create_task(self._leave(), name="telegram leaves")
            intake = Intake(
                self.ear.bot.bot,
                self.heard,
                lambda said, steps: self.ear.hand(said, lines, steps),
                hands=self.ear.hands,
            )
            await intake.resume()
            group.create_task(self._hear(intake, troubles), name="telegram hears")

    async def take(self, body: bytes, secret: str) -> int:
        """Take what was posted to the webhook; return the HTTP status of the answer."""
        if self._webhook is None:
            return HTTPStatus.SERVICE_UNAVAILABLE
        return await self._webhook.take(body, secret)

    async def _introduce(self, troubles: Troubles) -> None:
        while True:
            try:
                await self.ear.bot.initialize()
            except TelegramError as error:
                await self.sleep(await troubles.met(error))
            else:
                troubles.well()
                return

    async def _hear(self, intake: Intake, troubles: Troubles) -> None:
        bot = self.ear.bot
        if self.hook is None:
            polling = Polling(
                bot=bot,
                hand=intake.take,
                settle=intake.settle,
                troubles=troubles,
                sleep=self.sleep,
                hold=self.hold,
            )
            await polling.run()
            return
        self._webhook = Webhook(
            bot=bot,
            url=self.hook.url,
            secret=self.hook.secret,
            hand=intake.take,
            settle=intake.settle,
            troubles=troubles,
            sleep=self.sleep,
        )
        try:
            await self._webhook.run()
        finally:
            self._webhook = None

    async def _leave(self) -> None:
        while True:
            try:
                await self.ear.leave()
            except StoreError as error:
                log.error("No chat was left. %s", error)  # noqa: TRY400 - the sentence says all
            await self.sleep(_LEAVE)
