"""The list of sources put together for a command, over the archive and the net."""

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.app.feed import Brought, FeedMemory, FeedSetting, Unchanged
from bot.app.source_checks import SourceChecks
from bot.app.source_list import Discovered, SourceList
from bot.config.feed_settings import feed_settings
from bot.config.load import Config
from bot.config.source_tables import FolderSource
from bot.store.added import Added
from bot.store.database import open_database
from bot.store.healths import Healths
from bot.wiring.feeds import Outside
from bot.wiring.parts import ARCHIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What the commands on sources work on."""

    list: SourceList
    check: SourceChecks


@asynccontextmanager
async def listing(config: Config, *, version: str, writes: bool = False) -> AsyncIterator[Sources]:
    """Open the list of sources, and close it at the end; raises ``StoreError``.

    Who only looks makes no archive where there is none yet.
    """
    path = config.data_dir / ARCHIVE
    async with (
        open_database(path if writes or path.exists() else None) as database,
        Outside(config, version=version) as outside,
    ):
        net = _Net(outside)
        known = SourceList(
            folders=tuple(one.name for one in config.sources if isinstance(one, FolderSource)),
            declared=feed_settings(config),
            added=Added(database),
            healths=Healths(database),
            discovery=net,
        )
        yield Sources(list=known, check=SourceChecks(feeds=net, steady=time.monotonic))


@dataclass(frozen=True, slots=True)
class _Net:
    """Asks feeds and sites over a way that is opened when the first is asked."""

    outside: Outside

    async def look(self, setting: FeedSetting, memory: FeedMemory) -> Brought | Unchanged:
        """Ask the feed for what is new; raises ``FeedError``."""
        feeds = await self.outside.feeds()
        return await feeds.look(setting, memory)

    async def feeds(self, address: str) -> Sequence[Discovered]:
        """Return the feeds at an address; raises ``FeedError``."""
        discovery = await self.outside.discovery()
        return await discovery.feeds(address)
