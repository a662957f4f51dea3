"""One attempt to send a part through a channel, whatever the channel does."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.app.outbox import Channel
from bot.core.delivery import Deferred, Outcome, Post, Unsure

#: A channel that has not answered by then, in seconds, is not waited for: its own limits are lower.
PATIENCE = 120.0

log = logging.getLogger(__name__)


async def send(channel: Channel, post: Post, *, patience: float = PATIENCE) -> Outcome:
    """Send the part. Never raises, save when this task is cancelled."""
    return await _outcome(channel.send, post, patience)


async def find(channel: Channel, post: Post, *, patience: float = PATIENCE) -> Outcome | None:
    """Look for a part that was interrupted; None when it is to be sent: again, if it may be there.

    Never raises, save when this task is cancelled.
    """
    found = await _outcome(channel.find, post, patience)
    absent = isinstance(found, Deferred) and found.seconds <= 0
    return None if absent or isinstance(found, Unsure) else found


async def _outcome(
    act: Callable[[Post], Awaitable[Outcome]], post: Post, patience: float
) -> Outcome:
    try:
        async with asyncio.timeout(patience):
            return await act(post)
    except TimeoutError:
        return Unsure(f"There was no answer in {patience:.0f} seconds.")
    except Exception:
        # A fault of ours in one channel must not lose a post: it is tried again, and logged.
        log.exception("The channel failed at part %s for %s.", post.part, post.destination)
        return Unsure("The attempt failed in a way that nobody foresaw; the log says how.")
