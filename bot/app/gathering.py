"""A round by hand: all sources or some are read now, whatever their time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.app.feed import FeedSetting
from bot.app.feeds import Feeding
from bot.app.gather import Gather
from bot.app.ports import Source
from bot.core.faults import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a round reads."""

    folders: tuple[Source, ...]
    feeds: tuple[FeedSetting, ...]


class UnknownSourceError(Exception):
    """No source has that name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        """Keep the name, and those there are."""
        super().__init__(name)
        self.name = name
        self.known = known


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """Reads sources in one round."""

    gather: Gather
    feeds: Feeding

    async def choose(self, names: Sequence[str], *, ended: bool) -> Chosen:
        """Return the sources of these names, or all that are read where none is named.

        Feeds that their publishers have ended are left out, unless they are named or ``ended``
        ones are to be asked, too. Raises ``UnknownSourceError`` and ``StoreError``.
        """
        await self.feeds.roll.refresh()
        folders = {one.name.casefold(): one for one in self.gather.sources}
        if not names:
            await self.feeds.book.open()
            feeds = self.feeds.roll.feeds
            asked = (one for one in feeds if ended or not self.feeds.book.memory(one).retired)
            return Chosen(folders=tuple(folders.values()), feeds=tuple(asked))
        settings = {one.name.casefold(): one for one in self.feeds.roll.settings}
        wanted = dict.fromkeys(name.casefold() for name in names)
        for name in names:
            if name.casefold() not in folders.keys() | settings.keys():
                known = [one.name for one in self.gather.sources]
                known += [one.name for one in self.feeds.roll.settings]
                raise UnknownSourceError(name, known)
        return Chosen(
            folders=tuple(one for name, one in folders.items() if name in wanted),
            feeds=tuple(one for name, one in settings.items() if name in wanted),
        )

    async def read(
        self, chosen: Chosen, tell: Callable[[Reading], None]
    ) -> tuple[Sequence[Reading], Sequence[Reading]]:
        """Read them, and return what the folders brought and what the feeds did.

        Each reading is told as it comes; what was read stays, however the round ends. Raises
        ``StoreError``.
        """
        folders = await replace(self.gather, sources=chosen.folders).once()
        for reading in folders:
            tell(reading)
        feeds = await self.feeds.round(chosen.feeds, tell=tell)
        return folders, feeds
