"""Moments and lengths of time, as people say them."""

from datetime import date, datetime, timedelta, tzinfo

from bot.core.wording import DayForm, Words

_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)


def moment_words(moment: datetime, *, today: date, words: Words, zone: tzinfo) -> str:
    """Return a moment as it is said in the zone: its day only where that is not today."""
    local = moment.astimezone(zone)
    time = words.time(local.time())
    if local.date() == today:
        return time
    form = DayForm.BRIEF_WEEKDAY if local.year == today.year else DayForm.LONG
    # Translators: a day, then the time of that day.
    return words.gettext("{day}, {time}").format(day=words.day(local.date(), form), time=time)


def span_words(span: timedelta, words: Words) -> str:
    """Return a length of time in hours and whole minutes: "2 h 10 min"."""
    hours, rest = divmod(span, _HOUR)
    minutes = rest // _MINUTE
    said = {"hours": words.number(hours), "minutes": words.number(minutes)}
    if not hours:
        return words.gettext("{minutes} min").format(**said)
    if not minutes:
        return words.gettext("{hours} h").format(**said)
    return words.gettext("{hours} h {minutes} min").format(**said)
