"""Times of day as people type them: "8", "8am", "8.30", "18h", "0830", "8:30 pm"."""

import re
from datetime import time

from bot.core.timing_terms import Half

_TIME = re.compile(
    r"(?P<hour>\d{1,2}?)(?:[:.](?P<minute>\d{2})(?::00)?|(?P<joined>\d{2})|h(?P<after>\d{2})?)?"
    r"(?P<half>am?|pm?|a\.m|p\.m)?"
)
# What is nearly a time: "8:5", "8:60", "24:00", "08:00:30", "830", "13am".
_NEARLY = re.compile(
    r"(?P<hour>\d{1,2}?)(?:[:.h](?P<minute>\d{1,2})|(?P<joined>\d{2}))?(?:[:.]\d{1,2})?"
    r"(?P<half>am?|pm?|a\.m|p\.m)?"
)
_MIDDAY = 12
_HOUR = 60
# From this hour on, a night's hours on a dial are still before midnight.
_NIGHTFALL = 6
# "830" may be a year or a number of something; "0830" and "830am" are times.
_JOINED = 4


def is_time_like(word: str) -> bool:
    """Say whether a word begins as a time does, be it one or not."""
    return word[:1].isdecimal()


def time_of_day(word: str, half: Half | None = None) -> time | None:
    """Return the time that a word in small letters means, in the half that another word names.

    None when it is none: "25:00", "13am", "8:5".
    """
    said = _TIME.fullmatch(word)
    if said is None or (said["joined"] and not said["half"] and len(word) < _JOINED):
        return None
    if said["half"]:
        half = Half.MORNING if said["half"].startswith("a") else Half.AFTERNOON
    hour = _hour(int(said["hour"]), half)
    minute = int(said["minute"] or said["joined"] or said["after"] or 0)
    return time(hour, minute) if hour is not None and minute < _HOUR else None


def near_time(word: str) -> time | None:
    """Return the time that a word in small letters nearly says, or None."""
    said = _NEARLY.fullmatch(word)
    if said is None or time_of_day(word) is not None:
        return None
    hour, minute = int(said["hour"]), int(said["minute"] or said["joined"] or 0)
    if said["half"]:
        half = Half.MORNING if said["half"].startswith("a") else Half.AFTERNOON
        hour = _hour(hour, half) or hour or _MIDDAY
    # The day's end is the next one's beginning.
    hour = 0 if hour == 2 * _MIDDAY else hour
    return time(hour, minute if minute < _HOUR else 0) if hour < 2 * _MIDDAY else None


def _hour(hour: int, half: Half | None) -> int | None:
    """Return the hour of the 24, or None when there is no such hour in that half."""
    if half is Half.NIGHT:
        half = Half.AFTERNOON if _NIGHTFALL <= hour < _MIDDAY else Half.MORNING
        if hour >= _MIDDAY + _NIGHTFALL:
            half = None
    if half is Half.MORNING:
        return hour % _MIDDAY if hour <= _MIDDAY else None
    if half is Half.AFTERNOON and hour < _MIDDAY:
        return hour + _MIDDAY if hour else None
    return hour if hour < 2 * _MIDDAY else None
