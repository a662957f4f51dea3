"""What pops up for a reader of a channel says what the digest above does not."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.compose import digest_page
from bot.core.footnotes import Footnotes
from bot.core.page import (
    Entry,
    Heading,
    Item,
    Note,
    Page,
    Paragraph,
    Plain,
    Quotation,
    Strong,
)
from bot.core.replies import gone_page
from bot.core.source_pages import sources_page
from bot.core.sourced import sources_of_story
from bot.core.told import Told, story_page
from bot.core.values import Line, Speaker, Story
from bot.core.wording import English
from bot.telegram.popup import list_words, story_words
from tests.fakes.nasty import NASTY
from tests.fakes.pages import text
from tests.fakes.press import NOW
from tests.fakes.stories import digest, health, line, story

MOST = 200
WORDS = English()
ALMATY = ZoneInfo("Asia/Almaty")
BEKOV = Speaker(label="the minister", name="Aidar Bekov")


def full(one: Story) -> Page:
    return story_page(
        Told(story=one, articles=(one.brief.article,), made=NOW), words=WORDS, zone=ALMATY
    )


def popped(*lines: Line, above: str = "", headline: str = "Leaders met in Tianjin") -> str:
    return story_words(full(story(1, headline, *lines)), above=above, most=MOST)


def sentence(about: str, length: int) -> Line:
    return line(f"{about} {'word ' * (length // 5)}".strip() + ".")


def test_a_story_pops_up_with_its_lines_and_who_says_so() -> None:
    said = popped(line("Trade grew by a third."), line("Wheat leads it."))

    assert said == (
        "• Trade grew by a third.\n• Wheat leads it.\nTrend · Tianjin, China · 1 September 2025"
    )


def test_where_there_is_no_room_for_day_and_place_only_the_name_is_told() -> None:
    said = popped(sentence("Trade", 180))

    assert said.endswith(".\nTrend")


def test_where_there_is_no_room_for_a_name_the_lines_stand_alone() -> None:
    assert popped(sentence("Trade", 193)).count("\n") == 0


def test_lines_that_do_not_fit_are_left_out_whole() -> None:
    said = popped(
        line("Trade grew."), sentence("Wheat", 300), line("It leads."), line("Rain fell.")
    )

    # What stands behind a line that is left out may point back to it.
    assert said.split("\n")[:2] == ["• Trade grew.", "• Rain fell."]


def test_what_the_digest_shows_above_is_not_said_again() -> None:
    one = story(
        1,
        "Leaders met in Tianjin",
        line("Trade between the members grew by a third."),
        line("Wheat leads it."),
        line("“We have waited” for it, he said, and went on for quite a while after that."),
    )
    page = digest_page(digest([one]), [], lines=1, words=WORDS, zone=ALMATY)

    said = story_words(full(one), above=text(page), most=MOST)

    assert said.startswith("• Wheat leads it.\n• “We have")
    assert "grew" not in said


def test_a_line_that_the_digest_shows_shortened_is_not_said_again() -> None:
    above = "• The president advocated for the establishment of a forum on trade."
    whole = "The president advocated for the establishment of a forum on trade, to meet each year."

    assert popped(line(whole), line("Wheat leads it."), above=above).startswith("• Wheat leads it.")


def test_what_only_repeats_the_headline_is_not_said() -> None:
    headline = "Four countries agreed on one track gauge for freight"
    said = popped(
        line(f"{headline}, Kazinform reports, and all of them signed it on Monday in the capital."),
        line("Work begins in May."),
        headline=headline,
    )

    assert said.startswith("• Work begins in May.\nTrend")


def test_a_story_all_of_which_stands_above_pops_up_with_its_figures_and_quotations() -> None:
    blocks = (
        Heading((Plain("1. Leaders met"),)),
        Paragraph((Plain("Trend · 1 September 2025"),)),
        Item((Plain("Trade grew by a third."),)),
        Heading((Plain("Figures"),), level=2),
        Entry((Strong("$5 trillion"),), (Plain("the market · projected"),)),
        Paragraph((Plain("and 2 more"),)),
        Heading((Plain("Quotation"),), level=2),
        Quotation((Plain("“We waited.” — Aidar Bekov"), Plain(" ①"))),
        Note((Plain("① The marks do not pair."),)),
    )
    page = Page(blocks, "1. Leaders met")

    said = story_words(page, above="• Trade grew by a third.", most=MOST)

    assert said == (
        "$5 trillion: the market · projected\n“We waited.” — Aidar Bekov\nTrend · 1 September 2025"
    )


def test_a_figure_that_stands_above_in_a_line_is_not_said_again() -> None:
    blocks = (
        Heading((Plain("1. Leaders met"),)),
        Paragraph((Plain("Trend · 1 September 2025"),)),
        Item((Plain("Trade grew to $5 trillion."),)),
        Heading((Plain("Figures"),), level=2),
        Entry((Strong("$5 trillion"),), (Plain("trade"),)),
    )
    page = Page(blocks, "1. Leaders met")

    said = story_words(page, above="• Trade grew to $5 trillion.", most=MOST)

    assert said == "• Trade grew to $5 trillion.\nTrend · 1 September 2025"


def test_a_story_that_has_nothing_else_to_say_says_what_stands_above() -> None:
    alone = line("Trade grew by a third.")

    assert popped(alone, above="• Trade grew by a third.").startswith("• Trade grew by a third.")


def test_an_article_without_more_says_so() -> None:
    assert popped().startswith("The article says no more than this.\nTrend")


def test_a_line_longer_than_the_pop_up_is_cut_at_a_word_and_shows_it() -> None:
    said = popped(sentence("Trade", 300))

    assert said.startswith("• Trade word word")
    assert said.endswith("word…")
    assert MOST - len("word ") < len(said) <= MOST


def test_a_line_of_several_sentences_is_cut_behind_one_of_them() -> None:
    first = f"Trade grew by a third, and {'more ' * 20}to come."
    said = popped(line(f"{first} {'word ' * 60}"))

    assert said == f"• {first}\nTrend · Tianjin, China · 1 September 2025"


def test_a_quotation_that_is_cut_is_closed_and_keeps_its_speaker() -> None:
    said = popped(line("word " * 80 + "end.", speaker=BEKOV))

    assert said.startswith("• “word word")
    assert said.endswith("word …” — Aidar Bekov")
    assert len(said) <= MOST


def test_a_quotation_whose_speaker_leaves_no_room_is_told_by_its_headline() -> None:
    speaker = Speaker(label="x", name="Minister " * 20)

    said = popped(line("word " * 80 + "end.", speaker=speaker))

    assert said == "1. Leaders met in Tianjin"


def test_a_mark_of_a_footnote_that_is_not_there_is_left_out() -> None:
    said = popped(line("We have waited thirty years.", speaker=BEKOV))

    assert Footnotes(WORDS).mark(unpaired=False, speaker=BEKOV)
    assert said.startswith("• “We have waited thirty years.” — Aidar Bekov\nTrend")


@pytest.mark.parametrize("words", [story_words, list_words])
def test_a_page_that_is_no_list_is_told_in_short(words: object) -> None:
    gone = gone_page(3, words=WORDS)

    assert callable(words)
    given = {"above": ""} if words is story_words else {}
    assert words(gone, most=MOST, **given) == gone.summary


def test_a_few_sources_pop_up_with_all_that_is_known_of_them() -> None:
    page = sources_page([health()], words=WORDS, now=NOW, zone=ALMATY)

    assert list_words(page, most=MOST) == (
        "wire: ok · 2 articles · newest 1 September 2025 · checked 08:00"
    )


def test_many_sources_pop_up_counted_and_the_worst_first() -> None:
    healths = [health(f"Source number {number}") for number in range(9)]
    page = sources_page([*healths, health("TASS", failing=True)], words=WORDS, now=NOW, zone=ALMATY)

    said = list_words(page, most=MOST).split("\n")

    assert said[:3] == ["10 sources: 9 ok, 1 failing", "TASS: failing", "Source number 0: ok"]
    assert said[-1] == "…"
    assert len("\n".join(said)) <= MOST


def test_of_what_was_found_the_headlines_pop_up() -> None:
    found = [
        block
        for number in range(9)
        for block in (
            Heading((Plain(f"Leaders met for the {number}th time"),), level=2),
            Note((Plain("Trend, 1 Sep"),)),
            Item((Plain("Trade between the members grew by a third, the minister said."),)),
        )
    ]
    title = Heading((Plain("Search · leaders"),))
    page = Page((title, Paragraph((Plain("9 articles."),)), *found), "Search · leaders")

    said = list_words(page, most=MOST).split("\n")

    assert said[:2] == ["9 articles.", "Leaders met for the 0th time"]
    assert (said[-2], said[-1]) == ("Leaders met for the 5th time", "…")


def test_the_sentences_of_a_story_pop_up_without_the_titles_between_them() -> None:
    one = story(1, "Leaders met", line("Trade grew by a third."), line("Wheat leads it."))
    page = sources_of_story(Told(story=one, articles=(one.brief.article,), made=NOW), words=WORDS)
    parted = Heading((Plain("Figures"),), level=2)
    blocks = (*page.blocks, parted, Entry((Strong("a third"),), (Plain("grew " * 40),)))

    said = list_words(Page(blocks, page.summary), most=MOST)

    assert said.startswith("1: ")
    assert "Figures" not in said
    assert said.endswith("\n…")


def test_a_list_none_of_which_fits_is_told_by_its_beginning() -> None:
    entry = Entry((Strong("1"),), (Plain("word " * 80),))

    said = list_words(
        Page((Heading((Plain("1. Leaders met"),)), entry), "1. Leaders met"), most=MOST
    )

    assert said.startswith("1: word word")
    assert said.endswith("word…")


def test_a_headline_longer_than_the_pop_up_is_cut_too() -> None:
    page = Page((), "“We waited” — " + "word " * 80)

    assert list_words(page, most=MOST).endswith("word…")


def test_a_list_without_anything_is_told_in_short() -> None:
    page = Page((Heading((Plain("Sources"),)), Note((Plain("Hint"),))), "Sources")

    assert list_words(page, most=MOST) == "Sources"
    assert story_words(page, above="", most=MOST) == "Sources"


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_in_an_article_breaks_a_pop_up(nasty: str) -> None:
    one = story(1, nasty, line(nasty), line("Trade grew by a third."), line(nasty * 9))

    for said in (
        story_words(full(one), above=nasty, most=MOST),
        list_words(full(one), most=MOST),
    ):
        assert 0 < len(said) <= MOST
        assert not any(mark in said for mark in "\u202e\x00\x1b\ud800")


@given(st.lists(st.text(), max_size=5), st.text())
def test_whatever_a_story_says_its_pop_up_fits(lines: list[str], above: str) -> None:
    page = full(story(1, "Leaders met", *map(line, lines)))

    assert len(story_words(page, above=above, most=MOST)) <= MOST
    assert len(list_words(page, most=MOST)) <= MOST
