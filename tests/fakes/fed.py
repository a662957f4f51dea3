"""Feeds read into a database as the bot reads them, client, parser, archive and all."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app.feed import FeedSetting, FullText
from bot.app.feeds import Feeding
from bot.app.ports import Clock
from bot.app.revision import Revision
from bot.app.roll import Roll
from bot.config.environment import Environment
from bot.config.load import load
from bot.core.faults import Reading
from bot.core.health import Health
from bot.store.added import Added
from bot.store.archive import Archive
from bot.store.database import Database, open_database
from bot.store.healths import Healths
from bot.store.memories import Memories
from bot.wiring.feeds import Outside, feeding
from bot.wiring.parts import SystemClock

#: What is set where a test says nothing else; the sites of tests stand on this machine.
SETTINGS = """
[[sources]]
name = "folder"
folder = "articles"

[fetch]
allow_private = true
"""


@dataclass(frozen=True, slots=True)
class Fed:
    """The feeds, and what has come of them."""

    feeds: Feeding
    settings: tuple[FeedSetting, ...]
    database: Database

    async def round(self) -> dict[str, Reading]:
        """Look at all of them once, due or not; return what was read by their names."""
        return {one.source: one for one in await self.feeds.round(self.settings)}

    async def healths(self) -> dict[str, Health]:
        """Return how they are, as it is stored, by their names."""
        return {one.source: one for one in await Healths(self.database).all()}

    @property
    def archive(self) -> Archive:
        """Return what was taken in."""
        return Archive(self.database)

    @property
    def memories(self) -> Memories:
        """Return what is remembered of them."""
        return Memories(self.database)


@asynccontextmanager
async def fed(
    folder: Path,
    settings: Sequence[FeedSetting],
    *,
    clock: Clock | None = None,
    text: str = SETTINGS,
) -> AsyncIterator[Fed]:
    """Open the database in that folder and what reads these feeds into it."""
    file = folder / "briefbot.toml"
    file.write_text(text, encoding="utf-8")
    config = load(file, environment=Environment(data_dir=folder))
    async with (
        open_database(folder / "briefbot.db") as database,
        Outside(config, version="test") as outside,
    ):
        feeds = feeding(
            config,
            database,
            outside,
            roll=Roll((), settings, Added(database)),
            healths=Healths(database),
            revision=Revision(),
            clock=clock or SystemClock(),
        )
        yield Fed(feeds, tuple(settings), database)


def feed(name: str, address: str, *, fulltext: FullText = FullText.NEVER) -> FeedSetting:
    """Return a feed as an operator sets it up; its pages are left alone where nothing is said."""
    return FeedSetting(name=name, address=address, fulltext=fulltext)
