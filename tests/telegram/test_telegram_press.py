"""What a button carries fits in 64 bytes, is read as it was written, and can be forged in vain."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.press import LONGEST, Press, read_press, write_press
from tests.fakes.press import NOW

SAYS = st.text(st.characters(codec="utf-8"), max_size=30).map(lambda text: f"/brief {text}")
MOMENTS = st.none() | st.datetimes(datetime(2020, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(SAYS, MOMENTS)
def test_what_a_button_carries_is_read_as_it_was_written(says: str, made: datetime | None) -> None:
    data = write_press(Press(says, made))

    if data is not None:
        assert len(data.encode()) <= LONGEST
        assert read_press(data) == Press(says, made)


@pytest.mark.parametrize(
    ("press", "data"),
    [
        (Press("/brief 1"), "/brief 1"),
        (Press("/brief 1 sources", NOW), "haq6ic16o0/brief 1 sources"),
        (Press("/settings language Русский"), "/settings language Русский"),
        (Press("/search высокие технологии сотрудничество page 2"), None),
        (Press("brief 1"), None),
    ],
)
def test_a_button_with_no_room_for_what_it_says_is_none(press: Press, data: str | None) -> None:
    assert write_press(press) == data


@pytest.mark.parametrize(
    "data",
    [
        "",
        "1",
        "t1xxo0",
        "brief 1",
        "0/brief 1",
        "-1/brief 1",
        "zzzzzzzz/brief 1",
        "T1XXO0/brief 1",
        "/",
        "/Brief",
        "/brief  1",
        "/brief 1 ",
        "/brief\n1",
        "/brief \x00",
        "/brief \u202e1",
        "/brief \ud800",
        "/brief " + "x" * LONGEST,
        "/brief " + "ж" * 30,
    ],
)
def test_forged_data_says_nothing(data: str) -> None:
    assert read_press(data) is None


@given(st.text())
def test_whatever_is_forged_is_read_or_refused(data: str) -> None:
    press = read_press(data)

    assert press is None or read_press(write_press(press) or "") == press


def test_a_button_of_an_older_version_means_a_second() -> None:
    assert read_press("t1xxo0/brief 1") == Press("/brief 1", NOW.replace(microsecond=0))
