"""What the verbs of settings ask for."""

from dataclasses import dataclass
from enum import Enum

from bot.core.subscription import Length, QuietPolicy, Standing

#: A topic is a name or a few words, in characters.
MAX_TOPIC = 60
#: A chat follows so many topics at most.
MAX_TOPICS = 20


@dataclass(frozen=True, slots=True)
class ShowSchedule:
    """Asks when the chat gets its digest."""


@dataclass(frozen=True, slots=True)
class SetSchedule:
    """Asks for a digest at the times that the words say."""

    typed: str
    #: Whether they join what is set, instead of replacing it.
    add: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """Asks for the digest as it would be now, for the asker alone."""


@dataclass(frozen=True, slots=True)
class ScheduleOff:
    """Asks that no digest comes by itself."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Asks that the last change is taken back."""

    #: What stands for the one change that is meant, if it is the last; empty for any.
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Resend:
    """Asks for the last digest once more."""


@dataclass(frozen=True, slots=True)
class Follow:
    """Asks that the digest covers these topics too."""

    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unfollow:
    """Asks that the digest covers these topics no more."""

    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicsList:
    """Asks what the digest covers."""


class Panel(Enum):
    """Which settings are shown: all of them, or the choices of one; as typed."""

    ALL = ""
    TIME = "time"
    DAYS = "days"
    CITY = "city"
    TOPICS = "topics"
    LENGTH = "length"
    LANGUAGE = "language"
    STORIES = "stories"


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """Asks for the settings of the chat, or for the choices of one."""

    panel: Panel = Panel.ALL


@dataclass(frozen=True, slots=True)
class Silent:
    """Posts without a sound, or with one."""

    on: bool


@dataclass(frozen=True, slots=True)
class Stories:
    """The stories of digests in the chat itself, or in a thread below the headlines."""

    flat: bool


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A language by its name or code, as typed."""

    name: str


#: What a setting may be changed to.
Setting = Length | QuietPolicy | Standing | Silent | Stories | InLanguage


@dataclass(frozen=True, slots=True)
class Change:
    """Asks that a setting of the chat is another one."""

    to: Setting


@dataclass(frozen=True, slots=True)
class MissedList:
    """Asks which digests came late or not at all."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """Asks what is kept about people."""


SettingsCommand = (
    ShowSchedule
    | SetSchedule
    | Preview
    | ScheduleOff
    | Undo
    | Resend
    | Follow
    | Unfollow
    | TopicsList
    | ShowSettings
    | Change
    | MissedList
    | Privacy
)

#: What only an admin of a chat may ask for.
ADMINS_ONLY = SetSchedule | ScheduleOff | Undo | Resend | Follow | Unfollow | Change


class Unsettled(Enum):
    """Why what was typed changes no setting."""

    NO_TOPIC = "no topic"
    TOPIC_TOO_LONG = "topic too long"
    NO_SUCH_SETTING = "no such setting"
    NO_SUCH_LENGTH = "no such length"
    SKIP_OR_POST = "skip or post"
    ON_OR_OFF = "on or off"
    THREAD_OR_FLAT = "thread or flat"
