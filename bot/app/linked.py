"""Reads the page that somebody names and makes a brief of it, which is not kept."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.app.feed import Pages, Reuse
from bot.app.ports import Archive, Clock
from bot.app.roll import Roll
from bot.core.errors import SourceError
from bot.core.health import Fault, Reason
from bot.core.links import canonical, site
from bot.core.shown import showable
from bot.core.told import FULL_LINES
from bot.core.values import Article, Brief, Extent

#: Who asks for the same page again within this time gets the same brief; a page that could not be
#: read may be there again sooner.
FRESH, RETRIED = timedelta(minutes=10), timedelta(minutes=1)
#: So many briefs are kept for that.
KEPT = 50
#: So many pages are read at once, and so many more wait for it.
AT_ONCE, WAITING = 4, 20
#: Reading and waiting for it may take so many seconds; whoever asked has given up by then.
PATIENCE = 60.0


class BusyError(Exception):
    """So many pages are being read that another would wait too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The brief of a page."""

    brief: Brief
    #: When the page was read.
    read: datetime
    #: Whether the archive had it, so that no page was read.
    stored: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    found: Linked | Fault
    until: datetime


@dataclass(slots=True)
class _Room:
    """What is being read, and what was read lately, by the page's identity."""

    known: dict[str, _Known] = field(default_factory=dict)
    reading: dict[str, asyncio.Lock] = field(default_factory=dict)
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    inside: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedBriefs:
    """Makes briefs of pages that people name."""

    #: Opens what reads pages, at the first use.
    pages: Callable[[], Awaitable[Pages]]
    archive: Archive
    clock: Clock
    #: Of the sources that it caps, no more than a headline is shown.
    roll: Roll
    patience: float = PATIENCE
    _room: _Room = field(default_factory=_Room, repr=False, compare=False)

    async def of(self, address: str) -> Linked | Fault:
        """Return the brief of the page at that address, or why there is none.

        Raises ``StoreError`` when the archive fails, and ``BusyError``.
        """
        page = canonical(address)
        await self.roll.refresh()
        stored = await self.archive.article(page)
        if stored is not None and (stored.extent is Extent.WHOLE or self._is_capped(stored)):
            return Linked(brief=await self._brief(stored), read=self.clock.now(), stored=True)
        if known := self._lately(page):
            return known
        if self._room.inside >= AT_ONCE + WAITING:
            raise BusyError
        self._room.inside += 1
        try:
            async with asyncio.timeout(self.patience):
                return await self._in_turn(page, address)
        except TimeoutError:
            return Fault(
                name=address, reason=Reason.NO_ANSWER, detail=f"{self.patience:.0f} seconds"
            )
        finally:
            self._room.inside -= 1

    async def _in_turn(self, page: str, address: str) -> Linked | Fault:
        """Read the page; who asks for the same one meanwhile waits for the same brief."""
        lock = self._room.reading.setdefault(page, asyncio.Lock())
        try:
            async with lock:
                if known := self._lately(page):
                    return known
                async with self._room.turns:
                    found = await self._read(address)
                self._keep(page, found)
                return found
        finally:
            if not lock.locked():
                self._room.reading.pop(page, None)

    async def _read(self, address: str) -> Linked | Fault:
        try:
            article = await (await self.pages()).article(address)
        except SourceError as error:
            return replace(error.fault, name=address)
        return Linked(brief=await self._brief(article), read=self.clock.now())

    async def _brief(self, article: Article) -> Brief:
        if self._is_capped(article):
            article = replace(article, text="", extent=Extent.HEADLINE)
        return await asyncio.to_thread(showable, article, lines=FULL_LINES, lead=True, whole=True)

    def _is_capped(self, article: Article) -> bool:
        """Say whether it is of a source that is capped, or stands at the site of one."""
        capped = [one for one in self.roll.settings if one.reuse is Reuse.HEADLINE]
        sites = {site(one.address) for one in capped}
        stands = {site(article.id), site(article.url or article.id)}
        return bool(sites & stands - {""}) or article.source in {one.name for one in capped}

    def _lately(self, page: str) -> Linked | Fault | None:
        known = self._room.known.get(page)
        return known.found if known is not None and self.clock.now() < known.until else None

    def _keep(self, page: str, found: Linked | Fault) -> None:
        lasts = FRESH if isinstance(found, Linked) else RETRIED
        known = self._room.known
        known.pop(page, None)
        known[page] = _Known(found, self.clock.now() + lasts)
        if len(known) > KEPT:
            del known[next(iter(known))]
