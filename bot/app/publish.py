"""Slots that have come become series, and series become works: each once, whatever happens."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.app.about import about
from bot.app.counts import Counts
from bot.app.journal import moment_id
from bot.app.outbox import Tell
from bot.app.ports import Clock
from bot.app.queue import Queue
from bot.app.slots import Slots, Subscriptions, Unput
from bot.core.delivery import Kind, State, Work
from bot.core.errors import ZoneError
from bot.core.slots import Booking, next_slot, overdue
from bot.core.subscription import Standing, Subscription

#: The kind of work that sends a series.
PUBLISH = "publish"

#: How many subscriptions are booked, or works put, in one transaction.
_BATCH = 500
#: How many overdue slots of one subscription are recorded one by one.
_MOST = 400
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
#: A clock that went back further than this was set back.
_SET_BACK = timedelta(minutes=1)

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Seen:
    """The latest moment that was seen since the slots were last set right."""

    moment: datetime = _LONG_AGO


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """Books what is due and puts the works for it. Every method raises ``StoreError``.

    A method that fails, or is cut short, is made good by the next call: the rows are the truth.
    """

    slots: Slots
    subscriptions: Subscriptions
    queue: Queue
    clock: Clock
    tell: Tell
    counts: Counts
    _seen: _Seen = field(default_factory=_Seen)

    async def start(self) -> int:
        """Put a work for every open series, whatever was noted before; return how many there are.

        Keys keep out those that wait already, so this is safe at any time. Next slots that were
        reckoned while the clock was ahead are reckoned anew.
        """
        await self._set_right(self.clock.now())
        await self.slots.restart()
        return await self.sweep()

    async def due(self) -> int:
        """Book the slots that have come by now, and put their works; return how many are due."""
        now = self.clock.now()
        if self._seen.moment - now > _SET_BACK:
            await self._set_right(now)
        self._seen.moment = max(self._seen.moment, now)
        count = 0
        while subscriptions := await self.slots.due(now, limit=_BATCH):
            bookings = [
                booking for one in subscriptions if (booking := await self._booking(one, now))
            ]
            written = await self.slots.book(bookings, now=now)
            self._count(bookings, len(written))
            await self._put(written)
            count += len(written)
            if len(subscriptions) < _BATCH:
                break
        return count

    async def sweep(self) -> int:
        """Put works for open series that have none; return how many there were.

        A crash leaves them behind, and other processes, such as a command, write them.
        """
        count = 0
        while unput := await self.slots.unput(limit=_BATCH):
            await self._put(unput)
            count += len(unput)
        return count

    async def _set_right(self, now: datetime) -> None:
        """Reckon next slots anew that lie too far ahead, for the clock had been."""
        await self.slots.unmissed(now)
        number = 0
        while some := await self.slots.ahead(now, beyond=number, limit=_BATCH):
            found = [await self._earlier(one, now) for one in some]
            await self.slots.book([one for one in found if one is not None], now=now)
            number = some[-1].id
        self._seen.moment = now

    async def _earlier(self, subscription: Subscription, now: datetime) -> Booking | None:
        """Return the booking of an earlier next slot than the one that is kept, if there is one."""
        schedule, kept = subscription.schedule, subscription.next
        if schedule is None or kept is None:
            return None
        try:
            slot = next_slot(schedule, now)
            if slot is not None and slot < kept:
                taken = await self.slots.taken(subscription.id, since=slot.day)
                slot = next_slot(schedule, now, taken=taken)
        except ZoneError:
            # Its subscription is stopped when the slot comes that is kept.
            return None
        if slot is None or slot >= kept:
            return None
        return Booking(subscription=subscription, slots=(), next=slot)

    async def _booking(self, subscription: Subscription, now: datetime) -> Booking | None:
        try:
            return overdue(subscription, now, most=_MOST)
        except ZoneError as error:
            stopped = replace(subscription, standing=Standing.STOPPED, reason=str(error), next=None)
            await self.subscriptions.save(stopped, now=now)
            await self.tell.tell(f"{subscription.destination} gets no digest any more. {error}")
            return None

    def _count(self, bookings: Iterable[Booking], written: int) -> None:
        self.counts.slots[State.DUE] += written
        for booking in bookings:
            place, number = booking.subscription.destination, booking.subscription.id
            for booked in booking.slots:
                if booked.state is not State.DUE:
                    self.counts.slots[booked.state] += 1
                    what, slot = booked.state.value, moment_id(booked.slot.moment)
                    with about(subscription=number, slot=slot, destination=str(place)):
                        log.warning("%s, %s: %s. %s", place, slot, what, booked.why)

    async def _put(self, series: Sequence[Unput]) -> None:
        if series:
            await self.queue.put([_work(one) for one in series])
            await self.slots.put([one.series for one in series])


def _work(unput: Unput) -> Work:
    return Work(
        kind=PUBLISH,
        args=(str(unput.series),),
        line=str(unput.destination),
        key=f"{PUBLISH}:{unput.series}",
        # What somebody waits for goes before what goes out to all.
        priority=0 if unput.kind is Kind.DIGEST else 1,
    )
