"""What the operator's commands work on: the rows of delivery, and a way to have them sent."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol

from bot.app.outbox import Channel, Desk, Filled, Prepare
from bot.app.ports import Clock
from bot.app.queue import Handler
from bot.app.slots import Slots, Subscriptions
from bot.app.telling import Said
from bot.core.delivery import Receipt, Series, State
from bot.core.page import Page
from bot.core.subscription import Destination
from bot.core.wording import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many digests came late or not at all lately, and how much is on its way."""

    late: int
    missed: int
    #: Series that are open.
    waiting: int
    #: Their parts that are still to arrive, as far as they are written.
    parts: int


class Records(Protocol):
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

    async def one(self, series: int) -> Series | None:
        """Return the series of that number."""
        ...

    async def receipts(self, series: int) -> Sequence[Receipt]:
        """Return the receipts of a series, in the order of its parts."""
        ...

    async def tally(self, since: datetime) -> Tally:
        """Count what was late or missed of the slots since then, and what waits now."""
        ...

    async def filled(self, series: int) -> Filled | None:
        """Return what a series posts; None where nothing was written for it."""
        ...


class Chats(Protocol):
    """Remembers which chats are served, and their names. Every method raises ``StoreError``."""

    async def allow(self, destination: Destination, *, allowed: bool) -> None:
        """Note whether the operator lists the chat."""
        ...

    async def titles(self) -> Mapping[str, str]:
        """Return what groups and channels are called, as far as that is known, by destination."""
        ...


class Forgetting(Protocol):
    """Forgets chats and people. Every method raises ``StoreError``."""

    async def chat(self, destination: Destination) -> int:
        """Delete all that is kept of the chat; return how many rows that were."""
        ...

    async def person(self, id: str) -> int:
        """Take the person's id out of every row; return how many rows had it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What the operator's commands work on."""

    subscriptions: Subscriptions
    slots: Slots
    records: Records
    desk: Desk
    prepare: Prepare
    #: The ways to chats that are open, by name.
    channels: Mapping[str, Channel]
    #: Brings a series one step further, as the running bot does.
    deliver: Handler
    #: Holds the data folder, or says ``False`` where another process does, until the end.
    hold: Callable[[], AbstractAsyncContextManager[bool]]
    #: Reads the sources once.
    gather: Callable[[], Awaitable[object]]
    #: Brings the subscriptions in step with the configuration.
    declare: Callable[[], Awaitable[None]]
    #: Where chats are that have moved, by where they were.
    moved: Callable[[], Awaitable[Mapping[str, str]]]
    chats: Chats
    forgetting: Forgetting
    #: What ``/status`` answers at the terminal.
    status: Callable[[], Awaitable[Page]]
    #: What the operator was told in the last days, the latest first.
    told: Callable[[], Awaitable[Sequence[Said]]]
    #: Waits so many seconds.
    pause: Callable[[float], Awaitable[None]]
    clock: Clock
    words: Words
    #: Whose time is shown where no chat's is.
    zone: tzinfo
