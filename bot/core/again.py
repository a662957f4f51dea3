"""A digest outside its schedule: sent once more, or shown to one person first."""

from dataclasses import replace
from datetime import date

from bot.core.page import Code, Inline, Note, Page, Paragraph
from bot.core.phrases import plain
from bot.core.wording import DayForm, Words, fill


def on_its_way_page(day: date, *, words: Words) -> Page:
    """Return that the digest of that day goes out once more."""
    message = words.gettext("The digest of {day} goes out once more.")
    return _said(fill(message, day=words.day(day, DayForm.WEEKDAY)))


def nothing_to_resend_page(*, words: Words) -> Page:
    """Return that no digest was posted in the chat yet."""
    message = words.gettext("No digest was posted here yet. {brief} shows the news now.")
    return _said(fill(message, brief=Code("/brief")))


def no_channel_page(*, words: Words) -> Page:
    """Return that there is no way to post in the chat by itself."""
    message = words.gettext("I can answer here, but I cannot post here by myself just now.")
    return _said(fill(message))


def preview_page(page: Page, *, words: Words) -> Page:
    """Return the page of a digest with the remark that it was posted nowhere."""
    said = words.gettext("A test, for you alone: nothing was posted, and nothing counts as shown.")
    return replace(page, blocks=(*page.blocks, Note(fill(said))))


def nothing_to_post_page(*, words: Words) -> Page:
    """Return that there is no news, and that the chat wants no post then."""
    message = words.gettext(
        "Nothing would be posted now: there is no news, and this chat wants no post then."
        " {settings} changes that."
    )
    return _said(fill(message, settings=Code("/settings quiet post")))


def _said(spans: tuple[Inline, ...]) -> Page:
    return Page((Paragraph(spans),), plain(spans))
