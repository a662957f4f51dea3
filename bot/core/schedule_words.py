"""A schedule as people read it: "weekdays at 08:00, Astana time (Asia/Almaty, UTC+5)"."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.errors import ZoneError
from bot.core.page import Moment
from bot.core.subscription import EVERY_DAY, Schedule, Slot, Timing
from bot.core.wording import DayForm, Words
from bot.core.zones import place_name, zone_named

_WEEKDAYS = frozenset(range(5))
_MINUTE = timedelta(minutes=1)


def schedule_words(schedule: Schedule, words: Words, now: datetime) -> str:
    """Return the days, the times and the zone, with what its clocks show now against UTC."""
    message = words.gettext("{when}, {zone}")
    return message.format(
        when=timings_words(schedule.timings, words), zone=zone_words(schedule.zone, words, now)
    )


def timings_words(timings: Sequence[Timing], words: Words) -> str:
    """Return the days and the times: "weekdays at 08:00; Saturdays at 10:00"."""
    times: dict[tuple[int, ...], list[str]] = {}
    for timing in timings:
        times.setdefault(timing.days, []).append(words.time(timing.at))
    # Translators: when a digest comes: days, as in "weekdays" or "Mondays", and times of day.
    message = words.gettext("{days} at {times}")
    # Translators: what stands between the parts of a schedule, with its space.
    return words.pgettext("schedule", "; ").join(
        message.format(days=_days(days, words), times=_all(said, words))
        for days, said in times.items()
    )


def zone_words(zone: str, words: Words, now: datetime) -> str:
    """Return the place, the zone and its offset: "Astana time (Asia/Almaty, UTC+5)"."""
    place = place_name(zone)
    if place == "UTC":
        return place
    try:
        offset = _offset(now.astimezone(zone_named(zone)))
    except ZoneError:
        return words.gettext("{place} time ({zone})").format(place=place, zone=zone)
    # Translators: a city, the name of its time zone, and its offset from UTC, as in "UTC+5".
    message = words.gettext("{place} time ({zone}, {offset})")
    return message.format(place=place, zone=zone, offset=offset)


def next_words(slot: Slot, words: Words) -> str:
    """Return the day and the time of a slot, as scheduled: "Wednesday 3 September, 08:00"."""
    # Translators: a day, then the time of that day.
    message = words.gettext("{day}, {time}")
    return message.format(day=words.day(slot.day, DayForm.NEAR), time=words.time(slot.at))


def next_moment(slot: Slot, words: Words) -> Moment:
    """Return the same as a moment, which a chat may show by the reader's own clock."""
    return Moment(next_words(slot, words), slot.moment)


def _days(days: Sequence[int], words: Words) -> str:
    """Return the days by one word where there is one."""
    named = EVERY_DAY.intersection(days)
    if named == EVERY_DAY:
        return words.pgettext("schedule", "every day")
    if named == _WEEKDAYS:
        return words.pgettext("schedule", "weekdays")
    if named == EVERY_DAY - _WEEKDAYS:
        return words.pgettext("schedule", "weekends")
    names = (
        # Translators: the days on which a digest comes, as in "Mondays and Fridays at 08:00".
        words.pgettext("schedule", "Mondays"),
        words.pgettext("schedule", "Tuesdays"),
        words.pgettext("schedule", "Wednesdays"),
        words.pgettext("schedule", "Thursdays"),
        words.pgettext("schedule", "Fridays"),
        words.pgettext("schedule", "Saturdays"),
        words.pgettext("schedule", "Sundays"),
    )
    return _all([names[day] for day in sorted(named)], words)


def _all(names: Sequence[str], words: Words) -> str:
    """Return the names as a list whose last two "and" joins."""
    if len(names) == 1:
        return names[0]
    # Translators: what stands between the names of a list, with its space.
    before = words.pgettext("list", ", ").join(names[:-1])
    return words.gettext("{names} and {last}").format(names=before, last=names[-1])


def _offset(local: datetime) -> str:
    """Return what a clock that shows this is ahead of UTC: "UTC+5", "UTC-3:30"."""
    ahead = local.utcoffset() or timedelta()
    hours, minutes = divmod(abs(ahead) // _MINUTE, 60)
    sign = "-" if ahead < timedelta() else "+"
    return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}"
