"""What the timetable asks of the world: subscriptions, their slots, and when the bot ran."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from bot.core.delivery import Kind
from bot.core.slots import Booking
from bot.core.subscription import Destination, Subscription


class Subscriptions(Protocol):
    """Remembers what each chat has asked for. Every method raises ``StoreError``."""

    async def of(self, destination: Destination) -> Subscription | None:
        """Return the chat's subscription."""
        ...

    async def all(self) -> Sequence[Subscription]:
        """Return every subscription, by destination."""
        ...

    async def save(
        self, subscription: Subscription, *, now: datetime, undo: bool = False
    ) -> Subscription:
        """Store it in place of the chat's, keep what stood there for an undo, and return it.

        With ``undo`` what stood there is remembered as ``undone``.
        Its open series is cancelled when it is no longer active or has no schedule any more.
        """
        ...

    async def previous(self, destination: Destination) -> Subscription | None:
        """Return what stood before the last ``save``, for an undo: saving it puts it back."""
        ...


@dataclass(frozen=True, slots=True)
class Unput:
    """A series that no work stands for."""

    series: int
    destination: Destination
    kind: Kind


class Slots(Protocol):
    """Finds what is due and books it. Every method raises ``StoreError``."""

    async def due(self, now: datetime, *, limit: int) -> Sequence[Subscription]:
        """Return active subscriptions whose next slot has come, the longest overdue first."""
        ...

    async def book(self, bookings: Sequence[Booking], *, now: datetime) -> Sequence[Unput]:
        """Write the series of each booking and its next slot, all in one transaction.

        A booking whose subscription has moved on meanwhile (its next slot is another one, or it is
        no longer active) is left out; a slot that has a series already gets no second. Returns the
        due series that were written.
        """
        ...

    async def taken(self, subscription: int, *, since: date) -> frozenset[tuple[date, time]]:
        """Return the local dates and times, from that date on, whose slots have a series."""
        ...

    async def barred(self, destination: Destination) -> bool:
        """Say whether the operator bars the chat, or the chat that the place is a topic of."""
        ...

    async def ahead(self, now: datetime, *, beyond: int, limit: int) -> Sequence[Subscription]:
        """Return active subscriptions whose next slot lies after now, by their numbers.

        Only those with a higher number than ``beyond``.
        """
        ...

    async def unmissed(self, now: datetime) -> None:
        """Forget what is noted of slots after now that were missed or covered.

        That was noted while the clock was ahead: they are still to come.
        """
        ...

    async def restart(self) -> None:
        """Count every open series as unput: called at the start, for the queue may be another.

        What was put off is tried at once: nobody knows how the clock went that it was put off by.
        """
        ...

    async def unput(self, *, limit: int) -> Sequence[Unput]:
        """Return open series that no work was put for, the oldest first."""
        ...

    async def put(self, series: Sequence[int]) -> None:
        """Note that a work was put for each."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time in which the bot was running, as far as its beats tell."""

    began: datetime
    last: datetime
    #: Whether it was stopped in good order.
    stopped: bool


class Lives(Protocol):
    """Remembers when the bot was running. Every method raises ``StoreError``."""

    async def begin(self, now: datetime) -> None:
        """Begin a stretch."""
        ...

    async def beat(self, now: datetime, *, stopped: bool = False) -> None:
        """Note that the bot still runs, or stops now."""
        ...

    async def since(self, moment: datetime) -> Sequence[Stretch]:
        """Return the stretches that reach beyond that moment, the oldest first."""
        ...
