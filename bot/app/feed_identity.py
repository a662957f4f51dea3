"""Which items of a feed are the same piece of news, and which were seen before.

An item is known by three keys: what its feed calls it, its canonical link, and its title with the
beginning of its text. One that is known is enough, so that a changed id, link, date or text makes
no news. A key that a feed gives to several different items tells nothing and is left out.

Few words return for other news: rates of the day, the next earthquake. Where an item has a guid or
a link they count for its day alone, and for nothing where two items stand side by side with them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from bot.app.feed import Item
from bot.app.feed_items import Known
from bot.core.links import canonical

#: So many characters of a text tell it from others.
_BEGINNING = 500
#: These are mostly found in so many characters with all white space.
_MOSTLY = 600
#: A shorter text may be that of other news, too.
_FEW = 240
#: So many bytes of a hash are kept; 1 in 2**64 pairs of items would be taken for one.
_BYTES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """By what an item is known, the surest first."""

    #: What its feed calls it; None where that is its link.
    called: bytes | None
    link: bytes | None
    #: None where other items have the same.
    content: bytes | None
    #: Its canonical link, empty without one.
    address: str = ""
    #: Whether it has so few words that other news may have the same.
    few: bool = False

    def those(self) -> tuple[bytes, ...]:
        """Return the keys there are."""
        return tuple(filter(None, (self.called, self.link, self.content)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """An item of a feed, and the article it is."""

    item: Item
    #: The id of its article.
    article: str
    #: The keys by which it is known from now on.
    keys: Keys
    #: What is known of it; None where nobody has seen it before.
    known: Known | None
    #: Whether the feed showed the very same at the last look.
    familiar: bool = False


#: An item with its keys, and what is known of it where that needs not be looked up.
Apart = tuple[Item, Keys, Known | None]


def keys_of(item: Item) -> Keys:
    """Return by what an item is known."""
    address = "" if item.url is None else canonical(item.url)
    named = item.key != item.url
    title, text = _plain(item.title or ""), _beginning(item.text)
    # Without a guid and a link, only what has no text at all may return for other news.
    few = len(text) < _FEW
    returns = few if named or address else not text
    day = item.published.day.isoformat() if returns and item.published else ""
    return Keys(
        called=_key("called", item.key) if named else None,
        link=_key("link", address) if address else None,
        content=_key("content", title, text, day),
        address=address,
        few=few,
    )


def told_apart(found: Sequence[Apart]) -> tuple[Apart, ...]:
    """Return the items with the keys that tell them from each other."""
    contents: dict[bytes, set[bytes | None]] = {}
    # Of an item that is familiar nobody says how many words it has: the one beside it does.
    alike: dict[bytes | None, list[Item]] = {keys.content: [] for _, keys, _ in found if keys.few}
    for item, keys, _ in found:
        for key in (keys.called, keys.link):
            if key is not None:
                contents.setdefault(key, set()).add(keys.content)
        if keys.content in alike:
            alike[keys.content].append(item)
    shared = {key for key, different in contents.items() if len(different) > 1}
    common = {key for key, items in alike.items() if _are_several(items)}
    if not (shared or common):
        return tuple(found)
    return tuple((item, _without(keys, shared, common), known) for item, keys, known in found)


def meet(
    source: str, apart: Sequence[Apart], known: Mapping[bytes, Known], *, alone: bool
) -> tuple[tuple[Met, ...], Mapping[bytes, str]]:
    """Return each piece of news once, and the keys of those that only repeat another here.

    Those keys go with the id of the article that is repeated. ``alone`` says that the feed shows
    nothing else.
    """
    met: dict[str, Met] = {}
    #: The keys of what was met already, and of what repeats it.
    here: dict[bytes, str] = {}
    for item, all_keys, familiar in apart:
        is_only = alone and len(apart) == 1 and familiar is None
        keys = _anew(all_keys, known) if is_only else all_keys
        those = keys.those()
        before = familiar or next((known[key] for key in those if key in known), None)
        if before is not None:
            article = before.article
        else:
            twin = next((here[key] for key in those if key in here), None)
            article = twin or _new_id(source, keys)
        if article not in met:
            met[article] = Met(
                item=item,
                article=article,
                keys=keys,
                known=before,
                familiar=familiar is not None,
            )
        for key in those:
            here.setdefault(key, article)
    own = {key for each in met.values() for key in each.keys.those()}
    return tuple(met.values()), {key: id_ for key, id_ in here.items() if key not in own}


def _without(keys: Keys, shared: Collection[bytes], common: Collection[bytes | None]) -> Keys:
    called = None if keys.called in shared else keys.called
    link = None if keys.link in shared else keys.link
    # Something has to remain.
    content = None if keys.content in common and (called or link) else keys.content
    return replace(keys, called=called, link=link, content=content)


def _are_several(items: Sequence[Item]) -> bool:
    """Say whether items of the same words are different news: not what came in one moment."""
    moments = {item.published and item.published.at for item in items}
    return len(items) > 1 and (None in moments or len(moments) > 1)


def _anew(keys: Keys, known: Mapping[bytes, Known]) -> Keys:
    """Return the keys of the only item of a feed: it may show all its news at one link."""
    moved_on = keys.called is not None and keys.called not in known and keys.content not in known
    return replace(keys, link=None) if moved_on and keys.link in known else keys


def _new_id(source: str, keys: Keys) -> str:
    if keys.link is not None:
        return keys.address
    return f"{source}/#{(keys.called or keys.content or b'').hex()}"


def _key(kind: str, *parts: str) -> bytes:
    said = "\0".join((kind, *parts))
    return blake2b(said.encode(errors="surrogatepass"), digest_size=_BYTES).digest()


def _beginning(text: str) -> str:
    """Return the plain beginning of a text: the rest tells nothing more, and would take long."""
    plain = _plain(text[:_MOSTLY])
    if len(plain) < _BEGINNING and len(text) > _MOSTLY:
        plain = _plain(text[: 4 * _BEGINNING])
    return plain[:_BEGINNING]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
