"""The words in which people say when: one set a language, English first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import Enum

_WEEKDAYS = (0, 1, 2, 3, 4)
_WEEKEND = (5, 6)
_ALL = (*_WEEKDAYS, *_WEEKEND)


class Half(Enum):
    """Which hours of the 24 a word makes of the 12 on a dial."""

    MORNING = "before noon"
    AFTERNOON = "from noon on"
    #: The evening's hours and the small ones.
    NIGHT = "night"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A language's words for days and times, in small letters."""

    #: The days that a word names, 0 for Monday.
    days: Mapping[str, tuple[int, ...]]
    #: The times of day that a word names.
    times: Mapping[str, time]
    halves: Mapping[str, Half]
    #: Words of several words, and the word of this set that means the same.
    phrases: Mapping[tuple[str, ...], str]
    #: What stands between the first and the last day of several.
    ranges: frozenset[str]
    #: What takes the days that follow away.
    exceptions: frozenset[str]
    #: What makes an interval of a number.
    each: frozenset[str]
    #: What may stand between a time and the half of the day it is in.
    links: frozenset[str]
    #: What no schedule can say, and no place is called.
    unsayable: frozenset[str]
    #: What says nothing of its own.
    fillers: frozenset[str]


ENGLISH = Terms(
    days={
        name: (day,)
        for day, names in enumerate(
            (
                "monday mondays mon mo",
                "tuesday tuesdays tues tue tu",
                "wednesday wednesdays weds wed",
                "thursday thursdays thurs thur thu th",
                "friday fridays fri fr",
                "saturday saturdays sat sa",
                "sunday sundays sun su",
            )
        )
        for name in names.split()
    }
    | dict.fromkeys(("weekdays", "weekday", "workdays", "workday"), _WEEKDAYS)
    | dict.fromkeys(("weekends", "weekend"), _WEEKEND)
    | dict.fromkeys(("daily", "everyday"), _ALL),
    times={"noon": time(12), "midday": time(12), "midnight": time(0)},
    halves={
        **dict.fromkeys(("am", "a.m", "morning", "mornings"), Half.MORNING),
        **dict.fromkeys(("pm", "p.m", "afternoon", "afternoons"), Half.AFTERNOON),
        **dict.fromkeys(("evening", "evenings"), Half.AFTERNOON),
        **dict.fromkeys(("night", "nights"), Half.NIGHT),
    },
    phrases={
        ("a", "day"): "daily",
        ("all", "days"): "daily",
        ("all", "week"): "daily",
        ("apart", "from"): "except",
        ("business", "days"): "weekdays",
        ("but", "not"): "except",
        ("each", "day"): "daily",
        ("every", "day"): "daily",
        ("other", "than"): "except",
        ("week", "days"): "weekdays",
        ("week", "end"): "weekends",
        ("week", "ends"): "weekends",
        ("work", "days"): "weekdays",
        ("working", "days"): "weekdays",
    },
    ranges=frozenset({"-", "to", "through", "thru", "till", "until"}),
    exceptions=frozenset({"except", "excepting", "excluding", "without"}),
    each=frozenset({"each", "every"}),
    links=frozenset({"at", "each", "every", "in", "o'clock", "oclock", "the"}),
    unsayable=frozenset(
        """biweekly day days eight eleven five fortnight four half hour hourly hours minute minutes
        month monthly months nine now one other past quarter second seconds seven six ten thrice
        three today tomorrow tonight twelve twice two week weekly weeks year yearly""".split()
    ),
    fillers=frozenset(
        """and at around by digest each every for from in local my o'clock oclock of on once only
        or please send the time timezone timezones tz zone""".split()
    ),
)
