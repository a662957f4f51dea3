"""What delivery asks of the world: the rows that are the truth, and the channels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.app.ports import Edition
from bot.core.delivery import Kind, Outcome, Pace, Payload, Post, Receipt, Series, State
from bot.core.page import Page
from bot.core.subscription import Destination, Subscription

#: How long a destination remembers which articles it was shown.
SHOWN_DAYS = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A series with what is needed to prepare it."""

    series: Series
    #: None for what has no subscription.
    subscription: Subscription | None
    #: The end of the destination's last posted window; None before the first.
    since: datetime | None
    #: The ids of the articles that were shown there in the last days.
    shown: frozenset[str]
    #: Whether a later slot of its subscription has come as well, which may cover this one.
    overtaken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a series posts, and what is remembered once it is posted."""

    page: Page
    payloads: tuple[Payload, ...]
    #: How far its window reaches; None for what has no window.
    until: datetime | None = None
    #: What ``/brief N`` means once it is posted.
    edition: Edition | None = None
    #: Why it is late, or another remark for ``/missed``; empty when there is nothing to say.
    why: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """That a series ends without a post, how, and why in a sentence."""

    state: State
    why: str


class Prepare(Protocol):
    """Makes what a series posts. Raises ``StoreError``, and the series stays due."""

    async def __call__(self, job: Job) -> Filled | Closed:
        """Return the page and its payloads, or that nothing is to be posted."""
        ...


class Desk(Protocol):
    """Prepares series. Every method raises ``StoreError``."""

    async def job(self, series: int, *, shown_since: datetime) -> Job | None:
        """Return an open series and its circumstances; None when it is no longer open."""
        ...

    async def draft(
        self, subscription: Subscription, *, shown_since: datetime, now: datetime
    ) -> Job:
        """Return what a digest posted there now would be made from; nothing is written.

        Its series has the number 0, no slot, is due now and ``DUE``.
        """
        ...

    async def fill(self, series: int, filled: Filled, *, now: datetime) -> None:
        """Write the parts of a due series, which is on its way from then on."""
        ...

    async def close(self, series: int, state: State, *, why: str, now: datetime) -> None:
        """End an open series without a post, or without the rest of it."""
        ...

    async def open(
        self,
        destination: Destination,
        kind: Kind,
        filled: Filled | None,
        *,
        now: datetime,
    ) -> int:
        """Write a series without a slot, filled or still to be prepared, and return its number."""
        ...


class LateDesk(Desk, Protocol):
    """Prepares series, and settles those that became late. Every method raises ``StoreError``."""

    async def unfill(self, series: int) -> bool:
        """Take back the parts of a series if none was, or may have been, sent: it is due again.

        Returns whether it is.
        """
        ...

    async def cover(self, series: int, *, why: str, now: datetime) -> bool:
        """End a due slot as covered if a later one of its subscription is due, which counts it.

        Returns whether it was.
        """
        ...


@dataclass(frozen=True, slots=True)
class Ready:
    """A part that may go now: its receipt says ``sending`` and its moment is reserved."""

    post: Post
    #: Whether an earlier attempt was interrupted, so that the part may be there already.
    interrupted: bool


@dataclass(frozen=True, slots=True)
class Wait:
    """No part may go before this moment."""

    until: datetime


class Outbox(Protocol):
    """Hands out the parts of series one by one. Every method raises ``StoreError``."""

    async def begin(
        self, series: int, paces: Sequence[Pace], *, now: datetime
    ) -> Ready | Wait | None:
        """Reserve a moment for the next part and note that it is being sent, in one transaction.

        Returns when to come back if a pace has no room, and None when nothing is left to send.
        A part that is being sent already was interrupted, which counts on its receipt.
        """
        ...

    async def record(
        self, post: Post, outcome: Outcome, paces: Sequence[Pace], *, now: datetime
    ) -> None:
        """Write what became of the part, and all that follows from it, in one transaction.

        Delivered, and Refused of the part: the last part posts the series (refused, when none
        arrived). The destination's edition moves on with the first part that arrives, its window
        once the series is over, however that ended. Deferred: the part waits, and the pace of its
        scope moves forward. Moved: the destination is rewritten everywhere. Refused of
        the destination: the series ends and the subscription is stopped. Refused of the account:
        the part waits, the account's pace is held for a minute. Unsure: the part stays as it is.
        """
        ...

    async def hold(self, name: str, *, until: datetime) -> None:
        """Move a pace forward, so that nothing goes out under its name before that moment."""
        ...


class Paces(Protocol):
    """Reserves moments for messages that are no part of a series: answers."""

    async def reserve(self, paces: Sequence[Pace], *, now: datetime) -> datetime | None:
        """Return None when a message may go now, which counts it, else when to ask again."""
        ...

    async def hold(self, name: str, *, until: datetime) -> None:
        """Move a pace forward, so that nothing goes out under its name before that moment."""
        ...


class History(Protocol):
    """Remembers what became of slots and parts. Every method raises ``StoreError``."""

    async def series(
        self,
        *,
        destination: Destination | None = None,
        states: frozenset[State] | None = None,
        limit: int,
    ) -> Sequence[Series]:
        """Return series, the latest due first."""
        ...

    async def receipts(self, series: int) -> Sequence[Receipt]:
        """Return the receipts of a series, in the order of its parts."""
        ...

    async def last(self, destination: Destination) -> tuple[Series, Filled] | None:
        """Return the last posted digest of a destination, with what it posted and its edition."""
        ...


class Channel(Protocol):
    """A way to a platform's chats."""

    def render(self, page: Page, *, flat: bool = False) -> tuple[Payload, ...]:
        """Return the page as the platform's messages, in order: the same for the same page.

        Where messages have threads a digest goes on in one, unless it is to be flat.
        """
        ...

    def paces(self, destination: Destination, *, answer: bool = False) -> tuple[Pace, ...]:
        """Return the limits that a message to that destination draws on, the account's first.

        An answer to somebody draws on a share of its own, so that it waits for no fan-out.
        """
        ...

    async def send(self, post: Post) -> Outcome:
        """Send one message. Never raises for what the platform said, nor for a lost connection."""
        ...

    async def find(self, post: Post) -> Outcome:
        """Look for a message that may have arrived: Delivered, Unsure when that cannot be known.

        ``Deferred(0)`` means that it is not there and may be sent, a longer wait that it is to be
        looked for again by then.
        """
        ...


class Tell(Protocol):
    """Tells the operator."""

    async def tell(self, sentence: str) -> None:
        """Bring the sentence to the operator, or at least into the log. Never raises."""
        ...
