"""Sources, and what they answer, are shown for people and for other programs."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.app.feed import Brought, FeedSetting, FullText, Item, Reuse, Unchanged
from bot.app.source_checks import Checked
from bot.app.source_list import Discovered, Listed
from bot.console.counting import counting
from bot.console.source_listing import (
    CHECK_HEADINGS,
    FOUND_HEADINGS,
    SOURCE_HEADINGS,
    check_record,
    check_row,
    described,
    found_row,
    source_record,
    source_row,
)
from bot.core.health import Fault, Health, Reason, Standing
from bot.core.values import Extent, Published
from tests.fakes.press import NOW

FEED = FeedSetting(name="Gazeta.uz", address="https://gazeta.example/rss")
SLOW = Fault(name="Gazeta.uz", reason=Reason.NO_ANSWER, detail="20 s")
ODD = Fault(name="item 3", reason=Reason.BAD_DATE)
WELL = Health(
    source="Gazeta.uz",
    failing=None,
    checked=NOW,
    brought=NOW - timedelta(hours=1),
    daily=45.26,
    next=NOW + timedelta(minutes=10),
    articles=15,
)
ITEM = Item(key="1", url=None, title="a", text="b", extent=Extent.WHOLE)


def row(health: Health | None, feed: FeedSetting | None = FEED) -> tuple[str, ...]:
    cells = source_row(Listed(name="Gazeta.uz", health=health, feed=feed), "place", zone=UTC)
    assert len(cells) == len(SOURCE_HEADINGS)
    return cells[1:5] + cells[6:]


def test_a_source_is_a_row_with_how_it_stands_and_why() -> None:
    failing = replace(WELL, failing=SLOW, since=NOW, daily=None)

    assert row(WELL) == ("ok", "2025-09-02 02:00", "45.3", "2025-09-02 03:10", "")
    assert row(None) == ("not read yet", "-", "-", "-", "")
    assert row(WELL, replace(FEED, enabled=False))[0] == "disabled"
    assert row(failing) == (
        "failing since 2025-09-02 03:00",
        "2025-09-02 02:00",
        "-",
        "2025-09-02 03:10",
        "gives no answer in time (20 s)",
    )


def test_a_folder_has_its_newest_article_and_its_faults_are_counted() -> None:
    folder = Health(
        source="seeds",
        failing=None,
        checked=NOW,
        newest=Published(day=date(2025, 9, 1)),
        faults=(ODD, replace(ODD, reason=Reason.EMPTY)),
    )

    assert row(folder, None) == ("ok", "2025-09-01", "-", "-", "2 faults")
    assert row(replace(folder, faults=(ODD,)), None)[4] == (
        "item 3: bears a date that cannot be right; correct it if it is yours"
    )


def test_a_feed_that_was_ended_says_so_and_a_rare_one_has_its_rate() -> None:
    ended = replace(WELL, rhythm=Standing.RETIRED, next=None, daily=0.034)
    dated = replace(ended, newest=Published(day=date(2025, 9, 1)), daily=0.0001)

    assert row(ended) == (
        "retired",
        "2025-09-02 02:00",
        "0.03",
        "-",
        "was ended by its publisher; remove it, or find its new address",
    )
    assert row(dated)[1:3] == ("2025-09-01", "<0.01")


def test_a_source_is_a_record_with_all_there_is_to_know() -> None:
    health = replace(WELL, failing=SLOW, since=NOW, tries=3, newest=Published(day=NOW.date()))
    feed = replace(FEED, folders=(("Wires", "Asia"),))
    listed = Listed(name="Gazeta.uz", health=health, feed=feed)

    assert source_record(listed, FEED.address) == {
        "name": "Gazeta.uz",
        "kind": "feed",
        "place": "https://gazeta.example/rss",
        "enabled": True,
        "declared": True,
        "standing": "failing",
        "publisher": None,
        "owner": None,
        "country": None,
        "language": "en",
        "tier": 2,
        "fulltext": "auto",
        "quote": "lines",
        "folders": [["Wires", "Asia"]],
        "category": None,
        "since": "2025-09-02T03:00:00+00:00",
        "brought": "2025-09-02T02:00:00+00:00",
        "newest": "2025-09-02",
        "daily": 45.26,
        "articles": 15,
        "checked": "2025-09-02T03:00:00+00:00",
        "next": "2025-09-02T03:10:00+00:00",
        "tries": 3,
        "failing": {"name": "Gazeta.uz", "reason": "no answer", "detail": "20 s"},
        "faults": [],
    }
    assert source_record(Listed(name="seeds", health=None, feed=None), "seeds") == {
        "name": "seeds",
        "kind": "folder",
        "place": "seeds",
        "enabled": True,
        "declared": True,
        "standing": None,
    }


def checked(answer: Brought | Unchanged | None, *faults: Fault) -> Checked:
    return Checked(setting=FEED, answer=answer, faults=faults, seconds=0.25)


def checked_row(one: Checked) -> tuple[str, ...]:
    cells = check_row(one, zone=UTC)
    assert len(cells) == len(CHECK_HEADINGS)
    return cells


def test_what_a_feed_answers_is_a_row_with_its_items_and_how_much_of_them() -> None:
    old = replace(ITEM, published=Published(day=date(2025, 9, 1)))
    new = replace(ITEM, published=Published(day=NOW.date(), at=NOW), extent=Extent.HEADLINE)

    assert checked_row(checked(Brought(items=(old, new, ITEM)), ODD)) == (
        "Gazeta.uz",
        "ok",
        "3",
        "2025-09-02 03:00",
        "whole 2, headline 1",
        "0.2",
        "item 3: bears a date that cannot be right; correct it if it is yours",
    )
    assert checked_row(checked(None, SLOW)) == (
        *("Gazeta.uz", "fails", "-", "-", "-", "0.2"),
        "gives no answer in time (20 s)",
    )
    assert checked_row(checked(Unchanged()))[1:4] == ("ok", "0", "-")


def test_what_a_feed_answers_is_a_record() -> None:
    item = replace(ITEM, published=Published(day=NOW.date(), at=datetime(2025, 9, 2, tzinfo=UTC)))
    brought = Brought(items=(item,), title="Gazeta", moved="https://g.example/rss")

    assert check_record(checked(brought, ODD)) == {
        "name": "Gazeta.uz",
        "address": "https://gazeta.example/rss",
        "ok": True,
        "title": "Gazeta",
        "moved": "https://g.example/rss",
        "items": 1,
        "newest": "2025-09-02T00:00:00+00:00",
        "extents": {"whole": 1, "teaser": 0, "headline": 0},
        "seconds": 0.25,
        "faults": [{"name": "item 3", "reason": "bad date", "detail": ""}],
    }
    failed = check_record(checked(None, SLOW))
    assert (failed["ok"], failed["title"], failed["moved"], failed["items"]) == (
        *(False, None, None, 0),
    )


def test_a_feed_that_was_found_is_a_row() -> None:
    found = Discovered(
        address="https://a.example/rss", title="A", items=9, newest=Published(day=NOW.date())
    )

    cells = found_row(found, zone=UTC)
    assert cells == ("https://a.example/rss", "A", "9", "2025-09-02")
    assert len(cells) == len(FOUND_HEADINGS)
    assert found_row(replace(found, title=None, newest=None), zone=UTC)[1::2] == ("-", "-")


def test_how_a_feed_is_set_up_is_said_without_what_is_open() -> None:
    setting = replace(FEED, country="UZ", fulltext=FullText.NEVER, reuse=Reuse.HEADLINE)

    assert described(setting) == ("country UZ, language en, tier 2, fulltext never, quote headline")


def test_nothing_is_counted_where_nobody_watches() -> None:
    screen = io.StringIO()

    with counting(3, "asked", screen) as advance:
        advance()

    assert screen.getvalue() == ""
