"""A sign of life to a place that misses it when the bot is dead or cannot work."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

_LOG = logging.getLogger(__name__)


class Call(Protocol):
    """Calls the place that listens."""

    async def __call__(self) -> str:
        """Return why it could not be reached, empty when it was. Ends in time, never raises."""
        ...


class Heartbeat:
    """Calls while the bot can work, and is silent while it cannot: silence is the alarm."""

    def __init__(self, call: Call, *, ready: Callable[[], Awaitable[Sequence[str]]]) -> None:
        """Call that way, unless something is found that is not ready."""
        self._call = call
        self._ready = ready
        self._trouble = ""

    async def beat(self) -> None:
        """Call once. What hinders it is logged when it changes, not at each beat."""
        missing = await self._ready()
        trouble = (
            f"No heartbeat is sent, for the bot cannot work: {'; '.join(missing)}"
            if missing
            else await self._reach()
        )
        before, self._trouble = self._trouble, trouble
        if trouble and trouble != before:
            _LOG.warning("%s", trouble)
        elif before and not trouble:
            _LOG.info("The heartbeat is heard again.")

    async def _reach(self) -> str:
        why = await self._call()
        return f"The heartbeat is not heard: {why} It is tried again." if why else ""
