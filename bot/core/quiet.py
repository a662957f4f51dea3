"""A digest without news, as a page: a quiet day, or no word from any source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from bot.core.buttons import settings_button
from bot.core.compose import topics_words
from bot.core.coverage import coverage_words, is_thin, thin_note, unread
from bot.core.diary import DIGEST_EVENTS, when_words
from bot.core.faults import failing_words, unstored, unstored_note
from bot.core.health import Health
from bot.core.moments import moment_words
from bot.core.origin import Selection, name_words
from bot.core.page import (
    Block,
    Buttons,
    Code,
    Entry,
    Heading,
    Inline,
    Item,
    Note,
    Page,
    Paragraph,
    Plain,
    Strong,
)
from bot.core.phrases import NAMED, listed, one_line, plain
from bot.core.values import Digest, Event
from bot.core.wording import DayForm, Words, fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """A digest that has no stories, and what there is to say instead."""

    #: Its ``newest`` is the day of the last news there was, or None.
    digest: Digest
    #: Nothing came in since then.
    since: datetime
    #: What it is narrowed to.
    topics: tuple[str, ...] = ()
    ahead: Selection[Event] = field(default_factory=Selection)


def is_certain(digest: Digest, healths: Sequence[Health]) -> bool:
    """Say whether having no news means that there is none: most sources were read and stored."""
    lost = any(unstored(health.faults) for health in healths)
    return not is_thin(digest.coverage) and not lost


def quiet_page(quiet: Quiet, healths: Sequence[Health], *, words: Words, zone: tzinfo) -> Page:
    """Return that there is no news, what is ahead, and of which day the last news was."""
    digest = quiet.digest
    kept_out = sum(unstored(health.faults) for health in healths)
    mark = words.gettext("no news could be stored") if kept_out else words.gettext("quiet day")
    title = _title(digest, mark, words, zone)
    blocks: list[Block] = [Heading(title), *unstored_note(healths, words)]
    if is_thin(digest.coverage):
        blocks += thin_note(healths, words)
    blocks.append(Paragraph((Plain(nothing_new(quiet, words=words, zone=zone)),)))
    blocks += _ahead(quiet.ahead, words)
    last: tuple[str, ...] = ()
    if digest.newest is not None:
        day = words.day(digest.newest, DayForm.LONG)
        last = (words.gettext("The last news is of {day}.").format(day=day),)
    today = digest.made.astimezone(zone).date()
    counted = coverage_words(digest.coverage, kept_out, words, today=today)
    note = " ".join((*topics_words(quiet.topics, words), counted, *last))
    blocks += (Note((Plain(note),)), _settings(digest, words))
    return Page(tuple(blocks), plain(title))


def nothing_new(quiet: Quiet, *, words: Words, zone: tzinfo) -> str:
    """Return in a sentence on what and since when there is no news."""
    today = quiet.digest.made.astimezone(zone).date()
    moment = moment_words(quiet.since, today=today, words=words, zone=zone)
    topics = [f"“{one_line(topic)}”" for topic in quiet.topics]
    what = listed(topics, words) if topics else quiet.digest.title
    message = words.gettext("Nothing new on {what} since {moment}.")
    return message.format(what=what, moment=moment)


def down_page(
    digest: Digest,
    healths: Sequence[Health],
    *,
    words: Words,
    zone: tzinfo,
    told: datetime | None = None,
) -> Page:
    """Return that no source could be read: since when, what each says, and what happens next.

    The digest's ``newest`` is the day of the last news there was, or None. The operator was
    ``told`` at that moment, if at all.
    """
    today = digest.made.astimezone(zone).date()
    title = _title(digest, words.gettext("I could not read the news"), words, zone)
    failing = unread(healths)
    blocks: list[Block] = [Heading(title), *unstored_note(healths, words)]
    blocks.append(Paragraph((Plain(_since_when(failing, today, words, zone)),)))
    said = (_one_failing(one, len(failing), today, words, zone) for one in failing[:NAMED])
    blocks += [Item((Plain(each),)) for each in said]
    if rest := len(failing[NAMED:]):
        message = words.ngettext(
            "and {count} more: {sources} shows it", "and {count} more: {sources} shows them", rest
        )
        blocks.append(Item(fill(message, count=words.number(rest), sources=Code("/sources"))))
    if told is not None:
        blocks.append(Paragraph((Plain(_told(told, today, words, zone)),)))
    blocks.append(Paragraph(_what_next(digest.newest, words)))
    kept_out = sum(unstored(health.faults) for health in healths)
    counted = coverage_words(digest.coverage, kept_out, words, today=today)
    blocks += (Note((Plain(counted),)), _settings(digest, words))
    return Page(tuple(blocks), plain(title))


def _settings(digest: Digest, words: Words) -> Buttons:
    """Return the button of the settings; the page that it stands below stays when it is pressed."""
    return Buttons(((settings_button(words),),), digest.made)


def _title(digest: Digest, mark: str, words: Words, zone: tzinfo) -> tuple[Inline, ...]:
    day = words.day(digest.made.astimezone(zone).date(), DayForm.WEEKDAY)
    return (Plain(f"{digest.title} · {day} · {mark}"),)


def _ahead(found: Selection[Event], words: Words) -> Iterator[Block]:
    """Yield the first events ahead, each once however many articles tell of it."""
    events: dict[object, Event] = {}
    for traced in found.first:
        event = traced.fact
        when = (event.when.first, event.when.last, name_words(event.when.text))
        events.setdefault((name_words(event.what), name_words(event.where), when), event)
    if not events:
        return
    yield Heading((Plain(words.gettext("Ahead")),), level=2)
    each = list(events.values())
    for event in each[:DIGEST_EVENTS]:
        term = when_words(event.when, words) or words.gettext("no date given")
        where = f" · {one_line(event.where)}" if event.where else ""
        yield Entry((Strong(term),), (Plain(f"{one_line(event.what)}{where}"),))
    if rest := len(each[DIGEST_EVENTS:]) + found.more:
        message = words.ngettext("and {count} more: {verb}", "and {count} more: {verb}", rest)
        yield Note(fill(message, count=words.number(rest), verb=Code("/upcoming")))


def _since_when(failing: Sequence[Health], today: date, words: Words, zone: tzinfo) -> str:
    """Return since when there is no source at all that can be read, as far as that is known."""
    count = len(failing)
    known = [health.since for health in failing if health.since is not None]
    if len(known) < count:
        message = words.ngettext(
            "This is not a quiet day: my only source could not be read.",
            "This is not a quiet day: none of my {count} sources could be read.",
            count,
        )
        return message.format(count=words.number(count))
    message = words.ngettext(
        "This is not a quiet day: I have not been able to read my only source since {moment}.",
        "This is not a quiet day: I have not been able to read any of my {count} sources since "
        "{moment}.",
        count,
    )
    moment = moment_words(max(known), today=today, words=words, zone=zone)
    return message.format(count=words.number(count), moment=moment)


def _one_failing(health: Health, count: int, today: date, words: Words, zone: tzinfo) -> str:
    said = failing_words(health, words)
    if count == 1 or health.since is None:
        return said
    moment = moment_words(health.since, today=today, words=words, zone=zone)
    return words.gettext("{fault}, since {moment}").format(fault=said, moment=moment)


def _told(told: datetime, today: date, words: Words, zone: tzinfo) -> str:
    local = told.astimezone(zone)
    time = words.time(local.time())
    if local.date() == today:
        return words.gettext("The operator was told at {time}.").format(time=time)
    day = words.day(local.date(), DayForm.LONG)
    return words.gettext("The operator was told on {day} at {time}.").format(day=day, time=time)


def _what_next(newest: date | None, words: Words) -> tuple[Inline, ...]:
    later = words.gettext("What I miss will be in the first digest after that is mended.")
    if newest is None:
        last = words.gettext("I have no older news either.")
        return (Plain(f"{later} {last}"),)
    message = words.gettext("The last news I read is of {day}: {brief} shows it.")
    day = words.day(newest, DayForm.LONG)
    return (Plain(f"{later} "), *fill(message, day=day, brief=Code("/brief")))
