"""Pages of figures, quotations and events say what is printed, where, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.board import quotes_page
from bot.core.diary import Part, diary_page, months_before, order, part, when_words
from bot.core.fact_verbs import QuotesOf, Upcoming
from bot.core.ledger import figures_page
from bot.core.origin import Selection, Traced, called, name_words
from bot.core.page import Link
from bot.core.values import Event, Figure, Precision, Quote, Speaker, When
from bot.core.wording import English
from tests.fakes.facts import IN_2027, LEADER, OCCASION, event, figure, on, origin, quote
from tests.fakes.pages import text

WORDS = English()
HEAD = Speaker(label="the head of state", name="Aliya Sadykova")


def ledger(*figures: Traced[Figure], sought: str = "", more: int = 0) -> str:
    found = Selection(first=figures, more=more)
    return text(figures_page(found, sought=sought, occasion=OCCASION, words=WORDS))


def board(*quotes: Traced[Quote], asked: QuotesOf | None = None, more: int = 0) -> str:
    found = Selection(first=quotes, more=more)
    return text(quotes_page(found, asked=asked or QuotesOf(), occasion=OCCASION, words=WORDS))


def diary(*events: Traced[Event], asked: Upcoming | None = None, more: int = 0) -> str:
    found = Selection(first=events, more=more)
    return text(diary_page(found, asked=asked or Upcoming(), occasion=OCCASION, words=WORDS))


def test_a_figure_is_shown_as_printed_with_all_that_is_said_of_it() -> None:
    market = figure(counts="the market\nfor AI", period="By 2033", hedge="projected")
    centres = figure("four", counts="centres", speaker=LEADER, quoted=True)
    bare = figure("30 percent", quoted=True)

    assert ledger(
        Traced(fact=market, origin=origin()),
        Traced(fact=centres, origin=origin(2, title="Centres planned")),
        Traced(fact=bare, origin=origin(3, day=date(2024, 12, 31), publisher=None)),
        more=12,
    ) == (
        "# Figures · newest first · words as printed\n"
        "$5 trillion = the market for AI · By 2033 · projected · Trend, 1 Sep (1)\n"
        "four = centres · Aliya Sadykova's words · Trend, 1 Sep (Centres planned)\n"
        "30 percent = quoted words · wire, 31 Dec 2024 (wire/3.txt)\n"
        "_and 12 more: to narrow it, /figures WORDS_"
    )


def test_a_figure_of_an_article_with_a_link_leads_there() -> None:
    found = Selection(
        first=(Traced(fact=figure(), origin=origin(2, url="https://example.org/2", day=None)),)
    )

    page = figures_page(found, sought="", occasion=OCCASION, words=WORDS)

    assert Link("Trend", "https://example.org/2") in page.prose[1].spans
    assert text(page).endswith("$5 trillion = Trend, no date")


def test_a_link_that_may_run_a_program_is_never_made() -> None:
    odd = origin(2, url="javascript:alert(1)")

    assert ledger(Traced(fact=figure(), origin=odd)).endswith("Trend, 1 Sep (wire/2.txt)")


def test_figures_in_vain_are_answered_with_what_else_to_try() -> None:
    assert ledger() == "I have no figures yet."
    assert ledger(sought="tea") == (
        "No figure fits “tea”.\n_Try fewer or other words, or /figures for all there is._"
    )
    assert ledger(Traced(fact=figure(), origin=origin()), sought="AI").startswith(
        "# Figures on “AI” · newest first\n"
    )


def test_articles_that_were_not_looked_through_yet_are_counted() -> None:
    unread = replace(OCCASION, unread=1200)
    nothing: Selection[Figure] = Selection()
    page = figures_page(nothing, sought="", occasion=unread, words=WORDS)

    assert text(page) == (
        "I have no figures yet.\n"
        "_I am still looking through 1,200 older articles: ask again in a while._"
    )


def test_quotations_stand_under_their_speaker_and_only_their_first_sentence_is_shown() -> None:
    long = quote("We will build it. It takes a year. Then trains run,")
    other = Speaker(label="a driver", name=None)

    assert board(
        Traced(fact=long, origin=origin()),
        Traced(fact=quote("I wait", speaker=other), origin=origin(2, title="Rails")),
        Traced(fact=quote("It is done.", speaker=HEAD, unpaired=True), origin=origin()),
        more=1,
    ) == (
        "# Quotations · newest first\n"
        "## Aliya Sadykova · 2 quotations\n"
        "- “We will build it.” [whole: 3 sentences] — Trend, 1 Sep (1)\n"
        "- “It is done.” ① — Trend, 1 Sep (1)\n"
        "## a driver · 1 quotation\n"
        "- “I wait” — Trend, 1 Sep (Rails)\n"
        "_① The quotation marks do not pair in the source; the speaker stands there as "
        "“the head of state”._\n"
        "_Every quotation in full: /quotes whole_\n"
        "_and 1 more: to narrow it, /quotes NAME_"
    )


def test_quotations_asked_for_whole_are_shown_whole() -> None:
    long = Traced(fact=quote("We will build it. It takes a year."), origin=origin())

    assert board(long, asked=QuotesOf("Aliya", whole=True)) == (
        "# Quotations of “Aliya”\n"
        "## Aliya Sadykova · 1 quotation\n"
        "- “We will build it. It takes a year.” — Trend, 1 Sep (1)"
    )
    assert board(long, asked=QuotesOf("Aliya")).endswith("full: /quotes Aliya whole_")


def test_somebody_without_a_name_is_somebody_else_in_each_article() -> None:
    driver = quote(speaker=Speaker(label="a driver", name=None))

    page = board(Traced(fact=driver, origin=origin(1)), Traced(fact=driver, origin=origin(2)))

    assert page.count("## a driver · 1 quotation") == 2


def test_the_same_remark_is_made_once_and_many_remarks_keep_apart() -> None:
    heads = [
        Traced(fact=quote(speaker=replace(HEAD, label=label)), origin=origin())
        for label in [*(f"the {number}th" for number in range(21)), "the 0th"]
    ]

    page = board(*heads)

    assert page.count("_① The speaker stands there as “the 0th”._") == 1
    assert "_⑳ The speaker stands there as “the 19th”._" in page
    assert "_(21) The speaker stands there as “the 20th”._" in page


def test_marks_that_do_not_pair_are_remarked_without_a_label_too() -> None:
    page = board(Traced(fact=quote(unpaired=True), origin=origin()))

    assert page.endswith("_① The quotation marks do not pair in the source._")


def test_quotations_in_vain_are_answered_with_what_else_to_try() -> None:
    assert board() == "I have no quotations yet."
    assert board(asked=QuotesOf("Nobody")) == (
        "I have no quotation of anybody called “Nobody”.\n"
        "_Try fewer or other words, or /quotes for all there is._"
    )


def test_what_is_ahead_is_as_exact_as_the_source() -> None:
    month = When(
        text="in May", precision=Precision.MONTH, first=date(2026, 5, 1), last=date(2026, 5, 31)
    )
    said = When(text="upcoming fiscal year", precision=Precision.WORDS)

    assert diary(
        Traced(fact=event("Talks", on(date(2025, 9, 9)), where="Osh"), origin=origin()),
        Traced(
            fact=event("Fair", on(date(2025, 9, 9), date(2025, 9, 12)), speaker=HEAD),
            origin=origin(2, title="Fair"),
        ),
        Traced(fact=event("Review", month), origin=origin()),
        Traced(fact=event("Conference", IN_2027), origin=origin()),
        Traced(fact=event("Delegates", said), origin=origin()),
        Traced(fact=event("Forum"), origin=origin()),
        Traced(fact=event("forum "), origin=origin(3, publisher="Other")),
        more=2,
    ) == (
        "# Ahead · as of 2 September 2025\n"
        "9 Sep 2025 = Talks · Osh · Trend, 1 Sep (1)\n"
        "9 Sep 2025 – 12 Sep 2025 = Fair · place not given · Aliya Sadykova's words ① · "
        "Trend, 1 Sep (Fair)\n"
        "May 2026 = Review · place not given · Trend, 1 Sep (1)\n"
        "2027 = Conference · place not given · Trend, 1 Sep (1)\n"
        "## Date not given\n"
        "upcoming fiscal year = Delegates · place not given · as written on 1 Sep · "
        "Trend, 1 Sep (1)\n"
        "— = Forum · place not given · Trend, 1 Sep (1) · Other, 1 Sep (wire/3.txt)\n"
        "_① The speaker stands there as “the head of state”._\n"
        "_and 2 more: to narrow it, /upcoming 30_\n"
        "_A calendar file holds the 2 events with a day: /upcoming ics_"
    )


def test_the_calendar_says_that_it_holds_nothing_yet() -> None:
    page = diary(Traced(fact=event(when=IN_2027), origin=origin()))

    assert page.endswith("_A calendar file holds nothing yet: no event here has a day._")


def test_nothing_ahead_is_said_plainly() -> None:
    assert diary() == ("# Ahead · as of 2 September 2025\n_No article tells of anything ahead._")
    assert diary(asked=Upcoming(1)) == (
        "# Ahead · within 1 day of 2 September 2025\n"
        "_Nothing is known to begin by then. All that is ahead: /upcoming_"
    )


QUARTER = When(
    text="the first quarter",
    precision=Precision.DAYS,
    first=date(2027, 1, 1),
    last=date(2027, 3, 31),
)


@pytest.mark.parametrize(
    ("when", "said", "where"),
    [
        (When(text="in 2027", precision=Precision.YEAR), "in 2027", Part.WORDS),
        (replace(IN_2027, last=date(2028, 12, 31)), "2027 – 2028", Part.YEAR),
        (replace(IN_2027, last=None), "2027", Part.YEAR),
        (replace(IN_2027, precision=Precision.WORDS), "in 2027", Part.WORDS),
        (When(text="", precision=Precision.NONE), "", Part.NONE),
        (QUARTER, "the first quarter (2027)", Part.YEAR),
        (
            replace(QUARTER, text="the first quarter of 2027"),
            "the first quarter of 2027",
            Part.YEAR,
        ),
        (
            replace(QUARTER, text="1 November to 31 March", first=date(2026, 11, 1)),
            "1 November to 31 March (2026–2027)",
            Part.YEAR,
        ),
        (replace(QUARTER, last=date(2027, 1, 31)), "1 Jan 2027 – 31 Jan 2027", Part.DAY),
        (replace(QUARTER, last=None), "1 Jan 2027", Part.DAY),
        (replace(IN_2027, text="late next year"), "late next year (2027)", Part.YEAR),
    ],
)
def test_a_time_is_no_more_exact_than_it_is_known(when: When, said: str, where: Part) -> None:
    assert when_words(when, WORDS) == said
    assert part(when) is where


def test_a_month_stands_before_a_later_day() -> None:
    day = When(text="", precision=Precision.DAY, first=date(2035, 10, 18), last=date(2035, 10, 18))
    first = replace(day, first=date(2027, 1, 1), last=date(2027, 1, 1))
    words = replace(IN_2027, precision=Precision.WORDS)
    undated = When(text="", precision=Precision.NONE)

    in_order = [first, QUARTER, IN_2027, day, words, undated]

    assert sorted([undated, words, day, IN_2027, QUARTER, first], key=order) == in_order


def test_months_are_counted_back_to_the_last_day_there_is() -> None:
    assert months_before(date(2025, 3, 31), 1) == date(2025, 2, 28)
    assert months_before(date(2025, 9, 2), 15) == date(2024, 6, 2)
    assert months_before(date(1, 5, 1), 12) == date.min


def test_names_are_compared_by_their_words() -> None:
    assert name_words("Kassym-Jomart Toqaev’s") == ("kassym", "jomart", "toqaev")
    assert name_words("ＡＬＩＹＡ's Sadykova's") == ("aliya", "sadykova")
    assert called(Speaker(label="President Sadykova", name="Aliya Sadykova")) == (
        "President Sadykova"
    )
    assert called(HEAD) == "Aliya Sadykova"
    assert called(Speaker(label="a\ndriver", name=None)) == "a driver"
