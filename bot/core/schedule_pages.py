"""When a chat gets its digest, and what a change of it does, as pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import assert_never

from bot.core.page import Block, Code, Inline, Note, Page, Paragraph, Plain
from bot.core.phrases import plain
from bot.core.schedule_changes import Reach, reach
from bot.core.schedule_words import next_moment, schedule_words, timings_words
from bot.core.settings_buttons import proposal_buttons, schedule_buttons, undo_buttons
from bot.core.settings_rows import stopped_why
from bot.core.subscription import Schedule, Standing, Subscription
from bot.core.wording import Words, fill
from bot.core.zones import place_name


def schedule_page(
    subscription: Subscription,
    *,
    proposal: str,
    now: datetime,
    words: Words,
    admin: bool = False,
) -> Page:
    """Return when a chat gets its digest; the proposal is what an admin without one may type.

    Who asks is such an ``admin``, as far as that is known.
    """
    schedule = subscription.schedule
    if schedule is None:
        you = words.gettext(
            "No digest comes by itself here. You can set one: {schedule}. {brief} works at any"
            " time."
        )
        they = words.gettext(
            "No digest comes by itself here. An admin can set one: {schedule}. {brief} works at"
            " any time."
        )
        message = you if admin else they
        said = fill(message, schedule=Code(f"/schedule {proposal}"), brief=Code("/brief"))
        return Page((Paragraph(said), proposal_buttons(words)), plain(said))
    message = words.gettext("Digest: {schedule}.")
    said = fill(message, schedule=schedule_words(schedule, words, now))
    blocks = [Paragraph(said), Paragraph(_following(subscription, words))]
    if subscription.declared and not subscription.owner:
        owner = words.gettext("The operator's configuration says so; an admin can change it here.")
        blocks.append(Paragraph((Plain(owner),)))
    ways = fill(
        words.gettext("One more: {add}, another city: {city}, none: {off}"),
        add=Code("/schedule add 18:00"),
        city=_other_city(schedule),
        off=Code("/schedule off"),
    )
    return Page((*blocks, Note(ways), schedule_buttons(words, undo=False)), plain(said))


class Guess(Enum):
    """Whose time zone a chat has that never named one."""

    DEFAULT = "the operator's default"
    #: That of who set the first time, as the platform tells it.
    OWN = "a person's own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescheduled:
    """A chat whose schedule was set: before, and from now on."""

    before: Subscription
    after: Subscription
    schedule: Schedule
    #: Whether the new times join those there were.
    added: bool
    #: Whose its time zone is, where nobody has named one.
    guess: Guess | None


def scheduled_page(change: Rescheduled, *, now: datetime, words: Words) -> Page:
    """Return the schedule from now on, the next digest, and what it replaces."""
    message = words.gettext("Set: {schedule}.")
    said = fill(message, schedule=schedule_words(change.schedule, words, now))
    follows = _joined(_follows(change, now, words))
    blocks: list[Block] = [Paragraph(said), Paragraph(follows)]
    if change.guess is not None:
        blocks.append(Paragraph(_guessed(change.guess, change.schedule, words)))
    offered = schedule_buttons(words, undo=True)
    return Page((*blocks, _undo(words), offered), plain((*said, Plain(" "), *follows)))


def kept_page(subscription: Subscription, *, now: datetime, words: Words) -> Page:
    """Return that a chat's schedule was so before, and when the next digest comes."""
    if subscription.schedule is None:
        said = fill(words.gettext("It is so already: no digest comes by itself."))
        return Page((Paragraph(said),), plain(said))
    message = words.gettext("It is so already: {schedule}.")
    said = fill(message, schedule=schedule_words(subscription.schedule, words, now))
    return Page((Paragraph(said), Paragraph(_following(subscription, words))), plain(said))


def off_page(before: Schedule, *, now: datetime, words: Words) -> Page:
    """Return that no digest comes by itself any more."""
    said = fill(words.gettext("No digest comes by itself from now on."))
    message = words.gettext(" Until now: {schedule}.")
    said += fill(message, schedule=schedule_words(before, words, now))
    return Page((Paragraph(said), _undo(words), undo_buttons(words)), plain(said))


def _follows(change: Rescheduled, now: datetime, words: Words) -> Iterator[tuple[Inline, ...]]:
    """Yield sentences: the next digest, what was replaced, and what the digests cover.

    Why none comes is the last: it ends with what can be typed, or in the words of a platform.
    """
    comes = change.after.standing is Standing.ACTIVE
    if comes:
        yield _following(change.after, words)
    old, schedule = change.before.schedule, change.schedule
    if old is not None and old != schedule and not change.added:
        message = words.gettext("This replaces {schedule}.")
        same = old.zone == schedule.zone
        replaced = timings_words(old.timings, words) if same else schedule_words(old, words, now)
        yield fill(message, schedule=replaced)
    if comes and change.before.standing is not Standing.ACTIVE:
        yield fill(words.gettext("Digests were paused; now they come again."))
    covers = reach(schedule)
    if covers is Reach.WEEKEND:
        yield fill(words.gettext("Monday's digest also covers the weekend."))
    elif covers is Reach.SINCE:
        yield fill(words.gettext("Each digest covers everything since the one before it."))
    if not comes:
        yield _following(change.after, words)


def _following(subscription: Subscription, words: Words) -> tuple[Inline, ...]:
    """Return when the next digest comes, or why none does, as a sentence."""
    match subscription.standing:
        case Standing.PAUSED:
            message = words.gettext("Paused: no digest comes by itself until {resume}.")
            return fill(message, resume=Code("/settings resume"))
        case Standing.STOPPED:
            message = words.gettext("No digest comes: {reason}")
            return fill(message, reason=stopped_why(subscription, words))
        case Standing.ACTIVE:
            if subscription.next is None:
                return fill(words.gettext("Next digest: none."))
            message = words.gettext("Next digest: {moment}.")
            return fill(message, moment=next_moment(subscription.next, words))
        case _:
            assert_never(subscription.standing)


def _guessed(guess: Guess, schedule: Schedule, words: Words) -> tuple[Inline, ...]:
    """Return whose time zone was taken, and how another one is."""
    other = _other_city(schedule)
    match guess:
        case Guess.DEFAULT:
            message = words.gettext(
                "I do not know your city, so I took the operator's default, {city} time. Another"
                " one: {schedule}"
            )
            return fill(message, city=place_name(schedule.zone), schedule=other)
        case Guess.OWN:
            message = words.gettext(
                "Nobody has named a city, so I took the time zone of your own profile here. Another"
                " one: {schedule}"
            )
            return fill(message, schedule=other)
        case _:
            assert_never(guess)


def _other_city(schedule: Schedule) -> Code:
    """Return a line that names another city than the schedule's."""
    return Code("/schedule Astana" if schedule.zone == "Asia/Tashkent" else "/schedule Tashkent")


def _joined(sentences: Iterator[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """Return sentences with a space between them."""
    first, *rest = sentences
    return (*first, *(span for sentence in rest for span in (Plain(" "), *sentence)))


def _undo(words: Words) -> Note:
    return Note(fill(words.gettext("Take it back: {undo}"), undo=Code("/schedule undo")))
