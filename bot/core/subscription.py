"""What a chat has asked for: which digest it gets, and when."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum

from bot.core.wording import later

#: A slot older than this is recorded as missed, not sent, where a subscription says nothing else.
GRACE = timedelta(hours=6)

#: Why a subscription is stopped that only the operator can let go on.
NOT_LISTED = later("The operator of this bot no longer lists this chat.")

#: Every day of the week, Monday first.
EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True, order=True)
class Destination:
    """A place that pages go to: a channel's name, and an address that only the channel reads."""

    #: The room that brings pages there: "terminal", "file", "telegram", "slack".
    channel: str
    #: A chat's number, a file's name; a topic or thread is part of it. Empty for the terminal.
    address: str = ""

    def __str__(self) -> str:
        """Return it as the operator types it: "file:digests/team.txt", "terminal"."""
        return f"{self.channel}:{self.address}" if self.address else self.channel


def destination_of(text: str) -> Destination:
    """Return the destination that a text names, the way ``str`` writes it."""
    channel, _, address = text.strip().partition(":")
    return Destination(channel, address)


@dataclass(frozen=True, slots=True, order=True)
class Timing:
    """A time of day, on some days of the week."""

    at: time
    #: 0 is Monday. Sorted, without repetition, never empty.
    days: tuple[int, ...] = tuple(sorted(EVERY_DAY))


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a chat gets its digest."""

    #: By time; no two have both the time and a day in common.
    timings: tuple[Timing, ...]
    #: The name of an IANA time zone.
    zone: str


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One moment of a schedule: unique by its local date and time, whatever the clocks do."""

    #: The moment itself, in UTC.
    moment: datetime
    day: date
    at: time


class Length(Enum):
    """How long a chat's digest is."""

    SHORT = "short"
    STANDARD = "standard"
    LONG = "long"


class QuietPolicy(Enum):
    """What to do on a day without news."""

    POST = "post"
    SKIP = "skip"


class Standing(Enum):
    """Whether a subscription is served."""

    ACTIVE = "active"
    #: An admin of the chat paused it.
    PAUSED = "paused"
    #: The platform refuses the chat; the reason says why.
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What a chat has asked for. A chat has one; without a schedule nothing is posted by itself."""

    destination: Destination
    schedule: Schedule | None = None
    #: What its digests are narrowed to; everything when empty.
    topics: tuple[str, ...] = ()
    length: Length = Length.STANDARD
    #: The language of the bot's own words there.
    language: str = "en"
    #: Whether its posts make no sound.
    silent: bool = False
    quiet: QuietPolicy = QuietPolicy.POST
    #: Whether the stories of its digests stand in the chat itself, not in a thread below.
    flat: bool = False
    standing: Standing = Standing.ACTIVE
    #: Why it is stopped, in a sentence; empty otherwise.
    reason: str = ""
    grace: timedelta = GRACE
    #: The platform's id of who set it; empty for the configuration and the operator.
    owner: str = ""
    #: Whether the configuration declares it.
    declared: bool = False
    #: Its next slot; None while nothing is to come.
    next: Slot | None = None
    #: Of what stood before the last change: whether that change was an undo.
    undone: bool = False
    #: When it was changed to this; None where that is not known.
    changed: datetime | None = field(default=None, compare=False)
    #: The store's number of it; 0 before it is stored.
    id: int = 0
