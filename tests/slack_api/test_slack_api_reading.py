"""The fake Slack reads a message as people see it, and finds whom it calls."""

import pytest

from tests.fakes.slack.reading import read_blocks, read_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("*bold* and _grey_ and ~old~ and `code`", "bold and grey and old and code"),
        ("*_both_*", "both"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("> “quoted”\n&gt; too", "“quoted”\ntoo"),
        ("<https://example.org|Example &amp; more>", "Example & more"),
        ("<https://example.org/?a=1&amp;b=2>", "https://example.org/?a=1&b=2"),
        ("<!date^1756771200^{date_short_pretty}|2 Sep 2025>", "2 Sep 2025"),
        ("<!channel> look", "@channel look"),
        ("<@U1|anna> in <#C1|news>", "@anna in #news"),
        ("a < b", "a < b"),
    ],
)
def test_markup_is_read_as_words(text: str, words: str) -> None:
    assert read_text(text).words == words


@pytest.mark.parametrize(
    ("text", "pings"),
    [
        ("<!channel> <!here> <!everyone>", ["!channel", "!here", "!everyone"]),
        ("<@U1> <#C1> <!subteam^S1|team>", ["@U1", "#C1", "!subteam^S1"]),
        ("&lt;!channel&gt; @channel &lt;@U1&gt;", []),
        ("<!date^1756771200^{date}|now>", []),
    ],
)
def test_who_is_called_is_found(text: str, pings: list[str]) -> None:
    assert read_text(text).pings == pings


def test_signs_that_ought_to_be_escaped_are_found() -> None:
    assert read_text("AT&T &amp; co").unescaped == ["AT&T &amp; co"[:13]]
    assert read_text("a < b > c").unescaped != []
    assert read_text("<javascript:alert(1)|x>").unescaped == ["<javascript:alert(1)|x>"]
    assert read_text("> a quote &lt; <https://example.org|b>").unescaped == []


def test_links_have_their_address_and_words() -> None:
    read = read_text("<https://example.org/?a=1&amp;b=2|one> <mailto:a@example.org>")

    assert read.links == [
        ("https://example.org/?a=1&b=2", "one"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ]


def test_styled_words_are_told_with_their_sign() -> None:
    assert read_text("*Headline* by _Trend_").styled == [("*", "Headline"), ("_", "Trend")]


def test_blocks_are_read_in_order() -> None:
    read = read_blocks(
        [
            {"type": "header", "text": {"type": "plain_text", "text": "<!channel> & *a*"}},
            {
                "type": "section",
                "text": {"type": "mrkdwn", "text": "*b* <@U1>"},
                "fields": [{"type": "mrkdwn", "text": "c"}],
            },
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "_d_"}]},
            {"type": "markdown", "text": "**e** <!here>"},
            {"type": "divider"},
            {
                "type": "table",
                "rows": [[{"type": "raw_text", "text": "f"}, {"type": "raw_text", "text": "g"}]],
            },
            {
                "type": "container",
                "title": {"type": "plain_text", "text": "h"},
                "child_blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "i"}}],
            },
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {"type": "text", "text": "j "},
                            {"type": "link", "url": "https://example.org", "text": "k"},
                            {"type": "broadcast", "range": "here"},
                            {"type": "user", "user_id": "U2"},
                        ],
                    },
                    {
                        "type": "rich_text_list",
                        "style": "bullet",
                        "elements": [
                            {
                                "type": "rich_text_section",
                                "elements": [{"type": "text", "text": word}],
                            }
                            for word in ("one", "two")
                        ],
                    },
                    {
                        "type": "rich_text_quote",
                        "elements": [
                            {
                                "type": "date",
                                "timestamp": 1756771200,
                                "format": "{date}",
                                "fallback": "2 Sep",
                            }
                        ],
                    },
                ],
            },
            {"type": "input", "label": {"type": "plain_text", "text": "l"}},
        ]
    )

    assert read.words.splitlines() == [
        "<!channel> & *a*",
        "b @U1",
        "c",
        "d",
        "**e** <!here>",
        "f\tg",
        "h",
        "i",
        "j k!here@U2",
        "one",
        "two",
        "2 Sep",
        "l",
    ]
    assert read.pings == ["@U1", "!here", "!here", "@U2"]
    assert read.links == [("https://example.org", "k")]
