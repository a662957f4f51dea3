"""What a site asks of robots (RFC 9309), kept a day."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from protego import Protego

from bot.core.errors import FeedError
from bot.sources import guard
from bot.sources.client import Client
from bot.sources.stop import StopError

#: A site's wishes are asked for again after so many seconds, and sooner where it gave no answer.
_DAY, _HOUR = 86_400.0, 3_600.0
#: RFC 9309 has robots read at least 500 KiB; more is cut off.
_MAX_BYTES = 512_000
#: So much of a file that is larger is fetched to be cut.
_FETCHED = 4_000_000
#: Larger files are read beside the event loop.
_LARGE = 20_000
#: So many sites are remembered.
_KEPT = 500
#: A pause that a site wishes is kept up to so many seconds; RFC 9309 has none, sites do.
_LONGEST = 10.0

_SERVER_ERROR, _TOO_MANY, _CLIENT_ERROR = 500, 429, 400


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What one site asks."""

    #: Its rules; None allows nothing.
    rules: Protego | None
    #: They hold so long, by the clock.
    until: float


class Robots:
    """Says whether a page may be read by a robot."""

    def __init__(
        self, client: Client, *, agent: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Keep what fetches, and the word by which sites name this robot."""
        self._client = client
        self._agent = agent
        self._clock = clock
        self._wishes: dict[str, _Wishes] = {}
        self._asking: dict[str, asyncio.Lock] = {}

    async def allows(self, url: str, *, own: str | None = None) -> bool:
        """Say whether the page's site lets a robot read it; a site that cannot be asked does not.

        ``own`` is the endpoint that may be private, as in ``Client.get``. A pause that the site
        wishes between requests is kept from then on.
        """
        try:
            endpoint = guard.endpoint(url)
        except StopError:
            return False
        scheme = urlsplit(url.strip()).scheme.lower()
        rules = await self._rules(f"{scheme}://{endpoint}", own)
        if rules is None:
            return False
        if pause := rules.crawl_delay(self._agent):
            self._client.slow(endpoint, min(float(pause), _LONGEST))
        return bool(rules.can_fetch(url.strip(), self._agent))

    async def _rules(self, site: str, own: str | None) -> Protego | None:
        """Return the site's rules; who asks meanwhile waits for the same answer."""
        lock = self._asking.setdefault(site, asyncio.Lock())
        try:
            async with lock:
                known = self._wishes.get(site)
                if known is None or known.until <= self._clock():
                    known = await self._ask(site, own)
                    self._wishes.pop(site, None)
                    self._wishes[site] = known
                    if len(self._wishes) > _KEPT:
                        del self._wishes[next(iter(self._wishes))]
                return known.rules
        finally:
            if not lock.locked():
                self._asking.pop(site, None)

    async def _ask(self, site: str, own: str | None) -> _Wishes:
        try:
            answer = await self._client.get(
                urljoin(site, "/robots.txt"), own=own, max_bytes=_FETCHED
            )
        except FeedError:
            return _Wishes(None, self._clock() + _HOUR)
        if answer.status >= _SERVER_ERROR or answer.status == _TOO_MANY:
            return _Wishes(None, self._clock() + _HOUR)
        text = ""
        if answer.status < _CLIENT_ERROR:
            text = answer.content[:_MAX_BYTES].decode("utf-8-sig", errors="replace")
        if len(text) < _LARGE:
            rules = Protego.parse(text)
        else:
            rules = await asyncio.to_thread(Protego.parse, text)
        return _Wishes(rules, self._clock() + _DAY)
