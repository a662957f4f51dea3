"""Feeds on the net: asked for what is new, politely, and read beside the event loop."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from bot.app.bundle import Pieces
from bot.app.feed import Brought, FeedMemory, FeedSetting, Unchanged
from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.sources import guard, status
from bot.sources.alternates import alternates_of
from bot.sources.client import Client, Response
from bot.sources.feed_text import read_feed
from bot.sources.stop import StopError

#: What a feed is asked to come as; every server sends the feed it has.
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
#: What stands before the mark of a content whose server gives none: no ETag begins so.
_OWN_MARK = "="
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

    def __init__(self, client: Client, *, clock: Callable[[], datetime]) -> None:
        """Keep what asks, and what tells the time in UTC."""
        self._client = client
        self._clock = clock
        # One at a time: many threads at work would keep the event loop waiting for its turn.
        self._aside = Pieces()

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
            found = await self._aside.do(_read, setting, memory, response, now)
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
    if memory.etag and not memory.etag.startswith(_OWN_MARK):
        conditions["If-None-Match"] = memory.etag
    if memory.modified:
        conditions["If-Modified-Since"] = memory.modified
    return conditions


def _unchanged(memory: FeedMemory, response: Response) -> Unchanged:
    return Unchanged(
        etag=response.headers.get("etag") or memory.etag,
        modified=response.headers.get("last-modified") or memory.modified,
    )


def _read(
    setting: FeedSetting, memory: FeedMemory, response: Response, now: datetime
) -> Brought | Unchanged:
    """Return what an answer brought; nothing where its content is that of the last time."""
    etag, modified = response.headers.get("etag"), response.headers.get("last-modified")
    if not etag:
        etag = _OWN_MARK + hashlib.blake2b(response.content, digest_size=16).hexdigest()
        if etag == memory.etag:
            return Unchanged(etag=etag, modified=modified)
    try:
        text = read_feed(
            response.content,
            address=response.url,
            content_type=response.headers.get("content-type", ""),
            now=now,
            language=setting.language,
            shown=memory.shown,
        )
    except FeedError as error:
        raise _with_hint(error, response, setting) from error
    return Brought(
        items=text.items,
        title=text.title,
        etag=etag,
        modified=modified,
        patience=text.ttl,
        faults=tuple(
            replace(fault, name=setting.name) if fault.name == response.url else fault
            for fault in text.faults
        ),
        again=text.again,
    )


def _with_hint(error: FeedError, response: Response, setting: FeedSetting) -> FeedError:
    """Return the error with the address of the feed, where the page of a site names it."""
    if error.fault.reason is not Reason.NOT_A_FEED:
        return error
    found = alternates_of(
        response.content,
        address=response.url,
        content_type=response.headers.get("content-type", ""),
    )
    if not found:
        return error
    detail = f"{error.fault.detail}; its feed is at {found[0].address}"
    return FeedError(Fault(name=setting.name, reason=error.fault.reason, detail=detail))
