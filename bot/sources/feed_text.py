"""The bytes of a feed to its items: RSS of every version, RDF, Atom and JSON Feed."""

import codecs
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from bot.app.feed import Item, Seen
from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.core.values import Extent, Published
from bot.sources import (
    declared,
    feed_dates,
    feed_elements,
    feed_json,
    feed_language,
    feed_words,
    instead,
)
from bot.sources.feed_entry import LOOKED_AT, Entry, Outline
from bot.sources.feed_xml import tree
from bot.sources.page_text import page_text
from bot.sources.reading import Unread

#: So many items of a feed are taken at a look, the newest; no feed of news shows more.
_TAKEN = 500
#: So many faults of a feed are kept; a feed's items mostly share theirs.
_FAULTS = 50
#: A feed's wish for patience counts for a day at most.
_DAY = 86_400.0
#: No id is longer than this, in characters.
_KEY = 1000
_NAME = 80
_NOTHING: Mapping[bytes, Seen] = MappingProxyType({})
_UNMARKED_UTF_16 = ((b"<\0", codecs.BOM_UTF16_LE), (b"\0<", codecs.BOM_UTF16_BE))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedText:
    """What a feed says."""

    #: What format it is in: "RSS 2.0", "Atom", "JSON Feed".
    kind: str
    title: str | None
    #: The newest first, as far as they are dated.
    items: tuple[Item, ...]
    #: It wishes not to be asked again for so many seconds.
    ttl: float = 0.0
    faults: tuple[Fault, ...] = ()
    #: The marks of items that were shown before, with their places among all items.
    again: tuple[tuple[int, bytes], ...] = ()


def read_feed(  # noqa: PLR0913 - what a feed is read by, each named
    content: bytes,
    *,
    address: str,
    content_type: str,
    now: datetime,
    language: str,
    shown: Mapping[bytes, Seen] = _NOTHING,
) -> FeedText:
    """Return the items of a feed, and what of it could not be read.

    ``language`` is the one to expect of its letters. Items that were ``shown`` before, by their
    marks, are not read again. Takes some milliseconds of a thread. Raises ``FeedError`` where
    nothing can be read.
    """
    text = _decoded(content, content_type, language)
    if isinstance(text, Unread):
        raise FeedError(_fault(address, text))
    found = _outline(text, address, shown)
    if isinstance(found, Unread):
        raise FeedError(_fault(address, found))
    faults = list(_faults_of_whole(found, text, address))
    dated = _newest(found.entries, now, shown)
    if len(dated) > _TAKEN:
        more = " or more" if len(dated) >= LOOKED_AT else ""
        detail = f"{len(dated)} items{more}; the newest {_TAKEN} are read"
        faults.append(Fault(name=address, reason=Reason.TOO_LARGE, detail=detail))
    every, of_items = _items(dated[:_TAKEN], found.language, shown)
    return FeedText(
        kind=found.kind,
        title=feed_words.title(found.title),
        items=tuple(one for one in every if isinstance(one, Item)),
        ttl=min(found.ttl, _DAY),
        faults=(*faults, *of_items)[:_FAULTS],
        again=tuple((at, one) for at, one in enumerate(every) if isinstance(one, bytes)),
    )


@dataclass(frozen=True, slots=True)
class _Dated:
    entry: Entry
    published: Published | None
    #: Why a date that it gives is not believed.
    doubt: Reason | None


def _decoded(content: bytes, content_type: str, language: str) -> str | Unread:
    if not content.strip():
        return Unread(Reason.EMPTY)
    for start, mark in _UNMARKED_UTF_16:
        if content.startswith(start):
            content = mark + content
    text = page_text(content, content_type=content_type, language=language)
    if isinstance(text, Unread) and text.reason is Reason.BINARY:
        return Unread(Reason.NOT_A_FEED, text.detail or "not text")
    return text


def _outline(text: str, address: str, shown: Mapping[bytes, Seen]) -> Outline | Unread:
    if text.lstrip("\ufeff \t\n").startswith(("{", "[")):
        return feed_json.outline(text.lstrip("\ufeff \t\n"), address=address)
    found = tree(text, address=address)
    if found is None:
        return instead.of_feed(text)
    if isinstance(found, Unread):
        return found
    outline = feed_elements.outline(found, address=address, shown=shown)
    if shown and _is_mixed_up(outline, shown):
        outline = feed_elements.outline(found, address=address)
    return outline


def _is_mixed_up(found: Outline, shown: Mapping[bytes, Seen]) -> bool:
    """Say whether the id of a new item is that of one that was shown before.

    Whether it tells them apart (``_shared``) is only seen when all are read.
    """
    new = {entry.guid[:_KEY] for entry in found.entries if isinstance(entry, Entry) and entry.guid}
    return any(shown[mark][0] in new for mark in found.entries if isinstance(mark, bytes))


def _faults_of_whole(found: Outline, text: str, address: str) -> Iterator[Fault]:
    if found.lost:
        yield Fault(name=address, reason=Reason.BROKEN_FEED, detail=found.lost)
    broken = text.count("\ufffd")
    if broken:
        yield Fault(name=address, reason=Reason.BAD_ENCODING, detail=f"{broken} broken")


def _newest(
    entries: Sequence[Entry | bytes], now: datetime, shown: Mapping[bytes, Seen]
) -> list[_Dated | bytes]:
    """Return the items with their dates, the newest first; one without stays at its neighbour.

    Those that were shown before are still their marks.
    """
    every = [one if isinstance(one, bytes) else _dated(one, now) for one in entries]
    moments: list[datetime] = []
    before = datetime.max.replace(tzinfo=UTC)
    for each in every:
        before = _moment(each, shown) or before
        moments.append(before)
    order = sorted(range(len(every)), key=moments.__getitem__, reverse=True)
    return [every[place] for place in order]


def _dated(entry: Entry, now: datetime) -> _Dated:
    if not entry.date:
        return _Dated(entry, None, None)
    day = feed_dates.published(entry.date)
    if day is None or feed_dates.is_past_belief(day):
        return _Dated(entry, None, Reason.BAD_DATE)
    if feed_dates.is_ahead(day, now):
        return _Dated(entry, None, Reason.FUTURE_DATE)
    return _Dated(entry, day, None)


def _moment(each: _Dated | bytes, shown: Mapping[bytes, Seen]) -> datetime | None:
    """Return the last moment that the date of an item may mean; None without one."""
    if isinstance(each, _Dated):
        return each.published.latest() if each.published else None
    _, on, at = shown[each]
    return at or (Published(day=on).latest() if on else None)


def _items(
    dated: Sequence[_Dated | bytes], language: str, shown: Mapping[bytes, Seen]
) -> tuple[Sequence[Item | bytes], list[Fault]]:
    """Return the items that say something, each once, and what is wrong with any.

    Of those that were shown before it is their marks.
    """
    shared = _shared([each for each in dated if isinstance(each, _Dated)])
    found: dict[str, Item | bytes] = {}
    faults: list[Fault] = []
    for each in dated:
        if isinstance(each, bytes):
            found.setdefault(shown[each][0], each)
            continue
        title = feed_words.title(each.entry.title)
        name = (title or each.entry.link or each.entry.guid or "an item")[:_NAME]
        if each.doubt:
            faults.append(Fault(name=name, reason=each.doubt, detail=each.entry.date[:_NAME]))
        text, extent = feed_words.text(each.entry, title)
        if title is None and not text:
            faults.append(Fault(name=name, reason=Reason.NO_TEXT))
            continue
        item = _item(each, title, text, extent, language, shared)
        found.setdefault(item.key, item)
    return tuple(found.values()), faults


def _item(  # noqa: PLR0913, PLR0917 - the parts of an item
    each: _Dated,
    title: str | None,
    text: str,
    extent: Extent,
    language: str,
    shared: frozenset[str],
) -> Item:
    entry = each.entry
    url = declared.url(entry.link)
    is_shared = entry.guid in shared
    guid = "" if is_shared and url else entry.guid
    return Item(
        key=(guid or url or title or text)[:_KEY],
        url=url,
        title=title,
        text=text,
        extent=extent,
        published=each.published,
        language=feed_language.language(entry.language or language, title or text[:_NAME]),
        publisher=feed_words.one_line(entry.publisher[:_NAME]),
        # What is wrong with it, or hangs on other items, is to be seen anew at each look.
        mark=b"" if each.doubt or is_shared else entry.mark,
    )


def _shared(dated: Sequence[_Dated]) -> frozenset[str]:
    """Return the ids that a feed gives to items with different links: they tell nothing apart."""
    pairs = {(each.entry.guid, each.entry.link) for each in dated if each.entry.guid}
    counted = Counter(guid for guid, _ in pairs)
    return frozenset(guid for guid, count in counted.items() if count > 1)


def _fault(address: str, why: Unread) -> Fault:
    return Fault(name=address, reason=why.reason, detail=why.detail)
