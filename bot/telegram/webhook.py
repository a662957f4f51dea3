"""Hears by being called: what Telegram sends to the bot's own address."""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus

import telegram
from telegram import Update
from telegram.error import TelegramError

from bot.telegram.hearing import KINDS
from bot.telegram.parsing import read_update
from bot.telegram.polling import at_once
from bot.telegram.troubles import Troubles

#: The header that Telegram sends the secret in.
HEADER = "X-Telegram-Bot-Api-Secret-Token"
#: Seconds between two looks whether the webhook still stands.
LOOK = 300.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Takes updates that Telegram sends, and sees to it that it sends them."""

    #: Its repr holds the token.
    bot: telegram.Bot = field(repr=False)
    #: The address as Telegram reaches it, with https.
    url: str
    #: What proves that it is Telegram: 1 to 256 letters, digits, dashes and underscores.
    secret: str = field(repr=False)
    #: Takes an update; what is sent again, because the answer was late or lost, is known to it.
    hand: Callable[[Update], Awaitable[None]]
    troubles: Troubles
    #: Waits so many seconds.
    sleep: Callable[[float], Awaitable[None]]
    #: Waits until what was handed over outlives a kill, and begins with the work on it: then
    #: Telegram is told that it was heard.
    settle: Callable[[], Awaitable[None]] = at_once

    async def run(self) -> None:
        """Keep the webhook set until cancelled, whatever the network or Telegram does.

        It is set anew at each start: Telegram tells nobody which secret it sends.
        """
        known = False
        while True:
            try:
                await self._look(known=known)
                known = True
                self.troubles.well()
                pause = LOOK
            except TelegramError as error:
                pause = await self.troubles.met(error)
            await self.sleep(pause)

    async def take(self, body: bytes, secret: str) -> int:
        """Take what was posted with that secret; return the HTTP status of the answer.

        What is malformed is taken, too: Telegram would send it for ever.
        """
        given = secret.encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self.secret.encode()):
            return HTTPStatus.FORBIDDEN
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            log.warning("An update that was posted is no JSON.")
            return HTTPStatus.OK
        update = read_update(raw, self.bot)
        if update is not None:
            await self.hand(update)
            await self.settle()
        return HTTPStatus.OK

    async def _look(self, *, known: bool) -> None:
        standing = await self.bot.get_webhook_info()
        if standing.url != self.url or not known:
            if standing.url not in {"", self.url}:
                log.warning("Another webhook was set; it is replaced by TELEGRAM_WEBHOOK_URL.")
            await self.bot.set_webhook(
                self.url, secret_token=self.secret, allowed_updates=list(KINDS)
            )
        elif standing.last_error_message and standing.pending_update_count:
            log.warning(
                "Telegram cannot reach TELEGRAM_WEBHOOK_URL (%s); %s updates wait.",
                standing.last_error_message,
                standing.pending_update_count,
            )
