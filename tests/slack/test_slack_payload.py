"""A message is kept as JSON, sent without previews or markup, and can be said in bare words."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.page import (
    Button,
    Buttons,
    Heading,
    Item,
    Link,
    Moment,
    Note,
    Page,
    Paragraph,
    Plain,
)
from bot.slack.measure import escaped, fitting, size, units, written
from bot.slack.payload import (
    LONGEST_TEXT,
    File,
    Message,
    arguments,
    bare,
    read,
    text_of,
    write,
)
from bot.slack.render import render
from tests.fakes.press import NOW
from tests.fakes.slack.reading import read_text

PAGE = Page(
    (
        Heading((Plain("SCO"),)),
        Paragraph((Moment("08:00", NOW), Plain(" "), Link("https://a.org", "https://a.org"))),
        Item((Link("Trend", "https://example.org/?a=1&b=2"), Plain(" <!channel>"))),
        Note((Plain("*small*"),)),
        Buttons(((Button("1", "/brief 1"),),)),
    ),
    "SCO, Tue",
)


def message() -> Message:
    (payload,) = render(PAGE)
    made = read(payload)
    assert isinstance(made, Message)
    return made


@pytest.mark.parametrize("made", [message(), File("a.ics", b"\x00\xff", "typed"), Message("a", ())])
def test_what_is_kept_is_read_as_it_was_written(made: Message | File) -> None:
    assert read(json.loads(json.dumps(write(made)))) == made


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"html": "x", "keyboard": []},
        {"text": "x", "blocks": None, "reply": False},
        {"text": "x", "blocks": [1], "reply": False},
        {"text": "x", "blocks": []},
        {"file": "a.ics", "content": "%", "instead": ""},
        {"file": "a.ics"},
    ],
)
def test_what_is_no_message_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        read(payload)


def test_a_message_is_sent_without_previews_and_without_markup() -> None:
    sent = arguments(message())

    assert sent["blocks"] == list(message().blocks)
    assert {name: value for name, value in sent.items() if name not in {"text", "blocks"}} == {
        "mrkdwn": False,
        "parse": "none",
        "link_names": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def test_a_message_whose_blocks_are_not_taken_is_sent_as_words() -> None:
    words = bare(message())

    assert words.text == (
        "SCO\n08:00 https://a.org\n• Trend (https://example.org/?a=1&amp;b=2) &lt;!channel&gt;\n"
        "*small*"
    )
    assert "blocks" not in arguments(words)
    assert bare(words) == words


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        (["x" * LONGEST_TEXT], "x"),
        (["x" * 3000, "y" * 900, "z z" * 200], "y\n…"),
        (["x" * 1000, "z zz " * 1000], "z\n…"),
        (["x" * 5000], "x\n…"),
        (["&" * 5000], "&amp;\n…"),
        (["👍" * 5000], "👍\n…"),
    ],
)
def test_the_plain_text_of_a_long_message_ends_where_it_may(lines: list[str], end: str) -> None:
    text = text_of(lines)

    assert text.endswith(end)
    assert LONGEST_TEXT * 0.7 < units(text) <= LONGEST_TEXT


@given(st.text(st.characters(codec="utf-8"), max_size=300), st.integers(-10, 300))
def test_what_fits_is_as_much_as_may_be(text: str, room: int) -> None:
    for length in (units, written, lambda one: len(escaped(one))):
        end = fitting(text, room, length)

        assert end == 0 or length(text[:end]) <= room
        assert end == len(text) or length(text[: end + 5]) > room or end == room


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_a_text_is_as_long_as_json_writes_it(text: str) -> None:
    assert size(text) == written(text) + 2


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_plain_text_calls_nobody(text: str) -> None:
    found = read_text(text_of([text]))

    assert (found.pings, found.links, found.unescaped) == ([], [], [])
