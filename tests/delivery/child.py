"""A bot in a process of its own that delivers until all is done, or dies where it is told to.

Usage: python -m tests.delivery.child FOLDER NOW [POINT COUNT], where NOW is what its clock shows
at the start, and it kills itself when it comes to the point for that time.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from time import monotonic

from bot.app.outbox import Filled, Job
from bot.app.queue import Queue
from bot.app.slots import Unput
from bot.core.delivery import Delivered, Outcome, Pace, Payload, Post, Unsure, Work
from bot.core.page import Page
from bot.core.slots import Booking
from bot.core.subscription import Destination
from bot.store.database import Database, open_database
from bot.store.outbox import Outbox
from bot.store.slots import Slots
from tests.delivery.node import node

#: Where a bot can be told to die.
POINTS = (
    "after booking the next slot",
    "in dispatch",
    "before a send",
    "after a send",
    "after a receipt",
)
LEDGER = "ledger"
PARTS = 2


class Death:
    """Comes when a point is reached for the given time, as a power cut would."""

    def __init__(self, point: str, count: int) -> None:
        self.point = point
        self.left = count

    def look(self, point: str) -> None:
        self.left -= point == self.point
        if point == self.point and self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class Ledger:
    """A channel that writes a line for each message it is sent, which outlives the sender."""

    def __init__(self, path: Path, death: Death) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self.death = death

    def render(self, page: Page, *, flat: bool = False) -> tuple[Payload, ...]:
        raise NotImplementedError

    def paces(self, destination: Destination, *, answer: bool = False) -> tuple[Pace, ...]:
        del destination, answer
        return ()

    async def send(self, post: Post) -> Outcome:
        self.death.look("before a send")
        # Time for others to be in flight, too.
        await asyncio.sleep(0)
        os.write(self.file, f"{post.destination} {post.part}\n".encode())
        self.death.look("after a send")
        return Delivered(f"{post.destination}/{post.part}")

    async def find(self, post: Post) -> Outcome:
        return Unsure(f"{post.destination} cannot be searched.")


class MortalOutbox(Outbox):
    """Dies after it has written a receipt."""

    def __init__(self, database: Database, death: Death) -> None:
        super().__init__(database)
        self.death = death

    async def record(
        self, post: Post, outcome: Outcome, paces: Sequence[Pace], *, now: datetime
    ) -> None:
        await super().record(post, outcome, paces, now=now)
        self.death.look("after a receipt")


class MortalSlots(Slots):
    """Dies after it has booked slots."""

    def __init__(self, database: Database, death: Death) -> None:
        super().__init__(database)
        self.death = death

    async def book(self, bookings: Sequence[Booking], *, now: datetime) -> Sequence[Unput]:
        written = await super().book(bookings, now=now)
        self.death.look("after booking the next slot")
        return written


class MortalQueue:
    """Dies after works were put, before anybody notes it."""

    def __init__(self, queue: Queue, death: Death) -> None:
        self.queue = queue
        self.death = death

    async def put(self, works: Sequence[Work]) -> None:
        await self.queue.put(works)
        self.death.look("in dispatch")


class Clock:
    """Shows that moment at the start, and goes on from there."""

    def __init__(self, start: datetime) -> None:
        self.start = start
        self.begun = monotonic()

    def now(self) -> datetime:
        return datetime.fromtimestamp(
            self.start.timestamp() + monotonic() - self.begun, self.start.tzinfo
        )


async def two_parts(job: Job) -> Filled:
    """Prepare the same page for all."""
    del job
    payloads = tuple[Payload, ...]({"text": f"part {part}"} for part in range(PARTS))
    return Filled(page=Page((), "A digest"), payloads=payloads)


async def main(folder: Path, now: datetime, death: Death) -> None:
    """Deliver until nothing is left to do."""
    async with open_database(folder / "briefbot.db") as database:
        bot = node(
            database,
            {"loop": Ledger(folder / LEDGER, death)},
            two_parts,
            clock=Clock(now),
            slots=MortalSlots(database, death),
            outbox=MortalOutbox(database, death),
            queued=lambda queue: MortalQueue(queue, death),
        )
        running = asyncio.create_task(bot.engine.run())
        await bot.publish.start()
        await bot.round()
        while await bot.engine.still() is not None:
            await asyncio.sleep(0.05)
            bot.engine.stir()
        running.cancel()
        await asyncio.wait({running})


if __name__ == "__main__":
    place, moment, *dying = sys.argv[1:]
    told = Death(dying[0], int(dying[1])) if dying else Death("", 0)
    asyncio.run(main(Path(place), datetime.fromisoformat(moment), told))
