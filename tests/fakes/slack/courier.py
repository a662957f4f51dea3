"""How deliveries reach the app: by socket or as signed requests, with a deadline and retries."""

import asyncio
import time
from typing import Final, Protocol

from tests.fakes.slack.acts import Delivery
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.world import World

#: Seconds in which a delivery must be acknowledged (docs.slack.dev, Events API).
PATIENCE: Final = 3.0
#: Seconds from each failed delivery of an event to the next (the same page).
RETRIES: Final = (0.0, 60.0, 300.0)


class Way(Protocol):
    """One way to the app."""

    async def brings(self, delivery: Delivery, attempt: int, reason: str, seconds: float) -> str:
        """Bring a delivery; return why it was not taken, or "" when it was.

        ``reason`` says why the attempt before this one failed.
        """
        ...


class Courier:
    """Brings each delivery as a task of its own; nothing is kept in order, as with Slack."""

    def __init__(self, world: World) -> None:
        self.patience = PATIENCE
        self.retries: tuple[float, ...] = RETRIES
        self.way: Way | None = None
        self._world = world
        self._tasks: set[asyncio.Task[None]] = set()

    def post(self, delivery: Delivery) -> None:
        """Bring a delivery as soon as possible."""
        task = asyncio.create_task(self._bring(delivery), name=f"slack {delivery.kind}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Give up what is on its way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _bring(self, delivery: Delivery) -> None:
        began = time.monotonic()
        is_event = delivery.kind == "events_api"
        waits = (0.0, *self.retries) if is_event else (0.0,)
        reason = ""
        for attempt, wait in enumerate(waits):
            await asyncio.sleep(wait)
            reason = await self._once(delivery, attempt, reason)
            if not reason:
                delivery.acked = True
                delivery.seconds = time.monotonic() - began
                self._hear(delivery)
                break
            if reason == "no_retry":
                break
        delivery.error = reason
        self._world.changed()

    async def _once(self, delivery: Delivery, attempt: int, reason: str) -> str:
        if self.way is None:
            return "dispatch_failed"
        delivery.attempts += 1
        self._world.changed()
        return await self.way.brings(delivery, attempt, reason, self.patience)

    def _hear(self, delivery: Delivery) -> None:
        """Read what came with an acknowledgement; what Slack would not understand is a fault."""
        try:
            delivery.heard(delivery.ack)
        except SlackError as error:
            self._world.faults.append(f"acknowledgement: {error}")
