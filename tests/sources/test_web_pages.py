from datetime import UTC, date, datetime

import pytest
from trafilatura.settings import Document

from bot.core.values import Published
from bot.sources import markup
from bot.sources.markup import Element
from bot.sources.reading import Reading
from bot.sources.webpage import article, read

NAVIGATION = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>"
SENTENCES = [
    f"Minister number {number} told the council that trade between the members grew this year."
    for number in range(12)
]
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def page(head: str = "", body: str = "<p>Ministers met.</p>", html: str = "") -> str:
    return f"<!DOCTYPE html><html {html}><head>{head}</head><body>{body}</body></html>"


def test_an_article_is_told_from_what_is_around_it() -> None:
    body = (
        f"{NAVIGATION}<article><h1>Trade grows</h1>{PARAGRAPHS}<script>track()</script></article>"
        "<footer>© 2025 All rights reserved</footer>"
    )

    reading = read(page("<title>Trade grows</title>", body))

    assert reading == Reading(text="\n\n".join(SENTENCES), title="Trade grows")


SHORT = "<p>Trade grew by a tenth.</p><p>The council heard of it.</p>"


@pytest.mark.parametrize(
    "body",
    [
        f"{NAVIGATION}<h1>Trade grows</h1>{SHORT}",
        f"<header>{NAVIGATION}</header><main><h1>Trade grows</h1>{SHORT}</main><footer>©</footer>",
        f"{NAVIGATION}<article><header><h1>Trade grows</h1></header>{SHORT}</article><p>More.</p>",
        f"{NAVIGATION}<h1>Trade grows</h1>{SHORT}<form><p>Subscribe.</p></form><footer>©</footer>",
        f"{NAVIGATION}<h1>Trade grows</h1>{SHORT}<aside><p>Old news.</p></aside>",
        f"<div role='navigation'>Home</div><article></article><h1>Trade grows</h1>{SHORT}",
    ],
)
def test_a_short_page_keeps_its_paragraphs_and_loses_what_is_around_them(body: str) -> None:
    reading = read(page("<title>Trade grows</title>", body))

    assert reading.text == "Trade grew by a tenth.\n\nThe council heard of it."


def test_an_article_of_one_paragraph_is_one() -> None:
    body = f"{NAVIGATION}<article><p>Trade grew by a tenth.</p></article>"

    assert read(page(body=body)).text == "Trade grew by a tenth."


def test_one_paragraph_that_the_search_tells_from_the_rest_is_the_article() -> None:
    long = " ".join(SENTENCES)
    body = f"<div class='share'>Share this</div><div><p>{long}</p></div><div>Related</div>"

    assert read(page(body=body)).text == long


def test_the_header_of_an_article_is_a_part_of_it() -> None:
    body = f"{NAVIGATION}<article><header><p>Ministers met.</p></header>{SHORT}</article>"

    assert read(page(body=body)).text.split("\n\n")[0] == "Ministers met."


def test_a_menu_that_the_search_takes_for_the_article_is_left_out() -> None:
    def search(_: Element, **__: bool) -> object:
        found = markup.parse("<p>Home World</p><p>Trade grew by a tenth.</p>")
        document = Document()
        document.body = found
        return document

    parsed = markup.parse(page(body=f"{NAVIGATION}{SHORT}"))

    assert article(parsed, search) == ["Trade grew by a tenth.", "The council heard of it."]


def test_a_page_of_nothing_but_a_form_is_taken_whole() -> None:
    body = "<form><div><p>Trade grew.</p><p>The council heard of it.</p></div></form>"

    assert "Trade grew." in read(page(body=body)).text


def test_what_a_page_marks_as_quoted_bears_quotation_marks() -> None:
    body = (
        f"<article>{PARAGRAPHS}<blockquote><p>Trade is our future.</p></blockquote>"
        "<p>He called it <q>a matter of <i>trust</i></q> and <q>“no more”</q>.</p></article>"
    )

    *_, quotation, sentence = read(page(body=body)).text.split("\n\n")

    assert quotation == "“Trade is our future.”"
    assert sentence == "He called it “a matter of trust” and “no more”."


def test_a_page_says_what_it_is() -> None:
    head = (
        "<meta charset='utf-8'><title>Саммит ШОС | ТАСС</title>"
        "<meta property='og:site_name' content='ТАСС'>"
        "<meta property='article:published_time' content='2025-09-01T10:00:00+03:00'>"
        "<link rel='canonical' href='https://example.org/1'>"
    )

    assert read(page(head, html="lang='ru-RU'")) == Reading(
        text="Ministers met.",
        title="Саммит ШОС",
        url="https://example.org/1",
        language="ru",
        published=Published(day=date(2025, 9, 1), at=datetime(2025, 9, 1, 7, tzinfo=UTC)),
        publisher="ТАСС",
    )


def test_the_title_meant_for_sharing_comes_first() -> None:
    head = "<title>Site</title><meta property='og:title' content=' Leaders\n meet '>"

    assert read(page(head)).title == "Leaders meet"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("<meta property='og:url' content='https://example.org/2'>", "https://example.org/2"),
        ("<link rel='canonical' href='/relative'>", None),
        ("<link rel='canonical' href='javascript:alert(1)'>", None),
    ],
)
def test_only_a_whole_web_address_is_the_page_s_own(head: str, url: str | None) -> None:
    assert read(page(head)).url == url


@pytest.mark.parametrize(
    "source",
    [
        "<meta property='article:published_time' content='2025-09-01'>",
        "<meta itemprop='datePublished' content='2025-09-01'>",
        "<meta name='Date' content='2025-09-01'>",
        "<meta name='date' content='2025-02-30'><time datetime='2025-09-01'>today</time>",
        '<script type=\'application/ld+json\'>{"datePublished": "2025-09-01"}</script>',
        """<script type='application/ld+json'>
        {"@graph": [1, {"datePublished": 5}, {"a": {"datePublished": "2025-09-01"}}]}</script>""",
        "<script type='application/ld+json'>{broken</script><time datetime='2025-09-01'>",
        f"<script type='application/ld+json'>{'[' * 100_000}</script><time datetime='2025-09-01'>",
        f"<script type='application/ld+json'>{' ' * 200_001}</script><time datetime='2025-09-01'>",
        "<article><time datetime='2025-09-01'></time></article><time datetime='2024-01-01'></time>",
        "<time datetime='2024-01-01'></time><b itemprop='datePublished' datetime='2025-09-01'></b>",
    ],
)
def test_a_declared_date_is_found_wherever_pages_put_it(source: str) -> None:
    assert read(page(body=f"{source}<p>Ministers met.</p>")).published == Published(
        day=date(2025, 9, 1)
    )


@pytest.mark.parametrize(
    "source",
    [
        "<p>Published on 1 September 2025.</p>",
        "<time datetime='2025-09-01'></time><time datetime='2025-08-31'></time>",
        "<link rel='canonical' href='https://example.org/2025/09/01/news'>",
        """<script type='application/ld+json'>
        [[[[[[[[{"datePublished": "2025-09-01"}]]]]]]]]</script>""",
    ],
)
def test_a_date_is_never_guessed(source: str) -> None:
    assert read(page(body=f"{source}<p>Ministers met.</p>")).published is None


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("<!-- nothing -->", ""),
        ("<html><head><title>x</title></head></html>", ""),
        (page(body="<script>x()</script><style>p {}</style><noscript>On!</noscript>"), ""),
        (page(body="<p hidden>a</p><p style='display: none'>b</p>c<br>d"), "c d"),
        ("No tags at all.", "No tags at all."),
        ("<html hidden><body>Shown by a script.</body></html>", "Shown by a script."),
        ("<?xml version='1.0' encoding='utf-16'?><html><p>Ministers met.</p></html>", None),
        ("<p>Never <b>closed <i>words", "Never closed words"),
        ("<html><frameset><frame></frameset></html>", ""),
    ],
)
def test_the_visible_words_are_read_and_nothing_else(markup: str, text: str | None) -> None:
    assert read(markup).text == ("Ministers met." if text is None else text)


def test_a_page_too_large_to_search_is_taken_whole() -> None:
    body = f"{NAVIGATION}{PARAGRAPHS}" + "<br>" * 20_001

    paragraphs = read(page(body=body)).text.split("\n\n")

    assert paragraphs == ["Home", "World", *SENTENCES]


def test_deeply_nested_words_are_kept() -> None:
    assert read("<font>" * 1_000 + "Ministers met.").text == "Ministers met."


def test_of_a_very_long_page_what_it_marks_as_its_article_is_taken_without_a_search() -> None:
    def search(_: Element, **__: bool) -> object:
        raise AssertionError

    body = f"{NAVIGATION}<article><p>{'Trade grew. ' * 40_000}</p><p>Ministers met.</p></article>"
    parsed = markup.parse(page(body=body))

    assert article(parsed, search) == [("Trade grew. " * 40_000).strip(), "Ministers met."]


def test_a_page_on_which_the_search_breaks_is_taken_whole() -> None:
    def search(_: Element, **__: bool) -> object:
        message = "a page that nobody thought of"
        raise IndexError(message)

    parsed = markup.parse(page(body=f"{NAVIGATION}<p>Ministers met.</p>"))

    assert article(parsed, search) == ["Home", "World", "Ministers met."]
