"""Slots that have come become series, and series become works: each once, whatever happens."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.app.counts import Counts
from bot.app.outbox import Tell
from bot.app.ports import Clock
from bot.app.queue import Queue
from bot.app.slots import Slots, Subscriptions, Unput
from bot.core.delivery import Kind, State, Work
from bot.core.errors import ZoneError
from bot.core.slots import Booking, overdue
from bot.core.subscription import Standing, Subscription

#: The kind of work that sends a series.
PUBLISH = "publish"

#: How many subscriptions are booked, or works put, in one transaction.
_BATCH = 500
#: How many overdue slots of one subscription are recorded one by one.
_MOST = 400

log = logging.getLogger(__name__)


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

    async def start(self) -> int:
        """Put a work for every open series, whatever was noted before; return how many there are.

        Keys keep out those that wait already, so this is safe at any time.
        """
        await self.slots.restart()
        return await self.sweep()

    async def due(self) -> int:
        """Book the slots that have come by now, and put their works; return how many are due."""
        now = self.clock.now()
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
            place = booking.subscription.destination
            for booked in booking.slots:
                if booked.state is not State.DUE:
                    self.counts.slots[booked.state] += 1
                    what, slot = booked.state.value, booked.slot
                    log.warning("%s, %s %s: %s. %s", place, slot.day, slot.at, what, booked.why)

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
