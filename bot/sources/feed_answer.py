"""What the answer of a feed brings."""

import hashlib
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.app.feed import Brought, Seen, Unchanged
from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.sources.alternates import alternates_of
from bot.sources.feed_text import read_feed

#: What stands before the mark of a content whose server gives none: no ETag begins so.
OWN_MARK = "="


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAnswer:
    """What a feed answered, and what else its reading needs."""

    source: str
    content: bytes
    #: Where it was found, and what it is called there.
    url: str
    content_type: str
    etag: str | None
    modified: str | None
    #: The language to expect of its letters.
    language: str
    #: What the last look left: its mark, and the items that were shown.
    mark: str | None
    shown: Mapping[bytes, Seen]
    now: datetime


@dataclass(frozen=True, slots=True)
class Crash:
    """A reading that failed by a fault of ours: where it was, for the log."""

    trace: str


#: What comes of reading an answer.
Outcome = Brought | Unchanged | Fault | Crash


def outcome(answer: FeedAnswer) -> Outcome:
    """Return what an answer brought, or why it could not be read; takes some milliseconds."""
    try:
        return _read(answer)
    except FeedError as error:
        return replace(error.fault, name=answer.source)
    except Exception:  # noqa: BLE001 - others are read in the same breath: none may stop them
        return Crash(traceback.format_exc())


def _read(answer: FeedAnswer) -> Brought | Unchanged:
    """Return what an answer brought; nothing where its content is that of the last time."""
    etag = answer.etag
    if not etag:
        etag = OWN_MARK + hashlib.blake2b(answer.content, digest_size=16).hexdigest()
        if etag == answer.mark:
            return Unchanged(etag=etag, modified=answer.modified)
    try:
        text = read_feed(
            answer.content,
            address=answer.url,
            content_type=answer.content_type,
            now=answer.now,
            language=answer.language,
            shown=answer.shown,
        )
    except FeedError as error:
        raise _with_hint(error, answer) from error
    return Brought(
        items=text.items,
        title=text.title,
        etag=etag,
        modified=answer.modified,
        patience=text.ttl,
        faults=tuple(
            replace(fault, name=answer.source) if fault.name == answer.url else fault
            for fault in text.faults
        ),
        again=text.again,
    )


def _with_hint(error: FeedError, answer: FeedAnswer) -> FeedError:
    """Return the error with the address of the feed, where the page of a site names it."""
    if error.fault.reason is not Reason.NOT_A_FEED:
        return error
    found = alternates_of(answer.content, address=answer.url, content_type=answer.content_type)
    if not found:
        return error
    return FeedError(replace(error.fault, hint=f"its feed is at {found[0].address}"))
