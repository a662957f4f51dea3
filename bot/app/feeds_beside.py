"""The feeds for a command: a bot that runs beside it looks at them already."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from bot.app.feeds import Feeding
from bot.core.faults import Reading


@dataclass(frozen=True, slots=True)
class FeedsIfFree:
    """Looks at feeds while no other process may."""

    feeds: Feeding
    #: Holds the data folder, and says whether it does: another process may.
    hold: Callable[[], AbstractAsyncContextManager[bool]]

    async def once(self) -> Sequence[Reading]:
        """Look at the feeds whose time has come, for some seconds; raises ``StoreError``."""
        if not await self.feeds.wanted():
            return ()
        async with self.hold() as held:
            return await self.feeds.once() if held else ()

    def readings(self) -> AsyncIterator[Reading]:
        """Yield what is read of feeds from now on, until cancelled."""
        return self.feeds.readings()
