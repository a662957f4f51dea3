"""A digest reads as people expect, and says honestly how old and how whole it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.compose import digest_page
from bot.core.health import Fault, Health, Reason
from bot.core.page import Item, Page
from bot.core.phrases import plain
from bot.core.values import Article, Digest, Headline, Published, Speaker
from bot.core.wording import English
from tests.fakes.pages import text
from tests.fakes.stories import digest, health, line, story, with_article

ALMATY = ZoneInfo("Asia/Almaty")
TOKAYEV = Speaker(label="the head of state", name="Tokayev")


def page(made: Digest, healths: Sequence[Health] = ()) -> Page:
    return digest_page(made, healths or [health()], lines=3, words=English(), zone=ALMATY)


TWO = (
    story(1, "Leaders met", line("Trade grew by a third."), same_speech=(2,)),
    story(
        2,
        "Plans were shown",
        line("We call on all states to help.", speaker=TOKAYEV),
        same_speech=(1,),
    ),
)


def test_a_digest_shows_its_day_its_stories_and_what_it_was_made_from() -> None:
    assert text(page(digest(TWO))) == (
        "# SCO · Tue 2 September 2025\n"
        "2 stories, one speech · Trend\n"
        "## 1. Leaders met\n"
        "- Trade grew by a third.\n"
        "_Trend, 1 Sep, Tianjin_\n"
        "## 2. Plans were shown\n"
        "- “We call on all states to help.” — Tokayev\n"
        "_Trend, 1 Sep, Tianjin · same speech as 1_\n"
        "_Sources: 1 ok. Read 2, duplicates 0, shown 2. "
        "Lines are the sources' own words, shortened only._"
    )


def test_articles_that_could_not_be_stored_are_said_before_the_news_and_counted() -> None:
    lost = tuple(Fault(name=f"{number}.txt", reason=Reason.NOT_STORED) for number in range(198))
    empty = Fault(name="empty.txt", reason=Reason.EMPTY)
    healths = [health(faults=(*lost, empty)), health("desk")]

    lines = text(page(digest(TWO), healths)).split("\n")

    assert lines[1] == (
        "198 articles could not be stored and are missing here. I try again at the next reading."
    )
    assert "Read 2, duplicates 0, shown 2. 198 could not be stored. Lines are" in lines[-1]


def test_an_archive_that_took_nothing_in_is_not_taken_for_sources_that_bring_nothing() -> None:
    lost = Fault(name="a.txt", reason=Reason.NOT_STORED)

    said = text(page(digest(), [health(faults=(lost,))]))

    assert "1 article could not be stored and is missing here." in said
    assert "No source has brought an article yet." not in said


def test_a_digest_on_some_topics_names_them_at_its_end() -> None:
    topics = ["AI", "{b}", "c", "d", "e"]

    made = digest_page(
        digest(TWO), [health()], lines=3, words=English(), zone=ALMATY, topics=topics
    )

    assert "\n_Topics: AI, {b}, c, d and 1 more. Sources: 1 ok. " in text(made)


def test_a_notification_says_the_first_headline_and_how_many_follow() -> None:
    assert page(digest(TWO)).summary == "SCO, Tue 2 Sep: Leaders met (and 1 more)"
    assert page(digest(TWO[:1])).summary == "SCO, Tue 2 Sep: Leaders met"


def test_the_day_is_that_of_the_chats_zone() -> None:
    made = replace(digest(TWO), made=digest().made.replace(hour=20))

    assert text(page(made)).startswith("# SCO · Wed 3 September 2025\n")


def test_old_news_is_dated_in_the_title() -> None:
    made = page(digest(TWO, newest=date(2025, 9, 1)))

    title = "SCO · no news in the last 24 hours · the newest I have is of 1 September 2025"
    assert text(made).startswith(f"# {title}\n2 stories, one speech · Trend\n")
    assert made.summary == title


def test_old_news_on_some_words_says_the_words() -> None:
    assert text(page(digest(TWO, newest=date(2025, 9, 1), words="trade"))).startswith(
        "# SCO · no news on “trade” in the last 24 hours · "
        "the newest I have is of 1 September 2025\n"
    )
    assert text(page(digest(TWO, words="trade"))).startswith(
        "# SCO · “trade” · Tue 2 September 2025\n"
    )


@pytest.mark.parametrize("published", [None, Published(day=date(2099, 1, 1))])
def test_news_without_a_date_to_believe_is_not_given_one(published: Published | None) -> None:
    article = Article(id="a", source="wire", text="t", published=published)
    made = digest([with_article(TWO[0], article)], newest=date(2025, 9, 2))

    assert text(page(made)).startswith(
        "# SCO · no news in the last 24 hours · what I have bears no date, "
        "first seen 2 September 2025\n"
    )


def test_an_empty_archive_says_what_to_do() -> None:
    assert text(page(digest())) == (
        "# SCO · no articles yet\n"
        "No source has brought an article yet. Put one into a folder I watch: "
        "/sources shows them.\n"
        "_Sources: 1 ok. Read 0, duplicates 0, shown 0._"
    )


def test_broken_sources_are_no_quiet_day() -> None:
    made = digest(TWO, ok=0, failing=1, newest=date(2025, 9, 1))

    assert text(page(made, [health(failing=True)])).startswith(
        "# SCO · I could not read the news\n"
        "This is not a quiet day: my only source could not be read.\n"
        "- wire/: cannot be read (Permission denied)\n"
        "The newest I have is of 1 September 2025:\n"
        "2 stories, one speech · Trend\n"
    )


def test_how_to_mend_a_source_stands_only_in_the_operator_s_digest() -> None:
    made, healths = digest(ok=0, failing=1), [health(failing=True)]

    said = text(digest_page(made, healths, lines=3, words=English(), zone=ALMATY, operator=True))

    assert "- wire/: cannot be read; check who may read it (Permission denied)\n" in said
    assert "check who" not in text(page(made, healths))


def test_many_broken_sources_are_counted() -> None:
    made = page(
        digest(ok=0, failing=6), [health(f"wire{number}", failing=True) for number in range(6)]
    )

    assert "none of my 6 sources could be read" in text(made)
    assert "- and 2 more: /sources shows them\n" in text(made)
    assert "I have no older news either." in text(made)
    assert "no articles yet" not in text(made)


def test_a_thin_digest_warns_before_the_news() -> None:
    healths = [health("a", failing=True), health("b", failing=True), health("c")]

    lines = text(page(digest(TWO, ok=1, failing=2), healths)).split("\n")

    assert lines[1] == "2 of 3 sources could not be read (a, b): news may be missing."
    assert "_Sources: 1 ok, 2 failing. Read 2, " in lines[-1]


def test_one_broken_source_of_two_does_not_make_a_quiet_day_a_breakdown() -> None:
    made = digest(TWO, ok=1, failing=1, newest=date(2025, 9, 1))

    lines = text(page(made, [health("a", failing=True), health("b")])).split("\n")

    assert lines[0].startswith("# SCO · no news in the last 24 hours")
    assert lines[1] == "2 stories, one speech · Trend"
    assert "Sources: 1 ok, 1 failing." in lines[-1]


def test_news_of_today_is_shown_though_its_source_has_failed_since() -> None:
    lines = text(page(digest(TWO, ok=0, failing=1), [health(failing=True)])).split("\n")

    assert lines[0] == "# SCO · Tue 2 September 2025"
    assert lines[1] == "1 of 1 source could not be read (wire): news may be missing."


def test_a_line_that_its_headline_covers_is_left_out() -> None:
    one = story(
        1, "Leaders met in Tianjin", line("The leaders met in Tianjin."), line("It rained.")
    )

    assert text(page(digest([one]))).count("- ") == 1


def test_a_story_shows_no_more_lines_than_asked() -> None:
    one = story(1, "News", *(line(f"Town {number} has a new bridge.") for number in range(5)))

    assert text(page(digest([one]))).count("- ") == 3


def test_a_quotation_is_shown_with_its_marks_and_a_cut_one_says_so() -> None:
    quoted = line("We will help,", speaker=Speaker(label="the mayor", name=None))
    nobody = line("We will stay.", quoted=True)
    one = story(1, "News", replace(quoted, cut=True), nobody)

    shown = text(page(digest([one])))

    assert "- “We will help …” — the mayor\n" in shown
    assert "- “We will stay.”\n" in shown


def test_an_article_of_another_year_is_dated_in_full_and_one_without_a_date_says_so() -> None:
    old = Article(
        id="a", source="wire", text="t", published=Published(day=date(2024, 12, 31)), place=None
    )
    undated = replace(old, published=None)

    assert "_Trend, 31 Dec 2024_" in text(page(digest([with_article(TWO[0], old)])))
    assert "_Trend, no date_" in text(page(digest([with_article(TWO[0], undated)])))


def test_many_publishers_are_counted_and_one_unknown_is_the_source() -> None:
    many = replace(TWO[0], publishers=("A", "B", "C", "D", "E", "F"))
    none = replace(TWO[0], publishers=())

    assert "_A, B, C, D and 2 more, 1 Sep, Tianjin_" in text(page(digest([many])))
    assert "_wire, 1 Sep, Tianjin_" in text(page(digest([none])))


def test_stories_on_several_speeches_are_not_called_one_speech() -> None:
    other = story(3, "Else", line("Something else."))

    assert "3 stories · Trend" in text(page(digest([*TWO, other])))


def test_a_story_without_a_headline_is_still_listed() -> None:
    one = replace(TWO[0], brief=replace(TWO[0].brief, headline=Headline(text=" ")))

    assert "## 1. (no headline)\n" in text(page(digest([one])))


def test_braces_and_line_breaks_of_an_article_stay_words() -> None:
    one = story(1, "{title} of\n{0}", line("A {brace} stays\nwhere it is."))
    made = digest([one], words="{day}", newest=date(2025, 9, 1))

    shown = text(page(made))

    assert "no news on “{day}” in" in shown
    assert "## 1. {title} of {0}\n- A {brace} stays where it is.\n" in shown


@given(st.text(), st.text(), st.text(), st.sampled_from([None, date(2025, 9, 1)]))
def test_no_article_is_too_strange_for_a_page(
    headline: str, said: str, words: str, newest: date | None
) -> None:
    speaker = Speaker(label=said, name=None)
    one = story(1, headline, line(said), line(said, speaker=speaker))

    made = page(digest([one], newest=newest, words=words))

    items = [plain(block.spans) for block in made.blocks if isinstance(block, Item)]
    once = " ".join(said.split())
    assert set(items) <= {once, f"“{once}” — {once}"}
