"""A story in full leads to its articles and to other stories."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.core.page import Link, Note
from bot.core.told import Told, story_page
from bot.core.values import Published, Story
from bot.core.wording import English
from tests.fakes.pages import text
from tests.fakes.press import NOW
from tests.fakes.stories import line, story, with_article

ALMATY = ZoneInfo("Asia/Almaty")
ONE = story(1, "Leaders met", line("Trade grew by a third."), same_speech=(2,))


def told(one: Story = ONE) -> Told:
    return Told(story=one, articles=(one.brief.article,), made=NOW)


def shown(one: Told) -> str:
    return text(story_page(one, words=English(), zone=ALMATY))


def test_a_story_in_full_says_where_it_comes_from_and_which_digest_numbered_it() -> None:
    assert shown(told()) == (
        "# 1. Leaders met\n"
        "Trend · Tianjin, China · 1 September 2025\n"
        "- Trade grew by a third.\n"
        "_Same speech: story 2. No link: this article came as a file._\n"
        "_Story 1 of the news as of Tue 2 September 2025, 08:00. "
        "Each line in its source sentence: /brief 1 sources_"
    )


def test_a_story_in_full_is_its_headline_in_a_notification() -> None:
    assert story_page(told(), words=English(), zone=ALMATY).summary == "1. Leaders met"


def test_at_most_seven_lines_are_shown() -> None:
    one = story(1, "News", *(line(f"Town {number} has a new bridge.") for number in range(9)))

    assert shown(told(one)).count("\n- ") == 7


def test_a_story_of_one_sentence_says_that_there_is_no_more() -> None:
    assert "\nThe article says no more than this.\n" in shown(told(story(1, "Leaders met")))


def test_an_article_without_date_and_place_says_no_date() -> None:
    bare = replace(ONE.brief.article, published=None, place=None)

    assert "\nTrend · no date\n" in shown(told(with_article(ONE, bare)))


def test_web_links_are_made_of_web_addresses_only() -> None:
    web = replace(ONE.brief.article, url="https://example.org/a", publisher="Example\nNews")
    plain = replace(web, id="b", url="http://example.org/b", publisher=None)
    script = replace(web, id="c", url="javascript:alert(1)")
    made = story_page(
        Told(story=ONE, articles=(web, plain, script), made=NOW), words=English(), zone=ALMATY
    )

    links = [
        span
        for block in made.blocks
        if isinstance(block, Note)
        for span in block.spans
        if isinstance(span, Link)
    ]

    assert links == [
        Link("Example News", "https://example.org/a"),
        Link("wire", "http://example.org/b"),
    ]
    assert "_The articles: Example News, wire_" in text(made)
    assert "3 articles print this. No link: 1 article came as a file." in text(made)


def test_linked_articles_need_no_excuse() -> None:
    web = replace(ONE.brief.article, url="https://example.org/a")

    assert "No link" not in shown(Told(story=ONE, articles=(web,), made=NOW))
    alone = replace(ONE, same_speech=())
    assert shown(Told(story=alone, articles=(web,), made=NOW)).count("\n_") == 2


def test_the_day_of_publication_is_shown_whole() -> None:
    old = replace(ONE.brief.article, published=Published(day=date(1, 1, 1)))

    assert "· 1 January 1\n" in shown(told(with_article(ONE, old)))
