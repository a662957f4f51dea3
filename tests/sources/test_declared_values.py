from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.values import Published
from bot.sources import declared

DAY = date(2025, 9, 1)


@pytest.mark.parametrize(
    "printed",
    [
        "2025-09-01",
        "2025/9/1",
        "2025.09.01",
        "01.09.2025",
        "20250901",
        "1 September 2025",
        "1st of September, 2025".replace("of ", ""),
        "Sept. 1, 2025",
        "September 1st 2025",
        "1 сентября 2025 г.",
        "1 сентября 2025 года",
        "2025年9月1日",
        "  2025-09-01\n",
        "2025-09-01 23:30",
        "2025-09-01T23:30:00",
    ],
)
def test_a_printed_day_is_read(printed: str) -> None:
    assert declared.published(printed) == Published(day=DAY)


@pytest.mark.parametrize(
    "printed",
    [
        "2025-09-01T18:00:00Z",
        "2025-09-01T23:00:00+05:00",
        "2025-09-01 23:00:00 +0500",
        "2025-09-01T18:00:00.000Z",
        "Mon, 01 Sep 2025 23:00:00 +0500",
        "1 Sep 2025 18:00 GMT",
    ],
)
def test_a_moment_with_a_zone_keeps_its_printed_day(printed: str) -> None:
    moment = datetime(2025, 9, 1, 18, tzinfo=UTC)

    assert declared.published(printed) == Published(day=DAY, at=moment)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "2025-02-30",
        "2025-13-01",
        "30 February 2025",
        "1 Brumaire 2025",
        "01/09/2025",
        "September 2025",
        "yesterday",
        "Mon, 31 Feb 2025 10:00:00 GMT",
        "２０２５-09-01",
        "2025-09-01" + " " * 9 + "x" * 60,
    ],
)
def test_a_day_that_does_not_exist_or_is_not_certain_is_no_day(printed: str) -> None:
    assert declared.published(printed) is None


def test_a_day_in_the_future_is_kept_as_printed() -> None:
    assert declared.published("2999-01-01") == Published(day=date(2999, 1, 1))


def test_a_moment_beyond_the_calendar_is_its_day() -> None:
    assert declared.published("9999-12-31T23:00:00-05:00") == Published(day=date.max)


@given(st.text(max_size=70))
def test_any_text_is_a_date_or_none(printed: str) -> None:
    found = declared.published(printed)

    assert found is None or found.day.year >= 1


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("ru", "ru"),
        ("RU-ru", "ru"),
        ("zh-Hans-CN", "zh"),
        ("en_GB", "en"),
        (" kk ", "kk"),
        ("", None),
        ("x-default", None),
        ("русский", None),
        ("english!", None),
    ],
)
def test_a_language_is_its_tag_without_the_region(tag: str, language: str | None) -> None:
    assert declared.language(tag) == language


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/news/1",
        "example.org/news",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://",
        "http://[",
        "https://example.org/a b",
        "https://example.org/\u202etxt",
        "https://example.org/" + "a" * 2_048,
    ],
)
def test_what_is_no_whole_web_address_is_no_link(address: str) -> None:
    assert declared.url(address) is None


def test_a_web_address_is_kept_as_it_stands() -> None:
    assert declared.url(" https://example.org/новости?id=1 ") == "https://example.org/новости?id=1"


def test_words_are_one_line() -> None:
    assert declared.words(" Leaders\n meet ") == "Leaders meet"
    assert declared.words(" \n ") is None
