"""What became of a digest, in plain words, and when it was due."""

from datetime import datetime, tzinfo
from typing import assert_never

from bot.core.delivery import LATE_FROM, OPEN, Series, State
from bot.core.mendable import mendable
from bot.core.moments import span_words
from bot.core.wording import DayForm, Words


def due_words(one: Series, *, zone: tzinfo, words: Words) -> str:
    """Return the local date and time that the digest was due."""
    local = one.due.astimezone(zone)
    day, at = (local.date(), local.time()) if one.slot is None else (one.slot.day, one.slot.at)
    # Translators: a day, then the time of that day.
    message = words.gettext("{day}, {time}")
    return message.format(day=words.day(day, DayForm.BRIEF_WEEKDAY), time=words.time(at))


def became(one: Series, *, now: datetime, made_up: bool, words: Words) -> str:
    """Return what became of a digest, as ``untimely`` does where it did not come on time."""
    said = untimely(one, now=now, made_up=made_up, words=words)
    timely = words.gettext("on its way") if one.state in OPEN else words.gettext("came on time")
    return said or timely


def untimely(  # noqa: PLR0911 - one a state
    one: Series, *, now: datetime, made_up: bool, words: Words
) -> str:
    """Return what became of a digest that did not come on time; empty when it did.

    It is ``made_up`` for by a later one that was posted, which covers its news.
    """
    late = (one.ended or now) - one.due
    match one.state:
        case State.POSTED | State.DUE | State.SENDING if late < LATE_FROM:
            return ""
        case State.POSTED:
            message = words.gettext("late by {time}")
            return _with(message.format(time=span_words(late, words)), one.why, words)
        case State.DUE | State.SENDING:
            message = words.gettext("on its way, late by {time} so far")
            return message.format(time=span_words(late, words))
        case State.QUIET:
            return words.gettext("no news, and this chat wants no post then")
        case State.MISSED:
            came = words.gettext("missed; its news came with the next digest")
            comes = words.gettext("missed; its news comes with the next digest")
            return _with(came if made_up else comes, one.why, words)
        case State.COVERED:
            return words.gettext("covered by the next digest: both were overdue at once")
        case State.REFUSED:
            return _refused(one.why, words)
        case State.UNKNOWN:
            return words.gettext(
                "not known: the archive was restored from a backup, and it was not sent again"
            )
        case State.CANCELLED:
            return _with(words.gettext("cancelled"), one.why, words)
        case _:
            assert_never(one.state)


def _refused(why: str, words: Words) -> str:
    mends = mendable(why, words)
    if mends:
        refused = words.gettext("refused by the platform")
        return f"{refused} · {mends}"
    # The platform's own words are for the operator.
    return words.gettext("refused by the platform; the operator sees its reason")


def _with(said: str, why: str, words: Words) -> str:
    """Return what became of it with the reason, which is a message where the core gave it."""
    # The empty message stands for a catalogue's own head.
    return f"{said} · {mendable(why, words) or words.gettext(why)}" if why else said
