"""Which buttons a page gets, and that each of them says what can be typed."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.core.buttons import digest_buttons, search_buttons, sentences_buttons, story_buttons
from bot.core.compose import digest_page
from bot.core.found import Results, found_page
from bot.core.misuse import Misuse
from bot.core.page import Button, Buttons, Document, Note, Page, Paragraph, Plain
from bot.core.search import query
from bot.core.search_verb import SearchFor
from bot.core.sourced import sources_of_story
from bot.core.told import Told, story_page
from bot.core.verbs import parse
from bot.core.wording import English
from tests.fakes.press import NOW
from tests.fakes.stories import digest, health, line, story

WORDS = English()
ALMATY = ZoneInfo("Asia/Almaty")


def labels(buttons: Buttons) -> list[list[str]]:
    return [[button.label for button in row] for row in buttons.rows]


def buttons_of(page: Page) -> list[Buttons]:
    return [block for block in page.blocks if isinstance(block, Buttons)]


@pytest.mark.parametrize(
    ("stories", "rows"),
    [
        (0, []),
        (2, [["1", "2"]]),
        (8, [[*"12345678"]]),
        (9, [[*"12345"], [*"6789"]]),
        (17, [[*"123456"], ["7", "8", "9", "10", "11", "12"], ["13", "14", "15", "16", "17"]]),
    ],
)
def test_a_digest_has_a_button_for_each_story(stories: int, rows: list[list[str]]) -> None:
    made = digest_buttons(range(1, stories + 1), NOW, WORDS)

    assert labels(made) == [*rows, ["Sources", "Settings"]]
    assert made.made == NOW


def test_a_button_of_a_digest_says_the_number_of_its_story() -> None:
    made = digest_buttons((1, 2), NOW, WORDS)

    assert [button.says for row in made.rows for button in row] == [
        "/brief 1",
        "/brief 2",
        "/sources",
        "/settings",
    ]


def test_a_story_leads_to_its_sentences_and_to_the_next_one() -> None:
    assert story_buttons(1, 2, NOW, WORDS).rows == (
        (Button("Sources", "/brief 1 sources"), Button("2 →", "/brief 2")),
    )
    assert labels(story_buttons(2, 2, NOW, WORDS)) == [["Sources"]]


def test_the_sentences_lead_back_to_their_story() -> None:
    assert sentences_buttons(1, 2, NOW, WORDS).rows == (
        (Button("Story 1", "/brief 1"), Button("2 →", "/brief 2")),
    )


def test_more_is_offered_where_more_was_found() -> None:
    asked = SearchFor(query("trade"), 1)

    assert list(search_buttons(asked, 2, WORDS)) == [
        Buttons(((Button("More", "/search trade page 2"),),))
    ]
    assert list(search_buttons(replace(asked, page=2), 2, WORDS)) == []


def test_each_page_ends_with_its_buttons() -> None:
    one = story(1, "Leaders met", line("They spoke."))
    told = Told(story=one, articles=(one.brief.article,), made=NOW, stories=3)
    found = Results(asked=SearchFor(query("trade"), 1), found=11, searched=20, hits=())
    pages = [
        digest_page(digest([one]), [health()], lines=3, words=WORDS, zone=ALMATY),
        story_page(told, words=WORDS, zone=ALMATY),
        sources_of_story(told, words=WORDS),
    ]

    for page in pages:
        assert isinstance(page.blocks[-1], Buttons)
        assert page.blocks[-1].made == NOW
        assert len(buttons_of(page)) == 1
    assert buttons_of(found_page(found, words=WORDS, today=date(2025, 9, 2))) == []


def test_whatever_a_button_says_is_a_command() -> None:
    one = story(1, "Leaders met", line("They spoke."))
    told = Told(story=one, articles=(one.brief.article,), made=NOW, stories=3)
    pages = [
        digest_page(digest([one]), [health()], lines=3, words=WORDS, zone=ALMATY),
        story_page(told, words=WORDS, zone=ALMATY),
        sources_of_story(told, words=WORDS),
    ]

    said = [
        button.says
        for page in pages
        for buttons in buttons_of(page)
        for row in buttons.rows
        for button in row
    ]

    assert said
    assert not [says for says in said if isinstance(parse(says), Misuse)]


def test_where_only_words_are_shown_a_document_is_told_of() -> None:
    said = Paragraph((Plain("Two events."),))
    file = Document("ahead.ics", b"BEGIN", (Plain("As a file: briefbot upcoming --ics FILE"),))

    assert Page((said, Buttons(())), document=file).in_words == (said, Note(file.instead))
    assert Page((said,), document=Document("ahead.ics", b"BEGIN")).in_words == (said,)


def test_a_chat_that_takes_no_file_is_told_what_it_holds() -> None:
    said = Paragraph((Plain("Two events."),))
    file = Document("ahead.ics", b"BEGIN", (Plain("As a file: briefbot upcoming --ics FILE"),))
    held = Paragraph((Plain("1 Sep 2030: the bridge opens."),))

    told = replace(file, told=(held,))
    assert Page((said, Buttons(())), document=told).unfiled == (said, held)
    assert Page((said,), document=file).unfiled == (said, Note(file.instead))
    assert Page((said,)).unfiled == (said,)
