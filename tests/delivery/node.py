"""A bot that only delivers: the store, the engine and the use cases between them."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.app.counts import Counts
from bot.app.deliver import Deliver
from bot.app.outbox import Channel, Outbox, Prepare
from bot.app.ports import Clock
from bot.app.publish import PUBLISH, Publish
from bot.app.queue import Queue
from bot.app.slots import Slots
from bot.core.subscription import Destination, Schedule, Slot, Subscription, Timing
from bot.engine.local import Engine
from bot.store.database import Database
from bot.store.desk import Desk
from bot.store.outbox import Outbox as StoredOutbox
from bot.store.slots import Slots as StoredSlots
from bot.store.subscriptions import Subscriptions
from bot.store.works import Works

log = logging.getLogger(__name__)


class Log:
    """Tells the operator by the log."""

    async def tell(self, sentence: str) -> None:
        log.warning(sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What delivers."""

    engine: Engine
    publish: Publish
    counts: Counts

    async def round(self) -> None:
        """Do what the bell makes the bot do."""
        await self.publish.due()
        await self.publish.sweep()


def node(  # noqa: PLR0913 - the ports that tests wrap
    database: Database,
    channels: Mapping[str, Channel],
    prepare: Prepare,
    *,
    clock: Clock,
    slots: Slots | None = None,
    outbox: Outbox | None = None,
    queued: Callable[[Queue], Queue] = lambda queue: queue,
    workers: int = 32,
) -> Node:
    """Return what delivers from that database through these channels."""
    counts = Counts()
    deliver = Deliver(
        desk=Desk(database),
        outbox=outbox or StoredOutbox(database),
        prepare=prepare,
        channels=channels,
        clock=clock,
        tell=Log(),
        counts=counts,
    )
    engine = Engine(Works(database), {PUBLISH: deliver}, clock=clock, workers=workers)
    publish = Publish(
        slots=slots or StoredSlots(database),
        subscriptions=Subscriptions(database),
        queue=queued(engine),
        clock=clock,
        tell=Log(),
        counts=counts,
    )
    return Node(engine=engine, publish=publish, counts=counts)


async def subscribe(
    database: Database, destinations: Sequence[Destination], *, moment: datetime
) -> None:
    """Give each a daily digest whose next slot is that moment, in UTC."""
    stored, at = Subscriptions(database), moment.timetz().replace(tzinfo=None)
    wishes = [
        Subscription(
            destination=destination,
            schedule=Schedule((Timing(at),), "UTC"),
            next=Slot(moment, moment.date(), at),
        )
        for destination in destinations
    ]
    # Those that are saved together share a commit.
    for first in range(0, len(wishes), 500):
        group = wishes[first : first + 500]
        await asyncio.gather(*(stored.save(wish, now=moment) for wish in group))
