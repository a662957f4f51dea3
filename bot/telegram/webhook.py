"""Hears by being called: what Telegram sends to the bot's own address."""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import telegram
from telegram import Update, WebhookInfo
from telegram.error import TelegramError

from bot.telegram.client import UnreachableError
from bot.telegram.hearing import KINDS
from bot.telegram.parsing import read_update
from bot.telegram.polling import at_once
from bot.telegram.troubles import Hitch, Troubles

#: Where the bot is called.
PATH = "/telegram/webhook"
#: The header that Telegram sends the secret in.
HEADER = "X-Telegram-Bot-Api-Secret-Token"
#: Seconds between two looks whether the webhook still stands, and before the first of them: who
#: has just set up a proxy still sits there.
LOOK = 300.0
SOON = 30.0

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
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
    #: When Telegram last failed to deliver, as of the last look.
    _failed: datetime | None = field(init=False, default=None)
    #: Whether it fails to since the last look or longer.
    _deaf: bool = field(init=False, default=False)

    async def run(self) -> None:
        """Keep the webhook set until cancelled, whatever the network or Telegram does.

        It is set anew at each start: Telegram tells nobody which secret it sends.
        """
        known = False
        while True:
            try:
                await self._look(known=known)
                pause = LOOK if known else SOON
                known = True
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
        replaced = standing.url != self.url
        self._deaf = known and not replaced and self._undelivered(standing)
        self._failed = standing.last_error_date
        if replaced or not known:
            if standing.url not in {"", self.url}:
                log.warning("Another webhook was set; it is replaced by TELEGRAM_WEBHOOK_URL.")
            await self.bot.set_webhook(
                self.url, secret_token=self.secret, allowed_updates=list(KINDS)
            )
        if self._deaf:
            await self.troubles.hampered(Hitch.UNDELIVERED, _undelivered(standing))
        elif known and replaced:
            await self.troubles.hampered(Hitch.REPLACED, _replaced(standing))
        else:
            self.troubles.well()

    def _undelivered(self, standing: WebhookInfo) -> bool:
        """Say whether what waits does so because Telegram cannot deliver it.

        Its last error stays known when it delivers again, so an old one tells nothing.
        """
        failed = standing.last_error_date
        if failed is None or not standing.pending_update_count:
            return False
        return self._deaf or self._failed is None or failed > self._failed


@dataclass(frozen=True, slots=True)
class Standing:
    """What Telegram says of the webhook."""

    #: Where updates are sent, whoever set that; empty where nowhere.
    url: str
    #: How many updates wait.
    waiting: int
    #: Why Telegram last failed to deliver, and when, in UTC; it stays known when that is over.
    error: str
    failed: datetime | None


async def standing_of(bot: telegram.Bot) -> Standing:
    """Ask Telegram where it sends updates and how that went. Raises ``UnreachableError``."""
    try:
        info = await bot.get_webhook_info()
    except TelegramError:
        # The vendor's text may hold the token.
        raise UnreachableError(bot.base_url.removesuffix(f"/bot{bot.token}")) from None
    return Standing(
        url=info.url,
        waiting=info.pending_update_count,
        error=info.last_error_message or "",
        failed=info.last_error_date,
    )


def waiting(updates: int) -> str:
    """Return how many updates wait, in words."""
    return f"{updates} update waits" if updates == 1 else f"{updates} updates wait"


def at_host(url: str) -> str:
    """Return the host of another's address, in brackets; its path may hold a token.

    Empty where there is none.
    """
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    return f" (at {host})" if host else ""


def _undelivered(standing: WebhookInfo) -> str:
    return (
        "Telegram cannot deliver what people type to TELEGRAM_WEBHOOK_URL "
        f"({standing.last_error_message}); {waiting(standing.pending_update_count)}, and who types "
        f"gets no answer. Its path must be {PATH}, and the proxy there must pass that, with its "
        "headers, to HTTP_HOST:HTTP_PORT. Digests are sent meanwhile."
    )


def _replaced(standing: WebhookInfo) -> str:
    own = f"setting a webhook of its own{at_host(standing.url)}"
    does = own if standing.url else "removing the webhook"
    return (
        f"Another program keeps {does} for the bot's Telegram token, so that each hears only "
        "some of what people type. Stop the other one, or revoke the token at @BotFather and give "
        "this bot the new one. This one sets TELEGRAM_WEBHOOK_URL again every five minutes. "
        "Digests are sent meanwhile."
    )
