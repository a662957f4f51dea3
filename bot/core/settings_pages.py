"""The settings of a chat, and what a change of them does, as pages."""

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from bot.core.page import Code, Heading, Inline, Note, Page, Paragraph, Plain
from bot.core.phrases import listed, plain
from bot.core.schedule_words import next_words, schedule_words
from bot.core.settings_commands import MAX_TOPIC, InLanguage, Setting, Silent, Unsettled
from bot.core.settings_rows import LENGTHS, POLICIES, settings_rows
from bot.core.subscription import Length, QuietPolicy, Standing, Subscription
from bot.core.wording import Words, fill, later

#: What may be typed to change each setting.
_EXAMPLES = (
    *("/settings length short", "/settings quiet skip", "/settings silent on"),
    *("/settings pause", "/settings undo"),
)
_UNSETTLED = {
    Unsettled.NO_TOPIC: later("I need a topic: a name or a few words."),
    Unsettled.TOPIC_TOO_LONG: later("A topic has at most {most} characters."),
    Unsettled.NO_SUCH_SETTING: later("I do not know that setting."),
    Unsettled.NO_SUCH_LENGTH: later("A digest is short, standard or long."),
    Unsettled.NO_LANGUAGE: later("Which language?"),
    Unsettled.SKIP_OR_POST: later("On a day without news: {skip} or {post}?"),
    Unsettled.ON_OR_OFF: later("{on} or {off}?"),
}


def settings_page(
    subscription: Subscription, languages: Mapping[str, str], *, now: datetime, words: Words
) -> Page:
    """Return all settings of a chat and how they are changed.

    The languages are the names of those there are, by their codes.
    """
    title = fill(words.gettext("Settings of this chat"))
    return Page(
        (
            Heading(title),
            *settings_rows(subscription, languages, now=now, words=words),
            Note(_ways(words)),
        ),
        plain(title),
    )


def undone_page(
    subscription: Subscription, languages: Mapping[str, str], *, now: datetime, words: Words
) -> Page:
    """Return that the last change was taken back, and what holds now."""
    said = fill(
        words.gettext("The last change is taken back; {undo} makes it again."),
        undo=Code("/settings undo"),
    )
    rows = settings_rows(subscription, languages, now=now, words=words)
    return Page((Paragraph(said), *rows), plain(said))


def changed_page(
    subscription: Subscription, to: Setting, languages: Mapping[str, str], *, words: Words
) -> Page:
    """Return what holds from now on, and how it is taken back."""
    said = _changed(subscription, to, languages, words)
    undo = fill(words.gettext("Take it back: {undo}"), undo=Code("/settings undo"))
    return Page((Paragraph(said), Note(undo)), plain(said))


def unchanged_page(*, words: Words) -> Page:
    """Return that the setting was so before."""
    said = fill(words.gettext("It is so already: {settings}"), settings=Code("/settings"))
    return Page((Paragraph(said),), plain(said))


def nothing_to_undo_page(*, words: Words) -> Page:
    """Return that no setting of the chat was ever changed."""
    said = fill(words.gettext("There is no change to take back."))
    return Page((Paragraph(said),), plain(said))


def no_language_page(name: str, languages: Mapping[str, str], *, words: Words) -> Page:
    """Return that the bot does not speak a language, and which it does."""
    message = words.gettext("I do not speak “{name}”. I speak {languages}.")
    said = fill(message, name=name, languages=listed(tuple(languages.values()), words, most=20))
    return Page((Paragraph(said),), plain(said))


def only_admins_page(
    subscription: Subscription, admins: str, *, now: datetime, words: Words
) -> Page:
    """Return who may change a chat's settings, and when it gets its digest."""
    said = list(fill(words.gettext("Only admins of this chat change its settings.")))
    if admins:
        said += fill(words.gettext(" Ask {admins}."), admins=admins)
    if subscription.schedule is None:
        said += fill(words.gettext(" Now no digest comes by itself."))
    else:
        schedule = schedule_words(subscription.schedule, words, now)
        said += fill(words.gettext(" Now: {schedule}."), schedule=schedule)
    said += fill(words.gettext(" {brief} works for everybody at any time."), brief=Code("/brief"))
    return Page((Paragraph(tuple(said)),), plain(said))


def unsettled(mistake: Unsettled, words: Words) -> tuple[Inline, ...]:
    """Return why what was typed changes no setting."""
    return fill(
        words.gettext(_UNSETTLED[mistake]),
        most=words.number(MAX_TOPIC),
        skip=Code("skip"),
        post=Code("post"),
        on=Code("on"),
        off=Code("off"),
    )


def _changed(
    subscription: Subscription, to: Setting, languages: Mapping[str, str], words: Words
) -> tuple[Inline, ...]:
    """Return what a change does from now on."""
    match to:
        case Length():
            message = words.gettext("Length of the digest from now on: {length}.")
            return fill(message, length=words.gettext(LENGTHS[to]))
        case QuietPolicy():
            message = words.gettext("On a day without news from now on: {policy}.")
            return fill(message, policy=words.gettext(POLICIES[to]))
        case Silent():
            if to.on:
                return fill(words.gettext("My posts make no sound from now on."))
            return fill(words.gettext("My posts make a sound from now on."))
        case InLanguage():
            message = words.gettext("My language here from now on: {language}.")
            return fill(message, language=languages[subscription.language])
        case Standing():
            return _stands(subscription, words)
        case _:
            assert_never(to)


def _stands(subscription: Subscription, words: Words) -> tuple[Inline, ...]:
    if subscription.standing is Standing.PAUSED:
        message = words.gettext("Paused: no digest comes by itself until {resume}.")
        return fill(message, resume=Code("/settings resume"))
    if subscription.next is None:
        message = words.gettext("Digests may come again, but none is set yet: {schedule}")
        return fill(message, schedule=Code("/schedule 8am weekdays"))
    message = words.gettext("Digests come again. Next digest: {moment}.")
    return fill(message, moment=next_words(subscription.next, words))


def _ways(words: Words) -> tuple[Inline, ...]:
    """Return lines that change a setting, and where all of them are explained."""
    between = Plain(words.pgettext("list", ", "))
    spans: list[Inline] = []
    for example in _EXAMPLES:
        spans += (Code(example), between)
    ways = fill(words.gettext("Change it: "))
    all_of_them = fill(words.gettext("all: {help}"), help=Code("/help settings"))
    return (*ways, *spans, *all_of_them)
