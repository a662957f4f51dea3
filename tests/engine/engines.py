"""The engines that must all pass the contract, opened on stores that outlive them.

A second engine joins by another opener below; the contract itself names none.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from bot.app.queue import Handler
from bot.app.queue import Works as Keeping
from bot.core.delivery import Work
from bot.engine import memory
from bot.engine.local import Engine
from bot.store.database import open_database
from bot.store.works import Works

#: So long, in seconds, does a test wait for what must happen.
SOON = 10.0


class Running(Protocol):
    """An engine as its users see it."""

    async def put(self, works: Sequence[Work]) -> None: ...


#: Runs an engine with these handlers, as many workers, until the context ends.
Start = Callable[[Mapping[str, Handler], int], AbstractAsyncContextManager[Running]]
#: Opens a store in that folder, and gives what starts engines on it one after the other.
Open = Callable[[Path], AbstractAsyncContextManager[Start]]


class Clock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@asynccontextmanager
async def local(folder: Path) -> AsyncIterator[Start]:
    async with open_database(folder / "briefbot.db") as database:
        yield starting(lambda: Works(database))


@asynccontextmanager
async def in_memory(folder: Path) -> AsyncIterator[Start]:
    del folder
    works = memory.Works()
    yield starting(lambda: works)


def starting(keep: Callable[[], Keeping]) -> Start:
    """Return what runs an engine over works that are kept there."""

    @asynccontextmanager
    async def start(handlers: Mapping[str, Handler], workers: int) -> AsyncIterator[Running]:
        engine = Engine(keep(), handlers, clock=Clock(), workers=workers)
        running = asyncio.create_task(engine.run())
        try:
            yield engine
        finally:
            running.cancel()
            await asyncio.wait({running})

    return start


ENGINES: dict[str, Open] = {"local": local, "memory": in_memory}


async def soon(awaited: Awaitable[object]) -> None:
    async with asyncio.timeout(SOON):
        await awaited
