"""Pages that come late, or once more, and say so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from bot.core.delivery import LATE_FROM
from bot.core.moments import moment_words, span_words
from bot.core.page import Heading, Page, Paragraph, Plain
from bot.core.wording import DayForm, Words


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which the bot was not running; no start where nobody knows since when."""

    start: datetime | None
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """How a digest comes after its time."""

    due: datetime
    sent: datetime
    #: What explains it, if anything does.
    gap: Gap | None = None
    #: The overdue digests that it covers besides its own.
    covers: int = 0

    @property
    def by(self) -> timedelta:
        """Return how late it is."""
        return self.sent - self.due

    @property
    def is_late(self) -> bool:
        """Say whether it is late enough to be called so."""
        return self.by >= LATE_FROM


def explaining(gaps: Sequence[Gap], *, due: datetime, sent: datetime) -> Gap | None:
    """Return the gap that explains why something was sent so late: it took most of that time."""
    longest = max(gaps, key=lambda gap: _common(gap, due, sent), default=None)
    if longest is None or 2 * _common(longest, due, sent) < sent - due:
        return None
    return longest


def marked_late(page: Page, late: Lateness, *, words: Words, zone: tzinfo) -> Page:
    """Return the page with how late it is in its title, and why in its second line."""
    said = [*_why(late, words, zone), *_covers(late, words)]
    if late.is_late:
        message = words.gettext("late by {time}")
        page = _marked(page, message.format(time=span_words(late.by, words)))
    line = Paragraph((Plain(" ".join(said)),))
    return replace(page, blocks=(*page.blocks[:1], line, *page.blocks[1:]))


def reason(late: Lateness, *, words: Words, zone: tzinfo) -> str:
    """Return why it is late, as far as that is known, and what it covers; empty without both."""
    said = list(_covers(late, words))
    if late.gap is not None:
        start, end = (_said(moment, late, words, zone) for moment in (late.gap.start, late.gap.end))
        if start:
            message = words.gettext("The bot was not running from {start} to {end}.")
        else:
            message = words.gettext("The bot was not running until {end}.")
        said.insert(0, message.format(start=start, end=end))
    return " ".join(said)


def marked_again(page: Page, day: date, *, words: Words) -> Page:
    """Return the page with a title that says on which day it was sent once more."""
    message = words.gettext("sent again on {day}")
    return _marked(page, message.format(day=words.day(day, DayForm.LONG)))


def _common(gap: Gap, due: datetime, sent: datetime) -> timedelta:
    start = due if gap.start is None else max(gap.start, due)
    return min(gap.end, sent) - start


def _why(late: Lateness, words: Words, zone: tzinfo) -> Iterator[str]:
    """Yield when a late digest was due and is sent, and what came between."""
    if not late.is_late:
        return
    due, sent = (_said(moment, late, words, zone) for moment in (late.due, late.sent))
    gap = late.gap or Gap(None, late.sent)
    start, end = (_said(moment, late, words, zone) for moment in (gap.start, gap.end))
    if late.gap is None:
        message = words.gettext("Due {due}, sent {sent}.")
    elif gap.start is None:
        message = words.gettext("Due {due}, sent {sent}: the bot was not running until {end}.")
    else:
        message = words.gettext(
            "Due {due}, sent {sent}: the bot was not running from {start} to {end}."
        )
    yield message.format(due=due, sent=sent, start=start, end=end)
    yield words.gettext("News up to {sent} is in.").format(sent=sent)


def _covers(late: Lateness, words: Words) -> Iterator[str]:
    """Yield that it covers other digests, where it does."""
    if late.covers:
        message = words.ngettext(
            "It also covers the digest that was due before it.",
            "It also covers the {count} digests that were due before it.",
            late.covers,
        )
        yield message.format(count=words.number(late.covers))


def _said(moment: datetime | None, late: Lateness, words: Words, zone: tzinfo) -> str:
    """Return a moment as it is said when the digest is sent; empty where there is none."""
    if moment is None:
        return ""
    return moment_words(moment, today=late.sent.astimezone(zone).date(), words=words, zone=zone)


def _marked(page: Page, mark: str) -> Page:
    """Return the page with some words behind its title and its line for a notification."""
    first = page.blocks[0] if page.blocks else None
    if isinstance(first, Heading):
        title, rest = (*first.spans, Plain(f" · {mark}")), page.blocks[1:]
    else:
        title, rest = (Plain(mark),), page.blocks
    summary = f"{page.summary} · {mark}" if page.summary else mark
    return Page((Heading(title), *rest), summary)
