from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.core.values import Extent, Published
from bot.sources.feed_text import FeedText, read_feed
from tests.fakes import feed_texts, odd_feeds
from tests.fakes.odd_feeds import Odd

ADDRESS = "https://n.example/feeds/all.xml"
NOW = datetime(2026, 5, 5, 8, 0, tzinfo=UTC)


def read(content: bytes | str, *, content_type: str = "application/xml") -> FeedText:
    return read_feed(
        content.encode() if isinstance(content, str) else content,
        address=ADDRESS,
        content_type=content_type,
        now=NOW,
        language="en",
    )


def rss(items: str, head: str = "") -> str:
    return f'<rss version="2.0"><channel><title>News</title>{head}{items}</channel></rss>'


def refused(content: bytes | str) -> Fault:
    with pytest.raises(FeedError) as error:
        read(content)
    assert error.value.fault.name == ADDRESS
    return error.value.fault


def wrong(content: bytes | str) -> Fault | None:
    """Return why a feed cannot be read; None for one that can."""
    try:
        read(content)
    except FeedError as error:
        return error.fault
    return None


# What is read


@pytest.mark.parametrize("odd", odd_feeds.ALL, ids=lambda odd: odd.name)
def test_odd_feeds_are_read(odd: Odd) -> None:
    found = read(odd.content, content_type=odd.content_type)

    assert {item.title for item in found.items} == set(odd.titles)
    assert len(found.items) == len(odd.titles)


@pytest.mark.parametrize("write", [feed_texts.rss, feed_texts.atom, feed_texts.json_feed])
def test_an_item_is_read_whole(write: Callable[..., bytes]) -> None:
    (entry,) = feed_texts.entries(1, words=200)

    (item,) = read(write([entry])).items

    assert item.key == entry.guid
    assert item.url == entry.link
    assert item.title == entry.title
    assert item.published == Published(day=date(2026, 5, 4), at=entry.published)
    assert item.language == "en"
    assert item.extent is Extent.WHOLE
    assert item.text == entry.content.replace("<p>", "").replace("</p>\n", "\n\n").replace(
        "</p>", ""
    )


def test_a_feed_says_what_it_is() -> None:
    assert read(rss("")).kind == "RSS 2.0"
    assert read(rss("")).title == "News"
    assert read("<rdf:RDF></rdf:RDF>").kind == "RSS 1.0"
    assert read(feed_texts.atom([])).kind == "Atom"
    assert read(feed_texts.json_feed([])).kind == "JSON Feed"


def test_a_feed_without_items_is_no_fault() -> None:
    assert read(rss("")).items == ()
    assert read(rss("")).faults == ()


def test_the_newest_items_come_first_and_those_without_a_date_stay_at_their_neighbours() -> None:
    items = [
        "<item><title>old</title><pubDate>Sat, 02 May 2026 08:00 GMT</pubDate></item>",
        "<item><title>beside old</title></item>",
        "<item><title>new</title><pubDate>Mon, 04 May 2026 08:00 GMT</pubDate></item>",
        "<item><title>beside new</title></item>",
    ]

    titles = [item.title for item in read(rss("".join(items))).items]

    assert titles == ["new", "beside new", "old", "beside old"]


@pytest.mark.slow
def test_of_ten_thousand_items_the_newest_five_hundred_are_taken() -> None:
    entries = feed_texts.entries(10_000, summary=0, gap=timedelta(seconds=1))

    found = read(feed_texts.rss(list(reversed(entries))))

    assert [item.key for item in found.items] == [entry.guid for entry in entries[:500]]
    assert found.faults == (
        Fault(
            name=ADDRESS,
            reason=Reason.TOO_LARGE,
            detail="10000 items or more; the newest 500 are read",
        ),
    )


# Links and ids


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>/a</link>", "https://n.example/a"),
        ("<link> https://n.example/a b\n</link>", "https://n.example/a%20b"),
        ("<link><![CDATA[https://n.example/?a=1&amp;b=2]]></link>", "https://n.example/?a=1&b=2"),
        ("<guid>https://n.example/a</guid>", "https://n.example/a"),
        ('<guid isPermaLink="false">https://n.example/a</guid>', None),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>file:///etc/passwd</link>", None),
        ("<link>http://[::1/</link>", None),
        ("<link>//[::1/</link>", None),
        (
            (
                "<link>https://feeds.example/~r/1</link>"
                '<f:origLink xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">'
                "https://n.example/a</f:origLink>"
            ),
            "https://n.example/a",
        ),
        (
            (
                '<link/><a:link xmlns:a="http://www.w3.org/2005/Atom" rel="self" href="/self"/>'
                '<a:link xmlns:a="http://www.w3.org/2005/Atom" type="image/png" href="/picture"/>'
                '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="alternate" href="/a"/>'
            ),
            "https://n.example/a",
        ),
    ],
)
def test_a_link_is_whole_and_leads_to_the_page(item: str, url: str | None) -> None:
    (found,) = read(rss(f"<item><title>First</title>{item}</item>")).items

    assert found.url == url


def test_a_link_counts_from_what_is_set_as_its_base() -> None:
    based = rss('<item xml:base="https://b.example/x/"><title>F</title><link>a</link></item>')
    homed = rss("<item><title>F</title><link>/a</link></item>", "<link>https://h.example/</link>")

    assert read(based).items[0].url == "https://b.example/x/a"
    assert read(homed).items[0].url == "https://h.example/a"


def test_an_item_of_rdf_may_have_its_address_as_its_name() -> None:
    item = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<item rdf:about="https://n.example/a"><title>F</title></item></rdf:RDF>'
    )

    assert read(item).items[0].url == "https://n.example/a"
    assert read(item).items[0].key == "https://n.example/a"


def test_what_tells_an_item_from_others_is_its_id_else_its_link_else_its_title() -> None:
    items = [
        "<item><guid>1</guid><link>https://n.example/1</link><title>One</title></item>",
        "<item><link>https://n.example/2</link><title>Two</title></item>",
        "<item><title>Three</title></item>",
        "<item><description>Four</description></item>",
    ]

    keys = [item.key for item in read(rss("".join(items))).items]

    assert keys == ["1", "https://n.example/2", "Three", "Four"]


def test_items_that_share_an_id_are_told_apart_by_their_links_wherever_they_stand() -> None:
    items = [
        f"<item><guid>1</guid><link>https://n.example/{n}</link><title>T{n}</title></item>"
        for n in (1, 2)
    ]

    there = {item.key for item in read(rss("".join(items))).items}
    back = {item.key for item in read(rss("".join(reversed(items)))).items}

    assert there == back == {"https://n.example/1", "https://n.example/2"}


def test_an_item_that_stands_there_twice_is_one() -> None:
    item = "<item><guid>1</guid><link>https://n.example/1</link><title>One</title></item>"

    assert len(read(rss(item * 2)).items) == 1


def test_an_item_may_name_where_it_was_taken_from() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>F</title><source>'
        "<title>Trend</title></source></entry></feed>"
    )
    of_rss = rss('<item><title>F</title><source url="https://t.example">Trend</source></item>')
    its_own = rss('<item><title>F</title><source url="https://www.n.example/a">N</source></item>')

    assert read(its_own).items[0].publisher is None
    assert read(atom).items[0].publisher == "Trend"
    assert read(of_rss).items[0].publisher == "Trend"


# Languages


@pytest.mark.parametrize(
    ("said", "title", "language"),
    [
        ("en-US", "Leaders meet", "en"),
        ("ru", "Лидеры встретились", "ru"),
        ("zh-CN", "上海合作组织 SCO", "zh"),
        ("kk", "Astana talks", "kk"),
        ("en", "2026", "en"),
        ("", "Leaders meet", None),
        ("en-US", "Лидеры встретились", None),
        ("en-US", "上海合作组织", None),
        ("ru", "Leaders meet", None),
        ("zh", "Leaders meet", None),
    ],
)
def test_a_language_is_believed_where_the_letters_are_its_own(
    said: str, title: str, language: str | None
) -> None:
    found = read(rss(f"<item><title>{title}</title></item>", f"<language>{said}</language>"))

    assert found.items[0].language == language


def test_an_item_may_be_in_a_language_of_its_own() -> None:
    item = '<item xml:lang="ru"><title>Лидеры</title></item>'

    assert read(rss(item, "<language>en</language>")).items[0].language == "ru"


# Dates


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("Thu, 01 Jan 1970 00:00:00 GMT", Reason.BAD_DATE),
        ("31 Feb 2026", Reason.BAD_DATE),
        ("soon", Reason.BAD_DATE),
        ("2099-01-01", Reason.FUTURE_DATE),
        ("Wed, 06 May 2026 08:00:01 GMT", Reason.FUTURE_DATE),
    ],
)
def test_a_date_past_belief_is_left_out_and_named(printed: str, reason: Reason) -> None:
    found = read(rss(f"<item><title>First</title><pubDate>{printed}</pubDate></item>"))

    assert found.items[0].published is None
    assert found.faults == (Fault(name="First", reason=reason, detail=printed),)


def test_a_date_up_to_a_day_ahead_is_believed() -> None:
    item = "<item><title>F</title><pubDate>Wed, 06 May 2026 07:59:00 GMT</pubDate></item>"

    assert read(rss(item)).items[0].published == Published(
        day=date(2026, 5, 6), at=datetime(2026, 5, 6, 7, 59, tzinfo=UTC)
    )


def test_when_it_was_published_goes_before_when_it_was_changed() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>F</title>'
        "<updated>2026-05-05T08:00:00Z</updated><published>2026-05-04T08:00:00Z</published>"
        "</entry></feed>"
    )

    published = read(atom).items[0].published

    assert published is not None
    assert published.day == date(2026, 5, 4)


# Patience


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ("", 0),
        ("<ttl>60</ttl>", 3600),
        ("<ttl>soon</ttl>", 0),
        ("<ttl>999999999</ttl>", 86_400),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 86_400),
        (
            ("<sy:updatePeriod> hourly </sy:updatePeriod>"
            "<sy:updateFrequency>2</sy:updateFrequency>"),
            1800,
        ),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
         86_400),
    ],
)  # fmt: skip
def test_a_feed_says_how_long_it_wishes_to_be_left_alone(head: str, seconds: float) -> None:
    assert read(rss("", head)).ttl == seconds


# What cannot be read


@pytest.mark.parametrize(
    ("content", "reason", "detail"),
    [
        (b"", Reason.EMPTY, ""),
        (b" \n", Reason.EMPTY, ""),
        ("<!DOCTYPE html><html><body><p>News</p></body></html>", Reason.NOT_A_FEED, "a web page"),
        (
            (
                "<!-- a --><!-- b --><html><title>Sign in to News</title>"
                "<input type='password'></html>"
            ),
            Reason.LOGIN_PAGE,
            "Sign in to News",
        ),
        (
            "<!doctype html><title>Just a moment...</title>",
            Reason.LOGIN_PAGE,
            "it wants a person to answer first",
        ),
        ("<opml><body/></opml>", Reason.NOT_A_FEED, "a file that begins with <opml>"),
        ("News of today", Reason.NOT_A_FEED, "plain text"),
        (b"%PDF-1.7 ...", Reason.NOT_A_FEED, "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Reason.NOT_A_FEED, "not text"),
        ('{"news": []}', Reason.NOT_A_FEED, "JSON without items"),
        ('{"items": []}', Reason.NOT_A_FEED, "JSON of another kind"),
        ("[1, 2", Reason.NOT_A_FEED, "JSON broken at line 1"),
        ("<rss>\x00" * 3, Reason.NOT_A_FEED, "not text"),
        ("[" * 100_000, Reason.NOT_A_FEED, "JSON that cannot be read"),
        (
            '{"version": "https://jsonfeed.org/version/1", "items": [\n{"id"',
            Reason.BROKEN_FEED,
            "JSON broken at line 2",
        ),
    ],
)
def test_what_is_no_feed_is_named(content: bytes | str, reason: Reason, detail: str) -> None:
    assert refused(content) == Fault(name=ADDRESS, reason=reason, detail=detail)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
SPY = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY spy SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(("prolog", "entity"), [(BOMB, "c"), (SPY, "spy")])
def test_entities_of_a_feeds_own_are_refused(prolog: str, entity: str) -> None:
    feed = prolog + rss(f"<item><title>&{entity};</title></item>")

    assert refused(feed).reason is Reason.ENTITIES


def test_entities_that_are_declared_and_not_used_do_no_harm() -> None:
    assert read(BOMB + rss("<item><title>First</title></item>")).items[0].title == "First"


def test_a_feed_that_is_cut_off_gives_its_sound_items_and_says_so() -> None:
    whole = feed_texts.rss(feed_texts.entries(10, words=100))

    found = read(whole[: len(whole) // 2])

    assert 3 <= len(found.items) <= 6
    assert all(item.extent is Extent.WHOLE for item in found.items)
    assert found.faults == (
        Fault(name=ADDRESS, reason=Reason.BROKEN_FEED, detail="it ends in the middle"),
    )


def test_what_was_lost_of_a_broken_feed_is_named() -> None:
    (fault,) = read(rss("<item><title>First</wrong></title></item>")).faults

    assert fault.reason is Reason.BROKEN_FEED
    assert fault.detail.startswith("line 1: ")


def test_broken_letters_are_counted() -> None:
    feed = rss("<item><title>Новости сотрудничества</title></item>").encode()

    found = read(feed.replace("в".encode(), b"\xd0", 1))

    assert found.items[0].title == "Но\ufffdости сотрудничества"
    assert found.faults == (Fault(name=ADDRESS, reason=Reason.BAD_ENCODING, detail="1 broken"),)


def test_an_item_that_says_nothing_is_left_out_and_named() -> None:
    found = read(rss("<item><link>https://n.example/1</link></item><item/>"))

    assert found.items == ()
    assert found.faults == (
        Fault(name="https://n.example/1", reason=Reason.NO_TEXT),
        Fault(name="an item", reason=Reason.NO_TEXT),
    )


def test_what_is_no_item_of_a_json_feed_is_counted() -> None:
    feed = (
        '{"version": "https://jsonfeed.org/version/1", "items": '
        '[1, {"id": true, "title": "A\\ud800", "url": "//[::1/", "external_url": 5}]}'
    )

    found = read(feed)

    assert [item.title for item in found.items] == ["A?"]
    assert found.faults == (
        Fault(name=ADDRESS, reason=Reason.BROKEN_FEED, detail="1 of its items are none"),
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "hostile",
    [
        "<![CDATA[" * 200_000,
        "<!--" * 200_000,
        "<!-- -->" * 100_000,
        "<rss " + "a=1 " * 200_000,
        "<rss><channel>" + "<item>" * 100_000,
        rss("<item/>" * 200_000),
        "<rss><channel><item><title>" + "<b>" * 100_000,
        "<rss><channel><item><title>" + "&" * 500_000,
        rss("<item><title>" + "&lt;script&gt;" * 50_000 + "</title></item>"),
        rss("<item><title>F</title><description>" + "&lt;q&gt;" * 5_000 + "</description></item>"),
        rss(
            "<item><title>F</title><description>"
            + "Comments\n\n" * 99_000
            + "</description></item>"
        ),
        rss("<item><title>F</title><description>" + "The post " * 50_000 + "</description></item>"),
    ],
)
def test_no_feed_takes_long(hostile: str) -> None:
    began = datetime.now(UTC)

    fault = wrong(hostile)

    assert fault is None or fault.reason in {Reason.NOT_A_FEED, Reason.BROKEN_FEED}
    assert datetime.now(UTC) - began < timedelta(seconds=10)


@given(st.binary(max_size=300), st.integers(0, 3000), st.integers(0, 200))
def test_whatever_is_broken_in_a_feed_it_is_read_or_refused(
    noise: bytes, at: int, length: int
) -> None:
    feed = feed_texts.rss(feed_texts.entries(2, words=100))

    fault = wrong(feed[:at] + noise + feed[at + length :])

    assert fault is None or fault.name == ADDRESS
