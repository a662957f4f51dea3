"""A digest outside its schedule: sent once more, or shown to one person first."""

from dataclasses import replace
from datetime import date

from bot.core.page import Code, Inline, Link, Note, Page, Paragraph
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


def no_resend_page(admins: str | tuple[Inline, ...], *, words: Words) -> Page:
    """Return who may send the last digest again, and what everybody may do."""
    said = fill(words.gettext("Only admins of this chat send its last digest again."))
    if admins:
        said += fill(words.gettext(" Ask {admins}."), admins=admins)
    said += fill(words.gettext(" {brief} works for everybody at any time."), brief=Code("/brief"))
    return _said(said)


def no_channel_page(*, words: Words) -> Page:
    """Return that there is no way to post in the chat by itself."""
    message = words.gettext("I can answer here, but I cannot post here by myself just now.")
    return _said(fill(message))


def preview_page(page: Page, *, words: Words) -> Page:
    """Return the page of a digest for the asker alone, with the remark that it was not posted.

    It has no buttons: its numbers mean no digest that anybody keeps.
    """
    said = words.gettext("A test, for you alone: nothing was posted, and nothing counts as shown.")
    return replace(page, blocks=(*page.prose, Note(fill(said))), alone=True)


def apart_page(*, words: Words) -> Page:
    """Return that what was asked for is in the asker's own chat with the bot."""
    return _said(fill(words.gettext("I sent it to you alone.")))


def unshown_page(*, words: Words) -> Page:
    """Return that the platform refused an answer, or a part of it: the fault is the bot's."""
    message = words.gettext(
        "I could not show all of this answer here: what is missing was refused. The operator sees"
        " why in the log."
    )
    return _said(fill(message))


def brought_page(*, words: Words) -> Page:
    """Return that what a button brings was asked for just before, and comes once."""
    message = words.gettext("This was pressed just now: the answer is below, or comes in a moment.")
    return _said(fill(message))


def unreachable_page(link: str, *, words: Words) -> Page:
    """Return that the asker has no chat with the bot yet; the link leads to one."""
    message = words.gettext(
        "I show that to you alone, and cannot write to you. Press Start in {chat}, then ask here"
        " again."
    )
    # Translators: stands for the {chat} in "Press Start in {chat}".
    return _said(fill(message, chat=Link(words.gettext("our own chat"), link)))


def nameless_page(*, words: Words) -> Page:
    """Return that nobody can tell who asks, so that it can be shown to nobody alone."""
    message = words.gettext(
        "I show that to one person alone, and cannot see who asks here. Ask under your own name in"
        " a group."
    )
    return _said(fill(message))


def nothing_to_post_page(*, words: Words) -> Page:
    """Return that there is no news, and that the chat wants no post then."""
    message = words.gettext(
        "Nothing would be posted now: there is no news, and this chat wants no post then."
        " {settings} changes that."
    )
    return _said(fill(message, settings=Code("/settings quiet post")))


def _said(spans: tuple[Inline, ...]) -> Page:
    return Page((Paragraph(spans),), plain(spans))
