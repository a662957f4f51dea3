from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.feed import FeedSetting, FullText, Reuse
from bot.core.errors import SourceError
from bot.core.health import Reason
from bot.sources.opml import read_opml, write_opml


def listed(outlines: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0"><body>{outlines}</body></opml>'.encode()


def feed(name: str, address: str) -> FeedSetting:
    return FeedSetting(name=name, address=address, declared=False)


def refusal(content: bytes) -> tuple[Reason, str]:
    with pytest.raises(SourceError) as error:
        read_opml(content)
    return error.value.fault.reason, error.value.fault.detail


FULL = FeedSetting(
    name="Astana Times",
    address="https://astanatimes.com/feed/?a=1&b=2",
    declared=False,
    enabled=False,
    publisher="The Astana Times “AT” & <Sons>",
    owner="state",
    country="KZ",
    language="ru",
    tier=1,
    fulltext=FullText.NEVER,
    reuse=Reuse.HEADLINE,
    folders=(("Wires", "Central “Asia” & <more>"), ("24/7, live",)),
    category="/Wires/Asia,rail",
)


def test_a_list_comes_back_as_it_was_written() -> None:
    trend = feed("Trend", "https://en.trend.az/feeds/index.rss")
    feeds = (replace(trend, folders=(("Wires",),)), FULL)

    found = read_opml(write_opml(feeds, title="Sources & more"))

    assert found.feeds == feeds
    assert found.faults == ()
    assert read_opml(write_opml((trend,), title="")).feeds == (trend,)


def test_a_list_of_another_reader_is_read_with_its_folders() -> None:
    outlines = (
        '<outline text="Wires"><outline text="Deep"><outline type="rss" text="Trend" '
        'title="Trend" xmlUrl="https://en.trend.az/feeds/index.rss" htmlUrl="https://x"/>'
        '</outline></outline><outline text="a note"/>'
        '<outline text="Шанхай: новости" XMLURL="https://n.example/feed"/>'
    )

    trend = feed("Trend", "https://en.trend.az/feeds/index.rss")
    assert read_opml(listed(outlines)).feeds == (
        replace(trend, folders=(("Wires", "Deep"),)),
        feed("Шанхай новости", "https://n.example/feed"),
    )


def test_a_feed_in_several_folders_stands_in_all_of_them_and_once_in_each() -> None:
    one = '<outline text="N" category="/Press/Daily" xmlUrl="https://n.example/f"/>'
    outlines = (
        f'{one}<outline title="Press"><outline text="Daily">{one}{one}</outline></outline>'
        f'<outline><outline text="Шанхай">{one}</outline></outline>'
    )

    (found,) = read_opml(listed(outlines)).feeds

    assert found == replace(
        feed("N", "https://n.example/f"),
        folders=(("Press", "Daily"), ("Шанхай",)),
        category="/Press/Daily",
    )
    written = write_opml([found], title="Sources").decode().splitlines()
    said = 'text="N" title="N" xmlUrl="https://n.example/f" language="en" tier="2" '
    line = f'<outline type="rss" {said}fulltext="auto" quote="lines" category="/Press/Daily"/>'
    assert written[4:-2] == [
        '    <outline text="Press">',
        '      <outline text="Daily">',
        f"        {line}",
        "      </outline>",
        "    </outline>",
        '    <outline text="Шанхай">',
        f"      {line}",
        "    </outline>",
    ]


def test_a_feed_that_stands_in_another_is_in_no_folder() -> None:
    inner = '<outline text="B" xmlUrl="https://b.example/f"/>'
    outlines = f'<outline text="A" xmlUrl="https://a.example/f">{inner}</outline>{inner}'

    assert [each.folders for each in read_opml(listed(outlines)).feeds] == [(), ()]


def test_of_folders_without_end_some_are_kept() -> None:
    inner = '<outline text="N" xmlUrl="https://n.example/f"/>'
    deep = '<outline text="In">' * 40 + inner + "</outline>" * 40
    wide = "".join(f'<outline text="{each}{"x" * 200}">{inner}</outline>' for each in range(40))

    (found,) = read_opml(listed(deep + wide)).feeds

    assert len(found.folders) == 20
    assert found.folders[0] == ("In",) * 10
    assert found.folders[1] == (f"0{'x' * 99}",)


def test_names_are_made_to_differ_and_addresses_are_taken_once() -> None:
    outlines = "".join(
        f'<outline text="{name}" xmlUrl="https://{host}.example/feed"/>'
        for name, host in (("News", "a"), ("NEWS", "b"), ("", "www.c"), ("News", "a"))
    )

    assert [each.name for each in read_opml(listed(outlines)).feeds] == [
        "News",
        "NEWS 2",
        "c.example",
    ]


def test_what_a_list_says_and_nobody_understands_is_left_out() -> None:
    outline = (
        '<outline text="N" xmlUrl="https://n.example/f" tier="9" owner="aliens" country="Kz" '
        'language="?" fulltext="maybe" quote="all" enabled="perhaps"/>'
    )

    assert read_opml(listed(outline)).feeds == (feed("N", "https://n.example/f"),)


def test_an_address_that_is_none_is_named_and_the_others_go_on() -> None:
    outlines = (
        '<outline text="Bad" xmlUrl="javascript:alert(1)"/>'
        '<outline text="Good" xmlUrl="https://n.example/f"/>'
    )

    found = read_opml(listed(outlines))

    assert found.feeds == (feed("Good", "https://n.example/f"),)
    assert found.faults == ("Bad: 'javascript:alert(1)' is no web address",)
    endless = f'<outline text="{"x" * 9999}" xmlUrl="{"y" * 9999}"/>'
    assert [len(fault) for fault in read_opml(listed(endless)).faults] == [202]


def test_an_address_that_says_who_signs_in_is_not_taken_and_not_shown() -> None:
    signed = "https://user:word@n.example/f"
    outlines = (
        f'<outline text="Own" xmlUrl="{signed}"/><outline text="{signed}" xmlUrl="{signed}"/>'
        '<outline xmlUrl="https://user:a/b@n.example/f"/>'
    )

    found = read_opml(listed(outlines))

    why = "its address has a name or a password in it, which lists would show: leave it out"
    assert found.feeds == ()
    assert found.faults == (
        f"Own: {why}",
        f"https://…@n.example/f: {why}",
        f"A feed: {why}",
    )


def test_of_very_many_feeds_the_first_ten_thousand_are_taken() -> None:
    outlines = "".join(
        f'<outline text="News" xmlUrl="https://n{number}.example/f"/>' for number in range(12_000)
    )

    found = read_opml(listed(outlines))

    assert len(found.feeds) == 10_000
    assert len({each.name.casefold() for each in found.feeds}) == 10_000
    assert found.faults == ("12000 feeds; the first 10000 are taken",)


def test_a_list_in_other_letters_is_read() -> None:
    text = listed('<outline text="Новости стран" xmlUrl="https://n.example/f"/>').decode()
    content = text.replace("?>", ' encoding="windows-1251"?>', 1).encode("windows-1251")

    assert [each.name for each in read_opml(content).feeds] == ["Новости стран"]


BOMB = b'<!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "reason", "detail"),
    [
        (b"", Reason.EMPTY, "not text"),
        (b"\x89PNG\0\0", Reason.NOT_A_FEED, "not text"),
        (b"<html></html>", Reason.NOT_A_FEED, "no list of feeds in OPML"),
        (BOMB + b"<opml><body/></opml>", Reason.ENTITIES, ""),
        (b"<opml>\n<body>", Reason.BROKEN_FEED, "XML broken at line 2"),
        (b"<opml>&nbsp;</opml>", Reason.BROKEN_FEED, "XML broken at line 1"),
        (b"<opml>" + b"<outline>" * 5000, Reason.BROKEN_FEED, "XML broken at line 1"),
    ],
)
def test_what_is_no_list_is_refused_in_words(content: bytes, reason: Reason, detail: str) -> None:
    assert refusal(content) == (reason, detail)


@given(st.binary(max_size=200), st.integers(0, 400))
def test_whatever_a_list_holds_it_is_read_or_refused(noise: bytes, at: int) -> None:
    whole = write_opml([FULL], title="Sources")

    with suppress(SourceError):
        assert len(read_opml(whole[:at] + noise + whole[at:]).feeds) <= 2


@given(st.text(min_size=1, max_size=40))
def test_no_name_breaks_a_list(name: str) -> None:
    found = read_opml(write_opml([feed(name, "https://n.example/f")], title=name))

    assert [each.address for each in found.feeds] == ["https://n.example/f"]
