"""A digest ends with what its stories say is still ahead on its day."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.diary import ahead_of_today, is_ahead
from bot.core.page import Page
from bot.core.values import Event, Facts, Precision, Published, Story, When
from bot.core.wording import English
from tests.fakes.facts import IN_2027, UNDATED, event
from tests.fakes.pages import text
from tests.fakes.stories import story

TODAY = date(2025, 9, 2)
WORDS = When(text="the upcoming fiscal year", precision=Precision.WORDS)


def telling(number: int, *events: Event) -> Story:
    one = story(number, "Talks")
    return replace(one, brief=replace(one.brief, facts=Facts(ahead=events)))


def ahead(*stories: Story, today: date = TODAY) -> str:
    return text(Page(tuple(ahead_of_today(stories, today, English()))))


def test_events_stand_in_order_with_the_numbers_of_their_stories() -> None:
    first = telling(1, event("forum", UNDATED, where="Astana"))
    second = telling(2, event("summit", IN_2027))

    assert ahead(first, second) == (
        "## Ahead\n2027 = summit (2)\nno date given = forum · Astana (1)"
    )


def test_nothing_ahead_is_not_told() -> None:
    assert ahead(telling(1)) == ""
    assert ahead(telling(1, event("summit", IN_2027)), today=date(2028, 1, 1)) == ""


def test_many_events_end_with_the_way_to_all() -> None:
    many = telling(1, *(event(f"meeting {number}", IN_2027) for number in range(7)))

    assert ahead(many).endswith("\n_and 2 more: /upcoming_")


@pytest.mark.parametrize(
    ("when", "today", "expected"),
    [
        (IN_2027, date(2027, 12, 31), True),
        (IN_2027, date(2028, 1, 1), False),
        (WORDS, date(2026, 11, 30), True),
        (WORDS, date(2026, 12, 1), False),
        (UNDATED, date(2026, 8, 31), True),
        (UNDATED, date(2026, 9, 1), False),
    ],
)
def test_an_event_leaves_when_its_time_is_over(
    when: When,
    today: date,
    expected: bool,  # noqa: FBT001 - a column of the table
) -> None:
    published = Published(day=date(2025, 9, 1))

    assert is_ahead(event("summit", when), published, today) is expected


def test_what_was_never_dated_stays() -> None:
    assert is_ahead(event("summit", UNDATED), None, date(2030, 1, 1))
