"""Events as an iCalendar file (RFC 5545), for any calendar to take in."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from icalendar import Calendar
from icalendar import Event as Entry

from bot.core.diary import Part, part
from bot.core.origin import Origin, Traced, name_words
from bot.core.phrases import one_line
from bot.core.values import Event

#: Who made the file, as RFC 5545, 3.7.3 wants it said.
PRODUCT = "-//Briefbot//Dates ahead//EN"


def calendar_file(events: Sequence[Traced[Event]], *, title: str) -> tuple[bytes, int]:
    """Return the events that have a day as all-day entries, and how many they are.

    The same event of the same article has the same UID in every file, so that taking in a later
    file changes nothing twice. The file depends on nothing but the events and the title.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _harmless(title))
    dated = {uid(traced): traced for traced in events if part(traced.fact.when) is Part.DAY}
    for identity, traced in dated.items():
        calendar.add_component(_entry(traced, identity))
    return calendar.to_ical(), len(dated)


def uid(traced: Traced[Event]) -> str:
    """Return what tells an event from every other: its article, what it is, and its days."""
    event = traced.fact
    what = (" ".join(name_words(event.what)), str(event.when.first), str(event.when.last))
    parts = "\n".join((traced.origin.id, *what))
    return f"{sha256(parts.encode(errors='surrogatepass')).hexdigest()}@briefbot"


def _entry(traced: Traced[Event], identity: str) -> Entry:
    event, origin = traced.fact, traced.origin
    first = event.when.first or date.min
    last = max(first, event.when.last or first)
    entry = Entry()
    entry.add("uid", identity)
    entry.add("summary", _harmless(event.what))
    entry.add("dtstart", first)
    # The end is the first day that is not part of it any more; nothing follows the last of days.
    if last < date.max:
        entry.add("dtend", last + timedelta(days=1))
    # Without a METHOD the stamp is the last revision, too (RFC 5545, 3.8.7.2).
    stamp = _revised(origin)
    entry.add("dtstamp", stamp)
    entry.add("last-modified", stamp)
    # Another day or another name makes another event: no entry is ever revised.
    entry.add("sequence", 0)
    # Whoever takes it in is not busy by it.
    entry.add("transp", "TRANSPARENT")
    if event.where:
        entry.add("location", _harmless(event.where))
    if _has_link(origin):
        entry.add("url", _harmless(origin.url or ""))
    entry.add("description", "\n".join(_description(traced)))
    return entry


def _description(traced: Traced[Event]) -> Sequence[str]:
    """Return the source sentence, who printed it and when, and the link."""
    origin = traced.origin
    printed = _harmless(origin.publisher or origin.source)
    if origin.published is not None:
        printed = f"{printed}, {origin.published.day.isoformat()}"
    link = [_harmless(origin.url or "")] if _has_link(origin) else []
    return [_harmless(traced.sentences or traced.fact.what), printed, *link]


def _revised(origin: Origin) -> datetime:
    if origin.published is None:
        return origin.seen
    return origin.published.at or datetime.combine(origin.published.day, time.min, UTC)


def _has_link(origin: Origin) -> bool:
    """Say whether the article has a web link; other kinds may run a program where clicked."""
    return (origin.url or "").startswith(("https://", "http://"))


def _harmless(text: str) -> str:
    """Return the text on one line, without what no calendar may hold: controls, half characters."""
    seen = "".join(character for character in one_line(text) if character.isprintable())
    return seen.encode(errors="replace").decode()
