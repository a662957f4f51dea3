"""Which digests of a chat came late or not at all, and why, in plain words."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from bot.core.became import due_words, untimely
from bot.core.delivery import Kind, Series, State
from bot.core.page import Code, Entry, Heading, Note, Page, Paragraph, Plain
from bot.core.phrases import plain
from bot.core.wording import Words, fill

#: It is told of so many days, and of so many digests at most.
DAYS = 30
MOST = 40


def missed_page(
    series: Sequence[Series], *, now: datetime, zone: tzinfo, words: Words, admin: bool
) -> Page:
    """Return the digests of the last 30 days that did not come on time, the latest first.

    An admin is told how the last one comes again.
    """
    title = fill(words.gettext("Late or not sent, in the last 30 days"))
    told = tuple(_told(series, now, zone, words))
    if not told:
        said = fill(words.gettext("Nothing was missed in the last 30 days."))
        return Page((Paragraph(said),), plain(said))
    notes: list[Note] = []
    if admin:
        again = words.gettext("The last one again: {resend}")
        notes.append(Note(fill(again, resend=Code("/resend"))))
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
