"""The buttons by which a chat is set, each of which says what can be typed as well."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import time

from bot.core.abilities import Ability
from bot.core.buttons import settings_button
from bot.core.page import Button, Buttons
from bot.core.schedule_words import timings_words
from bot.core.settings_rows import LENGTHS, Offered
from bot.core.settings_verbs import FOLLOW, SCHEDULE, SETTINGS, UNFOLLOW
from bot.core.subscription import (
    EVERY_DAY,
    Length,
    QuietPolicy,
    Schedule,
    Standing,
    Subscription,
    Timing,
)
from bot.core.wording import Words
from bot.core.zones import place_name

#: A button says no more, in UTF-8 bytes: Telegram carries 64, and a room adds a little of its own.
MOST_SAID = 60
#: What takes the last change back.
UNDO = f"{SETTINGS.slash} undo"
#: So many topics get a button; all of them can be typed.
MOST_TOPICS = 40

#: The times of day that are offered.
TIMES = tuple(time(hour) for hour in (6, 7, 8, 9, 10, 12, 18, 20))
#: The cities that are offered, by their time zones: the capitals of the beat's countries first.
CITIES: Mapping[str, str] = {
    "Astana": "Asia/Almaty",
    "Tashkent": "Asia/Tashkent",
    "Bishkek": "Asia/Bishkek",
    "Dushanbe": "Asia/Dushanbe",
    "Moscow": "Europe/Moscow",
    "Minsk": "Europe/Minsk",
    "Beijing": "Asia/Shanghai",
    "New Delhi": "Asia/Kolkata",
    "Islamabad": "Asia/Karachi",
    "Tehran": "Asia/Tehran",
    "London": "Europe/London",
    "New York": "America/New_York",
}
_WEEKDAYS, _WEEKEND = frozenset(range(5)), frozenset((5, 6))
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def undo_button(words: Words) -> Button:
    """Return the button that takes the last change back."""
    return Button(words.gettext("Undo"), UNDO)


def undo_buttons(words: Words) -> Buttons:
    """Return what is offered below a change."""
    return Buttons(((undo_button(words), settings_button(words)),))


def schedule_buttons(words: Words, *, undo: bool) -> Buttons:
    """Return what is offered below a schedule, and below one that was just set."""
    row = (
        Button(words.gettext("Change time"), f"{SETTINGS.slash} time"),
        Button(words.gettext("Change days"), f"{SETTINGS.slash} days"),
        Button(words.gettext("Change city"), f"{SETTINGS.slash} city"),
    )
    return Buttons((row, (undo_button(words),)) if undo else (row,))


def proposal_buttons(words: Words) -> Buttons:
    """Return the times that a chat without a schedule is offered."""
    weekdays = timings_words((Timing(time(8), tuple(sorted(_WEEKDAYS))),), words)
    daily = timings_words((Timing(time(8)),), words)
    return Buttons(
        (
            (
                Button(weekdays, f"{SCHEDULE.slash} 08:00 weekdays"),
                Button(daily, f"{SCHEDULE.slash} 08:00 every day"),
            ),
            (Button(words.gettext("Other time"), f"{SETTINGS.slash} time"),),
        )
    )


def all_settings(chat: Subscription, offered: Offered, words: Words) -> Buttons:
    """Return the buttons below all settings, each only where there is something to choose."""
    slash = SETTINGS.slash
    when = [
        Button(words.gettext("Time"), f"{slash} time"),
        Button(words.gettext("Days"), f"{slash} days"),
        Button(words.gettext("City"), f"{slash} city"),
    ]
    what = [
        Button(words.gettext("Topics"), f"{slash} topics"),
        Button(words.gettext("Length"), f"{slash} length"),
    ]
    if Ability.THREADS in offered.can:
        what.append(Button(words.gettext("Stories"), f"{slash} stories"))
    if len(offered.languages) > 1:
        what.append(Button(words.gettext("Language"), f"{slash} language"))
    if chat.standing is not Standing.ACTIVE:
        stands = [Button(words.gettext("Resume"), f"{slash} resume")]
    else:
        stands = [Button(words.gettext("Pause"), f"{slash} pause")] if chat.schedule else []
    if Ability.SOUND in offered.can:
        label = words.gettext("Sound on") if chat.silent else words.gettext("Sound off")
        stands.append(Button(label, f"{slash} sound {'on' if chat.silent else 'off'}"))
    if chat.quiet is QuietPolicy.POST:
        quiet = Button(words.gettext("Skip days without news"), f"{slash} quiet skip")
    else:
        quiet = Button(words.gettext("Post on days without news"), f"{slash} quiet post")
    rows = (tuple(when), tuple(what), tuple(stands), (quiet,))
    return Buttons(tuple(row for row in rows if row))


def times(chat: Subscription, proposal: Schedule, words: Words) -> Iterator[tuple[Button, ...]]:
    """Yield rows of times of day; each keeps the days, and the one that is set is marked."""
    schedule = chat.schedule or proposal
    known = {timing.at for timing in chat.schedule.timings} if chat.schedule else set()
    days = days_typed(_days(schedule.timings))
    buttons = [
        _choice(words.time(at), f"{SCHEDULE.slash} {at:%H:%M}{days}", chosen=at in known)
        for at in sorted({*TIMES, *known})
    ]
    yield from _rows(buttons, 4)


def days(chat: Subscription, proposal: Schedule, words: Words) -> Iterator[tuple[Button, ...]]:
    """Yield rows of days: some at once, then each of the seven to put in or to take out."""
    set_days = _days(chat.schedule.timings) if chat.schedule else frozenset()
    # Where there is no time to keep, the proposed one is said as well.
    at = "" if chat.schedule else f" {proposal.timings[0].at:%H:%M}"
    some = (
        (words.pgettext("button", "Every day"), EVERY_DAY),
        (words.pgettext("button", "Weekdays"), _WEEKDAYS),
        (words.pgettext("button", "Weekends"), _WEEKEND),
    )
    yield tuple(
        _choice(label, f"{SCHEDULE.slash}{at}{_all_typed(these)}", chosen=these == set_days)
        for label, these in some
    )
    names = (
        *(words.pgettext("button", "Mon"), words.pgettext("button", "Tue")),
        *(words.pgettext("button", "Wed"), words.pgettext("button", "Thu")),
        *(words.pgettext("button", "Fri"), words.pgettext("button", "Sat")),
        words.pgettext("button", "Sun"),
    )
    each = []
    for day, name in enumerate(names):
        # The last day cannot go: pressing it says what holds already.
        after = set_days ^ {day} or {day}
        said = f"{SCHEDULE.slash}{at}{_all_typed(after)}"
        each.append(_choice(name, said, chosen=day in set_days))
    yield from _rows(each, 4)


def cities(chat: Subscription, proposal: Schedule) -> Iterator[tuple[Button, ...]]:
    """Yield rows of cities; the one whose time holds is marked."""
    schedule = chat.schedule
    # Where there is no schedule to keep, the proposed one is said as well.
    first = "" if schedule else timings_typed(proposal.timings[0])
    zone = schedule.zone if schedule else ""
    known = {name: where for name, where in CITIES.items() if where != zone}
    own = [place_name(zone)] if zone else []
    buttons = [_choice(name, f"{SCHEDULE.slash} {zone}", chosen=True) for name in own]
    buttons += [_choice(name, f"{SCHEDULE.slash}{first} {name}", chosen=False) for name in known]
    yield from _rows(_fitting(buttons), 3)


def topics(
    chat: Subscription, proposed: Iterable[str], words: Words
) -> Iterator[tuple[Button, ...]]:
    """Yield rows of topics to follow or, where they are marked, to take out."""
    everything = words.pgettext("button", "Everything")
    yield (_choice(everything, f"{UNFOLLOW.slash} all", chosen=not chat.topics),)
    followed = {topic.casefold() for topic in chat.topics}
    buttons = [_choice(name, f"{UNFOLLOW.slash} {name}", chosen=True) for name in chat.topics]
    buttons += [
        _choice(name, f"{FOLLOW.slash} {name}", chosen=False)
        for name in proposed
        if name.casefold() not in followed
    ]
    yield from _rows(_fitting(buttons)[:MOST_TOPICS], 2)


def lengths(chat: Subscription, words: Words) -> Iterator[tuple[Button, ...]]:
    """Yield the lengths of a digest, the one that is set marked."""
    yield tuple(
        _choice(
            words.gettext(LENGTHS[length]),
            f"{SETTINGS.slash} length {length.value}",
            chosen=length is chat.length,
        )
        for length in Length
    )


def languages(chat: Subscription, names: Mapping[str, str]) -> Iterator[tuple[Button, ...]]:
    """Yield the languages by what they call themselves, the one that is set marked."""
    buttons = [
        _choice(name, f"{SETTINGS.slash} language {code}", chosen=code == chat.language)
        for code, name in names.items()
    ]
    yield from _rows(buttons, 3)


def stories(chat: Subscription, words: Words) -> Iterator[tuple[Button, ...]]:
    """Yield where the stories of a digest may stand, the way that is set marked."""
    slash = f"{SETTINGS.slash} stories"
    yield (
        _choice(words.pgettext("button", "In a thread"), f"{slash} thread", chosen=not chat.flat),
        _choice(words.pgettext("button", "Without a thread"), f"{slash} flat", chosen=chat.flat),
    )


def days_typed(these: Iterable[int]) -> str:
    """Return days as they are typed behind a time, a space before them; nothing for every day."""
    return "" if frozenset(these) == EVERY_DAY else _all_typed(these)


def timings_typed(timing: Timing) -> str:
    """Return a time of day and its days as they are typed, a space before them."""
    return f" {timing.at:%H:%M}{days_typed(timing.days)}"


def _all_typed(these: Iterable[int]) -> str:
    found = frozenset(these)
    known = {EVERY_DAY: " daily", _WEEKDAYS: " weekdays", _WEEKEND: " weekends"}
    return known.get(found) or "".join(f" {_DAYS[day]}" for day in sorted(found))


def _days(timings: Iterable[Timing]) -> frozenset[int]:
    return frozenset(day for timing in timings for day in timing.days)


def _choice(label: str, says: str, *, chosen: bool) -> Button:
    return Button(f"✓ {label}" if chosen else label, says)


def _fitting(buttons: Iterable[Button]) -> list[Button]:
    """Return the buttons whose words a room can carry."""
    return [button for button in buttons if len(button.says.encode()) <= MOST_SAID]


def _rows(buttons: Sequence[Button], width: int) -> Iterator[tuple[Button, ...]]:
    for start in range(0, len(buttons), width):
        yield tuple(buttons[start : start + width])
