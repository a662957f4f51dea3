"""What a change of a chat's settings does, as pages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import assert_never

from bot.core.abilities import Abilities, Ability
from bot.core.page import Block, Code, Inline, Note, Page, Paragraph, Plain
from bot.core.phrases import listed, plain
from bot.core.schedule_words import next_moment, schedule_words
from bot.core.settings_buttons import undo_buttons
from bot.core.settings_commands import (
    MAX_TOPIC,
    InLanguage,
    Setting,
    Silent,
    Stories,
    Unsettled,
)
from bot.core.settings_rows import LENGTHS, POLICIES, STORIES, Offered, settings_rows
from bot.core.subscription import Length, QuietPolicy, Standing, Subscription
from bot.core.wording import Words, fill, later

_UNSETTLED = {
    Unsettled.NO_TOPIC: later("I need a topic: a name or a few words."),
    Unsettled.TOPIC_TOO_LONG: later("A topic has at most {most} characters."),
    Unsettled.NO_SUCH_SETTING: later("I do not know that setting."),
    Unsettled.NO_SUCH_LENGTH: later("A digest is short, standard or long."),
    Unsettled.SKIP_OR_POST: later("On a day without news: {skip} or {post}?"),
    Unsettled.ON_OR_OFF: later("{on} or {off}?"),
    Unsettled.THREAD_OR_FLAT: later("The stories of a digest: {thread} or {flat}?"),
}


def undone_page(
    before: Subscription,
    after: Subscription,
    offered: Offered,
    *,
    now: datetime,
    words: Words,
) -> Page:
    """Return that what stood before the last change holds again: the settings that differ."""
    said = fill(
        words.gettext("What stood before the last change holds again; {undo} changes it back."),
        undo=Code("/settings undo"),
    )
    rows = _differing(before, after, offered, now, words)
    return Page((Paragraph(said), *rows, undo_buttons(words)), plain(said))


def again_page(
    before: Subscription,
    after: Subscription,
    offered: Offered,
    *,
    now: datetime,
    words: Words,
) -> Page:
    """Return that the change which an undo took back is made again: the settings that differ."""
    said = fill(
        words.gettext("The change that was taken back is made again; {undo} takes it back."),
        undo=Code("/settings undo"),
    )
    rows = _differing(before, after, offered, now, words)
    return Page((Paragraph(said), *rows, undo_buttons(words)), plain(said))


def changed_page(
    subscription: Subscription, to: Setting, languages: Mapping[str, str], *, words: Words
) -> Page:
    """Return what holds from now on, and how it is taken back."""
    said = _changed(subscription, to, languages, words)
    undo = fill(words.gettext("Take it back: {undo}"), undo=Code("/settings undo"))
    return Page((Paragraph(said), Note(undo), undo_buttons(words)), plain(said))


def unchanged_page(*, words: Words, undo: bool = False) -> Page:
    """Return that the setting was so before; with an undo where the last change made it so."""
    said = fill(words.gettext("It is so already: {settings}"), settings=Code("/settings"))
    offered = (undo_buttons(words),) if undo else ()
    return Page((Paragraph(said), *offered), plain(said))


def vain_page(to: Setting, can: Abilities, *, words: Words) -> Page | None:
    """Return that a setting changes nothing where chats can do no more; None where it does."""
    match to:
        case Stories() if Ability.THREADS not in can:
            said = words.gettext("Messages have no threads here: a digest comes whole.")
        case Silent() if Ability.SOUND not in can:
            said = words.gettext("Here each reader sets whether my posts make a sound.")
        case _:
            return None
    return Page((Paragraph((Plain(said),)),), said)


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
    subscription: Subscription, admins: str | tuple[Inline, ...], *, now: datetime, words: Words
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


def closed_page(admins: str | tuple[Inline, ...], *, words: Words) -> Page:
    """Return who may change a chat's settings."""
    said = tuple(_admins_alone(admins, words))
    return Page((Paragraph(said),), plain(said))


def hidden_page(*, words: Words) -> Page:
    """Return that only admins may do that, to who reads a channel and is not shown who they are."""
    said = fill(words.gettext("Only admins of this channel can do that."))
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


def _admins_alone(admins: str | tuple[Inline, ...], words: Words) -> list[Inline]:
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
        thread=Code("thread"),
        flat=Code("flat"),
    )


def _differing(
    before: Subscription,
    after: Subscription,
    offered: Offered,
    now: datetime,
    words: Words,
) -> Sequence[Block]:
    """Return the settings that are others than before; all where none is."""
    old, new = (
        tuple(settings_rows(each, offered, now=now, words=words)) for each in (before, after)
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
            without = words.gettext("My posts make no sound from now on.")
            return fill(without if to.on else words.gettext("My posts make a sound from now on."))
        case Stories():
            message = words.gettext("The stories of a digest from now on: {place}.")
            return fill(message, place=words.gettext(STORIES[to.flat]))
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
