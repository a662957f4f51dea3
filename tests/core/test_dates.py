from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.dates import mentions, times
from bot.core.languages import NEUTRAL, language
from bot.core.values import Precision, Span

ENGLISH = language("en")
#: A Thursday.
DAY = date(2025, 9, 4)


def read(
    text: str, published: date | None = DAY
) -> list[tuple[str, Precision, date | None, date | None]]:
    found = times(text, Span(0, len(text)), ENGLISH, published)
    return [(time.span.of(text), time.precision, time.first, time.last) for time in found]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("September 18", date(2025, 9, 18), date(2025, 9, 18)),
        ("1 September 2026", date(2026, 9, 1), date(2026, 9, 1)),
        ("September 18-19", date(2025, 9, 18), date(2025, 9, 19)),
        ("Sept. 22 to 24", date(2025, 9, 22), date(2025, 9, 24)),
        ("Dec. 3-5", date(2025, 12, 3), date(2025, 12, 5)),
        ("October 7 through 11", date(2025, 10, 7), date(2025, 10, 11)),
        ("2–3 April", date(2026, 4, 2), date(2026, 4, 3)),
        ("4 to 12 September 2026", date(2026, 9, 4), date(2026, 9, 12)),
        ("the tenth of October", date(2025, 10, 10), date(2025, 10, 10)),
        ("the 10th of October", date(2025, 10, 10), date(2025, 10, 10)),
        ("28 February and 1 March", date(2026, 2, 28), date(2026, 3, 1)),
        ("August 31 and September 1, 2026", date(2026, 8, 31), date(2026, 9, 1)),
        ("September 29 to October 2", date(2025, 9, 29), date(2025, 10, 2)),
        ("December 28 to January 3", date(2025, 12, 28), date(2026, 1, 3)),
        ("Dec. 30, 2025 to Jan. 2, 2026", date(2025, 12, 30), date(2026, 1, 2)),
        ("Tuesday, September 23", date(2025, 9, 23), date(2025, 9, 23)),
        ("2027-05-12", date(2027, 5, 12), date(2027, 5, 12)),
        ("12.05.2027", date(2027, 5, 12), date(2027, 5, 12)),
        ("DECEMBER 17", date(2025, 12, 17), date(2025, 12, 17)),
        ("Sunday", date(2025, 9, 7), date(2025, 9, 7)),
        ("next Tuesday", date(2025, 9, 9), date(2025, 9, 9)),
        ("this Friday", date(2025, 9, 5), date(2025, 9, 5)),
        ("Saturday to Tuesday", date(2025, 9, 6), date(2025, 9, 9)),
        ("tomorrow", date(2025, 9, 5), date(2025, 9, 5)),
    ],
)
def test_a_time_of_days_is_read(text: str, first: date, last: date) -> None:
    precision = Precision.DAY if first == last else Precision.DAYS

    assert read(f"on {text}") == [(text, precision, first, last)]


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("May", Precision.MONTH, date(2026, 5, 1), date(2026, 5, 31)),
        ("next May", Precision.MONTH, date(2026, 5, 1), date(2026, 5, 31)),
        ("early December", Precision.MONTH, date(2025, 12, 1), date(2025, 12, 31)),
        ("mid-February 2028", Precision.MONTH, date(2028, 2, 1), date(2028, 2, 29)),
        ("the second half of November", Precision.MONTH, date(2025, 11, 1), date(2025, 11, 30)),
        ("August 2027", Precision.MONTH, date(2027, 8, 1), date(2027, 8, 31)),
        ("next month", Precision.MONTH, date(2025, 10, 1), date(2025, 10, 31)),
        ("later this month", Precision.MONTH, date(2025, 9, 1), date(2025, 9, 30)),
        ("2027", Precision.YEAR, date(2027, 1, 1), date(2027, 12, 31)),
        ("the end of 2028", Precision.YEAR, date(2028, 1, 1), date(2028, 12, 31)),
        ("the end of the year", Precision.YEAR, date(2025, 1, 1), date(2025, 12, 31)),
        ("next year", Precision.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
        ("the fourth quarter", Precision.DAYS, date(2025, 10, 1), date(2025, 12, 31)),
        ("the first quarter of 2026", Precision.DAYS, date(2026, 1, 1), date(2026, 3, 31)),
        ("the second half of next year", Precision.DAYS, date(2026, 7, 1), date(2026, 12, 31)),
    ],
)
def test_a_longer_time_counts_as_the_whole_of_it(
    text: str, precision: Precision, first: date, last: date
) -> None:
    assert read(f"in {text}") == [(text, precision, first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "next week",
        "later this week",
        "the coming months",
        "the upcoming fiscal year",
        "the year after next",
        "this summer",
        "the summer of 2026",
        "spring",
        "next Friday",
    ],
)
def test_what_cannot_be_counted_keeps_its_words(text: str) -> None:
    assert read(f"in {text}") == [(text, Precision.WORDS, None, None)]


@pytest.mark.parametrize("text", ["tomorrow", "Sunday", "5 May", "May", "next year", "next month"])
def test_without_a_day_of_publication_a_time_counted_from_it_keeps_its_words(text: str) -> None:
    assert read(f"in {text}", published=None) == [(text, Precision.WORDS, None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "on February 30",
        "on 31.13.2026",
        "on 2025-02-29",
        "from 5 May to 31 June",
        "from September 12 to 12",
        "on February 29",  # none in this or the next year
        "in the fifth quarter",
        "in the third half",
        "since May",
        "last May",
        "in October last year",
        "on Thursday",  # today, or in a week
        "on 1 September",  # just past; the next is a year off
        "in August",
        "he may go",
        "march on",
        "Theresa May won",
        "in 2026-2027",
        "the May 5 talks",
        "the coming months are hard",
        "Friday night's match",
        "Friday's meeting",
        "next year's budget",
        "from 12 to 15 percent",
        "",
    ],
)
def test_what_is_past_or_no_day_of_a_calendar_is_no_time(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on May 5 and 12 people", ["May 5"]),
        ("on May 5 and 12.", ["May 5 and 12"]),
        ("May 5, 2026, or in 2027", ["May 5, 2026", "2027"]),
        ("on May 5.5", []),
    ],
)
def test_a_time_ends_where_another_number_begins(text: str, found: list[str]) -> None:
    assert [time[0] for time in read(text)] == found


def test_a_time_knows_its_preposition() -> None:
    text = "It runs Until May 5."

    (time,) = times(text, Span(0, len(text)), ENGLISH, DAY)

    assert (time.lead, text[time.start : time.span.end]) == ("until", "Until May 5")


@pytest.mark.parametrize("published", [date.max, date.min, date(9999, 12, 1)])
@pytest.mark.parametrize(
    "text", ["tomorrow", "next month", "next year", "5 May", "in May", "on Sunday", "next Monday"]
)
def test_the_ends_of_the_calendar_stop_nobody(text: str, published: date) -> None:
    for _, _, first, last in read(text, published):
        assert (first is None) == (last is None)


def test_another_language_has_no_times_yet() -> None:
    text = "on May 5"

    assert times(text, Span(0, len(text)), NEUTRAL, DAY) == ()
    assert not mentions(text, Span(0, len(text)), NEUTRAL)


def test_a_time_that_is_none_is_still_mentioned() -> None:
    text = "on February 30"

    assert mentions(text, Span(0, len(text)), ENGLISH)
    assert not mentions("at noon", Span(0, 7), ENGLISH)


_PIECES = st.sampled_from(
    """
    May Sept. DECEMBER 1 5 12 31st 2026 2027-01-05 5.6.2027 to – - and of the next this last early
    mid- end Monday Friday tomorrow month year week quarter first second half summer in on by from ,
    """.split()
)


@given(st.lists(_PIECES, max_size=12).map(" ".join), st.dates())
def test_any_times_stand_in_the_text_in_order(text: str, published: date) -> None:
    position = 0
    for time in times(text, Span(0, len(text)), ENGLISH, published):
        assert position <= time.start <= time.span.start < time.span.end <= len(text)
        assert (time.first is None) == (time.precision is Precision.WORDS)
        if time.first and time.last:
            assert time.first <= time.last
        position = time.span.end
