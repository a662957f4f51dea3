"""The settings of a chat in a few words each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.core.abilities import Abilities, Ability
from bot.core.mendable import mendable
from bot.core.page import Block, Code, Entry, Inline, Plain, Strong
from bot.core.phrases import listed, one_line
from bot.core.schedule_words import next_moment, schedule_words
from bot.core.settings_commands import MAX_TOPICS
from bot.core.subscription import NOT_LISTED, Length, QuietPolicy, Standing, Subscription
from bot.core.wording import Words, fill, later

#: How long a digest is.
LENGTHS = {
    # Translators: how long a digest is.
    Length.SHORT: later("short"),
    Length.STANDARD: later("standard"),
    Length.LONG: later("long"),
}
#: What happens on a day without news.
POLICIES = {
    QuietPolicy.POST: later("a post that says so"),
    QuietPolicy.SKIP: later("no post"),
}
#: Where the stories of a digest stand: by whether they are flat.
STORIES = {
    # Translators: where the stories of a digest stand.
    False: later("in a thread below the headlines"),
    True: later("below their headlines, without a thread"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What the settings of a chat are chosen from."""

    #: The names of the languages, by their codes.
    languages: Mapping[str, str]
    can: Abilities


def settings_rows(
    subscription: Subscription, offered: Offered, *, now: datetime, words: Words
) -> Iterator[Block]:
    """Yield every setting of a chat that changes something there."""
    yield from schedule_rows(subscription, now=now, words=words)
    languages = offered.languages
    rows = [
        (words.gettext("Topics"), topic_words(subscription.topics, words)),
        (words.gettext("Length"), words.gettext(LENGTHS[subscription.length])),
        (words.gettext("Day without news"), words.gettext(POLICIES[subscription.quiet])),
    ]
    if Ability.THREADS in offered.can:
        rows.append((words.gettext("Stories"), words.gettext(STORIES[subscription.flat])))
    if Ability.SOUND in offered.can:
        on_or_off = words.gettext("off") if subscription.silent else words.gettext("on")
        rows.append((words.gettext("Sound"), on_or_off))
    language = languages.get(subscription.language, subscription.language)
    yield from (_row(term, said) for term, said in (*rows, (words.gettext("Language"), language)))


def schedule_rows(subscription: Subscription, *, now: datetime, words: Words) -> Iterator[Block]:
    """Yield when a chat gets its digest, and when the next."""
    schedule = subscription.schedule
    if schedule is None:
        yield _row(words.gettext("Digest"), words.gettext("none comes by itself"))
        return
    yield _row(words.gettext("Digest"), schedule_words(schedule, words, now))
    yield Entry((Strong(words.gettext("Next")),), standing_said(subscription, words))


def standing_rows(subscription: Subscription, *, now: datetime, words: Words) -> Iterator[Block]:
    """Yield what ``/status`` says of a chat: its schedule and its silence by choice."""
    yield from schedule_rows(subscription, now=now, words=words)
    if subscription.schedule is not None and subscription.quiet is QuietPolicy.SKIP:
        yield _row(words.gettext("Day without news"), words.gettext(POLICIES[QuietPolicy.SKIP]))


def standing_said(subscription: Subscription, words: Words) -> tuple[Inline, ...]:
    """Return when the next digest comes, or why none does."""
    match subscription.standing:
        case Standing.PAUSED:
            message = words.gettext("paused by an admin: {resume}")
            return fill(message, resume=Code("/settings resume"))
        case Standing.STOPPED:
            return _stopped(subscription, words)
        case Standing.ACTIVE:
            if subscription.next is None:
                return fill(words.gettext("none"))
            return (next_moment(subscription.next, words),)
        case _:
            assert_never(subscription.standing)


def _stopped(subscription: Subscription, words: Words) -> tuple[Inline, ...]:
    message = words.gettext("stopped: {reason}")
    return fill(message, reason=stopped_why(subscription, words))


def stopped_why(subscription: Subscription, words: Words) -> tuple[Inline, ...]:
    """Return why a stopped chat gets no digest, and what lets it go on once that is mended."""
    why: tuple[Inline, ...] = (Plain(one_line(_reason(subscription, words))),)
    if subscription.reason == NOT_LISTED:
        return why
    ways = words.gettext(" Once that is mended, {resume} starts it again.")
    return (*why, *fill(ways, resume=Code("/settings resume")))


def _reason(subscription: Subscription, words: Words) -> str:
    """Return why it is stopped: a message of ours, or what a platform said."""
    why = subscription.reason
    # The empty message stands for a catalogue's own head.
    return mendable(why, words) or words.gettext(why) if why else ""


def topic_words(topics: Sequence[str], words: Words) -> str:
    """Return the topics in a line, or that there are none."""
    return listed(topics, words, most=MAX_TOPICS) if topics else words.gettext("everything")


def _row(term: str, said: str) -> Entry:
    return Entry((Strong(term),), (Plain(said),))
