"""What the operator's commands work on, over a real store in memory."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from bot.app.counts import Counts
from bot.app.declared import Declaring, moves
from bot.app.deliver import Deliver
from bot.app.operator import Operation
from bot.app.queue import Done
from bot.app.saving import Saving
from bot.app.telling import said
from bot.core.page import Page
from bot.core.slots import next_slot
from bot.core.subscription import Destination, Schedule, Slot, Standing, Subscription, Timing
from bot.core.wording import English
from bot.store.chats import Chats
from bot.store.database import Database, open_database
from bot.store.desk import Desk
from bot.store.forgetting import Forgetting
from bot.store.history import History
from bot.store.marks import Marks
from bot.store.outbox import Outbox
from bot.store.slots import Slots
from bot.store.subscriptions import Subscriptions
from tests.fakes.delivery import Loop, Preparing, SetClock, Told, page

#: A Tuesday, 09:00 in Astana.
NOW = datetime(2025, 9, 2, 4, tzinfo=UTC)
TEAM = Destination("loop", "team")
OTHER = Destination("loop", "other")
DAILY = Schedule(timings=(Timing(time(8)),), zone="Asia/Almaty")


def slot(day: date, at: time = time(8)) -> Slot:
    """Return the slot of that local date and time in Astana."""
    local = datetime.combine(day, at, UTC) - timedelta(hours=5)
    return Slot(local, day, at)


@dataclass
class Stage:
    """An operation with what it is made from."""

    database: Database
    clock: SetClock = field(default_factory=lambda: SetClock(NOW))
    loop: Loop = field(default_factory=Loop)
    prepare: Preparing = field(default_factory=Preparing)
    told: Told = field(default_factory=Told)
    #: Whether no other process holds the folder.
    free: bool = True
    #: What another process does while this one waits.
    meanwhile: Callable[[], Awaitable[object]] | None = None
    done: list[str] = field(default_factory=list)

    @property
    def operation(self) -> Operation:
        return Operation(
            subscriptions=Subscriptions(self.database),
            slots=Slots(self.database),
            records=History(self.database),
            desk=Desk(self.database),
            prepare=self.prepare,
            channels={"loop": self.loop},
            deliver=self.deliver,
            hold=self.hold,
            gather=self.gather,
            declare=self.declare,
            moved=lambda: moves(Marks(self.database)),
            chats=Chats(self.database),
            forgetting=Forgetting(self.database),
            status=self.status,
            told=lambda: said(Marks(self.database), now=self.clock.now()),
            pause=self.pause,
            clock=self.clock,
            words=English(),
            zone=UTC,
        )

    @property
    def deliver(self) -> Deliver:
        return Deliver(
            desk=Desk(self.database),
            outbox=Outbox(self.database),
            prepare=self.prepare,
            channels={"loop": self.loop},
            clock=self.clock,
            tell=self.told,
            counts=Counts(),
        )

    @property
    def declaring(self) -> Declaring:
        saving = Saving(
            subscriptions=Subscriptions(self.database),
            slots=Slots(self.database),
            clock=self.clock,
            language="en",
        )
        return Declaring(saving=saving, marks=Marks(self.database))

    @asynccontextmanager
    async def hold(self) -> AsyncIterator[bool]:
        self.done.append("hold")
        yield self.free
        self.done.append("let go")

    async def gather(self) -> None:
        self.done.append("gather")

    async def declare(self) -> None:
        self.done.append("declare")

    async def status(self) -> Page:
        return page("Status")

    async def pause(self, seconds: float) -> None:
        self.clock.forward(timedelta(seconds=seconds))
        if self.meanwhile is not None:
            await self.meanwhile()

    async def send_all(self) -> None:
        """Do what a running bot does: bring every open series to its end."""
        deliver = self.deliver
        for unput in await Slots(self.database).unput(limit=100):
            while not isinstance(await deliver((str(unput.series),)), Done):
                pass

    async def subscribe(
        self,
        destination: Destination = TEAM,
        schedule: Schedule | None = DAILY,
        standing: Standing = Standing.ACTIVE,
        reason: str = "",
    ) -> Subscription:
        """Store a subscription with its next slot."""
        now = self.clock.now()
        wanted = Subscription(
            destination=destination,
            schedule=schedule,
            standing=standing,
            reason=reason,
            next=None if schedule is None else next_slot(schedule, now),
        )
        return await Subscriptions(self.database).save(wanted, now=now)


def staged(scenario: Callable[[Stage], Awaitable[None]]) -> None:
    """Run a scenario on a new stage."""

    async def main() -> None:
        async with open_database(None) as database:
            await scenario(Stage(database))

    asyncio.run(main())
