"""The items that feeds showed at the last look, known at a glance: most of them are shown again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Final

from bot.app.feed import FeedSetting, Item, Seen
from bot.app.feed_identity import Apart, Keys, keys_of
from bot.app.feed_items import Known
from bot.app.feed_texts import Page
from bot.core.values import Extent, Published

_BYTES = 12

#: What was found out of an item: its keys, and its article with its first sighting and version.
#: Plain values, for there are many of them, and those the garbage collector passes by.
_Facts = tuple[bytes | None, bytes | None, bytes | None, str, bool, str, datetime, str | None]
#: Where in them its address stands, behind its keys; and its article and its first sighting.
_ADDRESS: Final = 3
_ARTICLE: Final = 5
_SEEN: Final = 6
#: Where the moment of a publication stands in what was ``Seen``.
_AT: Final = 2


@dataclass(frozen=True, slots=True)
class Showed:
    """What a feed showed at the last look; nothing where nobody looked."""

    #: The keys by which its items are known in the archive; None where nobody looked.
    keys: frozenset[bytes] | None = None
    #: The items by their marks.
    items: Mapping[bytes, _Facts] = field(default_factory=dict)
    #: Those whose words nobody needs again.
    settled: Mapping[bytes, Seen] = field(default_factory=dict)
    #: Whether all are settled, each of them is an article of its own and has keys that no other
    #: has: what comes beside them changes nothing of them.
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Rest:
    """What a plain feed shows as it did, which nothing new has to do with."""

    items: Mapping[bytes, _Facts] = field(default_factory=dict)
    settled: Mapping[bytes, Seen] = field(default_factory=dict)
    #: The keys by which these are known.
    keys: frozenset[bytes] = frozenset()
    #: When each was published, or first seen.
    moments: tuple[datetime, ...] = ()

    def has(self, articles: Collection[str]) -> bool:
        """Say whether one of these articles is among it."""
        return any(facts[_ARTICLE] in articles for facts in self.items.values())


@dataclass(frozen=True, slots=True)
class Glance:
    """What a feed shows now, and what of it is familiar."""

    #: The items with all their keys, and with what is known of the familiar ones; those that
    #: ``rest`` are left out.
    items: list[Apart]
    #: By what the items are known at a glance, in the same order.
    marks: list[bytes]
    #: The keys of what the feed showed at the last look; None where nobody looked.
    shown: frozenset[bytes] | None
    #: Whether it shows the very same as at the last look.
    same: bool
    rest: Rest = Rest()


class Familiar:
    """What was found out of each item when it was last shown; it is gone with the process."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._feeds: dict[str, tuple[FeedSetting, Showed]] = {}

    def showed(self, setting: FeedSetting) -> Showed:
        """Return what the feed showed at the last look: only its keys, where it was set otherwise.

        It stays as it is, whatever is kept meanwhile.
        """
        before, showed = self._feeds.get(setting.name, (setting, Showed()))
        return showed if before == setting else Showed(showed.keys)

    def keep(
        self,
        setting: FeedSetting,
        glance: Glance,
        known: Mapping[int, Known],
        keys: Iterable[bytes],
    ) -> None:
        """Remember what the feed shows: what is ``known`` of each item, by its place.

        ``keys`` are those by which the items are known in the archive, without the ``rest``.
        """
        items, settled = dict(glance.rest.items), dict(glance.rest.settled)
        count = len(glance.rest.keys)
        for place, one in known.items():
            mark, (item, by, _) = glance.marks[place], glance.items[place]
            facts = (by.called, by.link, by.content, by.address, by.few)
            items[mark] = (*facts, one.article, one.seen, one.version)
            count += len(by.those())
            if item.mark and due(one) is None:
                at = item.published
                settled[mark] = (item.key, at.day, at.at) if at else (item.key, None, None)
        those = glance.rest.keys.union(keys)
        own = {facts[_ARTICLE] for facts in items.values()}
        every = len(glance.rest.items) + len(glance.items)
        is_plain = len(those) == count and len(own) == len(settled) == every
        self._feeds[setting.name] = setting, Showed(those, items, settled, is_plain=is_plain)

    def forget(self, setting: FeedSetting) -> None:
        """Forget what the feed showed."""
        self._feeds.pop(setting.name, None)


def glance(showed: Showed, items: Sequence[Item | bytes]) -> Glance:
    """Return what is familiar of what a feed shows: items, and the marks of settled ones.

    Where a feed is plain only what is new of it is looked at.
    """
    again = {one: showed.items[one] for one in items if isinstance(one, bytes)}
    if not (showed.is_plain and again) or showed.keys is None:
        return whole(showed, items)
    new = [one for one in items if isinstance(one, Item)]
    marks = [item.mark or _mark(item) for item in new]
    found: list[Apart] = [(item, keys_of(item), None) for item in new]
    keys = {key for _, by, _ in found for key in by.those()}
    if not (showed.keys.isdisjoint(keys) and showed.items.keys().isdisjoint(marks)):
        return whole(showed, items)
    same = not new and len(again) == len(showed.items)
    return Glance(found, marks, shown=showed.keys, same=same, rest=_rest(showed, again))


def whole(showed: Showed, items: Sequence[Item | bytes]) -> Glance:
    """Return the same with all items that the feed shows."""
    found: list[Apart] = []
    marks: list[bytes] = []
    for one in items:
        item = _settled(one, showed.settled[one]) if isinstance(one, bytes) else one
        mark = item.mark or _mark(item)
        facts = showed.items.get(mark)
        found.append((item, keys_of(item), None) if facts is None else (item, *_read(facts)))
        marks.append(mark)
    same = showed.keys is not None and showed.items.keys() == set(marks)
    return Glance(found, marks, shown=showed.keys, same=same)


def due(known: Known | None) -> Page | None:
    """Return what became of the page of a familiar item, where that is not the end of it."""
    page = known and known.version and known.version[-1]
    return Page(page) if page in {Page.WAITING.value, Page.FAILED.value} else None


def _rest(showed: Showed, again: Mapping[bytes, _Facts]) -> Rest:
    """Return what a plain feed shows again, by its marks."""
    gone = {
        key
        for mark in showed.items.keys() - again.keys()
        for key in showed.items[mark][:_ADDRESS]
        if key is not None
    }
    settled = {mark: showed.settled[mark] for mark in again}
    return Rest(
        items=again,
        settled=settled,
        keys=(showed.keys or frozenset()) - gone,
        moments=tuple(settled[mark][_AT] or facts[_SEEN] for mark, facts in again.items()),
    )


def _settled(mark: bytes, seen: Seen) -> Item:
    """Return what stands for an item that was not read again: of it only the date is needed."""
    key, on, at = seen
    return Item(
        key=key,
        url=None,
        title=None,
        text="",
        extent=Extent.HEADLINE,
        published=Published(day=on, at=at) if on else None,
        mark=mark,
    )


def _read(facts: _Facts) -> tuple[Keys, Known]:
    called, link, content, address, few, article, seen, version = facts
    keys = Keys(called=called, link=link, content=content, address=address, few=few)
    return keys, Known(article=article, seen=seen, version=version)


def _mark(item: Item) -> bytes:
    """Return what tells whether an item that its reader has not marked is as it was."""
    at = item.published
    day = at and (at.at.timestamp() if at.at else at.day.toordinal())
    said = (
        f"{item.key}\0{item.url}\0{item.title}\0{item.extent.value}\0{item.language}\0"
        f"{item.publisher}\0{day}\0{item.text}"
    )
    return blake2b(said.encode(errors="surrogatepass"), digest_size=_BYTES).digest()
