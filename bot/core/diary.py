"""What is ahead, as a page."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from bot.core.calendar_page import calendar_offer
from bot.core.fact_verbs import Upcoming
from bot.core.footnotes import Footnotes
from bot.core.origin import Occasion, Selection, Traced, called, day_words, name_words, provenance
from bot.core.page import Block, Code, Entry, Heading, Inline, Note, Page, Plain, Strong
from bot.core.phrases import one_line, plain
from bot.core.remainder import remainder
from bot.core.stretch import in_its_words, is_long, is_part
from bot.core.values import Event, Precision, Published, Story, When
from bot.core.wording import DayForm, Words, fill

#: How many events a page shows before the rest is counted.
MOST_EVENTS = 30
#: The same at the end of a digest.
DIGEST_EVENTS = 5
#: What shows fewer of them.
NARROWER = "/upcoming 30"

#: What is dated in words, or not at all, is ahead for so many months from its publication.
WORDS_MONTHS, UNDATED_MONTHS = 15, 12


class Part(IntEnum):
    """The parts of the diary in their order."""

    #: A day, or so few that a calendar may hold them.
    DAY = 0
    MONTH = 1
    #: A year, or another stretch longer than a month: "the first quarter".
    YEAR = 2
    WORDS = 3
    NONE = 4


def part(when: When) -> Part:
    """Return which part of the diary a time belongs to."""
    if when.precision is Precision.NONE:
        return Part.NONE
    if when.first is None or when.precision is Precision.WORDS:
        return Part.WORDS
    if when.precision is Precision.MONTH:
        return Part.MONTH
    return Part.YEAR if when.precision is Precision.YEAR or is_long(when) else Part.DAY


def order(when: When) -> tuple[int, date, date]:
    """Return the place of a time in the diary: by its first day, the more exact first."""
    first = when.first or date.max
    undated = part(when) if part(when) >= Part.WORDS else 0
    return undated, first, when.last or first


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class _Same:
    """An event, and every article that tells of it in the same words."""

    event: Event
    traced: list[Traced[Event]]


def diary_page(
    found: Selection[Event], *, asked: Upcoming, occasion: Occasion, words: Words
) -> Page:
    """Return the events in the order given, and what of them a calendar file would hold."""
    day = words.day(occasion.today, DayForm.LONG)
    title = fill(words.gettext("Ahead · as of {day}"), day=day)
    if asked.days is not None:
        message = words.ngettext(
            "Ahead · within {count} day of {day}",
            "Ahead · within {count} days of {day}",
            asked.days,
        )
        title = fill(message, count=words.number(asked.days), day=day)
    blocks: list[Block] = [Heading(title)]
    if not found.first:
        blocks.append(Note(_nothing(asked, words)))
    undated = False
    notes = Footnotes(words)
    for same in _merged(found.first):
        if part(same.event.when) >= Part.WORDS and not undated:
            undated = True
            blocks.append(Heading((Plain(words.gettext("Date not given")),), level=2))
        blocks.append(_entry(same, notes, occasion, words))
    blocks += notes.blocks()
    narrower = NARROWER if asked.days is None else ""
    blocks += remainder(found.more, occasion, words, narrower=narrower)
    if found.first:
        dated = sum(part(one.fact.when) is Part.DAY for one in found.first)
        blocks += calendar_offer(dated, asked, words)
    return Page(tuple(blocks), plain(title))


def dated_entries(found: Sequence[Traced[Event]], words: Words) -> Sequence[Entry]:
    """Return the events that a calendar file of them holds, each with its time."""
    return [
        Entry(
            (Strong(when_words(same.event.when, words)),),
            (Plain(" · ".join(_parts(same.event, words))),),
        )
        for same in _merged(found)
        if part(same.event.when) is Part.DAY
    ]


def ahead_part(
    events: Sequence[Event], published: Published | None, words: Words, *, most: int
) -> Iterator[Block]:
    """Yield what one story says is ahead of its publication, at most so many events.

    Nothing is yielded where there is none.
    """
    if not events:
        return
    yield Heading((Plain(words.gettext("Ahead")),), level=2)
    in_order = sorted(events, key=lambda event: order(event.when))
    for event in in_order[:most]:
        term = when_words(event.when, words) or words.gettext("no date given")
        spans = " · ".join(_parts(event, words))
        if event.when.precision is Precision.WORDS and published is not None:
            message = words.gettext("as written on {day}")
            written = message.format(day=words.day(published.day, DayForm.BRIEF_YEAR))
            spans = f"{spans} · {written}"
        yield Entry((Strong(term),), (Plain(spans),))
    if rest := len(events[most:]):
        message = words.ngettext("and {count} more", "and {count} more", rest)
        yield Note(fill(message, count=words.number(rest)))


def is_ahead(event: Event, published: Published | None, today: date) -> bool:
    """Say whether an event may still be to come on a day.

    What has no day leaves so many months after its publication; without one it stays.
    """
    if event.when.last is not None:
        return event.when.last >= today
    undated = event.when.precision is Precision.NONE
    oldest = months_before(today, UNDATED_MONTHS if undated else WORDS_MONTHS)
    return published is None or published.day > oldest


def ahead_of_today(stories: Sequence[Story], today: date, words: Words) -> Iterator[Block]:
    """Yield what the stories of a digest say is still ahead on a day, each with its number."""
    events = [
        (event, story.number)
        for story in stories
        for event in story.brief.facts.ahead
        if is_ahead(event, story.brief.article.published, today)
    ]
    if not events:
        return
    yield Heading((Plain(words.gettext("Ahead")),), level=2)
    events.sort(key=lambda one: (order(one[0].when), one[1]))
    for event, number in events[:DIGEST_EVENTS]:
        term = when_words(event.when, words) or words.gettext("no date given")
        where = f" · {one_line(event.where)}" if event.where else ""
        yield Entry((Strong(term),), (Plain(f"{one_line(event.what)}{where} ({number})"),))
    if rest := len(events[DIGEST_EVENTS:]):
        message = words.ngettext("and {count} more: {verb}", "and {count} more: {verb}", rest)
        yield Note(fill(message, count=words.number(rest), verb=Code("/upcoming")))


def when_words(when: When, words: Words) -> str:
    """Return when it is, no more exactly than the source says; empty where it says nothing."""
    if when.first is None or part(when) >= Part.WORDS:
        return one_line(when.text)
    if is_long(when) or is_part(when):
        return in_its_words(when)
    first = _date(when.first, when.precision, words)
    last = _date(when.last or when.first, when.precision, words)
    if first == last:
        return first
    # Translators: the first and the last day, month or year of a time.
    return words.gettext("{first} – {last}").format(first=first, last=last)


def _date(day: date, precision: Precision, words: Words) -> str:
    if precision is Precision.YEAR:
        return str(day.year)
    if precision is Precision.MONTH:
        return words.day(day, DayForm.MONTH)
    return words.day(day, DayForm.BRIEF_YEAR)


def _parts(event: Event, words: Words) -> Iterator[str]:
    yield one_line(event.what)
    yield one_line(event.where) or words.gettext("place not given")
    if event.speaker is not None:
        yield words.gettext("{name}'s words").format(name=called(event.speaker))


def _entry(same: _Same, notes: Footnotes, occasion: Occasion, words: Words) -> Entry:
    event, origin = same.event, same.traced[0].origin
    said = " · ".join(_parts(event, words)) + notes.mark(unpaired=False, speaker=event.speaker)
    if event.when.precision is Precision.WORDS:
        message = words.gettext("as written on {day}")
        said += " · " + message.format(day=day_words(origin.published, occasion.today, words))
    spans: list[Inline] = [Plain(said)]
    for traced in same.traced:
        spans += [Plain(" · "), *provenance(traced.origin, occasion, words)]
    return Entry((Strong(when_words(event.when, words) or "—"),), tuple(spans))


def _merged(found: Sequence[Traced[Event]]) -> Sequence[_Same]:
    """Return the events, those of the same words and time told once for all their articles."""
    merged: dict[tuple[object, ...], _Same] = {}
    for traced in found:
        event = traced.fact
        when = (event.when.first, event.when.last, name_words(event.when.text))
        key = (name_words(event.what), name_words(event.where), when, event.speaker)
        merged.setdefault(key, _Same(event, [])).traced.append(traced)
    return list(merged.values())


def _nothing(asked: Upcoming, words: Words) -> tuple[Inline, ...]:
    if asked.days is None:
        return fill(words.gettext("No article tells of anything ahead."))
    message = words.gettext("Nothing is known to begin by then. All that is ahead: {verb}")
    return fill(message, verb=Code("/upcoming"))
