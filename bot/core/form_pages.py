"""What a form that was filled in has changed, as a page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.alone_pages import visitor_page
from bot.core.ask import Asker
from bot.core.form import Field
from bot.core.form_reading import Complaints
from bot.core.page import Code, Item, Note, Page, Paragraph, Plain
from bot.core.phrases import plain
from bot.core.schedule_pages import Rescheduled, off_page, scheduled_page
from bot.core.settings_buttons import undo_buttons
from bot.core.settings_commands import InLanguage, Setting, Stories
from bot.core.settings_pages import changed_page, closed_page, unproven_page
from bot.core.settings_rows import Offered, schedule_rows, settings_rows
from bot.core.subscription import Standing, Subscription
from bot.core.topics import Tried, covers, found
from bot.core.wording import Words, fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """A chat whose settings were changed by a form."""

    before: Subscription
    after: Subscription
    #: The topics that are new, with what they find.
    tried: Sequence[Tried]
    #: The names of the languages, by their codes.
    languages: Mapping[str, str]


def form_page(chat: Subscription, *, now: datetime, words: Words) -> Page:
    """Return what stands above the form: when the digest comes, and when the next."""
    return Page(tuple(schedule_rows(chat, now=now, words=words)))


def reading_page(
    chat: Subscription, offered: Offered, asker: Asker | None, *, now: datetime, words: Words
) -> Page:
    """Return all settings for who may only read them, and who can change them.

    The asker is None where nobody can say whether they may.
    """
    if asker is None:
        page = unproven_page(words=words)
    elif asker.visitor:
        page = visitor_page(words=words)
    else:
        page = closed_page(asker.admins, words=words)
    rows = tuple(settings_rows(chat, offered, now=now, words=words))
    return Page((*page.blocks, *rows), page.summary)


def applied_page(applied: Applied, *, now: datetime, words: Words) -> Page:
    """Return what was changed, in the words of the verbs, and how it is taken back."""
    said = list(_said(applied, now, words))
    undo = fill(words.gettext("Take it back: {undo}"), undo=Code("/settings undo"))
    summary = " ".join(plain(block.spans) for block in said)
    return Page((*said, Note(undo), undo_buttons(words)), summary)


def complaints_page(complaints: Complaints, *, words: Words) -> Page:
    """Return what is wrong in a form, and that nothing was changed."""
    said = words.gettext("Nothing was changed:")
    items = tuple(Item((Plain(complaints[field]),)) for field in Field if field in complaints)
    return Page((Paragraph((Plain(said),)), *items), said)


def _said(applied: Applied, now: datetime, words: Words) -> Iterator[Paragraph | Item]:
    before, after = applied.before, applied.after
    yield from _times(applied, now, words)
    if after.topics != before.topics:
        yield from (Item(found(each, words)) for each in applied.tried)
        yield Paragraph(covers(after.topics, words))
    changes: tuple[tuple[bool, Setting], ...] = (
        (after.length is not before.length, after.length),
        (after.quiet is not before.quiet, after.quiet),
        (after.flat is not before.flat, Stories(flat=after.flat)),
        (after.language != before.language, InLanguage(after.language)),
    )
    for differs, to in changes:
        if differs:
            yield from _sentences(changed_page(after, to, applied.languages, words=words))


def _times(applied: Applied, now: datetime, words: Words) -> Iterator[Paragraph | Item]:
    """Yield when the digest comes from now on, and whether it does, where that has changed."""
    before, after = applied.before, applied.after
    old, new = before.schedule, after.schedule
    if new is not None and new != old:
        change = Rescheduled(before=before, after=after, schedule=new, added=False, guess=None)
        yield from _sentences(scheduled_page(change, now=now, words=words))
    elif old is not None and new is None:
        yield from _sentences(off_page(old, now=now, words=words))
    # New times say of themselves whether digests come.
    told = new != old and (new is not None or after.standing is not Standing.PAUSED)
    if after.standing is not before.standing and not told:
        yield from _sentences(changed_page(after, after.standing, applied.languages, words=words))


def _sentences(page: Page) -> Iterator[Paragraph | Item]:
    """Yield what a page says of a change, without what can be typed or pressed then."""
    yield from (block for block in page.blocks if isinstance(block, Paragraph | Item))
