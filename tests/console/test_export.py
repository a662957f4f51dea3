"""Pages as Markdown and HTML."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.console.export import markdown, web_page
from bot.console.plain import plain
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


PAGE = Page(
    (
        Heading(words("SCO · 2 September")),
        Paragraph(words("2 stories")),
        Heading(words("1. Trade & transit")),
        Item((Plain("One "), Strong("two"), Code("/brief 1"))),
        Item((Link("three", "https://example.org/?a=1&b=2"),)),
        Note(words("Trend")),
        Entry(words("a"), words("b")),
        Entry(words("c"), words("d")),
    ),
    summary="SCO <1>",
)


class Tags(HTMLParser):
    """Collects the tags and attributes of a document, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_markdown_has_the_page_s_shape() -> None:
    assert markdown(PAGE) == (
        "# SCO · 2 September\n\n"
        "2 stories\n\n"
        "# 1. Trade & transit\n\n"
        "- One **two**`/brief 1`\n"
        "- [three](<https://example.org/?a=1&b=2>)\n\n"
        "Trend\n\n"
        "- a: b\n"
        "- c: d\n"
    )


def test_html_has_the_page_s_shape() -> None:
    assert web_page(PAGE) == (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<title>SCO &lt;1&gt;</title>\n</head>\n<body>\n"
        "<h1>SCO · 2 September</h1>\n"
        "<p>2 stories</p>\n"
        "<h1>1. Trade &amp; transit</h1>\n"
        "<ul>\n"
        "<li>One <strong>two</strong><code>/brief 1</code></li>\n"
        '<li><a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">three</a></li>\n'
        "</ul>\n"
        "<p><small>Trend</small></p>\n"
        "<dl>\n<dt>a</dt><dd>b</dd>\n<dt>c</dt><dd>d</dd>\n</dl>\n"
        "</body>\n</html>\n"
    )


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "![x](http://evil/x.png)",
    "[x](javascript:alert(1))",
    "**bold** _it_ `code` ~~gone~~ <b>",
    "# heading",
    "- item",
    "1. item",
    "=====",
    "---",
    "> quoted",
    "| a | b |",
    "&lt;b&gt; &#60; AT&T",
    "www.example.org!",
    "## ",
    "> ",
    "a # b #",
    "{x} | y",
    "http://bare.example and mail@example.org",
    "a\n\n# b",
    "\\[x\\]",
    "    indented",
    "```\nfenced",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_an_article_s_own_markup_is_text(hostile: str) -> None:
    blocks: list[Block] = [
        Paragraph(words(hostile)),
        Item((Strong(hostile),)),
        Heading(words(hostile), 2),
        Note((Code(hostile), Link(hostile, hostile))),
        Entry(words(hostile), words(hostile)),
    ]
    shown = re.sub(r"\s+", "", plain(hostile))

    tags = Tags()
    tags.feed(web_page(Page(tuple(blocks), summary=hostile)))
    assert {tag for tag, _ in tags.seen} <= set(
        "html head meta title body p ul li strong h2 small code dl dt dd".split()
    )
    assert "".join(tags.text.split()).count(shown) == 8

    rendered = MarkdownIt("commonmark").enable("strikethrough").enable("table")
    found = Tags()
    found.feed(rendered.render(markdown(Page(tuple(blocks)))))
    assert {tag for tag, _ in found.seen} <= {"p", "ul", "li", "strong", "h2", "code"}
    assert "".join(found.text.split()).count(shown) == 7


@given(st.text())
def test_any_text_survives_both_forms(text: str) -> None:
    page = Page((Paragraph(words(text)),))

    tags = Tags()
    tags.feed(web_page(page))
    found = Tags()
    found.feed(MarkdownIt("commonmark").render(markdown(page)))

    expected = "".join(plain(text).split())
    assert "".join(tags.text.split()) == "".join(found.text.split()) == expected


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "/etc/passwd", "http://a b", "https://a>b"]
)
def test_only_a_web_address_becomes_a_link(url: str) -> None:
    page = Page((Paragraph((Link("x", url),)),))

    assert markdown(page) == "x\n"
    assert "<p>x</p>" in web_page(page)


#: What only some chats can show.
RICH = Page(
    (
        Quotation(words("“So it is.” — Aliev")),
        Paragraph((Plain("Next: "), Moment("Wednesday, 08:00", NOW))),
        Buttons(((Button("Sources", "/sources"),),), NOW),
    ),
    "Rich",
    Document("ahead.ics", b"BEGIN", words("As a file: --ics FILE")),
)


def test_what_cannot_be_pressed_in_a_document_is_left_out() -> None:
    assert markdown(RICH) == (
        "- “So it is.” — Aliev\n\nNext: Wednesday, 08:00\n\nAs a file: --ics FILE\n"
    )
    assert "<li>“So it is.” — Aliev</li>\n</ul>\n<p>Next: Wednesday, 08:00</p>\n<p><small>As" in (
        web_page(RICH)
    )
    assert "Sources" not in web_page(RICH)
