"""A calendar file of what is ahead, offered and sent."""

from collections.abc import Iterator, Sequence

from bot.core.fact_verbs import UPCOMING, Upcoming
from bot.core.page import (
    Block,
    Button,
    Buttons,
    Code,
    Document,
    Entry,
    Note,
    Page,
    Paragraph,
    Prose,
)
from bot.core.phrases import plain
from bot.core.wording import Words, fill

#: The name of the calendar file.
CALENDAR = "ahead.ics"
#: What writes one where no file can be sent.
_COMMAND = "briefbot upcoming --ics FILE"
#: So many events are told in place of a file.
_TOLD = 30


def calendar_offer(count: int, asked: Upcoming, words: Words) -> Iterator[Block]:
    """Yield how many of the events that are shown a calendar file holds, and how one gets it."""
    if not count:
        yield Note(
            fill(words.gettext("A calendar file holds nothing yet: no event here has a day."))
        )
        return
    message = words.ngettext(
        "A calendar file holds the {count} event with a day: {command}",
        "A calendar file holds the {count} events with a day: {command}",
        count,
    )
    days = "" if asked.days is None else f" {asked.days}"
    command = f"{UPCOMING.slash}{days} ics"
    yield Note(fill(message, count=words.number(count), command=Code(command)))
    yield Buttons(((Button(words.gettext("Calendar file"), command),),))


def calendar_page(
    content: bytes, count: int, undated: int, *, dated: Sequence[Entry] = (), words: Words
) -> Page:
    """Return a calendar file of so many events, and how many it could not hold.

    Where the file cannot be sent, the dated ones are told.
    """
    if not count:
        said = fill(words.gettext("No event ahead has a day, so there is nothing for a calendar."))
    else:
        message = words.ngettext(
            "A calendar file with {count} event.", "A calendar file with {count} events.", count
        )
        said = fill(message, count=words.number(count))
    blocks: list[Block] = [Paragraph(said)]
    if undated:
        message = words.ngettext(
            "{count} more has no day: {verb}", "{count} more have no day: {verb}", undated
        )
        rest = fill(message, count=words.number(undated), verb=Code(UPCOMING.slash))
        blocks.append(Note(rest))
    if not count:
        return Page(tuple(blocks), plain(said))
    instead = fill(words.gettext("Write it with {command}"), command=Code(_COMMAND))
    told = (*_told(dated, words),) if dated else ()
    return Page(tuple(blocks), plain(said), Document(CALENDAR, content, instead, told))


def _told(dated: Sequence[Entry], words: Words) -> Iterator[Prose]:
    yield Paragraph(fill(words.gettext("I could not send the file here. This is what it holds:")))
    yield from dated[:_TOLD]
    if rest := len(dated[_TOLD:]):
        message = words.ngettext("and {count} more: {verb}", "and {count} more: {verb}", rest)
        yield Note(fill(message, count=words.number(rest), verb=Code(UPCOMING.slash)))
