"""What the operator's commands show: subscriptions, slots with their receipts, and records."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from types import MappingProxyType

from bot.app.operator import Tally
from bot.app.records import Record
from bot.app.telling import Said
from bot.console.record import Json
from bot.console.titles import title_of, titled
from bot.core.delivery import OPEN, Kind, Receipt, Series
from bot.core.page import Block, Code, Entry, Heading, Item, Page, Paragraph, Plain, Strong
from bot.core.schedule_words import schedule_words
from bot.core.subscription import Slot, Standing, Subscription
from bot.core.wording import English

SUBSCRIPTION_HEADINGS = ("DESTINATION", "SCHEDULE", "NEXT", "STANDING")
RECORD_HEADINGS = (
    *("NUMBER", "DESTINATION", "SLOT", "STATE", "PARTS", "ATTEMPTS", "INTERRUPTED", "WHY"),
)
_NONE: Mapping[str, str] = MappingProxyType({})
UNKNOWN_HEADINGS = ("NUMBER", "DESTINATION", "SLOT")


def subscription_row(
    subscription: Subscription, *, now: datetime, titles: Mapping[str, str] = _NONE
) -> tuple[str, ...]:
    """Return what a chat gets, when next, and whether it is served."""
    schedule = subscription.schedule
    return (
        titled(subscription.destination, titles),
        "none" if schedule is None else schedule_words(schedule, English(), now),
        "-" if subscription.next is None else _slot(subscription.next),
        _standing(subscription),
    )


def subscription_record(subscription: Subscription, *, titles: Mapping[str, str] = _NONE) -> Json:
    """Return all of a subscription; its id of a person is left out, for nobody needs it here."""
    schedule = subscription.schedule
    timings = schedule.timings if schedule else ()
    return {
        "destination": str(subscription.destination),
        "title": title_of(subscription.destination, titles),
        "timings": [{"at": f"{one.at:%H:%M}", "days": list(one.days)} for one in timings],
        "zone": schedule and schedule.zone,
        "next": subscription.next and _slot_record(subscription.next),
        "standing": subscription.standing.value,
        "reason": subscription.reason,
        "topics": list(subscription.topics),
        "length": subscription.length.value,
        "language": subscription.language,
        "silent": subscription.silent,
        "quiet": subscription.quiet.value,
        "flat": subscription.flat,
        "grace_hours": subscription.grace.total_seconds() / 3600,
        "declared": subscription.declared,
    }


def record_row(
    found: Record, *, zone: tzinfo, titles: Mapping[str, str] = _NONE
) -> tuple[str, ...]:
    """Return what became of a slot; a post without a slot has a moment in that zone."""
    series = found.series
    return (
        str(series.id),
        titled(series.destination, titles),
        _when(series, zone),
        series.state.value,
        f"{found.delivered}/{series.parts}" if series.parts else "-",
        str(found.attempts),
        str(found.interrupted),
        found.why,
    )


def unknown_row(series: Series, *, zone: tzinfo) -> tuple[str, ...]:
    """Return a slot that is not sent again."""
    return str(series.id), str(series.destination), _when(series, zone)


def receipt_record(found: Record, *, titles: Mapping[str, str] = _NONE) -> Json:
    """Return a series with the receipts of its parts."""
    series = found.series
    return {
        "number": series.id,
        "kind": series.kind.value,
        "destination": str(series.destination),
        "title": title_of(series.destination, titles),
        "slot": series.slot and _slot_record(series.slot),
        "due": series.due.isoformat(),
        "state": series.state.value,
        "why": series.why,
        "covers": series.covers,
        "ended": series.ended and series.ended.isoformat(),
        "parts": [_part_record(receipt) for receipt in found.receipts],
    }


def receipt_page(found: Record, *, zone: tzinfo) -> Page:
    """Return what became of one post, part by part."""
    series = found.series
    rows = [
        _entry("destination", str(series.destination)),
        _entry("slot" if series.slot else "asked for", _when(series, zone)),
        Entry((Plain("state"),), (Strong(series.state.value), Plain(_dotted(series.why)))),
        *(_part(receipt, series) for receipt in found.receipts),
    ]
    if series.ended is not None:
        rows.append(_entry("ended", _moment(series.ended, zone)))
    title = Heading((Plain(f"Receipt {series.id}"),))
    return Page((title, *rows, *_what_next(series)), f"Receipt {series.id}: {series.state.value}")


def told_blocks(told: Sequence[Said], *, zone: tzinfo) -> Iterator[Block]:
    """Yield what the operator was told in the last days."""
    if told:
        yield Heading((Plain("Told to the operator in the last 7 days"),), level=2)
    for one in told:
        yield Item((Plain(f"{_moment(one.at, zone)} · {one.sentence}"),))


def idle_row() -> Entry:
    """Return that the bot does not run, and what to do."""
    return _strong("Running", "no: nothing is posted by itself. briefbot run --stay starts it")


def running_row(pid: int | None, since: datetime | None, *, zone: tzinfo) -> Entry:
    """Return that the bot runs, and since when, as far as that can be known."""
    who = "" if pid is None else f", process {pid}"
    began = "" if since is None else f", since {_moment(since, zone)}"
    return _strong("Running", f"yes{who}{began}")


def standing_row(subscriptions: Sequence[Subscription]) -> Entry:
    """Return how many subscriptions there are, and how many are not served."""
    count = Counter(each.standing for each in subscriptions)
    parts = [f"{count[each]} {each.value}" for each in Standing if count[each]]
    return _strong("Subscriptions", ", ".join(parts) or "none")


def stuck_row(count: int) -> Entry:
    """Return how many slots should have been posted by now."""
    return _strong("Stuck", f"{count}: briefbot receipts --stuck" if count else "nothing")


def tally_rows(tally: Tally) -> Iterator[Entry]:
    """Yield how many digests came late or not at all in a week, and how much waits."""
    yield _strong("Last 7 days", f"{tally.late} late, {tally.missed} missed")
    waiting = f"posts: {tally.waiting}, their parts to be sent: {tally.parts}"
    yield _strong("Waiting", waiting if tally.waiting else "nothing")


def _strong(term: str, said: str) -> Entry:
    return Entry((Strong(term),), (Plain(said),))


def _what_next(series: Series) -> Iterator[Block]:
    if series.state in OPEN:
        said = "It is still on its way. To look again, or to stop it: "
        again, stop = Code("briefbot receipts --stuck"), Code(f"briefbot cancel {series.id}")
        yield Paragraph((Plain(said), again, Plain(" · "), stop))


def _part(receipt: Receipt, series: Series) -> Entry:
    said = [receipt.fate.value]
    if receipt.reference is not None:
        said.append(f"reference {receipt.reference}")
    if receipt.attempts > 1:
        said.append(f"{receipt.attempts} attempts")
    if receipt.interrupted:
        times = "once" if receipt.interrupted == 1 else f"{receipt.interrupted} times"
        said.append(f"interrupted {times}: it may be there twice")
    if receipt.why:
        said.append(receipt.why)
    return _entry(f"part {receipt.part + 1} of {series.parts}", " · ".join(said))


def _entry(term: str, said: str) -> Entry:
    return Entry((Plain(term),), (Plain(said),))


def _dotted(said: str) -> str:
    return f" · {said}" if said else ""


def _standing(subscription: Subscription) -> str:
    if subscription.standing is Standing.STOPPED:
        return f"stopped: {subscription.reason}"
    return str(subscription.standing.value)


def _when(series: Series, zone: tzinfo) -> str:
    if series.slot is not None:
        return _slot(series.slot)
    what = {Kind.AGAIN: ", again", Kind.NOTICE: ", notice"}.get(series.kind, ", at once")
    return f"{_moment(series.due, zone)}{what}"


def _slot(slot: Slot) -> str:
    return f"{slot.day} {slot.at:%H:%M}"


def _moment(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _slot_record(slot: Slot) -> Json:
    return {"day": slot.day.isoformat(), "at": f"{slot.at:%H:%M}", "utc": slot.moment.isoformat()}


def _part_record(receipt: Receipt) -> Json:
    return {
        "part": receipt.part,
        "fate": receipt.fate.value,
        "reference": receipt.reference,
        "attempts": receipt.attempts,
        "interrupted": receipt.interrupted,
        "why": receipt.why,
        "changed": receipt.changed and receipt.changed.isoformat(),
    }
