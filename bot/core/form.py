"""The settings of a chat as a form to be filled in: its fields, and what stands in each."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from html import unescape

from bot.core.abilities import Ability
from bot.core.settings_buttons import days_typed
from bot.core.settings_commands import MAX_TOPIC
from bot.core.settings_panel import Choices
from bot.core.settings_rows import LENGTHS, POLICIES, STORIES
from bot.core.subscription import Length, QuietPolicy, Schedule, Standing, Subscription
from bot.core.wording import Words
from bot.core.zones import place_name, zone_of

#: What choices between two are called.
YES, THREAD, FLAT = "yes", "thread", "flat"
#: A menu holds no more choices.
MOST_CHOICES = 100
#: Characters of a mark.
_LONG = 16


class Field(Enum):
    """A field of the form."""

    WHEN = "when"
    CITY = "city"
    TOPICS = "topics"
    OTHERS = "others"
    LENGTH = "length"
    QUIET = "quiet"
    STORIES = "stories"
    LANGUAGE = "language"
    PAUSED = "paused"


#: What stands in fields: a text, or the values that are chosen.
Filled = Mapping[Field, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A field for a line of text, which may stay empty."""

    field: Field
    label: str
    hint: str
    value: str

    @property
    def filled(self) -> tuple[str, ...]:
        """Return what stands in it."""
        return (self.value,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A field whose value is chosen."""

    field: Field
    label: str
    hint: str = ""
    #: What people read, by the value that it stands for; never empty.
    options: Mapping[str, str]
    chosen: tuple[str, ...]
    #: Whether any number of them may be chosen, none as well.
    several: bool = False

    @property
    def filled(self) -> tuple[str, ...]:
        """Return what is chosen."""
        return self.chosen


Form = tuple[Text | Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a form is made of."""

    chat: Subscription
    #: The time zone of its schedule, or the one that it would get.
    zone: str
    choices: Choices
    #: The names of the time zones that there are.
    zones: Collection[str]


def form_of(kept: Kept, words: Words) -> Form:
    """Return the form as it stands: each field with what holds now."""
    return (*_times(kept, words), *_covers(kept, words), *_manner(kept, words))


def marks_of(form: Form) -> Mapping[str, str]:
    """Return a short mark of what stands in each field, by its name."""
    return {each.field.value: _mark(each.filled) for each in form}


def touched(entered: Filled, shown: Mapping[str, str]) -> frozenset[Field]:
    """Return the fields that hold something else than what the marks were made of."""
    return frozenset(
        field for field, values in entered.items() if shown.get(field.value) != _mark(values)
    )


def when_typed(schedule: Schedule | None) -> str:
    """Return the times of a schedule as they are typed; nothing where there is none."""
    runs: dict[tuple[int, ...], list[str]] = {}
    for timing in schedule.timings if schedule else ():
        runs.setdefault(timing.days, []).append(f"{timing.at:%H:%M}")
    return ", ".join(
        f"{', '.join(times)}{days_typed(days) or ' daily'}" for days, times in runs.items()
    )


def city_typed(zone: str, zones: Collection[str]) -> str:
    """Return what is typed for a time zone: its city where that means it, else its own name."""
    city = place_name(zone)
    return city if zone_of(city, zones) == zone else zone


def _times(kept: Kept, words: Words) -> Iterator[Text | Choice]:
    chat = kept.chat
    yield Text(
        field=Field.WHEN,
        label=words.gettext("When does the digest come?"),
        hint=words.gettext(
            "As with “schedule”: 8am weekdays; or 7:30, 18:00 daily. Empty: no digest comes by"
            " itself."
        ),
        value=when_typed(chat.schedule),
    )
    yield Text(
        field=Field.CITY,
        label=words.gettext("By the time of which city?"),
        hint=words.gettext("A city or a time zone: Astana; or Europe/Moscow."),
        value=city_typed(kept.zone, kept.zones),
    )
    if chat.schedule is not None or chat.standing is not Standing.ACTIVE:
        yield Choice(
            field=Field.PAUSED,
            label=words.gettext("Pause"),
            options={YES: words.gettext("No digest comes by itself for now")},
            chosen=() if chat.standing is Standing.ACTIVE else (YES,),
            several=True,
        )


def _covers(kept: Kept, words: Words) -> Iterator[Text | Choice]:
    chosen = {topic.casefold(): topic for topic in kept.chat.topics}
    names = [name for name in kept.choices.topics if len(name) <= MAX_TOPIC][:MOST_CHOICES]
    known = {name.casefold(): name for name in names}
    if known:
        yield Choice(
            field=Field.TOPICS,
            label=words.gettext("Topics"),
            hint=words.gettext("Without any the digest covers everything."),
            options={name: name for name in known.values()},
            chosen=tuple(name for bare, name in known.items() if bare in chosen),
            several=True,
        )
    others = [topic for bare, topic in chosen.items() if bare not in known]
    yield Text(
        field=Field.OTHERS,
        label=words.gettext("Other topics"),
        hint=words.gettext("Names or words, with commas between them."),
        value=", ".join(others),
    )


def _manner(kept: Kept, words: Words) -> Iterator[Choice]:
    chat, choices = kept.chat, kept.choices
    yield Choice(
        field=Field.LENGTH,
        label=words.gettext("Length"),
        options={length.value: words.gettext(LENGTHS[length]) for length in Length},
        chosen=(chat.length.value,),
    )
    yield Choice(
        field=Field.QUIET,
        label=words.gettext("Day without news"),
        options={policy.value: words.gettext(POLICIES[policy]) for policy in QuietPolicy},
        chosen=(chat.quiet.value,),
    )
    if Ability.THREADS in choices.can:
        yield Choice(
            field=Field.STORIES,
            label=words.gettext("Stories"),
            options={
                THREAD: words.gettext(STORIES[False]),
                FLAT: words.gettext(STORIES[True]),
            },
            chosen=(FLAT if chat.flat else THREAD,),
        )
    if len(choices.languages) > 1:
        chosen = (chat.language,) if chat.language in choices.languages else ()
        yield Choice(
            field=Field.LANGUAGE,
            label=words.gettext("Language"),
            options=choices.languages,
            chosen=chosen,
        )


def _mark(values: tuple[str, ...]) -> str:
    # What is chosen comes back in any order, and a line of text without the spaces around it; a
    # platform may spell out the signs that mean something in markup.
    said = "\n".join(sorted(unescape(value).strip() for value in values if value.strip()))
    return sha256(said.encode(errors="surrogatepass")).hexdigest()[:_LONG]
