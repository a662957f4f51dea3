"""Subscriptions, their slots and what is posted for them, for tests of the store of delivery."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta

from bot.app.outbox import Filled
from bot.app.ports import Edition
from bot.core.delivery import Payload, State
from bot.core.page import Heading, Item, Link, Page, Plain
from bot.core.slots import Booked, Booking
from bot.core.subscription import Destination, Schedule, Slot, Subscription, Timing
from bot.store.database import Database
from bot.store.slots import Slots
from bot.store.subscriptions import Subscriptions

Scenario = Callable[[Database], Awaitable[None]]
Opened = Callable[[Scenario], None]

NOW = datetime(2025, 9, 2, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HERE = Destination("file", "here.txt")
THERE = Destination("file", "there.txt")
#: Its slot has come at ``NOW``.
DAILY = Schedule((Timing(time(8)),), "Asia/Almaty")
TODAY = Slot(moment=NOW, day=date(2025, 9, 2), at=time(8))
TOMORROW = Slot(moment=NOW + timedelta(days=1), day=date(2025, 9, 3), at=time(8))

PAGE = Page(
    (Heading((Plain("SCO"),)), Item((Plain("Rain in "), Link("Osh", "https://example.org/1")))),
    "SCO: rain",
)


def subscription(destination: Destination = HERE) -> Subscription:
    """Return one that is due."""
    return Subscription(destination=destination, schedule=DAILY, next=TODAY)


def booking(stored: Subscription, *booked: Booked, after: Slot | None = TOMORROW) -> Booking:
    """Return the booking of today's slot, or of those given."""
    slots = booked or (Booked(slot=TODAY, state=State.DUE),)
    return Booking(subscription=stored, slots=slots, next=after)


def filled(*payloads: str, articles: tuple[str, ...] = ("a", "b")) -> Filled:
    """Return a digest of these messages that shows these articles, each a story."""
    edition = Edition(destination=str(HERE), made=NOW, stories=tuple((one,) for one in articles))
    texts = tuple[Payload, ...]({"text": text} for text in payloads)
    return Filled(page=PAGE, payloads=texts, until=NOW, edition=edition)


async def due_series(database: Database, destination: Destination = HERE) -> int:
    """Return the number of a series whose slot has come, of a new subscription."""
    stored = await Subscriptions(database).save(subscription(destination), now=NOW)
    (unput,) = await Slots(database).book([booking(stored)], now=NOW)
    return unput.series
