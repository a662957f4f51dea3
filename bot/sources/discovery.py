"""Finding the feeds of a site from any address of it."""

import asyncio
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urljoin

from bot.app.source_list import Discovered
from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.sources import status
from bot.sources.alternates import alternates_of
from bot.sources.client import Client, Response
from bot.sources.feed_text import FeedText, read_feed
from bot.sources.feeds import ACCEPT, endpoint

#: Where feeds stand on sites that do not say where, the commonest first.
_PLACES = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json")
#: So many headlines are shown of a feed.
_SHOWN = 3
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
#: A host with a port has no scheme: "localhost:8080/feed".
_PORT = re.compile(r"[^:/?#\s]+:[0-9]{1,5}(?:[/?#]|$)")
#: Why a site is asked again without encryption, where nobody wrote the scheme.
_NO_TLS = frozenset(
    {Reason.NO_CONNECTION, Reason.NO_ANSWER, Reason.BAD_CERTIFICATE, Reason.BAD_ANSWER}
)
#: Then it gets so many seconds to answer with encryption.
_GUESS = 8.0


class WebDiscovery:
    """Finds feeds (port ``Discovery``) through the guarded client."""

    def __init__(
        self, client: Client, *, clock: Callable[[], datetime], guess: float = _GUESS
    ) -> None:
        """Keep what asks, and what tells the time in UTC.

        ``guess`` is for how many seconds https is tried where nobody wrote a scheme.
        """
        self._client = client
        self._clock = clock
        self._guess = guess

    async def feeds(self, address: str) -> Sequence[Discovered]:
        """Return the feed at an address, or those that its page names, or that stand where most do.

        Each was read. Raises ``FeedError``, named by the address, where there is none.
        """
        name = address.strip()
        try:
            response, own = await self._first(name)
            if found := await self._read(response):
                return (found,)
            named = await asyncio.to_thread(_named, response)
            return await self._each(named, own) or await self._usual(response, name, own)
        except FeedError as error:
            raise FeedError(replace(error.fault, name=name), retry=error.retry) from error

    async def _first(self, address: str) -> tuple[Response, str | None]:
        """Ask the address as it was typed; without a scheme https goes first.

        Returns with the answer the endpoint that was typed: only that may be a private one.
        """
        if _SCHEME.match(address) and not _PORT.match(address):
            own = endpoint(address)
            return await self._asked(address, own), own
        own = endpoint(f"https://{address}")
        try:
            return await self._asked(f"https://{address}", own, self._guess), own
        except FeedError as error:
            if error.fault.reason not in _NO_TLS:
                raise
        own = endpoint(f"http://{address}")
        return await self._asked(f"http://{address}", own), own

    async def _asked(self, address: str, own: str | None, seconds: float | None = None) -> Response:
        """Return what stands there; raises ``FeedError`` with what is wrong with it."""
        response = await self._client.get(
            address, own=own, headers={"Accept": ACCEPT}, seconds=seconds, polite=False
        )
        if refused := status.refusal(response, name=address, now=self._clock()):
            raise refused
        return response

    async def _read(self, response: Response) -> Discovered | None:
        """Return the feed that was answered; None where a page was.

        Raises ``FeedError`` for a feed, or a page, that cannot be read.
        """
        try:
            text = await asyncio.to_thread(self._parsed, response)
        except FeedError as error:
            if error.fault.reason is Reason.NOT_A_FEED:
                return None
            raise
        return _discovered(response.moved or response.url, text)

    def _parsed(self, response: Response) -> FeedText:
        return read_feed(
            response.content,
            address=response.url,
            content_type=response.headers.get("content-type", ""),
            now=self._clock(),
            language="en",
        )

    async def _each(self, addresses: Iterable[str], own: str | None) -> list[Discovered]:
        """Return the feeds that can be read, each once."""
        found: dict[str, Discovered] = {}
        for address in addresses:
            try:
                feed = await self._read(await self._asked(address, own))
            except FeedError:
                continue
            if feed:
                found.setdefault(feed.address, feed)
        return list(found.values())

    async def _usual(self, response: Response, name: str, own: str | None) -> Sequence[Discovered]:
        for place in _PLACES:
            if found := await self._each([urljoin(response.url, place)], own):
                return found
        detail = "its page names none, and none stands where feeds mostly do"
        raise FeedError(Fault(name=name, reason=Reason.NOT_A_FEED, detail=detail))


def _named(response: Response) -> tuple[str, ...]:
    found = alternates_of(
        response.content,
        address=response.url,
        content_type=response.headers.get("content-type", ""),
    )
    return tuple(each.address for each in found)


def _discovered(address: str, text: FeedText) -> Discovered:
    headlines = [item.title for item in text.items if item.title]
    dates = [item.published for item in text.items if item.published]
    return Discovered(
        address=address,
        title=text.title,
        headlines=tuple(headlines[:_SHOWN]),
        items=len(text.items),
        newest=max(dates, key=lambda day: day.latest(), default=None),
    )
