"""Notices, for as long as it is asked, that something in a folder may have changed."""

import asyncio
import os
import threading
from collections.abc import AsyncGenerator, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from pathlib import Path, PurePath

import watchfiles

from bot.sources.walk import is_ignored, walk

#: Changes are one when each follows the last within so many milliseconds, for at most so many.
_QUIET, _GROUPED = 100, 1_000
#: How often a watched folder is checked to be the same one still, in milliseconds.
_CHECKED = 500


async def watch(folder: Path, *, look_every: float) -> AsyncGenerator[None, None]:
    """Yield once as the watching begins, and soon after each change, until closed.

    While the folder is away, or the system cannot watch it (its watches are used up, its file
    system has none), the folder is looked at every so many seconds instead.
    """
    seen: int | None = 0
    while True:
        was_watched = False
        async with aclosing(_watched(folder)) as changes:
            async for _ in changes:
                was_watched = True
                yield None
        now = await asyncio.to_thread(_looks, folder)
        if was_watched or now != seen:
            seen = now
            yield None
        await asyncio.sleep(look_every)


async def _watched(folder: Path) -> AsyncGenerator[None, None]:
    """Yield as soon as the system watches the folder and at each change; end when it does not."""
    stop = threading.Event()
    # A thread of its own: it waits all day, and the common ones are few.
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="watch")
    steps = _steps(folder, stop)
    begun = False
    try:
        while (changed := await asyncio.wrap_future(thread.submit(next, steps, None))) is not None:
            if changed or not begun:
                begun = True
                yield None
    finally:
        stop.set()
        thread.submit(steps.close)
        thread.shutdown(wait=False)


def _steps(folder: Path, stop: threading.Event) -> Generator[bool, None, None]:
    """Yield whether something has changed, twice a second, while it is the same folder."""
    try:
        root = os.path.realpath(folder)
        begun = folder.stat()
        for changes in watchfiles.watch(
            root,
            watch_filter=lambda _, path: _concerns(root, path),
            debounce=_GROUPED,
            step=_QUIET,
            stop_event=stop,
            rust_timeout=_CHECKED,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            # The place of a folder that is gone can be taken by another one with its number.
            gone = (watchfiles.Change.deleted, root) in changes
            if gone or not os.path.samestat(begun, folder.stat()):
                return
            yield bool(changes)
    # RuntimeError is what the watcher's own failures are; a name that is no UTF-8 is one.
    except (OSError, RuntimeError):
        return


def _concerns(root: str, path: str) -> bool:
    return not any(map(is_ignored, PurePath(path).relative_to(root).parts))


def _looks(folder: Path) -> int | None:
    """Return a number that changes with the folder, or None when it cannot be listed."""
    try:
        return hash(tuple(walk(folder)))
    except OSError:
        return None
