"""What is said to one person alone, and to who may not."""

from datetime import UTC, datetime

import pytest

from bot.core.alone_pages import (
    absent_page,
    barred_page,
    elsewhere_page,
    filed_page,
    keepers_words,
    no_link_page,
    shown_text,
    slow_page,
    spent_link_page,
    strange_button_page,
    unclaimed_page,
    unclear_page,
    unposted_page,
    unseen_page,
    visitor_page,
    which_link_page,
    with_show_button,
)
from bot.core.page import Button, Buttons, Page, Paragraph, Plain
from bot.core.wording import English
from tests.fakes.pages import text

WORDS = English()
MADE = datetime(2025, 9, 2, 3, tzinfo=UTC)


def test_an_answer_gets_a_button_that_says_what_was_asked_and_means_its_digest() -> None:
    story = Page((Paragraph((Plain("x"),)), Buttons(((Button("1", "/brief 1"),),), MADE)), "x")

    shown = with_show_button(story, "/brief  Tokayev\nAI", words=WORDS)

    row = ((Button("Show to channel", "/show /brief Tokayev AI"),),)
    assert shown.blocks == (*story.blocks, Buttons(row, MADE))
    bare = with_show_button(Page((), "x"), "/sources", words=WORDS)
    assert bare.blocks == (Buttons(((Button("Show to channel", "/show /sources"),),)),)


@pytest.mark.parametrize(
    ("says", "shows"),
    [
        ("/show /brief 1", "/brief 1"),
        ("/show brief 1", None),
        ("/show", None),
        ("/brief /show", None),
        ("/shows /brief", None),
    ],
)
def test_only_a_button_of_ours_shows_an_answer(says: str, shows: str | None) -> None:
    assert shown_text(says) == shows


def test_whom_to_ask_is_named_where_that_is_known() -> None:
    assert keepers_words("", WORDS) == "an admin of the workspace"
    named = "Anna, who made this channel, or an admin of the workspace"
    assert keepers_words("Anna", WORDS) == named


def test_where_the_bot_is_not_it_says_how_it_gets_there() -> None:
    channel = text(absent_page("@briefbot", direct=False, words=WORDS))
    between = text(absent_page("@briefbot", direct=True, words=WORDS))

    assert "Type /invite @briefbot, then ask again." in channel
    assert "/invite" not in between
    assert between.startswith("I am not part of this conversation")


def test_the_first_links_of_a_message_are_offered() -> None:
    links = [f"https://example.org/{'x' * 70}{number}" for number in range(7)]

    page = which_link_page(["example.org", *links], words=WORDS)

    (buttons,) = [block for block in page.blocks if isinstance(block, Buttons)]
    rows = [row[0] for row in buttons.rows]
    assert [one.says for one in rows] == [f"/brief {one}" for one in ["example.org", *links[:4]]]
    assert rows[0].label == "example.org"
    assert {len(one.label) for one in rows[1:]} == {60}


def test_each_page_says_what_happened_in_one_line() -> None:
    pages = [
        make(words=WORDS)
        for make in (
            barred_page,
            elsewhere_page,
            filed_page,
            no_link_page,
            slow_page,
            spent_link_page,
            strange_button_page,
            unclaimed_page,
            unclear_page,
            unposted_page,
            unseen_page,
            visitor_page,
        )
    ]

    assert [text(page) for page in pages] == [page.summary for page in pages]
    assert all(page.summary.endswith(".") for page in pages)
