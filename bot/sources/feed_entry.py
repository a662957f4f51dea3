"""What a feed says of one item, in its own words, before anything of it is believed."""

from dataclasses import dataclass

#: So many items of a feed are looked at for the newest; a feed of news has a hundredth of them.
LOOKED_AT = 10_000


@dataclass(frozen=True, slots=True)
class Marked:
    """Some text of a feed, and whether it may have HTML in it."""

    text: str = ""
    is_markup: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item as its feed has it; what it does not say is empty."""

    guid: str = ""
    #: Absolute, as far as the feed lets one know.
    link: str = ""
    title: Marked = Marked()
    #: What the feed calls the item's content, and what it calls its summary or description.
    content: Marked = Marked()
    #: Whether its format says that the content is the whole of it.
    is_whole: bool = False
    summary: Marked = Marked()
    date: str = ""
    language: str = ""
    publisher: str = ""
    #: By what it is known when it is shown again (``feed_marks``); empty where nobody marks it.
    mark: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A feed's own words on itself, and its items in its order."""

    #: What format it is in: "RSS 2.0", "Atom".
    kind: str
    #: Of those that were shown before there is nothing but their marks. Those behind the ten
    #: thousandth are left out.
    entries: tuple[Entry | bytes, ...]
    title: Marked = Marked()
    language: str = ""
    #: It wishes not to be asked again for so many seconds.
    ttl: float = 0.0
    #: What of it was lost, in words.
    lost: str = ""
