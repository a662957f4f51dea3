"""What is posted, and what became of it: the values of delivery."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.core.subscription import Destination, Slot

#: A digest this late says so; a queue under that is not late.
LATE_FROM = timedelta(minutes=15)


class State(Enum):
    """What became of a slot, or of a page that was posted without one."""

    #: Its slot has come; nothing is written yet.
    DUE = "due"
    #: Its parts are written, and on their way.
    SENDING = "sending"
    POSTED = "posted"
    #: There was no news, and the chat wants no post then.
    QUIET = "quiet"
    #: It was older than its grace when the bot could have sent it.
    MISSED = "missed"
    #: A later slot's digest covered it, for both were overdue at once.
    COVERED = "covered"
    #: The platform would not take it.
    REFUSED = "refused"
    #: The operator cancelled it, or the chat's subscription was stopped, paused or taken away.
    CANCELLED = "cancelled"
    #: A restored backup does not know whether it was sent, so it is not sent again.
    UNKNOWN = "unknown"


#: What is still to be done.
OPEN = frozenset({State.DUE, State.SENDING})


class Kind(Enum):
    """Why something is posted."""

    DIGEST = "digest"
    #: The last digest again, because somebody asked for it.
    AGAIN = "again"
    #: A message of the bot itself, to the operator or an owner.
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The parts of one post to one destination: a digest's slot, or a message without a slot."""

    id: int
    kind: Kind
    destination: Destination
    #: The number of the subscription it belongs to, if any.
    subscription: int | None
    #: None for what is posted at once.
    slot: Slot | None
    #: When it should go out: its slot's moment, or when it was asked for.
    due: datetime
    state: State
    #: Why it is missed, refused, cancelled or late, in a sentence; empty when all went well.
    why: str = ""
    #: The overdue slots that it covers besides its own.
    covers: int = 0
    #: When it was posted or given up; None while it is open.
    ended: datetime | None = None
    #: The number of parts; 0 until they are written.
    parts: int = 0
    silent: bool = False


#: What a channel sends as one message: JSON that only its room reads.
Payload = dict[str, object]


@dataclass(frozen=True, slots=True)
class Tried:
    """When a part may have been sent before, by the bot's own clock."""

    #: No attempt was made before this moment.
    since: datetime
    #: When the last attempt was begun, or when nobody could say what became of it.
    last: datetime


class Elsewhere(Enum):
    """Where a post goes whose place within a chat is gone, as a topic that was deleted."""

    #: Nowhere else: it was meant for that place alone.
    NEVER = "never"
    #: To the chat itself, without a word: an answer, or what the operator is told.
    ONCE = "once"
    #: To the chat itself from now on, which is told so: the digest that comes by itself.
    ALWAYS = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One message of a series, ready for its channel."""

    series: int
    #: Its place in the series, from 0.
    part: int
    destination: Destination
    payload: Payload
    #: The platform's reference of the part it goes under, or None.
    under: str | None = None
    #: The platform's reference of the message that it answers, or None.
    answers: str | None = None
    silent: bool = False
    elsewhere: Elsewhere = Elsewhere.ONCE
    #: None for what surely was not sent before.
    tried: Tried | None = None


class Scope(Enum):
    """How far a refusal, or a wait that the platform asks for, reaches."""

    #: This message only: it is our bug.
    PART = "part"
    #: This chat.
    DESTINATION = "destination"
    #: All that the token may reach.
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Delivered:
    """The message is there."""

    #: What the platform calls it.
    reference: str


@dataclass(frozen=True, slots=True)
class Deferred:
    """Not now; the same message may be sent after so many seconds."""

    seconds: float
    scope: Scope = Scope.DESTINATION
    why: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat, or this answer alone, has another address; the message was not sent."""

    destination: Destination


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform will not take it, however often it is sent."""

    #: A sentence for who can mend it.
    why: str
    scope: Scope
    #: Whether that is whoever keeps the chat, too, so that they may read it.
    mendable: bool = False


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nobody knows whether the message is there: the connection broke after it was sent."""

    why: str


Outcome = Delivered | Deferred | Moved | Refused | Unsure


class Fate(Enum):
    """What became of one part."""

    WAITING = "waiting"
    #: Somebody began to send it; found so after a crash, it was interrupted.
    SENDING = "sending"
    DELIVERED = "delivered"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What is known of one part."""

    series: int
    part: int
    fate: Fate
    #: How often it was begun to be sent.
    attempts: int = 0
    #: How often it may have arrived without our knowing: interrupted sends.
    interrupted: int = 0
    reference: str | None = None
    why: str = ""
    changed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Something to be done, for a queue to keep."""

    #: What does it: the name of a handler.
    kind: str
    #: What the handler is given.
    args: tuple[str, ...] = ()
    #: Works of one line are done one at a time and in order; one that is put off holds its line.
    line: str
    #: A work whose key already waits is not put twice.
    key: str
    #: Not before this moment, in UTC; at once when None.
    not_before: datetime | None = None
    #: Higher first.
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """A limit of messages: one each so many seconds, after a burst of so many at once."""

    #: What is limited: "telegram", "telegram:-100123".
    name: str
    #: Seconds that one message costs; above 0.
    interval: float
    #: How many may go at once after a rest; at least 1.
    burst: int = 1
