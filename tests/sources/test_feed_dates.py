from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.values import Published
from bot.sources import feed_dates

DAY = date(2026, 5, 4)
NOW = datetime(2026, 5, 5, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "printed",
    [
        "Mon, 04 May 2026 08:00:00 +0000",
        "Mon, 4 May 2026 08:00 GMT",
        "Mon,04 May 2026 04:00:00 EDT",
        "Tue, 4 May 2026 08:00:00 Z",  # it was no Tuesday
        "Monday, 04-May-26 08:00:00 GMT",
        "Mon May  4 11:00:00 MSK 2026",
        "Mon May 4 08:00:00 +0000 2026",
        "May 4, 2026 1:00 PM UTC+5",
        "4 May 26 13:00 +05:00",
        "Mon, 04 May 2026 11:00:00 +0300 (MSK)",
        "Mon, 04 May 2026 13:00:00 GMT+5",
        "2026-05-04T08:00:00Z",
        "2026-05-04T13:00:00.1234567+05:00",
        "2026-05-04T13:00:00+0500",
        "2026-05-04T13:00+05",
        "2026-05-04 08:00:00 UTC",
        "2026/5/4 8:00 GMT",
        "20260504T080000Z",
        "Пн, 04 май 2026 11:00:00 +0300",
        "4 мая 2026 г., 11:00 МСК",
        "04.05.2026 11:00 +0300",
        "2026年5月4日 16:00 +0800",
        "1777881600",
        "1777881600000",
    ],
)
def test_a_moment_is_read_in_any_form(printed: str) -> None:
    moment = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)

    assert feed_dates.published(printed) == Published(day=DAY, at=moment)


@pytest.mark.parametrize(
    "printed",
    [
        "Mon, 04 May 2026 08:00:00",
        "Mon, 04 May 2026",
        "Mon, 04 May 2026 08:00:00 XYZ",
        "Mon, 04 May 2026 25:00:00 +0000",
        "Mon, 04 May 2026 08:61:00 +0000",
        "Mon, 04 May 2026 08:00:00 +9900",
        "Mon May 4 08:00:00 2026",
        "2026-05-04 08:00:00",
        "2026-05-04",
        "2026年5月4日",
        "4 мая 2026",
        "04.05.2026",
        "2026-W19-1",
    ],
)
def test_without_a_zone_only_the_day_is_known(printed: str) -> None:
    assert feed_dates.published(printed) == Published(day=DAY)


def test_the_day_is_the_printed_one() -> None:
    late = feed_dates.published("Mon, 04 May 2026 23:00:00 -0500")
    end = feed_dates.published("Mon, 04 May 2026 24:00:00 +0000")

    assert late == Published(day=DAY, at=datetime(2026, 5, 5, 4, 0, tzinfo=UTC))
    assert end == Published(day=date(2026, 5, 5), at=datetime(2026, 5, 5, tzinfo=UTC))


def test_a_leap_second_ends_its_minute() -> None:
    found = feed_dates.published("Sat, 31 Dec 2016 23:59:60 GMT")

    assert found == Published(day=date(2017, 1, 1), at=datetime(2017, 1, 1, tzinfo=UTC))


def test_the_end_of_time_has_no_moment() -> None:
    found = feed_dates.published("9999-12-31T23:59:59-05:00")

    assert found == Published(day=date(9999, 12, 31))


@pytest.mark.parametrize(
    "printed",
    ["", "yesterday", "31 Feb 2026", "4 Foo 2026", "05/04/2026", "0000-01-01", "2026-13-01",
     "Mon, 04 May 2026 08:00:00 GMT and then some words that make it far too long for any date"],
)  # fmt: skip
def test_what_names_no_day_is_none(printed: str) -> None:
    assert feed_dates.published(printed) is None


@pytest.mark.parametrize(
    ("day", "is_believed"),
    [
        (date(1970, 1, 1), False),
        (date(1994, 12, 31), False),
        (date(1995, 1, 1), True),
        (date(2026, 5, 6), True),
        (date(2026, 5, 7), False),
        (date(2099, 1, 1), False),
    ],
)
def test_only_a_date_that_can_be_is_believed(day: date, is_believed: bool) -> None:  # noqa: FBT001 - a column of its table
    found = feed_dates.believed(Published(day=day), NOW)

    assert found == (Published(day=day) if is_believed else None)


@given(st.text(max_size=90) | st.from_regex(r"[0-9]{1,4}[-. /][0-9A-Za-z]{1,3}[-. /][0-9]{1,4}"))
def test_no_words_break_the_reading_of_dates(printed: str) -> None:
    found = feed_dates.published(printed)

    assert found is None or found.at is None or found.at.tzinfo is UTC
