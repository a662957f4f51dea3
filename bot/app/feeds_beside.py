"""The feeds for a command: a bot that runs beside it looks at them already."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from bot.app.feeds import Feeding
from bot.core.errors import StoreError
from bot.core.faults import Reading

#: So often, in seconds, a command that stays open looks whether a feed is due.
AGAIN = 60.0


@dataclass(frozen=True, slots=True)
class FeedsIfFree:
    """Looks at feeds while no other process may."""

    feeds: Feeding
    #: Holds the data folder, and says whether it does: another process may.
    hold: Callable[[], AbstractAsyncContextManager[bool]]
    again: float = AGAIN

    async def once(self) -> Sequence[Reading]:
        """Look at the feeds whose time has come, for some seconds; raises ``StoreError``."""
        if not await self.feeds.wanted():
            return ()
        async with self.hold() as held:
            return await self.feeds.once() if held else ()

    async def readings(self) -> AsyncIterator[Reading]:
        """Look at the feeds as they fall due, and yield what is read of them, until cancelled."""
        while True:
            await asyncio.sleep(self.again)
            try:
                found = await self.once()
            except StoreError as error:
                found = (Reading(source="", trouble=str(error)),)
            for reading in found:
                yield reading
