"""Feeds put together: what leaves the machine for them, and what looks at them."""

import asyncio
import gc
import random
import time
from asyncio import Lock
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from bot.app.feed import Feeds, Pages
from bot.app.feed_book import Book
from bot.app.feed_look import Looker
from bot.app.feed_plan import Bounds
from bot.app.feed_taking import FeedTaking
from bot.app.feed_texts import Texts
from bot.app.feeds import GATHER, WORKERS, Feeding
from bot.app.ports import Clock, Healths
from bot.app.revision import Revision
from bot.app.roll import Roll
from bot.config.load import Config
from bot.engine.local import Engine
from bot.engine.memory import Works
from bot.store.database import Database
from bot.store.feed_items import FeedItems
from bot.store.memories import Memories
from bot.wiring.parts import SystemClock

if TYPE_CHECKING:
    from bot.app.source_list import Discovery
    from bot.sources.client import Client
    from bot.sources.robots import Robots

#: By this word sites tell robots what is meant for this one.
_ROBOT = "Briefbot"
_MEGABYTE = 1_000_000
#: A look under way when the bot stops gets so many seconds; what it had not stored comes again.
_PATIENCE = 1.0


class Outside:
    """The one way to what stands on the net, opened when somebody first asks for it."""

    def __init__(self, config: Config, *, version: str) -> None:
        """Keep what limits it and how it introduces itself."""
        self._config = config
        self._version = version
        self._clock = SystemClock()
        self._stack = AsyncExitStack()
        self._turn = Lock()
        self._made: tuple[Client, Robots] | None = None

    async def __aenter__(self) -> Self:
        """Return it, still closed."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close what was opened."""
        await self._stack.aclose()

    async def feeds(self) -> Feeds:
        """Return what looks at feeds."""
        client, _ = await self._opened()
        from bot.sources.feed_reader import FeedReader  # noqa: PLC0415 - see ``_load``
        from bot.sources.feeds import WebFeeds  # noqa: PLC0415 - see ``_load``

        reader = await self._stack.enter_async_context(FeedReader())
        return WebFeeds(client, reader, clock=self._clock.now)

    async def pages(self) -> Pages:
        """Return what reads pages."""
        client, robots = await self._opened()
        from bot.sources.pages import WebPages  # noqa: PLC0415 - see ``_load``

        return WebPages(client, robots, clock=self._clock.now)

    async def discovery(self) -> "Discovery":
        """Return what finds the feeds of a site."""
        client, _ = await self._opened()
        from bot.sources.discovery import WebDiscovery  # noqa: PLC0415 - see ``_load``

        return WebDiscovery(client, clock=self._clock.now)

    async def _opened(self) -> "tuple[Client, Robots]":
        async with self._turn:
            if self._made is None:
                await asyncio.to_thread(_load)
                from bot.sources.client import Client, Limits  # noqa: PLC0415 - see ``_load``
                from bot.sources.proxy import proxy_note  # noqa: PLC0415 - see ``_load``
                from bot.sources.robots import Robots  # noqa: PLC0415 - see ``_load``

                fetch = self._config.fetch
                limits = Limits(
                    ports=frozenset(fetch.ports),
                    seconds=float(fetch.seconds),
                    max_bytes=fetch.max_megabytes * _MEGABYTE,
                    allow_private=fetch.allow_private,
                    private_hosts=fetch.private_hosts,
                )
                note = proxy_note(self._config.environment.proxies)
                client = Client(limits, agent=self._agent, note=note or "")
                await self._stack.enter_async_context(client)
                self._made = client, Robots(client, agent=_ROBOT)
            return self._made

    @cached_property
    def _agent(self) -> str:
        """Return how the bot introduces itself to servers."""
        contact = self._config.operator.contact
        known = f"; {contact}" if contact else ""
        return f"{_ROBOT}/{self._version} (+news digest{known})"


def _load() -> None:
    """Load what is needed outside, beside the event loop: that takes half a second.

    What is loaded then stays, and a full look of the garbage collector through all of it would
    keep everybody waiting for a tenth of a second: it passes that by from now on.
    """
    import bot.sources.discovery  # noqa: PLC0415 - most commands need nothing of it
    import bot.sources.feeds  # noqa: PLC0415 - see above
    import bot.sources.pages  # noqa: F401, PLC0415 - see above

    gc.freeze()


def feeding(  # noqa: PLR0913 - what it is put together from
    config: Config,
    database: Database,
    outside: Outside,
    *,
    roll: Roll,
    healths: Healths,
    revision: Revision,
    clock: Clock,
) -> Feeding:
    """Return what looks at the feeds of the roll, and takes in what they bring."""
    bounds = Bounds(
        least=timedelta(minutes=config.feeds.least_minutes),
        most=timedelta(minutes=config.feeds.most_minutes),
    )
    items = FeedItems(database)
    kept: list[Looker] = []

    async def looker() -> Looker:
        if not kept:
            texts = Texts(pages=await outside.pages(), steady=time.monotonic)
            made = Looker(
                feeds=await outside.feeds(),
                taking=FeedTaking(items=items, texts=texts, clock=clock, revision=revision),
                clock=clock,
                bounds=bounds,
                # Spreads requests over time; nothing secret hangs on it.
                chance=random.random,
            )
            kept.append(made)
        return kept[0]

    return Feeding(
        roll=roll,
        looker=looker,
        book=Book(Memories(database), healths, steady=time.monotonic),
        clock=clock,
    )


def feed_engine(feeds: Feeding, clock: Clock) -> Engine:
    """Return the queue of looks at feeds, whose works are put anew after a crash.

    It has workers of its own, so that no slow feed keeps a message from being sent.
    """
    handlers = {GATHER: feeds.do}
    return Engine(Works(), handlers, clock=clock, workers=WORKERS, patience=_PATIENCE)
