"""The bot on duty: slots are booked as they come, and the house is kept meanwhile."""

import asyncio
from collections.abc import AsyncIterable, Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.app.ports import Clock
from bot.app.publish import Publish
from bot.app.readiness import Hindrance, Pulse
from bot.app.rounds import rounds
from bot.app.slots import Lives
from bot.core.errors import BriefbotError

#: Seconds between two looks for what is due, two for feeds whose time has come, two notes that the
#: bot runs, two cleanings, and two signs of life.
RHYTHMS: Mapping[str, float] = MappingProxyType(
    {"slots": 1.0, "feeds": 5.0, "beat": 30.0, "house": 24 * 60 * 60.0, "heartbeat": 60.0}
)

#: Something done again and again; what it raises is logged, and it is tried again.
Round = Callable[[], Awaitable[object]]
#: Rings in the rhythm of that name.
Rings = Callable[[str], AsyncIterable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What goes on beside the talk for as long as the bot runs."""

    #: Does works until it is cancelled.
    engine: Callable[[], Awaitable[None]]
    publish: Publish
    lives: Lives
    #: Brings the rows in step with what the configuration declares.
    declare: Round
    #: Deletes what is kept no longer.
    clean: Round
    #: Puts the works for the feeds whose time has come.
    feeds: Round
    #: Gives a sign of life; None where nobody waits for one.
    heartbeat: Round | None
    clock: Clock
    #: Beats when a look for what is due went well.
    pulse: Pulse
    #: What keeps the archive from taking in that the bot runs, and so anything.
    writing: Hindrance

    async def keep(self, rings: Rings, *, ready: Callable[[], Awaitable[object]]) -> None:
        """Be on duty until cancelled, from the time on when the news was read.

        Raises ``StoreError`` when the archive fails at the start, and whatever else ends it.
        """
        await self.lives.begin(self.clock.now())
        try:
            await ready()
            await self.declare()
            await self.publish.start()
            async with asyncio.TaskGroup() as group:
                group.create_task(self._works(), name="engine")
                for name, work in self._rounds().items():
                    pulse = self.pulse if name == "slots" else None
                    going = rounds(rings(name), work, name=_NAMES[name], pulse=pulse)
                    group.create_task(going, name=name)
        except ExceptionGroup as group:
            said = group.subgroup(BriefbotError)
            if said is None:
                raise
            # The sentence itself, for whoever says it to a person.
            raise said.exceptions[0] from group
        finally:
            await self.lives.beat(self.clock.now(), stopped=True)

    async def _works(self) -> None:
        await self.engine()

    def _rounds(self) -> Mapping[str, Round]:
        found = {
            "slots": self._look,
            "feeds": self.feeds,
            "beat": self._beat,
            "house": self.clean,
        }
        return found if self.heartbeat is None else {**found, "heartbeat": self.heartbeat}

    async def _look(self) -> None:
        """Book what is due, and put what a crash or another process left."""
        await self.publish.due()
        await self.publish.sweep()

    async def _beat(self) -> None:
        with self.writing.watched():
            await self.lives.beat(self.clock.now())


_NAMES = {
    "slots": "The look for what is due",
    "feeds": "The look for feeds whose time has come",
    "beat": "The note that the bot runs",
    "house": "The cleaning of the archive",
    "heartbeat": "The sign of life",
}
