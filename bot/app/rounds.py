"""A work done again and again, which no error ends."""

import logging
from collections.abc import AsyncIterable, Awaitable, Callable

from bot.app.readiness import Pulse
from bot.core.errors import BriefbotError

_LOG = logging.getLogger(__name__)


async def rounds(
    rings: AsyncIterable[None],
    work: Callable[[], Awaitable[object]],
    *,
    name: str,
    pulse: Pulse | None = None,
) -> None:
    """Do the work at each ring until the rings end; the pulse beats when it went well.

    What it raises is logged once, not at each ring, until it is another error or went well again.
    """
    trouble = ""
    async for _ in rings:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - one bad round must not be the last; logged
            before, trouble = trouble, f"{type(error).__name__}: {error}"
            if trouble != before:
                _complain(name, error)
        else:
            if trouble:
                _LOG.info("%s works again.", name)
            trouble = ""
            if pulse is not None:
                pulse.beat()


def _complain(name: str, error: Exception) -> None:
    if isinstance(error, BriefbotError):
        _LOG.error("%s failed and is tried again: %s", name, error)
    else:
        _LOG.error("%s failed and is tried again.", name, exc_info=error)
