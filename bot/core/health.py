"""How a source fares: what could not be read and why, and whether its silence is its rhythm."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.core.values import Published


class Reason(Enum):
    """Why a file, a page, or a whole source, could not be read."""

    ABSENT = "absent"
    UNREADABLE = "unreadable"
    NOT_A_FOLDER = "not a folder"
    NOT_A_FILE = "not a file"
    EMPTY = "empty"
    BINARY = "binary"
    TOO_LARGE = "too large"
    UNKNOWN_KIND = "unknown kind"
    BAD_ENCODING = "bad encoding"
    NO_TEXT = "no text"
    BAD_FRONT_MATTER = "bad front matter"
    BAD_DATE = "bad date"
    FUTURE_DATE = "future date"
    NOT_STORED = "not stored"
    # What only an address on the net has.
    FORBIDDEN_ADDRESS = "forbidden address"
    NO_SUCH_HOST = "no such host"
    NO_CONNECTION = "no connection"
    NO_ANSWER = "no answer"
    BAD_CERTIFICATE = "bad certificate"
    BAD_ANSWER = "bad answer"
    HTTP_ERROR = "http error"
    TOO_MANY_REQUESTS = "too many requests"
    REDIRECTED_TOO_OFTEN = "redirected too often"
    GONE = "gone"
    ROBOTS = "robots"
    NOT_A_FEED = "not a feed"
    LOGIN_PAGE = "login page"
    BROKEN_FEED = "broken feed"
    ENTITIES = "entities"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A thing that could not be read, by name and reason; everything else went on."""

    name: str
    reason: Reason
    #: What the reason leaves open, said in the machine's own words: "Permission denied", "52 MB".
    detail: str = ""
    #: What is for who runs the bot alone: a path on its machine, or what its settings could do.
    hint: str = ""

    @property
    def particulars(self) -> str:
        """Return the detail with the hint."""
        return "; ".join(part for part in (self.detail, self.hint) if part)


class Standing(Enum):
    """How a source stands, the worst last."""

    OK = "ok"
    #: It brought nothing since the last look but one, which is within its rhythm.
    QUIET = "quiet"
    #: It answers, and is silent far beyond its rhythm, or has only old items.
    STALE = "stale"
    #: It could not be read.
    FAILING = "failing"
    #: Its publisher has ended it, so that it is asked no more.
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a source fared when it was last read, and since when it has been as it is."""

    source: str
    #: What stopped the whole source, or None when it could be read.
    failing: Fault | None
    checked: datetime
    articles: int = 0
    newest: Published | None = None
    faults: tuple[Fault, ...] = ()
    #: Since when it is failing, stale or retired, as far as anybody looked; None while it is well.
    since: datetime | None = None
    #: What is known of a source that could be read: a folder is never quiet or stale.
    rhythm: Standing = Standing.OK
    #: How many reads have failed one after another.
    tries: int = 0
    #: How many items it brings a day, once that is known.
    daily: float | None = None
    #: When it last brought something new.
    brought: datetime | None = None
    #: When it is read next; None for one that is watched, or asked no more.
    next: datetime | None = None

    @property
    def is_watched(self) -> bool:
        """Say whether it is read when it changes, as a folder is, and not again and again."""
        known = (self.next, self.daily, self.brought)
        return self.rhythm is Standing.OK and all(one is None for one in known)

    @property
    def standing(self) -> Standing:
        """Return how it stands: failing goes before what is known of its rhythm."""
        if self.failing is None:
            return self.rhythm
        return Standing.RETIRED if self.rhythm is Standing.RETIRED else Standing.FAILING
