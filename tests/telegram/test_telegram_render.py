"""A page becomes messages that Telegram takes at once, shows as meant, and shows in full."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.page import (
    Block,
    Button,
    Buttons,
    Code,
    Document,
    Entry,
    Heading,
    Inline,
    Item,
    Link,
    Moment,
    Note,
    Page,
    Paragraph,
    Plain,
    Prose,
    Quotation,
    Strong,
)
from bot.telegram.cut import messages
from bot.telegram.payload import File, Text, read
from bot.telegram.render import render
from tests.fakes.bot_api.calls import calls
from tests.fakes.bot_api.entities import Entity
from tests.fakes.bot_api.keyboards import LONGEST_DATA, MOST_BUTTONS, WIDEST_ROW
from tests.fakes.bot_api.text import Formatted, formatted
from tests.fakes.press import NOW

#: What the server drops, with what we drop for the same reason: it shows nothing, or spoils more.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2060\u2066-\u2069\u0333\u033f\u030a]")


def words(text: str) -> tuple[Inline, ...]:
    return (Plain(text),)


def shown(page: Page) -> list[Formatted]:
    """Return the messages as the server shows them; it refuses what it cannot take."""
    texts = []
    for payload in render(page):
        message = read(payload)
        assert len(message.html.encode()) < 35_000
        made = formatted(message.html, "HTML", limit=4096)
        assert made.text.strip()
        assert not made.dropped
        assert len(made.entities) < 100
        texts.append(made)
    return texts


def whole(messages: Sequence[Formatted]) -> str:
    """Return the words of all messages without their numbers."""
    numbered = len(messages) > 1
    return " ".join(
        re.sub(r"\n\(\d+/\d+\)$", "", one.text) if numbered else one.text for one in messages
    )


def seen(text: str) -> str:
    """Return what can be seen of a text, without its spaces."""
    return re.sub(r"\s+", "", _UNSHOWN.sub("", re.sub("[\ud800-\udfff]", "\ufffd", text)))


DIGEST = Page(
    (
        Heading(words("SCO · Tue 2 September 2025")),
        Paragraph(words("2 stories, one speech · Trend")),
        Heading(words("1. Tokayev highlighted need for <cooperation> & more"), level=2),
        Item(words("By 2033, the market is projected to ascend to $5 trillion.")),
        Item(words("“Kazakhstan supports it.” — Tokayev")),
        Note(words("Trend, 1 Sep, Tianjin")),
        Heading(words("Ahead"), level=2),
        Entry((Strong("2027"),), words("High-Level Conference (1)")),
        Note((Plain("Sources: 1 ok. More: "), Code("/sources"), Plain(" "), Code("/brief 1"))),
        Buttons(((Button("1", "/brief 1"),), (Button("Sources", "/sources"),)), NOW),
    ),
    "SCO, Tue 2 Sep",
)


def test_a_digest_is_one_message_with_its_buttons() -> None:
    assert render(DIGEST) == (
        {
            "html": "<b>SCO · Tue 2 September 2025</b>\n"
            "2 stories, one speech · Trend\n\n"
            "<b>1. Tokayev highlighted need for &lt;cooperation&gt; &amp; more</b>\n"
            "• By 2033, the market is projected to ascend to $5 trillion.\n"
            "• “Kazakhstan supports it.” — Tokayev\n"
            "<i>Trend, 1 Sep, Tianjin</i>\n\n"
            "<b>Ahead</b>\n"
            "<b>2027</b>  High-Level Conference (1)\n\n"
            "<i>Sources: 1 ok. More: /sources </i><code>/brief 1</code>",
            "keyboard": [[["1", "haq6ic16o0/brief 1"]], [["Sources", "haq6ic16o0/sources"]]],
        },
    )


def test_no_line_begins_or_ends_with_a_space() -> None:
    shown = [read(one) for one in render(Page((Paragraph((Plain(" one "), Strong(" two "))),)))]

    assert [one.html for one in shown] == ["one <b> two</b>"]


def test_a_quotation_is_folded() -> None:
    (message,) = shown(Page((Quotation(words("“I am convinced.” — Tokayev")),)))

    assert [(one.type, one.of(message.text)) for one in message.entities] == [
        ("expandable_blockquote", "“I am convinced.” — Tokayev")
    ]


def test_a_long_block_is_folded_but_no_heading() -> None:
    text = "Words of a long block. " * 60
    (message,) = shown(Page((Heading(words(text)), Paragraph(words(text)))))

    assert [one.type for one in message.entities] == ["bold", "expandable_blockquote"]


def test_a_moment_can_be_read_in_another_zone() -> None:
    at = datetime(2025, 9, 3, 3, tzinfo=UTC)
    (message,) = shown(Page((Paragraph((Plain("Next: "), Moment("Wednesday, 08:00", at))),)))

    assert message.text == "Next: Wednesday, 08:00"
    assert message.entities == (Entity("date_time", 6, 16, (("unix_time", int(at.timestamp())),)),)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://example.org/?a=1&b=\u4e2d", "text_link"),
        ("HTTP://example.org", "text_link"),
        ("javascript:alert(1)", None),
        ("tg://user?id=1", None),
        ('https://example.org/"><b>', None),
        ("https://example.org/ x", None),
        ("https://example.org/\ud800", None),
        ("https://example.org/" + "x" * 1000, None),
        ("", None),
    ],
)
def test_only_web_addresses_become_links(url: str, kind: str | None) -> None:
    (message,) = shown(Page((Paragraph((Link("Trend", url), Plain(", 1 Sep"))),)))

    assert message.text == "Trend, 1 Sep"
    assert [one.type for one in message.entities] == ([kind] if kind else [])


def test_a_link_without_words_shows_its_address() -> None:
    (message,) = shown(Page((Paragraph((Link(" ", "https://example.org"),)),)))

    assert message.text == "https://example.org"


def test_an_article_calls_nobody() -> None:
    said = "Ask @anna or /stop@Bot now, a@example.org and 24/7 stay"
    (message,) = shown(Page((Item((Plain(said), Strong(said), Link(said, "https://a.org"))),)))

    assert not re.search(r"(?<![\w@/])[@/]\w", message.text)
    assert message.text.replace("\u2060", "") == f"• {said * 3}"


@pytest.mark.parametrize(
    "blocks",
    [(), (Paragraph(words(" \u200b\u2060")),), (Buttons(((Button("1", "/brief 1"),),)),)],
)
def test_a_page_that_shows_nothing_is_its_summary(blocks: tuple[Block, ...]) -> None:
    assert [one.text for one in shown(Page(blocks, "Nothing new"))] == ["Nothing new"]
    assert [one.text for one in shown(Page(blocks, "\u200b"))] == ["—"]


def test_messages_are_cut_between_blocks_and_numbered() -> None:
    blocks = tuple(
        block
        for number in range(1, 41)
        for block in (Heading(words(f"{number}. Story"), level=2), Item(words("w" * 300 + ".")))
    )

    messages = shown(Page((*blocks, Buttons(((Button("1", "/brief 1"),),)))))

    assert len(messages) == 4
    for place, message in enumerate(messages, start=1):
        lines = message.text.splitlines()
        assert re.match(r"\d+\. Story$", lines[0])
        assert len(lines[-2]) == 303
        assert lines[-1] == f"({place}/4)"
    assert [
        bool(payload["keyboard"])
        for payload in render(Page((*blocks, Buttons(((Button("1", "/brief 1"),),)))))
    ] == [
        False,
        False,
        False,
        True,
    ]


def test_nothing_makes_no_message() -> None:
    assert list(messages(())) == []


def test_a_block_that_is_too_long_is_cut_behind_a_sentence() -> None:
    sentences = [f"Sentence number {number} says so." for number in range(400)]
    messages = shown(Page((Heading(words("Title")), Paragraph(words(" ".join(sentences))))))

    assert len(messages) > 2
    for message in messages:
        assert re.search(r"says so\.\n\(\d/\d\)$", message.text)
    assert messages[0].text.startswith("Title\nSentence number 0 says so.")
    assert whole(messages).removeprefix("Title").split() == " ".join(sentences).split()


@pytest.mark.parametrize("before", ["", "x", "xx"])
@pytest.mark.parametrize(
    "part", ["word ", "长" * 60 + "。", "e\u0301", "👨‍👩‍👧", "🇰🇿", "👍🏽", "y"]
)
def test_a_block_without_sentences_is_cut_between_words_or_letters(part: str, before: str) -> None:
    text = before + part * (10_000 // len(part))

    messages = shown(Page((Paragraph(words(text)),)))

    assert len(messages) > 1
    assert seen(whole(messages)) == seen(text)
    for message in messages[1:]:
        assert message.text.startswith(part)


def test_a_block_with_more_links_than_a_message_takes_is_cut() -> None:
    spans = [
        Link(f"Publisher {number}, ", f"https://example.org/{'x' * 900}/{number}")
        for number in range(250)
    ]
    messages = shown(Page((Note(tuple(spans)),)))

    urls = [
        dict(one.extra)["url"]
        for message in messages
        for one in message.entities
        if one.type == "text_link"
    ]
    assert urls == [span.url for span in spans]


def test_many_short_strong_words_stay_strong() -> None:
    spans = tuple(part for number in range(150) for part in (Strong(str(number)), Plain(" and ")))
    messages = shown(Page((Paragraph(spans),)))

    strong = [
        one.of(message.text)
        for message in messages
        for one in message.entities
        if one.type == "bold"
    ]
    assert strong == [str(number) for number in range(150)]


def test_buttons_keep_to_their_limits() -> None:
    row = tuple(Button(str(number), f"/brief {number}") for number in range(1, 30))
    long = (Button("More", "/search " + "x" * 60), Button("\u200b", "/help"), Button("No", "stop"))
    message = read(
        render(Page((Paragraph(words("x")), Buttons((row, long)), Buttons((row,) * 5))))[0]
    )

    assert max(len(each) for each in message.keyboard) == WIDEST_ROW
    assert sum(len(each) for each in message.keyboard) == MOST_BUTTONS
    assert all(
        0 < len(data.encode()) <= LONGEST_DATA for each in message.keyboard for _, data in each
    )
    assert [label for label, _ in message.keyboard[3]] == ["25", "26", "27", "28", "29"]
    assert message.keyboard[4][0] == ("1", "/brief 1")


def test_a_document_has_the_words_below_it() -> None:
    buttons = Buttons(((Button("1", "/brief 1"),),))
    page = Page((Heading(words("Ahead")), buttons), document=Document("../a\\ahead.ics", b"BEGIN"))

    (message,) = map(read, render(page))

    assert message == File("ahead.ics", b"BEGIN", "<b>Ahead</b>", ((("1", "/brief 1"),),))


def test_a_document_comes_behind_words_that_do_not_fit_below_it() -> None:
    text = "a&" * 600
    page = Page((Paragraph(words(text)),), document=Document("/", b"BEGIN"))

    first, last = map(read, render(page))

    assert isinstance(first, Text)
    assert last == File("file", b"BEGIN")


NASTY = (
    "<b>bold</b> &amp; &lt; &nbsp; &#x27; <script>alert(1)</script> </i> <",
    "<a href='tg://user?id=1'>x</a> [x](javascript:alert(1)) *x* _y_ `z` ~",
    "\u202eright to left\u202c \u2067isolate\u2069 \u061cمرحبا بالعالم שלום",
    "👩🏽‍🚀👨‍👩‍👧‍👦🏳️‍🌈🇰🇿 👍🏿 ❤️‍🔥",
    "zero\u200bwidth\u200c \u200d\ufeff \u2060 soft\u00adhyphen",
    "Z̸̢̛a̶l̷g̸o̴ e\u0301\u0301 \u0333over\u033f",
    "\x00null \x07bell \x1b[31mred\x1b[0m \x85next \u2028line \u2029paragraph\r\n\ttab",
    "half \ud800 and \udfff, \U0010ffff \ue000",
    "@everyone @channel /start@Other #tag $CASH +7 701 000 0000 a@b.kz",
    "1. ① ％ ＜b＞ ﷽ " + "长句" * 30,
    "&" * 900,
    "\"'\"'<<<>>>" * 100,
    "x" * 10_000,
    "Жирный <b>текст. " * 700,
    "，。！？" * 1500,
    "   spaces   and \n\n\n lines   ",
)


def every_block(text: str) -> tuple[Prose, ...]:
    spans: tuple[Inline, ...] = (
        Plain(text),
        Strong(text),
        Link(text, "https://example.org/?a=1&b=2"),
    )
    return (
        Heading(words(text)),
        Paragraph(spans),
        Item(words(text)),
        Quotation(words(text)),
        Entry((Strong(text[:30]),), words(text)),
        Note((Plain(text), Link(text, text), Moment(text, NOW))),
        Heading((Plain(text), Strong(text)), level=2),
        Item((Code(text),)),
    )


def said(blocks: Sequence[Prose]) -> str:
    def texts(block: Prose) -> str:
        spans = (*(block.term if isinstance(block, Entry) else ()), *block.spans)
        return ("•" if isinstance(block, Item) else "") + "".join(span.text for span in spans)

    return "".join(map(texts, blocks))


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_a_nasty_text_is_taken_and_read_in_full(text: str) -> None:
    blocks = every_block(text)

    assert seen(whole(shown(Page(blocks)))) == seen(said(blocks))


@pytest.mark.parametrize(
    "text",
    [
        *("@durov", "@@durov", "/@durov", "(@durov)", "—@durov", "@durov@durov", "\u0301@durov"),
        *("@durov/brief", "https://example.org/@durov", "//@durov", "@_durov", "@2025_"),
        *("/brief", "@/brief", ":/brief", "/brief@Brief_Bot", "</brief", "x./brief"),
        "\u0301/brief",
    ],
)
def test_nothing_that_an_article_says_calls_anybody(text: str) -> None:
    for made in shown(Page(every_block(text)[:-1])):
        assert calls(made.text, made.entities) == []


@pytest.mark.parametrize("sign", ["@", "/"])
def test_not_even_where_a_long_word_is_cut(sign: str) -> None:
    for before in range(4070, 4100):
        for made in shown(Page((Paragraph(words("x" * before + f"{sign}durov" * 20)),))):
            assert calls(made.text, made.entities) == []


CALLING = st.text("@/ab_2 :.\u0301ж\u2066", max_size=6)


@given(st.lists(st.one_of(*(st.builds(kind, CALLING) for kind in (Plain, Strong)))).map(tuple))
def test_not_even_in_words_of_several_looks(spans: tuple[Inline, ...]) -> None:
    for made in shown(Page((Paragraph((Plain("x "), *spans)),))):
        assert calls(made.text, made.entities) == []


@pytest.mark.parametrize("sign", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])
def test_nothing_that_an_article_says_turns_a_line_around(sign: str) -> None:
    (message,) = map(read, render(Page((Paragraph(words(f"one {sign}two")),))))

    assert message.html == "one two"


SPANS = st.lists(
    st.one_of(
        *(st.builds(kind, st.text(max_size=300)) for kind in (Plain, Strong, Code)),
        st.builds(Link, st.text(max_size=20), st.sampled_from(["https://a.org/&", "x", ""])),
    ),
    max_size=40,
).map(tuple)
BLOCKS = st.lists(
    st.one_of(
        *(st.builds(kind, SPANS) for kind in (Heading, Paragraph, Item, Quotation, Note)),
        st.builds(Entry, SPANS, SPANS),
    ),
    max_size=12,
).map(tuple)


@settings(max_examples=60, deadline=None)
@given(BLOCKS)
def test_any_page_is_taken(blocks: tuple[Prose, ...]) -> None:
    shown(Page(blocks, "SCO"))
