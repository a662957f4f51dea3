"""Which digests of a chat came late or not at all, and why, in plain words."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import assert_never

from bot.core.delivery import LATE_FROM, Kind, Series, State
from bot.core.moments import span_words
from bot.core.page import Code, Entry, Heading, Inline, Note, Page, Paragraph, Plain
from bot.core.phrases import plain
from bot.core.wording import DayForm, Words, fill

#: It is told of so many days, and of so many digests at most.
DAYS = 30
MOST = 40


def missed_page(series: Sequence[Series], *, now: datetime, zone: tzinfo, words: Words) -> Page:
    """Return the digests of the last 30 days that did not come on time, the latest first."""
    title = fill(words.gettext("Late or not sent, in the last 30 days"))
    told = tuple(_told(series, now, zone, words))
    if not told:
        said = fill(words.gettext("Nothing was missed in the last 30 days."))
        return Page((Paragraph(said),), plain(said))
    notes = [Note(fill(words.gettext("The last one again: {resend}"), resend=Code("/resend")))]
    if (rest := len(told) - MOST) > 0:
        more = words.ngettext("and {count} older one", "and {count} older ones", rest)
        notes.insert(0, Note((Plain(more.format(count=words.number(rest))),)))
    return Page((Heading(title), *told[:MOST], *notes), plain(title))


def _told(series: Sequence[Series], now: datetime, zone: tzinfo, words: Words) -> Iterator[Entry]:
    since = now - timedelta(days=DAYS)
    posted = [one.due for one in series if one.kind is Kind.DIGEST and one.state is State.POSTED]
    newest = max(posted, default=None)
    for one in series:
        why = _why(one, now, words, made_up=newest is not None and newest > one.due)
        if one.kind is Kind.DIGEST and one.due >= since and why:
            yield Entry(_moment(one, zone, words), (Plain(why),))


def _moment(one: Series, zone: tzinfo, words: Words) -> tuple[Inline, ...]:
    """Return the local date and time that the digest was due."""
    local = one.due.astimezone(zone)
    day, at = (local.date(), local.time()) if one.slot is None else (one.slot.day, one.slot.at)
    # Translators: a day, then the time of that day.
    message = words.gettext("{day}, {time}")
    return fill(message, day=words.day(day, DayForm.BRIEF_WEEKDAY), time=words.time(at))


def _why(  # noqa: PLR0911 - one a state
    one: Series, now: datetime, words: Words, *, made_up: bool
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
            # The platform's own words are for the operator.
            return words.gettext("refused by the platform; the operator sees its reason")
        case State.UNKNOWN:
            return words.gettext(
                "not known: the archive was restored from a backup, and it was not sent again"
            )
        case State.CANCELLED:
            return _with(words.gettext("cancelled"), one.why, words)
        case _:
            assert_never(one.state)


def _with(said: str, why: str, words: Words) -> str:
    """Return what became of it with the reason, which is a message where the core gave it."""
    # The empty message stands for a catalogue's own head.
    return f"{said} · {words.gettext(why)}" if why else said
