"""A page becomes messages that Slack takes at once, shows as meant, and shows in full."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

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
from bot.slack.cut import drafts
from bot.slack.payload import File, Message, read
from bot.slack.pieces import LONGEST_ADDRESS, cleaned, is_blank, typed
from bot.slack.render import render
from tests.fakes.nasty import NASTY, every_block, words_of
from tests.fakes.press import NOW
from tests.fakes.slack_said import Line, lines, messages, said, seen


def words(text: str) -> tuple[Inline, ...]:
    return (Plain(text),)


def shown(page: Page) -> list[list[Line]]:
    """Return the lines of each message, without the numbers of several."""
    return [
        [line for line in lines(message) if line.look != "context"]
        for message in messages(render(page))
    ]


def the_only(page: Page) -> Message:
    (message,) = messages(render(page))
    return message


def element(page: Page) -> dict[str, Any]:
    """Return the first element of the only line of the page."""
    (block,) = the_only(page).blocks
    first: dict[str, Any] = block["elements"][0]["elements"][0]
    return first


def buttons(message: Message) -> list[list[tuple[str, str]]]:
    return [
        [(one["text"]["text"], one["value"]) for one in block["elements"]]
        for block in message.blocks
        if block["type"] == "actions"
    ]


def test_each_kind_of_block_has_its_own_look() -> None:
    page = Page(
        (
            Heading(words("Title")),
            Paragraph((Plain("Some "), Strong("strong"), Plain(" words."))),
            Item(words("one")),
            Item(words("two")),
            Quotation(words("“I am convinced.” — Tokayev")),
            Entry((Strong("2027"),), words("Conference")),
            Note(words("small")),
        )
    )

    (found,) = shown(page)

    assert [(line.look, line.words) for line in found] == [
        ("header", "Title"),
        ("section", "Some strong words."),
        ("list", "one"),
        ("list", "two"),
        ("quote", "“I am convinced.” — Tokayev"),
        ("section", "2027  Conference"),
        ("section", "small"),
    ]


def test_a_title_that_is_long_or_leads_somewhere_is_no_header() -> None:
    link = Link("page", "https://example.org")
    titles = (words("x" * 150), words("x" * 151), words("👍" * 76), (Plain("A "), link))

    found = [shown(Page((Heading(title),)))[0][0] for title in titles]

    assert [line.look for line in found] == ["header", "section", "section", "section"]
    assert all(line.bold for line in found)
    assert found[-1].links == [("page", "https://example.org")]


def test_a_moment_is_shown_by_the_clock_of_who_reads() -> None:
    at = datetime(2025, 9, 3, 3, tzinfo=UTC)

    assert element(Page((Paragraph((Moment("Wednesday, 08:00", at),)),))) == {
        "type": "date",
        "timestamp": 1756868400,
        "format": "{date_short_pretty} {time}",
        "fallback": "Wednesday, 08:00",
    }


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("https://example.org/?a=1&b=\u4e2d", True),
        ("https://example.org/a|b", True),
        ("HTTP://example.org", True),
        ("https://example.org/" + "x" * 2000, True),
        ("javascript:alert(1)", False),
        ("slack://user?id=1", False),
        ("mailto:a@b.kz", False),
        ("https://example.org/>x", False),
        ("https://example.org/<!channel>", False),
        ("https://example.org/ x", False),
        ("https://example.org/\ud800", False),
        ("https://example.org/" + "x" * LONGEST_ADDRESS, False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url: str, *, leads: bool) -> None:
    ((line,),) = shown(Page((Paragraph((Link("Trend", url), Plain(", 1 Sep"))),)))

    assert line.words == "Trend, 1 Sep"
    assert line.links == ([("Trend", url)] if leads else [])


def test_a_link_without_words_shows_its_address() -> None:
    ((line,),) = shown(Page((Paragraph((Link(" ", "https://example.org"),)),)))

    assert line.links == [("https://example.org", "https://example.org")]


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("/brief", "/news"),
        ("/brief 1", "/news 1"),
        ("/sources", "/news sources"),
        ("/schedule 8am weekdays", "/news schedule 8am weekdays"),
        ("skip", "skip"),
        ("/var/news", "/var/news"),
    ],
)
def test_what_is_to_be_typed_begins_with_the_command_of_the_workspace(
    code: str, typed: str
) -> None:
    (message,) = messages(render(Page((Note((Code(code),)),)), command="/news"))

    assert [line.words for line in lines(message)] == [typed]


@pytest.mark.parametrize(
    "blocks",
    [(), (Paragraph(words(" \u200b\u2060")),), (Buttons(((Button("1", "/brief 1"),),)),)],
)
def test_a_page_that_shows_nothing_is_its_summary(blocks: tuple[Block, ...]) -> None:
    assert [line.words for line in shown(Page(blocks, "Nothing new"))[0]] == ["Nothing new"]
    assert [line.words for line in shown(Page(blocks, "\u200b"))[0]] == ["—"]


def test_a_notification_begins_with_the_summary_and_says_the_rest_in_words() -> None:
    page = Page(
        (Heading(words("SCO")), Item((Plain("<!here> & "), Link("x", "https://a.org")))),
        "SCO, Tue 2 Sep: <@U0123>",
    )

    message = the_only(page)

    assert message.text == "SCO, Tue 2 Sep: &lt;@U0123&gt;\nSCO\n• &lt;!here&gt; &amp; x"


def test_a_summary_names_commands_as_they_are_typed_here() -> None:
    help_ = Paragraph((*words("Done. "), Code("/help"), *words(" shows more.")))

    (message,) = messages(render(Page((help_,), "Done. /help shows more."), command="/news"))

    assert message.text == "Done. /news help shows more."


def test_a_title_names_a_command_as_it_is_typed_here_and_is_said_once() -> None:
    title = Heading((Code("/schedule"), *words(" · when")))

    (message,) = messages(render(Page((title,), "/schedule · when"), command="/news"))

    assert [(line.look, line.words) for line in lines(message)] == [
        ("header", "/news schedule · when")
    ]
    assert message.text == "/news schedule · when"


def test_a_command_of_slack_s_own_stays_as_it_is() -> None:
    assert typed("/invite @briefbot", "/brief") == "/invite @briefbot"
    assert typed("/sources", "/brief") == "/brief sources"
    assert typed("/brief 1", "/news") == "/news 1"


def test_a_summary_that_is_the_title_is_said_once() -> None:
    assert the_only(Page((Heading(words("Sources")), Item(words("wire"))), "Sources")).text == (
        "Sources\n• wire"
    )


def test_messages_are_cut_between_blocks_and_numbered() -> None:
    blocks = tuple(
        block
        for number in range(1, 41)
        for block in (Heading(words(f"{number}. Story"), level=2), Item(words("w" * 900 + ".")))
    )
    made = messages(render(Page((*blocks, Buttons(((Button("1", "/brief 1"),),))))))

    assert len(made) == 5
    for place, message in enumerate(made, start=1):
        found = lines(message)
        assert found[0].words.endswith(". Story")
        assert found[-2].look == "list"
        assert (found[-1].look, found[-1].words) == ("context", f"({place}/5)")
    assert [len(buttons(message)) for message in made] == [0, 0, 0, 0, 1]


def test_no_message_has_more_blocks_than_slack_takes() -> None:
    titles = tuple(Heading(words(f"Part {number}")) for number in range(120))
    made = messages(render(Page(titles)))

    assert [len(message.blocks) for message in made] == [50, 50, 23]


def test_nothing_makes_no_message() -> None:
    assert list(drafts(())) == []


def test_a_block_that_is_too_long_is_cut_behind_a_sentence() -> None:
    sentences = [f"Sentence number {number} says so." for number in range(1000)]
    made = shown(Page((Heading(words("Title")), Paragraph(words(" ".join(sentences))))))

    assert len(made) > 2
    assert all(found[-1].words.endswith("says so.") for found in made)
    assert made[0][0].words == "Title"
    said_again = " ".join(line.words for found in made for line in found)
    assert said_again.removeprefix("Title ").split() == " ".join(sentences).split()


@pytest.mark.parametrize("before", ["", "x", "xx"])
@pytest.mark.parametrize(
    "part", ["word ", "长" * 60 + "。", "e\u0301", "👨‍👩‍👧", "🇰🇿", "👍🏽", "y", '"', "\\"]
)
def test_a_block_without_sentences_is_cut_between_words_or_letters(part: str, before: str) -> None:
    text = before + part * (30_000 // len(part))

    made = shown(Page((Paragraph(words(text)),)))

    assert len(made) > 1
    assert seen("".join(line.words for found in made for line in found)) == seen(text)
    assert all(found[0].words.startswith(part.strip()) for found in made[1:])


def test_a_block_with_more_links_than_a_message_takes_is_cut() -> None:
    spans = [
        Link(f"Publisher {number}, ", f"https://example.org/{'x' * 900}/{number}")
        for number in range(60)
    ]
    made = shown(Page((Note(tuple(spans)),)))

    assert [url for found in made for line in found for _, url in line.links] == [
        span.url for span in spans
    ]


def test_a_moment_is_shown_once_also_where_its_block_is_cut() -> None:
    page = Page((Paragraph((Plain("x" * 11_700 + " "), Moment("y " * 300, NOW))),))

    dates = [
        one
        for message in messages(render(page))
        for block in message.blocks
        if block["type"] == "rich_text"
        for part in block["elements"]
        for one in part["elements"]
        if one["type"] == "date"
    ]

    assert dates == []
    assert said(render(page)).words == "x" * 11_700 + "y" * 300


def test_a_heading_goes_with_what_follows_it() -> None:
    filled = Paragraph(words("x" * 11_000))
    page = Page((filled, Heading(words("Ahead"), level=2), Item(words("y" * 1000))))

    first, last = shown(page)

    assert [line.words[:5] for line in first] == ["xxxxx"]
    assert [line.words[:5] for line in last] == ["Ahead", "yyyyy"]


def test_a_heading_without_end_is_cut_like_anything() -> None:
    page = Page((Heading(words("x" * 30_000), level=2), Item(words("y" * 11_500))))

    assert said(render(page)).words == "x" * 30_000 + "y" * 11_500


def test_no_block_is_cut_for_the_last_few_words_of_a_message() -> None:
    page = Page((Paragraph(words("x" * 11_500)), Paragraph(words("y" * 20_000))))

    first, *others = shown(page)

    assert [line.words for line in first] == ["x" * 11_500]
    assert "".join(line.words for found in others for line in found) == "y" * 20_000


def test_buttons_keep_to_their_limits() -> None:
    row = tuple(Button(str(number), f"/brief {number}") for number in range(1, 30))
    long = (
        Button("M" * 80, "/search " + "x" * 1900),
        Button("More", "/search " + "x" * 2000),
        Button("\u200b", "/help"),
        Button("No", "stop"),
    )
    page = Page((Paragraph(words("x")), Buttons((row, long)), Buttons((row,) * 5, NOW)))

    found = [each for message in messages(render(page)) for each in buttons(message)]

    assert [len(each) for each in found] == [25, 4, 1, 25, 4, 25, 4, 12]
    assert found[2] == [("M" * 75, "/search " + "x" * 1900)]
    assert found[3][0] == ("1", "haq6ic16o0/brief 1")


def test_buttons_that_carry_much_go_into_messages_of_their_own() -> None:
    row = tuple(Button(str(number), f"/search {number}" + '"' * 1900) for number in range(5))

    made = messages(render(Page((Paragraph(words("x")), Buttons((row, row))))))

    assert [len(message.blocks) for message in made] == [4, 4, 4, 3]
    assert [len(each) for message in made for each in buttons(message)] == [1] * 10
    assert made[-1].text == "(4/4)"


def test_a_document_is_left_to_the_channel_with_what_is_said_instead() -> None:
    document = Document("../a\\ahead.ics", b"BEGIN", (Plain("In a file: "), Code("/upcoming")))

    words_of_page, file = render(Page((Heading(words("Ahead")),), document=document))
    (_, unnamed) = render(Page((), document=Document("/", b"")))

    assert isinstance(read(words_of_page), Message)
    assert read(file) == File("ahead.ics", b"BEGIN", "In a file: /brief upcoming")
    assert read(unnamed) == File("file", b"")


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_a_nasty_text_is_taken_and_read_in_full_and_calls_nobody(text: str) -> None:
    blocks = every_block(text)

    assert said(render(Page(blocks, text))).words == seen(words_of(blocks))


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_a_nasty_text_on_a_button_is_taken(text: str) -> None:
    page = Page((Paragraph(words("x")), Buttons(((Button(text, f"/brief {text}"),),), NOW)))

    assert messages(render(page))


@pytest.mark.parametrize("sign", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])
def test_nothing_that_an_article_says_turns_a_line_around(sign: str) -> None:
    message = the_only(Page((Paragraph(words(f"one {sign}two")),), f"a{sign}b"))

    assert [line.words for line in lines(message)] == ["one two"]
    assert message.text == "ab\none two"


SPANS = st.lists(
    st.one_of(
        *(st.builds(kind, st.text(max_size=300)) for kind in (Plain, Strong, Code)),
        st.builds(Link, st.text(max_size=20), st.sampled_from(["https://a.org/&|", "x", ""])),
        st.builds(Moment, st.text(max_size=20), st.just(NOW)),
    ),
    max_size=40,
).map(tuple)
BLOCKS = st.lists(
    st.one_of(
        *(st.builds(kind, SPANS) for kind in (Paragraph, Item, Quotation, Note)),
        st.builds(Heading, SPANS, st.sampled_from([1, 2])),
        st.builds(Entry, SPANS, SPANS),
    ),
    max_size=12,
).map(tuple)


def expected(blocks: Sequence[Prose]) -> str:
    """Return what is to be seen of the blocks."""
    found = []
    for block in blocks:
        term = block.term if isinstance(block, Entry) else ()
        spans = [cleaned(_told(span)) for span in (*term, *block.spans)]
        found += [] if is_blank("".join(spans)) else spans
    return seen("".join(found))


def _told(span: Inline) -> str:
    match span:
        case Link(text=text, url=url):
            return url if is_blank(cleaned(text)) else text
        case Code(text=text):
            return typed(cleaned(text), "/brief")
        case _:
            return span.text


@settings(max_examples=60, deadline=None)
@given(BLOCKS)
def test_any_page_is_taken_and_read_in_full(blocks: Sequence[Prose]) -> None:
    assert said(render(Page(tuple(blocks), "—"), flat=True)).words == (expected(blocks) or "—")


@settings(max_examples=60, deadline=None)
@given(BLOCKS)
def test_anything_may_stand_where_a_digest_would(blocks: Sequence[Prose]) -> None:
    page = Page((*blocks, Buttons(((Button("1", "/brief 1"),),), NOW)), "SCO")

    assert not messages(render(page))[0].reply
