"""What a change of a chat's settings does, as pages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import assert_never

from bot.core.page import Block, Code, Inline, Note, Page, Paragraph
from bot.core.phrases import listed, plain
from bot.core.schedule_words import next_moment, schedule_words
from bot.core.settings_buttons import undo_buttons
from bot.core.settings_commands import MAX_TOPIC, InLanguage, Setting, Silent, Unsettled
from bot.core.settings_rows import LENGTHS, POLICIES, settings_rows
from bot.core.subscription import Length, QuietPolicy, Standing, Subscription
from bot.core.wording import Words, fill, later

_UNSETTLED = {
    Unsettled.NO_TOPIC: later("I need a topic: a name or a few words."),
    Unsettled.TOPIC_TOO_LONG: later("A topic has at most {most} characters."),
    Unsettled.NO_SUCH_SETTING: later("I do not know that setting."),
    Unsettled.NO_SUCH_LENGTH: later("A digest is short, standard or long."),
    Unsettled.SKIP_OR_POST: later("On a day without news: {skip} or {post}?"),
    Unsettled.ON_OR_OFF: later("{on} or {off}?"),
}


def undone_page(
    before: Subscription,
    after: Subscription,
    languages: Mapping[str, str],
    *,
    now: datetime,
    words: Words,
) -> Page:
    """Return that what stood before the last change holds again: the settings that differ."""
    said = fill(
        words.gettext("What stood before the last change holds again; {undo} changes it back."),
        undo=Code("/settings undo"),
    )
    rows = _differing(before, after, languages, now, words)
    return Page((Paragraph(said), *rows, undo_buttons(words)), plain(said))


def again_page(
    before: Subscription,
    after: Subscription,
    languages: Mapping[str, str],
    *,
    now: datetime,
    words: Words,
) -> Page:
    """Return that the change which an undo took back is made again: the settings that differ."""
    said = fill(
        words.gettext("The change that was taken back is made again; {undo} takes it back."),
        undo=Code("/settings undo"),
    )
    rows = _differing(before, after, languages, now, words)
    return Page((Paragraph(said), *rows, undo_buttons(words)), plain(said))


def changed_page(
    subscription: Subscription, to: Setting, languages: Mapping[str, str], *, words: Words
) -> Page:
    """Return what holds from now on, and how it is taken back."""
    said = _changed(subscription, to, languages, words)
    undo = fill(words.gettext("Take it back: {undo}"), undo=Code("/settings undo"))
    return Page((Paragraph(said), Note(undo), undo_buttons(words)), plain(said))


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
    said = _admins_alone(admins, words)
    if subscription.schedule is None:
        said += fill(words.gettext(" Now no digest comes by itself."))
    else:
        schedule = schedule_words(subscription.schedule, words, now)
        said += fill(words.gettext(" Now: {schedule}."), schedule=schedule)
    said += fill(words.gettext(" {brief} works for everybody at any time."), brief=Code("/brief"))
    return Page((Paragraph(tuple(said)),), plain(said))


def closed_page(admins: str, *, words: Words) -> Page:
    """Return who may change a chat's settings."""
    said = tuple(_admins_alone(admins, words))
    return Page((Paragraph(said),), plain(said))


def unproven_page(*, words: Words) -> Page:
    """Return that nobody can say now whether who asks is an admin, and what to do."""
    said = fill(
        words.gettext(
            "I cannot find out just now whether you are an admin of this chat. Nothing was"
            " changed; try again in a minute."
        )
    )
    return Page((Paragraph(said),), plain(said))


def _admins_alone(admins: str, words: Words) -> list[Inline]:
    said = list(fill(words.gettext("Only admins of this chat change its settings.")))
    if admins:
        said += fill(words.gettext(" Ask {admins}."), admins=admins)
    return said


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


def _differing(
    before: Subscription,
    after: Subscription,
    languages: Mapping[str, str],
    now: datetime,
    words: Words,
) -> Sequence[Block]:
    """Return the settings that are others than before; all where none is."""
    old, new = (
        tuple(settings_rows(each, languages, now=now, words=words)) for each in (before, after)
    )
    return [row for row in new if row not in old] or new


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
    return fill(message, moment=next_moment(subscription.next, words))
