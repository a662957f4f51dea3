"""The sources that are read: those of the configuration, and those added by a command since."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from bot.app.feed import FeedSetting


class AddedFeeds(Protocol):
    """Knows the feeds that were added by a command."""

    async def all(self) -> Sequence[FeedSetting]:
        """Return them; raises ``StoreError``."""
        ...


class Roll:
    """Every source by name; a feed of the configuration goes before an added one of its name."""

    def __init__(
        self, folders: Sequence[str], declared: Sequence[FeedSetting], added: AddedFeeds
    ) -> None:
        """Begin with what the configuration names: the added ones come with a refreshing."""
        self._folders = tuple(folders)
        self._declared = tuple(declared)
        self._added = added
        self._settings = {feed.name: feed for feed in declared}

    async def refresh(self) -> None:
        """Look up the added feeds; raises ``StoreError``, and then all is as it was."""
        added = {feed.name: feed for feed in await self._added.all()}
        taken = {name: feed for name, feed in added.items() if name not in self._folders}
        self._settings = taken | {feed.name: feed for feed in self._declared}

    @property
    def settings(self) -> tuple[FeedSetting, ...]:
        """Return every feed, those that are disabled, too."""
        return tuple(self._settings.values())

    @property
    def feeds(self) -> tuple[FeedSetting, ...]:
        """Return the feeds that are read."""
        return tuple(feed for feed in self._settings.values() if feed.enabled)

    def feed(self, name: str) -> FeedSetting | None:
        """Return the feed of that name if it is read."""
        found = self._settings.get(name)
        return found if found is not None and found.enabled else None

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the folders and the feeds that are read."""
        yield from self._folders
        yield from (feed.name for feed in self.feeds)

    def __contains__(self, name: object) -> bool:
        """Say whether a source of that name is read."""
        return name in self._folders or (isinstance(name, str) and self.feed(name) is not None)

    def __len__(self) -> int:
        """Return how many sources are read."""
        return len(self._folders) + len(self.feeds)


class Tiers(Mapping[str, int]):
    """The tier of each feed that is read, as it is now."""

    def __init__(self, roll: Roll) -> None:
        """Look it up there."""
        self._roll = roll

    def __getitem__(self, name: str) -> int:
        """Return the tier of that feed; raises ``KeyError`` where there is none."""
        found = self._roll.feed(name)
        if found is None:
            raise KeyError(name)
        return found.tier

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the feeds."""
        return iter([feed.name for feed in self._roll.feeds])

    def __len__(self) -> int:
        """Return how many feeds there are."""
        return len(self._roll.feeds)
