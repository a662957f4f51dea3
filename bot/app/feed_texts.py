"""How much text an item of a feed gets: what the feed brings, or the page behind it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from bot.app.feed import FeedSetting, FullText, Item, Pages, Reuse
from bot.app.feed_identity import Met
from bot.core.beginning import is_beginning
from bot.core.values import Extent

#: So many pages are read at one look at a feed; the rest come with the next one.
PAGES = 10
#: And so many seconds are they given.
SECONDS = 20.0


class Page(Enum):
    """What became of the page of an item; its value is kept in the article's version."""

    #: None is wanted, or it was read.
    SETTLED = "-"
    #: It waits for the next look.
    WAITING = "0"
    #: It could not be read; it is tried once more.
    FAILED = "1"
    #: It could not be read twice: what the feed brings stands.
    GIVEN_UP = "2"


@dataclass(frozen=True, slots=True)
class Worded:
    """An item with all the text that it got."""

    met: Met
    item: Item
    page: Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Reads the pages of items that need them, a few at a time."""

    pages: Pages
    #: Seconds that nobody puts back.
    steady: Callable[[], float]
    most: int = PAGES
    seconds: float = SECONDS

    async def worded(
        self, setting: FeedSetting, met: Sequence[tuple[Met, Page]]
    ) -> Sequence[Worded]:
        """Return the items with their texts, given what became of their pages at earlier looks."""
        found: list[Worded] = []
        deadline, left = self.steady() + self.seconds, self.most
        for each, before in met:
            if not wants_page(setting, each.item):
                found.append(Worded(each, _allowed(setting, each.item), Page.SETTLED))
            elif left == 0 or self.steady() >= deadline:
                found.append(Worded(each, each.item, before))
            else:
                left -= 1
                found.append(await self._read(setting, each, before, deadline))
        return found

    async def _read(self, setting: FeedSetting, met: Met, before: Page, deadline: float) -> Worded:
        whole = None
        try:
            async with asyncio.timeout(max(0.0, deadline - self.steady())):
                whole = await self.pages.text(setting, met.item)
        except TimeoutError:
            pass
        if whole is not None:
            return Worded(met, whole, Page.SETTLED)
        page = Page.FAILED if before is Page.WAITING else Page.GIVEN_UP
        return Worded(met, met.item, page)


def wants_page(setting: FeedSetting, item: Item) -> bool:
    """Say whether the page behind the item is to be read for its text."""
    if item.url is None or setting.reuse is Reuse.HEADLINE:
        return False
    if setting.fulltext is FullText.AUTO:
        is_long = is_beginning(item.text, item.extent)
        return item.extent is not Extent.WHOLE and not is_long
    return setting.fulltext is FullText.ALWAYS


def _allowed(setting: FeedSetting, item: Item) -> Item:
    """Return the item without what may not be shown of it, so that it is nowhere kept."""
    if setting.reuse is Reuse.HEADLINE:
        return replace(item, text="", extent=Extent.HEADLINE)
    return item
