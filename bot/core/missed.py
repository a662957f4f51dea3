"""Which digests of a chat came late or not at all, and why, in plain words."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from enum import Enum

from bot.core.became import due_words, untimely
from bot.core.delivery import Kind, Series, State
from bot.core.page import Code, Entry, Heading, Note, Page, Paragraph, Plain
from bot.core.phrases import plain
from bot.core.wording import Words, fill

#: It is told of so many days, and of so many digests at most.
DAYS = 30
MOST = 40


class Remedy(Enum):
    """What may be typed where a digest did not come."""

    #: An admin may have the last one that was posted again.
    RESEND = "/resend"
    #: None was ever posted.
    BRIEF = "/brief"


def missed_page(
    series: Sequence[Series], *, now: datetime, zone: tzinfo, words: Words, remedy: Remedy | None
) -> Page:
    """Return the digests of the last 30 days that did not come on time, the latest first.

    Below them stands the remedy, where there is one for who asks.
    """
    title = fill(words.gettext("Late or not sent, in the last 30 days"))
    told = tuple(_told(series, now, zone, words))
    if not told:
        said = fill(words.gettext("Nothing was missed in the last 30 days."))
        return Page((Paragraph(said),), plain(said))
    notes: list[Note] = []
    if remedy is Remedy.RESEND:
        again = words.gettext("The last one again: {resend}")
        notes.append(Note(fill(again, resend=Code("/resend"))))
    if remedy is Remedy.BRIEF:
        news = words.gettext("{brief} shows the news now.")
        notes.append(Note(fill(news, brief=Code("/brief"))))
    if (rest := len(told) - MOST) > 0:
        more = words.ngettext("and {count} older one", "and {count} older ones", rest)
        notes.insert(0, Note((Plain(more.format(count=words.number(rest))),)))
    return Page((Heading(title), *told[:MOST], *notes), plain(title))


def _told(series: Sequence[Series], now: datetime, zone: tzinfo, words: Words) -> Iterator[Entry]:
    since = now - timedelta(days=DAYS)
    posted = [one.due for one in series if one.kind is Kind.DIGEST and one.state is State.POSTED]
    newest = max(posted, default=None)
    for one in series:
        made_up = newest is not None and newest > one.due
        why = untimely(one, now=now, made_up=made_up, words=words)
        if one.kind is Kind.DIGEST and one.due >= since and why:
            yield Entry((Plain(due_words(one, zone=zone, words=words)),), (Plain(why),))
