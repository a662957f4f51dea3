"""What pops up for a reader of a channel says what the digest above does not."""

from dataclasses import replace
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
    Prose,
    Quotation,
    Strong,
)
from bot.core.replies import gone_page, no_story_page
from bot.core.source_pages import sources_page
from bot.core.sourced import sources_of_story
from bot.core.told import Told, story_page
from bot.core.values import Line, Speaker, Story
from bot.core.wording import English
from bot.telegram.popup import list_words, popup, story_words
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


def test_a_name_is_told_whole_whatever_marks_stand_in_it() -> None:
    one = replace(story(1, "Leaders met", sentence("Trade", 170)), publishers=("Trend · TASS",))

    assert story_words(full(one), above="", most=MOST).endswith(".\nTrend · TASS")


def test_where_there_is_no_room_for_a_name_the_lines_stand_alone() -> None:
    assert popped(sentence("Trade", 193)).count("\n") == 0


def test_behind_a_line_that_does_not_fit_none_follows_as_it_may_point_back() -> None:
    said = popped(
        line("Trade grew."),
        sentence("The minister said that wheat", 300),
        line("Such growth leads it."),
        line("It also brought rain, he added."),
    )

    assert said == "• Trade grew.\nTrend · Tianjin, China · 1 September 2025"


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


def test_a_line_that_denies_its_headline_is_said() -> None:
    denied = line(
        "Four countries did not agree on one track gauge for freight, the minister said, denying it"
    )
    said = popped(
        denied,
        line("Work begins in May."),
        headline="Four countries agreed on one track gauge for freight",
    )

    assert said.split("\n")[:2] == [f"• {denied.text}", "• Work begins in May."]


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


def of_figures(*figures: tuple[str, str]) -> Page:
    """Return a story of one line and these figures."""
    blocks: tuple[Prose, ...] = (
        Heading((Plain("1. Leaders met"),)),
        Paragraph((Plain("Trend"), Plain(" · 1 September 2025"))),
        Item((Plain("Trade grew to $5 trillion."),)),
        Heading((Plain("Figures"),), level=2),
        *(Entry((Strong(term),), (Plain(said),)) for term, said in figures),
    )
    return Page(blocks, "1. Leaders met")


def test_a_story_that_has_nothing_else_to_say_says_what_stands_above() -> None:
    page = of_figures(("$5 trillion", "trade"))

    said = story_words(page, above="• Trade grew to $5 trillion.", most=MOST)

    assert said == "• Trade grew to $5 trillion.\nTrend · 1 September 2025"


@pytest.mark.parametrize(
    ("figure", "above"),
    [
        ("5%", "On 15 May 12 ministers met."),
        ("1,2", "On 15 May 12 ministers met."),
        ("$7", "The 7 ministers met at $70."),
        ("5", "At -5 degrees, 25 ministers met for 5% more."),
        ("No. 5", "No agreement was made on 5 roads."),
    ],
)
def test_a_figure_stands_above_only_word_by_word(figure: str, above: str) -> None:
    page = of_figures((figure, "wheat"))

    said = story_words(page, above=f"• Trade grew to $5 trillion. {above}", most=MOST)

    assert said == f"{figure}: wheat\nTrend · 1 September 2025"


def test_what_is_dressed_otherwise_above_stands_there_all_the_same() -> None:
    page = of_figures(("$5 trillion", "trade"), ("2.5%", "wheat"))

    said = story_words(
        page, above="•  TRADE grew\nto “$5 trillion” ①, (2.5%), he said @\u2060anna.", most=MOST
    )

    assert said == "• Trade grew to $5 trillion.\nTrend · 1 September 2025"


def test_a_name_that_nobody_is_to_be_called_by_stands_above() -> None:
    above = "• Ask @\u2060anna for /\u2060more."

    assert popped(line("Ask @anna for /more."), line("Rain fell."), above=above).startswith(
        "• Rain fell.\n"
    )


def test_an_article_without_more_says_so() -> None:
    assert popped().startswith("The article says no more than this.\nTrend")


PADDING = "of nine states on the shores and in the steppes, " * 4


@pytest.mark.parametrize(
    "long",
    [
        f"The report {PADDING}praised the plan called “Belt and Road” — a plan of China.",
        f"He said “we have waited {PADDING}for this day” and left.",
        f"The bank {PADDING}shall be led by Dr. Aidar Bekov.",
        *(
            f"The bank {PADDING[:end]} lends up to $5 trillion for roads."
            for end in range(160, 175)
        ),
    ],
)
def test_a_line_that_does_not_fit_is_never_cut(long: str) -> None:
    said = popped(line(long))

    assert said in {"1. Leaders met in Tianjin", f"• {long}", f"• {long}\nTrend"}


def test_where_no_line_fits_quotations_and_figures_take_their_place() -> None:
    page = full(
        story(
            1,
            "Leaders met",
            sentence("Ministers who met in the capital", 250),
            line("Such talks are rare."),
            line("“They are rare”, he said again."),
            line("We have waited thirty years.", speaker=BEKOV),
        )
    )
    figures = (
        Entry((Strong("$5 trillion"),), (Plain("the market " * 30),)),
        Entry((Strong("a third"),), (Plain("trade"),)),
    )
    blocks = (*page.prose, Heading((Plain("Figures"),), level=2), *figures)

    said = story_words(Page(blocks, page.summary), above="", most=MOST)

    assert said == (
        "• “We have waited thirty years.” — Aidar Bekov\n"
        "a third: trade\n"
        "Trend · Tianjin, China · 1 September 2025"
    )


def test_a_quotation_whose_speaker_leaves_no_room_is_told_by_its_headline() -> None:
    speaker = Speaker(label="x", name="Minister " * 20)

    said = popped(line("word " * 80 + "end.", speaker=speaker))

    assert said == "1. Leaders met in Tianjin"


def test_a_mark_of_a_footnote_that_is_not_there_is_left_out() -> None:
    said = popped(line("We have waited thirty years.", speaker=BEKOV))

    assert Footnotes(WORDS).mark(unpaired=False, speaker=BEKOV)
    assert said.startswith("• “We have waited thirty years.” — Aidar Bekov\nTrend")


@pytest.mark.parametrize(
    "page",
    [
        gone_page(3, words=WORDS),
        no_story_page(9, (1, 2), words=WORDS),
        Page((Heading((Plain("Sources"),)), Note((Plain("Hint"),))), "Sources"),
        Page((Heading((Plain("Sources"),)),), "Sources"),
        Page((), "Sources"),
    ],
)
def test_a_page_that_tells_nothing_of_the_kind_is_told_in_short(page: Page) -> None:
    assert story_words(page, above="", most=MOST) == page.summary
    assert list_words(page, most=MOST) == page.summary


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


def test_the_sentences_of_a_story_pop_up_in_short_as_their_brackets_are_unexplained() -> None:
    one = story(1, "Leaders met", line("Trade grew by a third."), line("Wheat leads it."))
    page = sources_of_story(Told(story=one, articles=(one.brief.article,), made=NOW), words=WORDS)

    said = popup("/brief 1 sources", page, above="", most=MOST)

    assert said == page.summary == "1. Leaders met · sources"


def test_what_a_button_says_decides_what_pops_up() -> None:
    page = full(story(1, "Leaders met", line("Trade grew by a third."), line("Wheat leads it.")))
    above = "• Trade grew by a third."

    assert popup("/brief 1", page, above=above, most=MOST).startswith("• Wheat leads it.\nTrend")
    assert popup("/sources", page, above=above, most=MOST) == (
        "Trend · Tianjin, China · 1 September 2025\n• Trade grew by a third.\n• Wheat leads it."
    )


def test_what_is_listed_is_told_whole_whatever_marks_stand_in_it() -> None:
    entries = [
        Entry((Strong(str(number)),), (Plain(f"Trade · Finance grew in {number} wide regions"),))
        for number in range(9)
    ]
    page = Page((Heading((Plain("Said"),)), *entries), "Said")

    said = list_words(page, most=MOST).split("\n")

    assert said[0] == "0: Trade · Finance grew in 0 wide regions"
    assert said[-2:] == ["3: Trade · Finance grew in 3 wide regions", "…"]


def test_a_list_none_of_which_fits_is_told_in_short() -> None:
    entry = Entry((Strong("1"),), (Plain("word " * 80),))
    page = Page((Heading((Plain("1. Leaders met"),)), entry), "1. Leaders met")

    assert list_words(page, most=MOST) == "1. Leaders met"


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_in_an_article_breaks_a_pop_up(nasty: str) -> None:
    one = story(1, nasty, line(nasty), line("Trade grew by a third."), line(nasty * 9))

    for said in (
        story_words(full(one), above=nasty, most=MOST),
        list_words(full(one), most=MOST),
    ):
        assert 0 < len(said) <= max(MOST, len(full(one).summary))
        assert not any(mark in said for mark in "\u202e\x00\x1b\ud800")


@given(st.lists(st.text(), max_size=5), st.text())
def test_whatever_a_story_says_its_pop_up_fits(lines: list[str], above: str) -> None:
    page = full(story(1, "Leaders met", *map(line, lines)))

    assert len(story_words(page, above=above, most=MOST)) <= MOST
    assert len(list_words(page, most=MOST)) <= MOST
