"""How what is typed behind the verbs of settings is read."""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches

from bot.core.quoting import unquoted
from bot.core.settings_commands import (
    MAX_TOPIC,
    Change,
    Follow,
    InLanguage,
    MissedList,
    Panel,
    Preview,
    Privacy,
    Resend,
    ScheduleOff,
    SetSchedule,
    SettingsCommand,
    ShowSchedule,
    ShowSettings,
    Silent,
    Stories,
    TopicsList,
    Undo,
    Unfollow,
    Unsettled,
)
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
# The microsecond of a change, as buttons have it.
_MARK = re.compile(r"[0-9]{1,17}")
#: The settings that are shown with their choices, and what else people call them.
_PANELS: Mapping[str, Panel] = {
    **{panel.value: panel for panel in Panel if panel is not Panel.ALL},
    "times": Panel.TIME,
    "day": Panel.DAYS,
    "zone": Panel.CITY,
    "timezone": Panel.CITY,
    "topic": Panel.TOPICS,
    "languages": Panel.LANGUAGE,
}
# How much like the name of a setting a slip of it is.
_LIKENESS = 0.8
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
    ("stories", "flat"): Change(Stories(flat=True)),
    **{("stories", word): Change(Stories(flat=False)) for word in ("thread", "threads")},
}
_UNSETTLED: Mapping[str, Unsettled] = {
    "length": Unsettled.NO_SUCH_LENGTH,
    "quiet": Unsettled.SKIP_OR_POST,
    "silent": Unsettled.ON_OR_OFF,
    "sound": Unsettled.ON_OR_OFF,
    "stories": Unsettled.THREAD_OR_FLAT,
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
    # "days" is a setting, and in "quiet days" it says nothing.
    alone = typed[0].casefold() if len(typed) == 1 else " ".join(words)
    if alone in _PANELS:
        return ShowSettings(_PANELS[alone])
    if words in _CHANGES:
        return _CHANGES[words]
    if words[0] == "undo" and _MARK.fullmatch(" ".join(words[1:])):
        return Undo(words[1])
    if words[0] == "language":
        named = [word for word in typed if word.casefold() not in _FILLERS]
        return Change(InLanguage(" ".join(named[1:])))
    if words[0] in _UNSETTLED:
        return _UNSETTLED[words[0]]
    # What is misspelt is shown, and changes nothing.
    near = get_close_matches(words[0], _PANELS, 1, _LIKENESS)
    return ShowSettings(_PANELS[near[0]]) if near else Unsettled.NO_SUCH_SETTING


def _follow(rest: str) -> Follow | Unsettled:
    topics = topics_of(rest)
    return topics if isinstance(topics, Unsettled) else Follow(topics)


def _unfollow(rest: str) -> Unfollow | Unsettled:
    topics = topics_of(rest)
    return topics if isinstance(topics, Unsettled) else Unfollow(topics)


def topics_of(rest: str) -> tuple[str, ...] | Unsettled:
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
