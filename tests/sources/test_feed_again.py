from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from bot.app.feed import Brought, Item, Seen
from bot.sources.feed_text import FeedText, read_feed
from tests.fakes import feed_texts, odd_feeds
from tests.fakes.odd_feeds import Odd

NOW = datetime(2026, 5, 5, 8, 0, tzinfo=UTC)
NOTHING: Mapping[bytes, Seen] = {}


def read(
    content: bytes | str,
    *,
    shown: Mapping[bytes, Seen] = NOTHING,
    content_type: str = "application/xml",
    now: datetime = NOW,
) -> FeedText:
    return read_feed(
        content.encode() if isinstance(content, str) else content,
        address="https://n.example/feeds/all.xml",
        content_type=content_type,
        now=now,
        language="en",
        shown=shown,
    )


def shown_by(found: FeedText) -> dict[bytes, Seen]:
    """Return what is remembered of the items that were read."""
    shown: dict[bytes, Seen] = {}
    for item in found.items:
        at = item.published
        if item.mark:
            shown[item.mark] = (item.key, at.day, at.at) if at else (item.key, None, None)
    return shown


def keys(found: FeedText, shown: Mapping[bytes, Seen]) -> list[str]:
    """Return the keys of all items in their order."""
    every = Brought(items=found.items, again=found.again).in_order()
    return [one.key if isinstance(one, Item) else shown[one][0] for one in every]


def rss(*items: str, head: str = "") -> str:
    return f'<rss version="2.0"><channel><title>News</title>{head}{"".join(items)}</channel></rss>'


def item(guid: str, *, link: str = "/1", title: str = "Wheat", more: str = "") -> str:
    return f"<item><guid>{guid}</guid><link>{link}</link><title>{title}</title>{more}</item>"


@pytest.mark.parametrize("write", [feed_texts.rss, feed_texts.atom])
def test_of_what_was_shown_before_only_the_marks_are_told(write: Callable[..., bytes]) -> None:
    entries = feed_texts.entries(6, words=120)
    shown = shown_by(read(write(entries[2:])))

    found = read(write(entries), shown=shown)

    assert [one.key for one in found.items] == [entry.guid for entry in entries[:2]]
    assert [place for place, _ in found.again] == [2, 3, 4, 5]
    assert keys(found, shown) == [entry.guid for entry in entries]


@pytest.mark.parametrize("odd", odd_feeds.ALL, ids=lambda odd: odd.name)
def test_an_odd_feed_says_the_same_when_it_is_shown_again(odd: Odd) -> None:
    first = read(odd.content, content_type=odd.content_type)
    shown = shown_by(first)

    found = read(odd.content, content_type=odd.content_type, shown=shown)

    assert keys(found, shown) == [one.key for one in first.items]
    assert (found.faults, found.title, found.ttl) == (first.faults, first.title, first.ttl)
    assert len(found.again) == len(shown)


@pytest.mark.parametrize(
    "after",
    [
        rss(item("a", title="Rye")),
        rss(item("a", link="/2")),
        rss(item("a", more="<description>It rose.</description>")),
        rss(item("a"), head="<link>https://other.example/</link>"),
        rss(item("a"), head="<language>ru</language>"),
        rss(item("a")).replace("<channel>", '<channel xml:base="https://other.example/">'),
    ],
    ids=["title", "link", "text", "site", "language", "base"],
)
def test_what_has_changed_is_read_again(after: str) -> None:
    shown = shown_by(read(rss(item("a"))))

    found = read(after, shown=shown)

    assert len(shown) == len(found.items) == 1
    assert found.items == read(after).items


def test_all_is_read_where_the_base_of_addresses_stands_around_items() -> None:
    based = rss(item("a")).replace("<channel>", '<channel xml:base="https://one.example/">')
    shown = shown_by(read(based))

    assert read(based, shown=shown).again
    assert not read(based.replace("one.example", "two.example"), shown=shown).again


def test_an_id_that_is_given_to_other_news_tells_nothing_apart_any_more() -> None:
    shown = shown_by(read(rss(item("a"))))

    found = read(rss(item("a", link="/2", title="Rye"), item("a")), shown=shown)

    assert [one.key for one in found.items] == ["https://n.example/2", "https://n.example/1"]
    assert not found.again
    assert not shown_by(found)


def test_what_is_wrong_with_an_item_is_said_at_each_look() -> None:
    late = (NOW + timedelta(days=3)).isoformat()
    content = rss(item("a", more=f"<pubDate>{late}</pubDate>"), item("b", link="/2"))
    first = read(content)

    found = read(content, shown=shown_by(first))

    assert found.faults == first.faults != ()
    assert [one.key for one in found.items] == ["a"]


def test_what_stands_there_twice_is_one_again() -> None:
    content = rss(item("a"), item("a"), item("b", link="/2"))
    shown = shown_by(read(content))

    assert keys(read(content, shown=shown), shown) == ["a", "b"]


def test_an_item_without_a_date_stays_at_its_neighbour_again() -> None:
    def on(day: int) -> str:
        return f"<pubDate>2026-05-0{day}T08:00:00Z</pubDate>"

    content = rss(item("a", more=on(2)), item("b", link="/2"), item("c", link="/3", more=on(3)))
    shown = shown_by(read(content))

    assert keys(read(content, shown=shown), shown) == ["c", "a", "b"]
