"""What the verbs of settings ask for, and how what is typed behind them is read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from bot.core.quoting import unquoted
from bot.core.settings_verbs import (
    FOLLOW,
    MISSED,
    PRIVACY,
    RESEND,
    SCHEDULE,
    SETTINGS,
    TOPICS,
    UNFOLLOW,
)
from bot.core.subscription import Length, QuietPolicy, Standing
from bot.core.verb import Verb

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


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """Asks for the settings of the chat."""


@dataclass(frozen=True, slots=True)
class Silent:
    """Posts without a sound, or with one."""

    on: bool


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A language by its name or code, as typed."""

    name: str


#: What a setting may be changed to.
Setting = Length | QuietPolicy | Standing | Silent | InLanguage


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


class Unsettled(Enum):
    """Why what was typed changes no setting."""

    NO_TOPIC = "no topic"
    TOPIC_TOO_LONG = "topic too long"
    NO_SUCH_SETTING = "no such setting"
    NO_SUCH_LENGTH = "no such length"
    NO_LANGUAGE = "no language"
    SKIP_OR_POST = "skip or post"
    ON_OR_OFF = "on or off"


_SCHEDULES: Mapping[str, ShowSchedule | Preview | ScheduleOff | Undo] = {
    "": ShowSchedule(),
    "test": Preview(),
    "undo": Undo(),
    "off": ScheduleOff(),
    "none": ScheduleOff(),
    "never": ScheduleOff(),
}
_ADD = re.compile(r"^add(?:\s+|$)", re.IGNORECASE)
_BETWEEN_TOPICS = re.compile(r"[,;，、；]")
_BETWEEN_WORDS = re.compile(r"[\s=:]+")
_FILLERS = frozenset({"set", "to", "days", "day", "is"})

_CHANGES: Mapping[tuple[str, ...], ShowSettings | Undo | Change] = {
    (): ShowSettings(),
    ("undo",): Undo(),
    ("pause",): Change(Standing.PAUSED),
    ("resume",): Change(Standing.ACTIVE),
    **{("length", length.value): Change(length) for length in Length},
    **{(length.value,): Change(length) for length in Length},
    **{("quiet", policy.value): Change(policy) for policy in QuietPolicy},
    ("silent",): Change(Silent(on=True)),
    ("silent", "on"): Change(Silent(on=True)),
    ("silent", "off"): Change(Silent(on=False)),
    ("sound", "on"): Change(Silent(on=False)),
    ("sound", "off"): Change(Silent(on=True)),
}
_UNSETTLED: Mapping[str, Unsettled] = {
    "length": Unsettled.NO_SUCH_LENGTH,
    "quiet": Unsettled.SKIP_OR_POST,
    "silent": Unsettled.ON_OR_OFF,
    "sound": Unsettled.ON_OR_OFF,
}


def _schedule(rest: str) -> SettingsCommand:
    """Return what is asked for behind ``/schedule``; times are read where zones are known."""
    bare = rest.casefold()
    if bare in _SCHEDULES:
        return _SCHEDULES[bare]
    typed = _ADD.sub("", rest, count=1)
    return SetSchedule(typed, add=typed != rest)


def _settings(rest: str) -> SettingsCommand | Unsettled:
    typed = [word for word in _BETWEEN_WORDS.split(rest) if word]
    words = tuple(bare for word in typed if (bare := word.casefold()) not in _FILLERS)
    if words in _CHANGES:
        return _CHANGES[words]
    if words[0] == "language":
        name = " ".join(words[1:])
        return Change(InLanguage(name)) if name else Unsettled.NO_LANGUAGE
    return _UNSETTLED.get(words[0], Unsettled.NO_SUCH_SETTING)


def _follow(rest: str) -> Follow | Unsettled:
    topics = _topics(rest)
    return topics if isinstance(topics, Unsettled) else Follow(topics)


def _unfollow(rest: str) -> Unfollow | Unsettled:
    topics = _topics(rest)
    return topics if isinstance(topics, Unsettled) else Unfollow(topics)


def _topics(rest: str) -> tuple[str, ...] | Unsettled:
    """Return the topics that commas part, each once; or why they are none."""
    typed = (unquoted(topic) for topic in _BETWEEN_TOPICS.split(rest))
    found: dict[str, str] = {}
    for topic in typed:
        if any(map(str.isalnum, topic)):
            found.setdefault(topic.casefold(), topic)
    if any(len(topic) > MAX_TOPIC for topic in found.values()):
        return Unsettled.TOPIC_TOO_LONG
    return tuple(found.values()) or Unsettled.NO_TOPIC


#: What reads the rest behind each verb that something may follow.
READERS: Mapping[Verb, Callable[[str], SettingsCommand | Unsettled]] = {
    SCHEDULE: _schedule,
    SETTINGS: _settings,
    FOLLOW: _follow,
    UNFOLLOW: _unfollow,
}
#: What the verbs ask for that nothing follows.
ALONE: Mapping[Verb, SettingsCommand] = {
    TOPICS: TopicsList(),
    MISSED: MissedList(),
    RESEND: Resend(),
    PRIVACY: Privacy(),
}
