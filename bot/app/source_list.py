"""The sources that are read: those of the configuration beside the feeds added by a command."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.app.feed import FeedSetting
from bot.app.ports import Healths
from bot.core.health import Health
from bot.core.links import canonical
from bot.core.source_names import Names, name_for, nearest
from bot.core.values import Published


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """A feed that was found at an address, or behind a site's, and was read."""

    address: str
    title: str | None = None
    #: The newest first.
    headlines: tuple[str, ...] = ()
    items: int = 0
    newest: Published | None = None


class Added(Protocol):
    """Keeps the feeds added by a command. Every method raises ``StoreError``."""

    async def all(self) -> Sequence[FeedSetting]:
        """Return them by name."""
        ...

    async def add(self, setting: FeedSetting) -> None:
        """Keep the feed, in place of one of its name."""
        ...

    async def bring(self, settings: Sequence[FeedSetting]) -> None:
        """Keep all the feeds as ``add`` does, or none of them."""
        ...

    async def remove(self, name: str) -> bool:
        """Forget the feed of that name; say whether there was one."""
        ...


class Discovery(Protocol):
    """Finds feeds."""

    async def feeds(self, address: str) -> Sequence[Discovered]:
        """Return the feed at an address, or those that the page there names, the likeliest first.

        Raises ``FeedError`` when there is none, or the address cannot be asked.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A source with how it fares; health is None where it was never read."""

    name: str
    health: Health | None
    #: None for a folder.
    feed: FeedSetting | None


@dataclass(frozen=True, slots=True)
class Already:
    """The feed is read already, under this name."""

    setting: FeedSetting
    #: What else its site has.
    others: tuple[Discovered, ...] = ()


@dataclass(frozen=True, slots=True)
class Several:
    """The site has several feeds, of which one must be chosen."""

    found: tuple[Discovered, ...]


@dataclass(frozen=True, slots=True)
class NameTaken:
    """Another source has the name."""

    name: str


@dataclass(frozen=True, slots=True)
class NewFeed:
    """The feed is read from now on."""

    setting: FeedSetting
    found: Discovered


#: What became of a feed that was to be added.
Addition = NewFeed | Already | Several | NameTaken


@dataclass(frozen=True, slots=True)
class Removed:
    """The feed is read no more."""

    setting: FeedSetting


@dataclass(frozen=True, slots=True)
class Declared:
    """The source stands in the configuration, where no command takes it out."""

    name: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """No source has the name; these are near."""

    name: str
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of feeds that were brought in together."""

    added: tuple[FeedSetting, ...]
    known: tuple[FeedSetting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceList:
    """Lists the sources and changes those that no file declares.

    Every method raises ``StoreError`` when the archive fails.
    """

    #: The names of the folders, and the feeds of the configuration.
    folders: tuple[str, ...]
    declared: tuple[FeedSetting, ...]
    added: Added
    healths: Healths
    discovery: Discovery

    async def settings(self) -> tuple[FeedSetting, ...]:
        """Return every feed: of one name, that of the configuration holds."""
        names = {name.casefold() for name in (*self.folders, *(one.name for one in self.declared))}
        added = await self.added.all()
        return (*self.declared, *(one for one in added if one.name.casefold() not in names))

    async def all(self) -> tuple[Listed, ...]:
        """Return every source, as they are declared and then as they were added."""
        healths = {health.source: health for health in await self.healths.all()}
        folders = [Listed(name=one, health=healths.get(one), feed=None) for one in self.folders]
        feeds = [
            Listed(name=one.name, health=healths.get(one.name), feed=one)
            for one in await self.settings()
        ]
        return (*folders, *feeds)

    async def add(self, wished: FeedSetting) -> Addition:
        """Find the feed at the wished address, read it once, and keep it as wished.

        An empty name is made from what the feed calls itself. Raises ``FeedError`` when there is
        no feed that can be read.
        """
        settings = await self.settings()
        if known := _same(wished.address, settings):
            return Already(known)
        names = [*self.folders, *(one.name for one in settings)]
        if wished.name.casefold() in {name.casefold() for name in names}:
            return NameTaken(wished.name)
        found = _distinct(await self.discovery.feeds(wished.address))
        read = [(one, _same(one.address, settings)) for one in found]
        new = [one for one, known in read if known is None]
        for _, known in read:
            if known is not None:
                return Already(known, tuple(new))
        if len(new) > 1:
            return Several(tuple(new))
        (one,) = new
        name = wished.name or name_for(one.title, one.address, names)
        setting = replace(wished, name=name, address=one.address, declared=False)
        await self.added.add(setting)
        return NewFeed(setting, one)

    async def remove(self, name: str) -> Removed | Declared | Unknown:
        """Take a feed that was added out of the list."""
        settings = await self.settings()
        found = _named(name, settings)
        if found is None:
            folder = next((one for one in self.folders if one.casefold() == name.casefold()), None)
            if folder is not None:
                return Declared(folder)
            return Unknown(name, nearest(name, [one.name for one in settings]))
        if found.declared:
            return Declared(found.name)
        await self.added.remove(found.name)
        return Removed(found)

    async def named(self, names: Sequence[str]) -> tuple[tuple[FeedSetting, ...], Unknown | None]:
        """Return the feeds of those names, or those that are enabled where none is named.

        With them comes the first name that no feed has.
        """
        settings = await self.settings()
        if not names:
            return tuple(one for one in settings if one.enabled), None
        found = []
        for name in names:
            one = _named(name, settings)
            if one is None:
                return (), Unknown(name, nearest(name, [one.name for one in settings]))
            found.append(one)
        return tuple(dict.fromkeys(found)), None

    async def bring(self, settings: Sequence[FeedSetting]) -> Imported:
        """Keep those of the feeds that are new, without asking them; a name that is taken changes.

        Whatever is kept already stays as it is. All that are new are kept, or none.
        """
        kept = await self.settings()
        known = {canonical(one.address): one for one in reversed(kept)}
        names = Names([*self.folders, *(one.name for one in kept)])
        there, new = [], []
        for setting in settings:
            link = canonical(setting.address)
            if link in known:
                there.append(known[link])
                continue
            name = names.new(setting.name, setting.address)
            known[link] = replace(setting, name=name, declared=False)
            new.append(known[link])
        await self.added.bring(new)
        return Imported(added=tuple(new), known=tuple(there))


def _distinct(found: Iterable[Discovered]) -> list[Discovered]:
    """Return the feeds without those that bring what one before them does in another format."""
    alike: dict[object, Discovered] = {}
    for one in found:
        alike.setdefault(one.headlines or one.address, one)
    return list(alike.values())


def _named(name: str, settings: Iterable[FeedSetting]) -> FeedSetting | None:
    return next((one for one in settings if one.name.casefold() == name.casefold()), None)


def _same(address: str, settings: Iterable[FeedSetting]) -> FeedSetting | None:
    """Return the feed of an address, however it is written."""
    link = canonical(address)
    return next((one for one in settings if canonical(one.address) == link), None)
