"""What keeps the bot from hearing: how long it waits then, and what the operator is told, once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from bot.app.outbox import Tell
from bot.app.patience import LONG, RIVAL, Mends, Patience, as_asked
from bot.app.ports import Clock
from bot.slack.reasons import APPS

#: Seconds that a connection lasts before the trouble before it is over.
STEADY = 60.0
log = logging.getLogger(__name__)


class Kind(Enum):
    """What is wrong, by who can mend it."""

    TOKEN = "token"  # noqa: S105 - a kind of trouble, no secret
    SECRET = "signed with another secret"  # noqa: S105 - the same
    SWITCHED_OFF = "Socket Mode is off"
    CROWD = "too many connections"
    FLOOD = "flood"
    NETWORK = "network"
    REFUSED = "refused"


_MENDS = {
    Kind.TOKEN: Mends.PERSON,
    Kind.SECRET: Mends.PERSON,
    Kind.SWITCHED_OFF: Mends.PERSON,
    Kind.REFUSED: Mends.PERSON,
    Kind.CROWD: Mends.RIVAL,
    Kind.FLOOD: Mends.TIME,
    Kind.NETWORK: Mends.TIME,
}


class TroubleError(Exception):
    """The bot cannot hear at present."""

    def __init__(self, kind: Kind, detail: str = "", *, wait: float = 0.0) -> None:
        """Say what is wrong; ``wait`` is how many seconds Slack asks for.

        ``detail`` is a sentence for the operator where it is the token, else Slack's own word.
        """
        super().__init__(f"{kind.value}: {detail}" if detail else kind.value)
        self.kind = kind
        self.detail = detail
        self.wait = wait


@dataclass(slots=True, kw_only=True)
class Troubles:
    """Remembers the trouble that lasts, so that it is told once, and its end once."""

    tell: Tell
    clock: Clock
    #: Returns a number from 0 to 1, each time another.
    chance: Callable[[], float]
    _patience: Patience = field(init=False)
    #: What was told, and its end was not.
    _told: set[tuple[Kind, str]] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        """Begin without any trouble."""
        self._patience = Patience(clock=self.clock, chance=self.chance)

    async def met(self, error: TroubleError) -> float:
        """Return after how many seconds to try again; tell the operator when it is time to."""
        since = self._patience.met(error.kind)
        told = (error.kind, error.detail if error.kind is Kind.TOKEN else "")
        if told not in self._told and self._patience.is_time(_MENDS[error.kind]):
            self._told.add(told)
            await self.tell.tell(_sentence(error, since))
        elif error.kind is Kind.TOKEN:
            log.warning("Slack could not be heard. %s", error.detail)
        else:
            log.warning("Slack could not be heard: %s.", error)
        return self._pause(error)

    def greeted(self) -> None:
        """Note that Slack lets the bot listen; whether that lasts is not known yet."""
        self._patience.heard()

    async def well(self) -> None:
        """Note that the trouble is over; tell the operator if they were told of it."""
        owed, self._told = bool(self._told), set()
        self._patience.over()
        if owed:
            log.info("Slack is heard again.")
            await self.tell.tell("Slack is heard again: the bot answers there as before.")

    def _pause(self, error: TroubleError) -> float:
        match error.kind:
            case Kind.TOKEN | Kind.SECRET | Kind.SWITCHED_OFF | Kind.REFUSED:
                return LONG
            case Kind.CROWD:
                return RIVAL
            case Kind.FLOOD:
                return as_asked(error.wait)
            case Kind.NETWORK:
                return self._patience.backoff()


def _sentence(error: TroubleError, since: datetime) -> str:
    match error.kind:
        case Kind.TOKEN:
            return f"The bot hears nothing on Slack. {error.detail} It tries again every 5 minutes."
        case Kind.NETWORK:
            return (
                f"Slack gives no answer since {since:%d %B, %H:%M} UTC. Look whether this machine "
                "reaches slack.com and wss-primary.slack.com, or what SLACK_API_URL names. The "
                "bot tries again by itself, and late digests say that they are late."
            )
        case Kind.REFUSED:
            return (
                f"Slack does not let the bot hear what people type: {error.detail}. It tries again "
                "every 5 minutes; if it stays so, this is a fault of the bot to report."
            )
        case Kind.SECRET | Kind.SWITCHED_OFF | Kind.CROWD | Kind.FLOOD:
            return _SENTENCES[error.kind]


_SENTENCES = {
    Kind.SECRET: (
        "What is posted to the bot as from Slack is signed with another secret, so the bot hears "
        f"nothing there. Set SLACK_SIGNING_SECRET to the one that {APPS} shows under “Basic "
        "Information”, “App Credentials”, and start the bot again. If the bot answers on Slack, "
        "somebody else is knocking, and nothing is to be done."
    ),
    Kind.SWITCHED_OFF: (
        "Socket Mode is switched off for the Slack app, so the bot hears nothing there. "
        f"Switch it on at {APPS}, under “Socket Mode”; or, if Slack is to call the bot, "
        "take SLACK_APP_TOKEN away and set SLACK_SIGNING_SECRET. It tries again every 5 "
        "minutes, and digests are sent meanwhile."
    ),
    Kind.CROWD: (
        "Slack gives the app no further connection: ten are open. Other programs, or old "
        "copies of this bot, hear with the same SLACK_APP_TOKEN: stop them, or give this "
        "bot an app of its own. It tries again by itself."
    ),
    Kind.FLOOD: (
        "Slack asks the bot to wait before it listens again; it waits and goes on by itself."
    ),
}
