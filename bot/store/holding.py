"""Holding the data folder if it is free: what another process runs is left alone."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.store.alone import FolderTakenError, alone


@asynccontextmanager
async def held_if_free(data_dir: Path, *, pid: int, now: datetime) -> AsyncIterator[bool]:
    """Hold the data folder until the end; say ``False`` where another process does.

    Raises ``StoreError`` when it cannot be held at all.
    """
    async with AsyncExitStack() as stack:
        held = True
        try:
            await stack.enter_async_context(alone(data_dir, pid=pid, now=now))
        except FolderTakenError:
            held = False
        yield held
