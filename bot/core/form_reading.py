"""What is entered into the form of a chat's settings, read by the rules of the verbs."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from bot.core.form import FLAT, THREAD, YES, Field, Filled
from bot.core.misread_pages import misread_words
from bot.core.phrases import plain
from bot.core.settings_commands import MAX_TOPIC, MAX_TOPICS, Unsettled
from bot.core.settings_pages import unsettled
from bot.core.settings_reading import topics_of
from bot.core.subscription import Length, QuietPolicy, Schedule, Standing, Subscription, Timing
from bot.core.timing import Adjusted, Misread, Timed, TimingMistake, mended, read_timing
from bot.core.topics import joined
from bot.core.verbs import clean
from bot.core.wording import Words

#: A line that can be typed where times are asked for.
_EXAMPLE = "8am weekdays"
#: What can be wrong with a place.
_PLACES = frozenset({TimingMistake.BAD_ZONE, TimingMistake.WHICH_ZONE, TimingMistake.OFFSET})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be changed; None for what stays as it is."""

    #: The times, which may be none: no digest comes by itself then.
    timings: tuple[Timing, ...] | None = None
    zone: str | None = None
    topics: tuple[str, ...] | None = None
    length: Length | None = None
    quiet: QuietPolicy | None = None
    flat: bool | None = None
    language: str | None = None
    paused: bool | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in a field, in a sentence or two."""

    field: Field
    why: str


#: What is wrong, by the field in which it stands.
Complaints = Mapping[Field, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Reads forms."""

    #: The names of the time zones, and the codes of the languages that there are.
    zones: Collection[str]
    languages: Collection[str]
    words: Words

    def read(self, entered: Filled, touched: Collection[Field]) -> Wanted | Complaints:
        """Return what is to be changed by what was entered into the touched fields.

        What is wrong in any of them is told, and then nothing is to be changed.
        """
        found = (
            *self._schedule(entered, touched),
            *self._topics(entered, touched),
            *self._chosen(entered, touched),
        )
        complaints = {each.field: each.why for each in found if isinstance(each, Wrong)}
        return complaints or _merged([each for each in found if isinstance(each, Wanted)])

    def _schedule(self, entered: Filled, touched: Collection[Field]) -> Iterator[Wanted | Wrong]:
        when, city = _line(entered, Field.WHEN), _line(entered, Field.CITY)
        if not when:
            if Field.WHEN in touched:
                yield Wanted(timings=())
            elif Field.CITY in touched:
                yield self._no_time()
            return
        named = None
        if Field.WHEN in touched:
            timed = self._timed(when)
            named = timed.zone if isinstance(timed, Wanted) else None
            yield timed
        # Who names none leaves the one that holds.
        if Field.CITY in touched and city:
            yield self._city(city, named)

    def _timed(self, typed: str) -> Wanted | Wrong:
        read = read_timing(typed, self.zones)
        if isinstance(read, Timed):
            return Wanted(timings=read.timings, zone=read.zone)
        if isinstance(read, Adjusted):
            return self._no_time()
        works = mended(typed, read, self.zones) or _EXAMPLE
        return Wrong(Field.WHEN, f"{self._misread(read)} {self._works(works)}")

    def _city(self, typed: str, named: str | None) -> Wanted | Wrong:
        """Return the zone of a city; ``named`` is the one that stands beside the times."""
        read = read_timing(typed, self.zones)
        match read:
            case Adjusted(days=None, zone=str(zone)) if named in {None, zone}:
                return Wanted(zone=zone)
            case Adjusted(days=None, zone=str()):
                said = self.words.gettext("Another city stands beside the times: name it once.")
            case Misread(mistake=TimingMistake.UNKNOWN_WORD):
                # Here it can be meant for a place only.
                said = self._misread(Misread(TimingMistake.BAD_ZONE, read.said))
            case Misread() if read.mistake in _PLACES:
                said = self._misread(read)
            case _:
                said = self.words.gettext("I need a city or a time zone here, and nothing else.")
        return Wrong(Field.CITY, said)

    def _topics(self, entered: Filled, touched: Collection[Field]) -> Iterator[Wanted | Wrong]:
        if not {Field.TOPICS, Field.OTHERS} & set(touched):
            return
        typed = _line(entered, Field.OTHERS)
        others = topics_of(typed) if typed else ()
        if isinstance(others, Unsettled):
            yield Wrong(Field.OTHERS, plain(unsettled(others, self.words)))
            return
        chosen = [name for name in entered.get(Field.TOPICS, ()) if len(name) <= MAX_TOPIC]
        topics = joined(chosen, others)
        if len(topics) > MAX_TOPICS:
            message = self.words.gettext("A chat follows {most} topics at most; these are {count}.")
            most, count = (self.words.number(each) for each in (MAX_TOPICS, len(topics)))
            yield Wrong(Field.OTHERS, message.format(most=most, count=count))
            return
        yield Wanted(topics=topics)

    def _chosen(self, entered: Filled, touched: Collection[Field]) -> Iterator[Wanted | Wrong]:
        known: Mapping[Field, Mapping[str, Wanted]] = {
            Field.LENGTH: {each.value: Wanted(length=each) for each in Length},
            Field.QUIET: {each.value: Wanted(quiet=each) for each in QuietPolicy},
            Field.STORIES: {THREAD: Wanted(flat=False), FLAT: Wanted(flat=True)},
            Field.LANGUAGE: {code: Wanted(language=code) for code in self.languages},
            Field.PAUSED: {"": Wanted(paused=False), YES: Wanted(paused=True)},
        }
        for field in known:
            if field in touched:
                choice = known[field].get(_line(entered, field))
                gone = self.words.gettext(
                    "There is no such choice any more: close this, and open it again."
                )
                yield choice or Wrong(field, gone)

    def _misread(self, misread: Misread) -> str:
        return plain(misread_words(misread, self.words))

    def _works(self, example: str) -> str:
        return self.words.gettext("This works: {example}").format(example=example)

    def _no_time(self) -> Wrong:
        said = self.words.gettext("I need a time of day too.")
        return Wrong(Field.WHEN, f"{said} {self._works(_EXAMPLE)}")


def changed_by(wanted: Wanted, before: Subscription, *, zone: str) -> Subscription:
    """Return the settings with what is wanted; the zone is for times that have none yet."""
    after = replace(
        before,
        schedule=_schedule(wanted, before.schedule, zone),
        topics=before.topics if wanted.topics is None else _topics(wanted.topics, before.topics),
        length=wanted.length or before.length,
        quiet=wanted.quiet or before.quiet,
        flat=before.flat if wanted.flat is None else wanted.flat,
        language=wanted.language or before.language,
    )
    # Without times there is nothing to pause.
    pauses = wanted.paused and after.schedule is not None
    if wanted.paused is not None:
        return replace(after, standing=Standing.PAUSED if pauses else Standing.ACTIVE, reason="")
    # What the platform refused is known to work again, for somebody has just asked there.
    revives = bool(wanted.timings) and before.standing is Standing.STOPPED
    resumes = wanted.timings == () and before.standing is Standing.PAUSED
    return replace(after, standing=Standing.ACTIVE, reason="") if revives or resumes else after


def _schedule(wanted: Wanted, before: Schedule | None, zone: str) -> Schedule | None:
    timings = wanted.timings
    if timings is None:
        timings = before.timings if before else ()
    return Schedule(timings, wanted.zone or (before.zone if before else zone)) if timings else None


def _topics(topics: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    """Return the topics, in the order that they had if they are the same."""
    return before if {*topics} == {*before} else topics


def _line(entered: Filled, field: Field) -> str:
    """Return the first thing that stands in a field, read as a message is; empty without any."""
    return clean(next(iter(entered.get(field, ())), ""))


def _merged(parts: Collection[Wanted]) -> Wanted:
    """Return all that the parts want together."""
    values: dict[str, Any] = {}
    for part in parts:
        found = ((each.name, getattr(part, each.name)) for each in fields(part))
        values |= {name: value for name, value in found if value is not None}
    return Wanted(**values)
