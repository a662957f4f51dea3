"""Changes what a chat has asked for, so that no slot is lost by it."""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from enum import Enum

from bot.app.ports import Clock
from bot.app.slots import Slots, Subscriptions
from bot.core.ask import Ask
from bot.core.errors import ZoneError
from bot.core.slots import next_slot, overdue
from bot.core.subscription import NOT_LISTED, Destination, Slot, Standing, Subscription
from bot.core.undoing import mark_of
from bot.core.zones import zone_named

#: So many overdue slots of the chat are recorded one by one.
_MOST = 400


@dataclass(frozen=True, slots=True)
class Restored:
    """What holds in a chat after an undo."""

    subscription: Subscription
    #: Whether the undo took back an undo, so that a change is made again.
    again: bool


class Stale(Enum):
    """Why a change that somebody means is not taken back."""

    TAKEN_BACK = "taken back already"
    #: It is not the last one any more.
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """Reads and writes the settings of chats. Every method raises ``StoreError``."""

    subscriptions: Subscriptions
    slots: Slots
    clock: Clock
    #: The language of a chat that has set none.
    language: str

    async def of(self, destination: Destination) -> Subscription:
        """Return what the chat has asked for, or what holds for one that has asked for nothing."""
        return await self.subscriptions.of(destination) or self._fresh(destination)

    async def save(self, after: Subscription, ask: Ask, *, undo: bool = False) -> Subscription:
        """Store what the chat asks for from now on, with its next slot.

        Slots that have come by now are booked before, by the schedule they belong to. A chat that
        the operator bars is kept stopped, and the reason says so. Raises ``ZoneError`` when the
        schedule's zone is not known.
        """
        now = self.clock.now()
        if after.standing is Standing.ACTIVE and await self.slots.barred(after.destination):
            after = replace(after, standing=Standing.STOPPED, reason=NOT_LISTED)
        following = _next(after, now)
        before = await self.subscriptions.of(after.destination)
        if before is not None:
            await self._book(before, now)
            following = await self._untaken(before.id, after, following, now)
        owned = replace(after, owner=ask.asker.id, next=following)
        return await self.subscriptions.save(owned, now=now, undo=undo)

    async def undo(self, ask: Ask, mark: str = "") -> Restored | Stale | None:
        """Put back what stood before the last change; None when nothing was changed.

        A second time it makes the change again. With a mark only the change that it stands for is
        taken back.
        """
        now = await self.subscriptions.of(ask.destination)
        if now is None:
            return None
        before = await self.subscriptions.previous(ask.destination)
        if mark and not _is_of(now, mark):
            undone = before is not None and before.undone and _is_of(before, mark)
            return Stale.TAKEN_BACK if undone else Stale.OVERTAKEN
        if before is None:
            if now.declared:
                return None
            before = self._fresh(ask.destination)
        # What the platform refused is known to work again, for somebody has just asked here.
        standing = before.standing if before.standing is Standing.PAUSED else Standing.ACTIVE
        restored = replace(
            before,
            destination=ask.destination,
            standing=standing,
            reason="",
            declared=now.declared,
            id=now.id,
            undone=False,
        )
        saved = await self.save(restored, ask, undo=not before.undone)
        return Restored(saved, again=before.undone)

    async def before_last(self, now: Subscription) -> Subscription | None:
        """Return what stood before the last change of the chat; None where that was an undo."""
        before = await self.subscriptions.previous(now.destination)
        if before is None:
            is_first = now.changed is not None and not now.declared
            return self._fresh(now.destination) if is_first else None
        return None if before.undone else before

    async def earlier_zone(self, destination: Destination) -> str | None:
        """Return the time zone that the chat had before it was without a schedule."""
        before = await self.subscriptions.previous(destination)
        return before.schedule.zone if before is not None and before.schedule is not None else None

    async def _book(self, before: Subscription, now: datetime) -> None:
        active = before.standing is Standing.ACTIVE
        if not active or before.next is None or before.next.moment > now:
            return
        try:
            booking = overdue(before, now, most=_MOST)
        except ZoneError:
            # Nobody can tell any more when its digests were due.
            return
        await self.slots.book([booking], now=now)

    async def _untaken(
        self, number: int, after: Subscription, following: Slot | None, now: datetime
    ) -> Slot | None:
        """Return the next slot that has no series yet: only such a one will be sent."""
        if after.schedule is None or following is None:
            return None
        taken = await self.slots.taken(number, since=following.day)
        return next_slot(after.schedule, now, taken=taken)

    def _fresh(self, destination: Destination) -> Subscription:
        return Subscription(destination=destination, language=self.language)


def _is_of(subscription: Subscription, mark: str) -> bool:
    """Say whether a mark stands for the change that led to these settings."""
    return subscription.changed is not None and mark_of(subscription.changed) == mark


def zone_of(subscription: Subscription, otherwise: tzinfo) -> tzinfo:
    """Return the time zone of a chat; the other one where it has none that is known."""
    if subscription.schedule is None:
        return otherwise
    try:
        return zone_named(subscription.schedule.zone)
    except ZoneError:
        return otherwise


def _next(subscription: Subscription, now: datetime) -> Slot | None:
    if subscription.schedule is None or subscription.standing is not Standing.ACTIVE:
        return None
    return next_slot(subscription.schedule, now)
