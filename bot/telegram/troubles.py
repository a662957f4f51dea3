"""What keeps the bot from hearing: how long it waits then, and what the operator is told, once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from telegram.error import (
    BadRequest,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.app.outbox import Tell
from bot.app.ports import Clock

#: An outage is told after so much time: shorter ones mend themselves.
PATIENCE = timedelta(minutes=1)
#: Seconds between two tries where only a person can mend it.
LONG = 300.0
#: Seconds before the first try again after a lost connection, and the most there are between two.
FIRST, LAST = 1.0, 60.0
#: Where another program fetches, so many seconds go by between two tries.
_RIVAL = 30.0

log = logging.getLogger(__name__)


class Kind(Enum):
    """What is wrong, by who can mend it."""

    TOKEN = "token"  # noqa: S105 - a kind of trouble, no secret
    RIVAL = "rival"
    HOOKED = "hooked"
    FLOOD = "flood"
    NETWORK = "network"
    REFUSED = "refused"


def kind_of(error: TelegramError) -> Kind:
    """Return what is wrong; a wrong token and an unknown address are answered alike."""
    match error:
        case InvalidToken() | EndPointNotFound():
            return Kind.TOKEN
        case Conflict():
            return Kind.HOOKED if "webhook" in error.message.casefold() else Kind.RIVAL
        case RetryAfter():
            return Kind.FLOOD
        # BadRequest is a NetworkError to the library; it is none.
        case BadRequest() | Forbidden():
            return Kind.REFUSED
        case NetworkError():
            return Kind.NETWORK
        case _:
            return Kind.REFUSED


def seconds_of(error: RetryAfter) -> float:
    """Return how long the platform asks to wait, in seconds, in either form the library has."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


@dataclass(slots=True, kw_only=True)
class Troubles:
    """Remembers the trouble that lasts, so that it is told once."""

    tell: Tell
    clock: Clock
    #: Returns a number from 0 to 1, each time another.
    chance: Callable[[], float]
    _kind: Kind | None = None
    _since: datetime | None = None
    _times: int = 0
    _told: bool = False
    #: Whether it ever went well.
    _ever: bool = False

    async def met(self, error: TelegramError) -> float:
        """Return after how many seconds to try again; tell the operator when it is time to."""
        kind, now = kind_of(error), self.clock.now()
        if kind is not self._kind or self._since is None:
            self._kind, self._since, self._times, self._told = kind, now, 0, False
        self._times += 1
        log.warning("Telegram could not be heard: %s (%s).", kind.value, type(error).__name__)
        if not self._told and self._is_time(kind, now - self._since):
            self._told = True
            await self.tell.tell(_sentence(kind, self._since, error))
        return self._pause(kind, error)

    def well(self) -> None:
        """Note that Telegram was heard."""
        if self._told:
            log.info("Telegram is heard again.")
        self._kind, self._times, self._told, self._ever = None, 0, False, True

    def _is_time(self, kind: Kind, lasted: timedelta) -> bool:
        match kind:
            case Kind.TOKEN | Kind.REFUSED:
                return True
            case Kind.RIVAL | Kind.HOOKED:
                # Once happens where a new bot takes over from an old one.
                return self._times > 1
            case Kind.FLOOD | Kind.NETWORK:
                return not self._ever or abs(lasted) >= PATIENCE

    def _pause(self, kind: Kind, error: TelegramError) -> float:
        if isinstance(error, RetryAfter):
            return max(FIRST, seconds_of(error))
        match kind:
            case Kind.TOKEN | Kind.REFUSED:
                return LONG
            case Kind.RIVAL:
                return _RIVAL if self._times > 1 else FIRST
            case _:
                # Half of it is chance, so that many bots do not come back at once.
                longest = min(LAST, FIRST * 2.0 ** min(self._times - 1, 10))
                return longest * (0.5 + 0.5 * self.chance())


def _sentence(kind: Kind, since: datetime, error: TelegramError) -> str:
    match kind:
        case Kind.TOKEN:
            return (
                "Telegram does not know the bot's token (any more), so the bot hears and sends "
                "nothing there. Take the token from @BotFather, put it in TELEGRAM_BOT_TOKEN, and "
                "start the bot again. It tries again every five minutes."
            )
        case Kind.RIVAL:
            return (
                "Another program fetches with the bot's Telegram token, so that each hears only "
                "some of what people type. Stop the other one, or revoke the token at @BotFather "
                "and give this bot the new one. Digests are sent meanwhile."
            )
        case Kind.HOOKED:
            return (
                "A webhook is set for the bot's Telegram token by another program, so this one "
                "hears nothing. Stop the other one, or set TELEGRAM_WEBHOOK_URL here. "
                "Digests are sent meanwhile."
            )
        case Kind.FLOOD:
            return (
                "Telegram asks the bot to wait, for it was asked too often; it waits and goes on "
                "by itself."
            )
        case Kind.NETWORK:
            return (
                f"Telegram gives no answer since {since:%d %B, %H:%M} UTC. Look whether this "
                "machine reaches api.telegram.org, or what TELEGRAM_API_URL names. The bot tries "
                "again by itself, and late digests say that they are late."
            )
        case Kind.REFUSED:
            return (
                f"Telegram does not let the bot fetch what people type: {error.message}. It tries "
                "again every five minutes; if it stays so, this is a fault of the bot to report."
            )
