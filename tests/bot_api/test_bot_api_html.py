"""The fake server reads the HTML of messages by the rules of the real one."""

import pytest

from tests.fakes.bot_api.entities import MOST
from tests.fakes.bot_api.errors import ApiError
from tests.fakes.bot_api.html import MarkupError, parse_html
from tests.fakes.bot_api.links import LinkError, checked_link
from tests.fakes.bot_api.text import LONGEST_CAPTION, LONGEST_TEXT, Formatted, formatted

#: Markup, the words, and each entity as its kind and its words.
GOOD = [
    ("plain", "plain", []),
    ("<b>a</b> <strong>b</strong>", "a b", [("bold", "a"), ("bold", "b")]),
    ("<i>a</i><em>b</em>", "ab", [("italic", "a"), ("italic", "b")]),
    ("<u>a</u><ins>b</ins>", "ab", [("underline", "a"), ("underline", "b")]),
    (
        "<s>a</s><strike>b</strike><del>c</del>",
        "abc",
        [("strikethrough", "a"), ("strikethrough", "b"), ("strikethrough", "c")],
    ),
    ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", "a")]),
    ('<span class="tg-spoiler">a</span>', "a", [("spoiler", "a")]),
    ("<code>a</code>", "a", [("code", "a")]),
    ("<pre>a</pre>", "a", [("pre", "a")]),
    ('<pre><code class="language-py">a</code></pre>', "a", [("pre", "a")]),
    ("<blockquote>a</blockquote>", "a", [("blockquote", "a")]),
    ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", "a")]),
    ('<blockquote expandable="">a</blockquote>', "a", [("expandable_blockquote", "a")]),
    ('<tg-emoji emoji-id="5">x</tg-emoji>', "x", [("custom_emoji", "x")]),
    ('<tg-time unix="1756789200" format="wDT">8:00</tg-time>', "8:00", [("date_time", "8:00")]),
    ('<a href="https://example.org/1">a</a>', "a", [("text_link", "a")]),
    ("<a href='https://example.org'>a</a>", "a", [("text_link", "a")]),
    ("<a href=example.org>a</a>", "a", [("text_link", "a")]),
    ("<a>example.org</a>", "example.org", [("text_link", "example.org")]),
    ('<a href="tg://user?id=7">Anna</a>', "Anna", [("text_mention", "Anna")]),
    ('<a href="javascript:alert(1)">a</a>', "a", []),
    ('<a href="data:text/html,x">a</a>', "a", []),
    ('<a href="ftp://example.org">a</a>', "a", []),
    ('<a href="http://localhost/">a</a>', "a", []),
    ("<B>a</b>", "a", [("bold", "a")]),
    ("<b >a</b >", "a", [("bold", "a")]),
    ("<b>a</>", "a", [("bold", "a")]),
    ("<b></b>a", "a", []),
    ("&lt;b&gt; &amp; &quot;&#39;&#x27;", "<b> & \"''", []),
    ("&nbsp;&apos;&mdash;&hellip;", "&nbsp;&apos;&mdash;&hellip;", []),
    ("AT&T &lt &#0; &#x110000; &#12345678901;", "AT&T < &#0; &#x110000; &#12345678901;", []),
    ("1 > 0", "1 > 0", []),
    ("<b>😀</b>e<i>é</i>", "😀eé", [("bold", "😀"), ("italic", "é")]),
    ("<b>&#128512;</b><i>a</i>", "😀a", [("bold", "😀"), ("italic", "a")]),
    ("\n <b> a</b>\n ", "a", [("bold", "a")]),
    ("<b>a<i>b</i>c</b>", "abc", [("bold", "a"), ("bold", "b"), ("italic", "b"), ("bold", "c")]),
    (
        '<b>a<a href="https://example.org">b</a></b>',
        "ab",
        [("bold", "a"), ("text_link", "b"), ("bold", "b")],
    ),
    ("<b><code>a</code></b>", "a", [("code", "a")]),
    ("<code>a<b>b</b></code>", "ab", [("code", "ab")]),
    ("<b>a<b>b</b></b>", "ab", [("bold", "ab")]),
    (
        "<blockquote>a<blockquote>b</blockquote></blockquote>",
        "ab",
        [("blockquote", "ab")],
    ),
    ("a\r\n\tb\u202ec\u2028", "a\n bc", []),
    ("<b>a&#13;&#8238;b</b><i>c</i>", "abc", [("bold", "ab"), ("italic", "c")]),
]

#: Markup, and what the server says of it.
BAD = [
    ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
    ("a<br>", 'Unsupported start tag "br" at byte offset 1'),
    ("1 < 2 ", 'Unsupported start tag "" at byte offset 2'),
    ("1 <2", "Unclosed start tag at byte offset 2"),
    ("é😀<h1>a</h1>", 'Unsupported start tag "h1" at byte offset 6'),
    ("<b/>", 'Unsupported start tag "b/" at byte offset 0'),
    ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ("a</b>", "Unexpected end tag at byte offset 1"),
    ("<b>a</b", "Unclosed end tag at byte offset 4"),
    ("<b>a</b x>", "Unclosed end tag at byte offset 4"),
    ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
    ('<a href="x', "Unclosed start tag at byte offset 0"),
    ("<a href", "Unclosed start tag at byte offset 0"),
    ("<a ", "Unclosed start tag at byte offset 0"),
    ("<a href=x_y>a</a>", "Unexpected end of name token at byte offset 8"),
    ('<a "x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('<span class="red">a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier specified"),
    ("<tg-time>a</tg-time>", "Invalid Unix time specified"),
    (
        "&#xd83d;",
        (
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        ),
    ),
]

#: Addresses, and what the server makes of them.
LINKS = [
    ("example.org", "http://example.org/"),
    (" https://Example.ORG/Path?q=1#f ", "https://example.org/Path?q=1#f"),
    ("http://example.org:8080?q", "http://example.org:8080/?q"),
    ("https://user:word@Example.org", "https://user:word@example.org/"),
    ("https://[::1]/a", "https://[::1]/a"),
    ("https://пример.рф/а б", "https://пример.рф/а%20б"),
    ("tg://resolve?domain=x", "tg://resolve?domain=x"),
]

REFUSED_LINKS = [
    ("", "URL host is empty"),
    ("javascript:alert(1)", "Wrong HTTP URL"),
    ("https://localhost/", "Wrong HTTP URL"),
    ("https://example.org:99999/", "Wrong port number specified in the URL"),
    ("https://exa mple.org/", "Wrong HTTP URL"),
    ("file:///etc/passwd", "Unsupported URL protocol"),
]


def shown(markup: str, limit: int = LONGEST_TEXT) -> Formatted:
    return formatted(markup, "HTML", limit=limit)


@pytest.mark.parametrize(("markup", "words", "entities"), GOOD)
def test_good_markup_is_read(markup: str, words: str, entities: list[tuple[str, str]]) -> None:
    read = shown(markup)

    assert (read.text, [(one.type, one.of(read.text)) for one in read.entities]) == (
        words,
        entities,
    )


@pytest.mark.parametrize(("markup", "complaint"), BAD)
def test_bad_markup_is_complained_of(markup: str, complaint: str) -> None:
    with pytest.raises(MarkupError) as error:
        parse_html(markup)

    assert str(error.value) == complaint


def test_a_complaint_is_answered_as_the_server_words_it() -> None:
    with pytest.raises(ApiError) as error:
        shown("<p>")

    assert (error.value.code, error.value.description) == (
        400,
        'Bad Request: can\'t parse entities: Unsupported start tag "p" at byte offset 0',
    )


@pytest.mark.parametrize(("url", "kept"), LINKS)
def test_a_link_is_kept_as_the_server_writes_it(url: str, kept: str) -> None:
    assert checked_link(url) == kept


@pytest.mark.parametrize(("url", "why"), REFUSED_LINKS)
def test_no_link_is_made_of_what_is_no_address(url: str, why: str) -> None:
    with pytest.raises(LinkError, match=f"^{why}$"):
        checked_link(url)


def test_a_language_makes_one_entity_of_two() -> None:
    (pre,) = shown('<pre><code class="language-py">a</code></pre>').entities

    assert pre.json() == {"type": "pre", "offset": 0, "length": 1, "language": "py"}


def test_length_counts_characters_after_parsing_and_trimming() -> None:
    just = " <b>" + "😀" * LONGEST_TEXT + "</b>\n"

    assert len(shown(just).text) == LONGEST_TEXT
    with pytest.raises(ApiError, match="Bad Request: message is too long"):
        shown(just + "a")


def test_a_caption_is_shorter() -> None:
    with pytest.raises(ApiError, match="Bad Request: message caption is too long"):
        shown("a" * (LONGEST_CAPTION + 1), LONGEST_CAPTION)


def test_what_is_behind_35000_bytes_is_not_read() -> None:
    assert shown("a" * 10 + "<b></b>" * 4998 + "b" * 9).text == "a" * 10 + "b" * 4


def test_a_hundred_entities_are_kept_and_styles_go_first() -> None:
    links = '<a href="https://example.org">l</a>' * 60
    read = shown("<b>b</b> " * 60 + links)

    kinds = [one.type for one in read.entities]
    assert (len(kinds), kinds.count("text_link"), read.dropped) == (MOST, 60, 20)


def test_plain_text_keeps_its_angle_brackets() -> None:
    assert formatted("<b>a & b", None, limit=LONGEST_TEXT) == Formatted("<b>a & b")


def test_given_entities_are_kept() -> None:
    (bold,) = formatted(
        " ab", None, [{"type": "bold", "offset": 1, "length": 1}], limit=LONGEST_TEXT
    ).entities

    assert bold.json() == {"type": "bold", "offset": 0, "length": 1}


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ApiError, match="text must be encoded in UTF-8"):
        formatted("\ud83d", None, limit=LONGEST_TEXT)
