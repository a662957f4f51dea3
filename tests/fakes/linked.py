"""Reads pages that a test has written."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.app.feed import FeedSetting, Item
from bot.app.linked import LinkedBriefs
from bot.app.ports import Archive, Clock
from bot.app.roll import Roll
from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.core.values import Article


@dataclass
class WrittenPages:
    """Pages by their addresses; all others are not there."""

    pages: Mapping[str, Article | Fault] = field(default_factory=dict)
    #: Every address that was asked for, in order.
    asked: list[str] = field(default_factory=list)
    #: Reading ends when this is set.
    open: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open.set()

    async def text(self, setting: FeedSetting, item: Item) -> Item | None:
        del setting, item
        return None

    async def article(self, address: str) -> Article:
        self.asked.append(address)
        await self.open.wait()
        found = self.pages.get(address, Fault(name=address, reason=Reason.ABSENT))
        if isinstance(found, Fault):
            raise FeedError(found)
        return found


class NoneAdded:
    """Nobody has added a feed by a command."""

    async def all(self) -> Sequence[FeedSetting]:
        return ()


def linked(
    archive: Archive,
    clock: Clock,
    pages: WrittenPages | None = None,
    feeds: Sequence[FeedSetting] = (),
) -> LinkedBriefs:
    """Return what makes briefs of those pages, beside these feeds."""
    there = pages or WrittenPages()

    async def opened() -> WrittenPages:
        return there

    roll = Roll([], feeds, NoneAdded())
    return LinkedBriefs(pages=opened, archive=archive, clock=clock, roll=roll)
