"""What keeps the bot from hearing: how long it waits then, and what the operator is told, once."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
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
from bot.app.patience import FIRST, LONG, RIVAL, Mends, Patience, as_asked
from bot.app.ports import Clock

log = logging.getLogger(__name__)


class Kind(Enum):
    """What is wrong, by who can mend it."""

    TOKEN = "token"  # noqa: S105 - a kind of trouble, no secret
    RIVAL = "rival"
    HOOKED = "hooked"
    FLOOD = "flood"
    NETWORK = "network"
    REFUSED = "refused"


class Hitch(Enum):
    """What keeps updates away while Telegram answers."""

    #: It cannot deliver them.
    UNDELIVERED = "undelivered"
    #: Another program has them sent to itself.
    REPLACED = "replaced"


_MENDS = {
    Kind.TOKEN: Mends.PERSON,
    Kind.REFUSED: Mends.PERSON,
    Kind.RIVAL: Mends.RIVAL,
    Kind.HOOKED: Mends.RIVAL,
    Kind.FLOOD: Mends.TIME,
    Kind.NETWORK: Mends.TIME,
}
#: The look that tells: one replacement happens where a new bot takes over from an old one.
_TELLS = {Hitch.UNDELIVERED: 1, Hitch.REPLACED: 2}


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
    _patience: Patience = field(init=False)
    _told: bool = field(init=False, default=False)
    #: How often each was met since all was well.
    _hitches: Counter[Hitch] = field(init=False, default_factory=Counter)

    def __post_init__(self) -> None:
        """Begin without any trouble."""
        self._patience = Patience(clock=self.clock, chance=self.chance)

    async def met(self, error: TelegramError) -> float:
        """Return after how many seconds to try again; tell the operator when it is time to."""
        kind = kind_of(error)
        since = self._patience.met(kind)
        if self._patience.times == 1:
            self._told = False
        log.warning("Telegram could not be heard: %s (%s).", kind.value, type(error).__name__)
        if not self._told and self._patience.is_time(_MENDS[kind]):
            self._told = True
            await self.tell.tell(_sentence(kind, since, error))
        return self._pause(kind, error)

    async def hampered(self, hitch: Hitch, sentence: str) -> None:
        """Note that Telegram answers, but has nothing heard; tell the operator when it is time to.

        It is told once until all is well, whatever comes between.
        """
        self._answered()
        self._hitches[hitch] += 1
        log.warning("Telegram could not be heard: %s.", hitch.value)
        if self._hitches[hitch] == _TELLS[hitch]:
            await self.tell.tell(sentence)

    def well(self) -> None:
        """Note that Telegram was heard."""
        if self._told or any(self._hitches[hitch] >= _TELLS[hitch] for hitch in Hitch):
            log.info("Telegram is heard again.")
        self._hitches.clear()
        self._answered()

    def _answered(self) -> None:
        self._told = False
        self._patience.over()

    def _pause(self, kind: Kind, error: TelegramError) -> float:
        if isinstance(error, RetryAfter):
            return as_asked(seconds_of(error))
        match kind:
            case Kind.TOKEN | Kind.REFUSED:
                return LONG
            case Kind.RIVAL:
                return RIVAL if self._patience.times > 1 else FIRST
            case _:
                return self._patience.backoff()


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
