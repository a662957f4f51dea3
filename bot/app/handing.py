"""What was heard is handed over once it is stored: whatever it does then, it is known."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Generic, TypeVar

from bot.app.crowd import Steps
from bot.app.undone import HeardBefore

#: So long, in seconds, is waited for the store: another program may hold the archive.
PATIENCE = 1.0

log = logging.getLogger(__name__)

Said = TypeVar("Said")

#: Hands something over, with what is noted of it while it is worked on.
Hand = Callable[[Said, Steps], Awaitable[None]]


class Handing(Generic[Said]):
    """Hands things over, each once it outlives a kill."""

    def __init__(
        self, before: HeardBefore, hand: Hand[Said], *, patience: float = PATIENCE
    ) -> None:
        """Hand over that way what was heard for the first time."""
        self._before = before
        self._hand = hand
        self._patience = patience
        self._held = False

    async def stands(self, key: str) -> None:
        """Wait until it outlives a kill, within bounds; the log says where it does not yet."""
        stored = await self._before.stored(key, patience=self._patience)
        if not stored and not self._held:
            log.warning("What was heard is not stored yet: something else holds the archive.")
        self._held = not stored

    async def over(self, key: str, said: Said) -> None:
        """Hand it over once it stands, and at the latest when the wait for that is cancelled."""
        try:
            await self.stands(key)
        except asyncio.CancelledError:
            # Nobody may tell it again. Where there is no room for it any more, a stop goes on.
            with suppress(TimeoutError):
                async with asyncio.timeout(self._patience):
                    await self._surely(key, said)
            raise
        await self._surely(key, said)

    async def _surely(self, key: str, said: Said) -> None:
        try:
            await self._hand(said, Steps(done=partial(self._before.done, key)))
        except Exception:
            # One thing that nobody foresaw must not be the last one.
            log.exception("Something that was told could not be heard.")
