"""A page on a terminal and in a pipe: golden pages, widths, hostile texts."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.console.look import Look, look_of
from bot.console.plain import plain
from bot.console.render import render
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
    Quotation,
    Strong,
)
from tests.fakes.press import NOW


def words(text: str) -> tuple[Inline, ...]:
    return (Plain(text),)


DIGEST = Page(
    (
        Heading(words("SCO · Tue 2 September 2025")),
        Paragraph(words("2 stories · Trend")),
        Heading(words("1. Ministers agreed on one railway gauge for freight"), 2),
        Item(words("The first line opens in 2027 and carries 12 million tonnes a year.")),
        Item(words("“We have waited for this.” — Aliev")),
        Note(words("Trend, 1 Sep, Tianjin")),
        Heading(words("2. 上合组织成员国铁路部门签署新的合作协议并宣布统一货运标准"), 2),
        Note(words("Trend, 1 Sep")),
        Note(words("Sources: 1 ok. Read 2, duplicates 0, shown 2.")),
    )
)
HELP = Page(
    (
        Heading(words("What you can type")),
        Entry((Code("/brief"),), words("the news of the last 24 hours")),
        Entry((Code("/brief WORDS"),), words("only the news that has all of these words in it")),
        Entry((Code("/" + "x" * 40),), words("a long one")),
        Note((Plain("More: "), Link("the site", "https://example.org"), Plain(" or ask"))),
        Paragraph((Strong("Bold"), Plain(" and "), Link("http://a.b", "http://a.b"))),
    )
)


def test_a_digest_in_a_pipe_is_plain_and_unwrapped() -> None:
    assert render(DIGEST, Look()) == (
        "SCO · Tue 2 September 2025\n"
        "2 stories · Trend\n"
        "\n"
        "1. Ministers agreed on one railway gauge for freight\n"
        "   • The first line opens in 2027 and carries 12 million tonnes a year.\n"
        "   • “We have waited for this.” — Aliev\n"
        "   Trend, 1 Sep, Tianjin\n"
        "\n"
        "2. 上合组织成员国铁路部门签署新的合作协议并宣布统一货运标准\n"
        "   Trend, 1 Sep\n"
        "\n"
        "Sources: 1 ok. Read 2, duplicates 0, shown 2.\n"
    )


def test_a_digest_on_a_narrow_terminal_wraps_under_its_first_words() -> None:
    assert render(DIGEST, Look(width=40)) == (
        "SCO · Tue 2 September 2025\n"
        "──────────────────────────\n"
        "2 stories · Trend\n"
        "\n"
        "1. Ministers agreed on one railway gauge\n"
        "   for freight\n"
        "   • The first line opens in 2027 and\n"
        "     carries 12 million tonnes a year.\n"
        "   • “We have waited for this.” — Aliev\n"
        "   Trend, 1 Sep, Tianjin\n"
        "\n"
        "2. 上合组织成员国铁路部门签署新的合作协\n"
        "   议并宣布统一货运标准\n"
        "   Trend, 1 Sep\n"
        "\n"
        "Sources: 1 ok. Read 2, duplicates 0,\n"
        "shown 2.\n"
    )


def test_entries_make_two_columns_where_there_is_room() -> None:
    assert render(HELP, Look(width=80)) == (
        "What you can type\n"
        "─────────────────\n"
        "/brief        the news of the last 24 hours\n"
        "/brief WORDS  only the news that has all of these words in it\n"
        f"/{'x' * 40}\n"
        "              a long one\n"
        "\n"
        "More: the site (https://example.org) or ask\n"
        "Bold and http://a.b\n"
    )


def test_entries_stand_above_their_text_where_there_is_no_room() -> None:
    assert render(Page(HELP.blocks[1:3]), Look(width=40)) == (
        "/brief\n"
        "   the news of the last 24 hours\n"
        "/brief WORDS\n"
        "   only the news that has all of these\n"
        "   words in it\n"
    )


def test_colour_is_bold_dim_and_cyan_only() -> None:
    text = render(Page((*DIGEST.blocks, *HELP.blocks)), Look(width=80, colour=True))

    codes = {code for found in re.findall(r"\x1b\[([\d;]*)m", text) for code in found.split(";")}
    assert codes == {"0", "1", "2", "36"}
    plain_text = render(Page((*DIGEST.blocks, *HELP.blocks)), Look(width=80))
    assert re.sub(r"\x1b\[[\d;]*m", "", text) == plain_text


@pytest.mark.parametrize("width", [40, 80, 100])
def test_no_row_is_wider_than_the_terminal(width: int) -> None:
    url = "https://example.org/" + "a" * 300
    page = Page((*DIGEST.blocks, *HELP.blocks, Item(words(url)), Item(words("长" * 300))))

    assert max(map(cell_len, render(page, Look(width=width)).splitlines())) <= width


@pytest.mark.parametrize("width", range(4, 12))
def test_no_joiner_keeps_a_text_from_being_wrapped(width: int) -> None:
    crafted = "\u200d\u200d上上a上" * 3

    lines = render(Page((Paragraph(words(crafted)),)), Look(width=width)).splitlines()

    assert "".join(lines) == "上上a上" * 3
    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("a\x1b[2Jb", "ab"),
        ("a\x1b[31mb\x1b[0mc", "abc"),
        ("a\x1b]0;owned\x07b", "ab"),
        ("a\x1b]52;c;ZWNobw==\x1b\\b", "ab"),
        ("a\x9b31mb\x9d0;x\x9cc", "abc"),
        ("a\x1bPq#0\x1b\\b", "ab"),
        ("a\x1b(0b\x1b7c\x1bcd", "abcd"),
        ("unfinished \x1b]0;title stays text", "unfinished ]0;title stays text"),
        ("\x1b", ""),
        ("a\rb\x08c\x00d\x7fe\x85f\u2028g", "a bcde f g"),
        ("a\tb\n\n c", "a b c"),
        ("a\u202eb\u2066c", "abc"),
        ("half \ud83d", "half \ufffd"),
        ("[bold]x[/bold] :smile: [link=http://a]y[/link]", None),
        ("\u200fمرحبا 🇰🇿 é", None),
        ("a family 👨\u200d👩\u200d👧, a doctor 👩🏽\u200d⚕\ufe0f, می\u200cخواهم", None),
        ("\u200da\u200db 👨\u200d", "ab 👨"),
    ],
)
def test_an_article_cannot_drive_the_terminal(hostile: str, shown: str | None) -> None:
    assert plain(hostile) == (hostile if shown is None else shown)
    blocks: list[Block] = [
        Heading(words(hostile)),
        Item((Strong(hostile), Code(hostile), Link(hostile, hostile))),
        Entry(words(hostile), words(hostile)),
    ]
    for look in (Look(), Look(width=40)):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", render(Page(tuple(blocks)), look))


@given(text=st.text(), width=st.integers(20, 100))
def test_any_text_is_shown_whole_within_the_width(text: str, width: int) -> None:
    page = Page((Item(words(text)), Note(words(text))))

    wrapped = render(page, Look(width=width))

    wrapped.encode("utf-8")
    assert max(map(cell_len, wrapped.splitlines())) <= width
    assert "".join(wrapped.split()) == "".join(f"•{plain(text)}{plain(text)}".split())


def test_a_page_of_nothing_is_nothing() -> None:
    assert render(Page(()), Look(width=40)) == ""


def test_a_stream_that_is_no_terminal_gets_no_width_and_no_colour() -> None:
    assert look_of(io.StringIO()) == Look(width=None, colour=False)


def test_a_terminal_shows_no_buttons_and_says_how_to_get_a_file() -> None:
    page = Page(
        (
            Quotation(words("“So it is.” — Aliev")),
            Paragraph((Plain("Next: "), Moment("Wednesday, 08:00", NOW))),
            Buttons(((Button("Sources", "/sources"),),), NOW),
        ),
        document=Document("ahead.ics", b"BEGIN", words("As a file: --ics FILE")),
    )

    assert render(page, Look()) == (
        "• “So it is.” — Aliev\n\nNext: Wednesday, 08:00\nAs a file: --ics FILE\n"
    )
