"""Feeds on the net: asked for what is new, politely, and read beside the event loop."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from bot.app.feed import Brought, FeedMemory, FeedSetting, Unchanged
from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.sources import guard, status
from bot.sources.client import Client, Response
from bot.sources.feed_answer import OWN_MARK, FeedAnswer
from bot.sources.feed_reader import FeedReader
from bot.sources.stop import StopError

#: What a feed is asked to come as; every server sends the feed it has.
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
#: Why a feed that has moved is looked for where it was set: nothing, or no feed, is there.
_ASTRAY = frozenset(
    {
        Reason.NO_SUCH_HOST,
        Reason.NO_CONNECTION,
        Reason.BAD_CERTIFICATE,
        Reason.HTTP_ERROR,
        Reason.GONE,
        Reason.NOT_A_FEED,
        Reason.LOGIN_PAGE,
        Reason.EMPTY,
        Reason.FORBIDDEN_ADDRESS,
    }
)


class WebFeeds:
    """Looks at feeds (port ``Feeds``) through the guarded client."""

    def __init__(
        self, client: Client, reader: FeedReader, *, clock: Callable[[], datetime]
    ) -> None:
        """Keep what asks, what reads the answers, and what tells the time in UTC."""
        self._client = client
        self._reader = reader
        self._clock = clock

    async def look(self, setting: FeedSetting, memory: FeedMemory) -> Brought | Unchanged:
        """Ask the feed for what is new since it last answered.

        It is asked where it has moved for good; where that leads nowhere, where it was set. What
        comes back says where it is to be asked next. Raises ``FeedError``, named by the source.
        """
        if memory.address != setting.address:
            memory = FeedMemory(source=setting.name, address=setting.address)
        try:
            if memory.moved is None:
                return await self._asked(setting, memory, setting.address)
            try:
                return await self._asked(setting, memory, memory.moved)
            except FeedError as error:
                if error.fault.reason not in _ASTRAY:
                    raise
            return await self._asked(setting, _afresh(memory), setting.address)
        except FeedError as error:
            fault = replace(error.fault, name=setting.name)
            raise FeedError(fault, retry=error.retry) from error

    async def _asked(
        self, setting: FeedSetting, memory: FeedMemory, address: str
    ) -> Brought | Unchanged:
        conditions = _conditions(memory)
        response = await self._client.get(
            address, own=endpoint(setting.address), headers={"Accept": ACCEPT, **conditions}
        )
        now = self._clock()
        if response.status == HTTPStatus.NOT_MODIFIED:
            if not conditions:
                detail = "it says that nothing has changed, and was not asked that"
                raise FeedError(Fault(name=setting.name, reason=Reason.BAD_ANSWER, detail=detail))
            found: Brought | Unchanged = _unchanged(memory, response)
        elif refused := status.refusal(response, name=setting.name, now=now):
            raise refused
        else:
            found = await self._reader.read(_answer(setting, memory, response, now))
        place = response.moved or address
        moved = None if place == setting.address else place
        patience = max(found.patience, status.freshness(response.headers, now))
        if (moved, patience) == (found.moved, found.patience):
            return found
        return replace(found, moved=moved, patience=patience)


def endpoint(address: str) -> str | None:
    """Return the host and port of an operator's own address; None where it is no web address."""
    try:
        return guard.endpoint(address)
    except StopError:
        return None  # the client says what is wrong with it


def _afresh(memory: FeedMemory) -> FeedMemory:
    """Return the memory of a feed without what another address has said."""
    return replace(memory, moved=None, etag=None, modified=None)


def _conditions(memory: FeedMemory) -> dict[str, str]:
    conditions: dict[str, str] = {}
    if memory.etag and not memory.etag.startswith(OWN_MARK):
        conditions["If-None-Match"] = memory.etag
    if memory.modified:
        conditions["If-Modified-Since"] = memory.modified
    return conditions


def _unchanged(memory: FeedMemory, response: Response) -> Unchanged:
    return Unchanged(
        etag=response.headers.get("etag") or memory.etag,
        modified=response.headers.get("last-modified") or memory.modified,
    )


def _answer(
    setting: FeedSetting, memory: FeedMemory, response: Response, now: datetime
) -> FeedAnswer:
    return FeedAnswer(
        source=setting.name,
        content=response.content,
        url=response.url,
        content_type=response.headers.get("content-type", ""),
        etag=response.headers.get("etag"),
        modified=response.headers.get("last-modified"),
        language=setting.language,
        mark=memory.etag,
        shown=memory.shown,
        now=now,
    )
