"""English says dates, numbers and plurals plainly, and parts of a message stay what they are."""

from datetime import date, time

import pytest

from bot.core.page import Code, Plain
from bot.core.wording import DayForm, English, fill, later

DAY = date(2025, 9, 2)


@pytest.mark.parametrize("form", DayForm)
def test_every_form_of_a_day_is_written_as_its_name_shows(form: DayForm) -> None:
    assert English().day(DAY, form) == form.value


def test_days_at_the_ends_of_time_are_written() -> None:
    assert English().day(date.min, DayForm.LONG) == "1 January 1"
    assert English().day(date.max, DayForm.WEEKDAY) == "Fri 31 December 9999"


def test_english_messages_are_themselves() -> None:
    words = English()

    assert words.gettext("a") == later("a") == words.pgettext("sense", "a")
    assert [words.ngettext("one", "many", count) for count in (0, 1, 2)] == ["many", "one", "many"]
    assert words.number(12345) == "12,345"
    assert words.time(time(8, 5)) == "08:05"


def test_parts_take_their_places_and_are_not_read_as_messages() -> None:
    assert fill("Type {line} or {word}.", line=Code("/help"), word="{line}") == (
        Plain("Type "),
        Code("/help"),
        Plain(" or {line}."),
    )
    two = (Code("/brief"), Plain(" or "), Code("/help"))
    assert fill("Type {verbs}.", verbs=two) == (Plain("Type "), *two, Plain("."))
    assert fill("{{}}") == (Plain("{}"),)
    assert fill("") == ()
