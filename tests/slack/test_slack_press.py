"""What a button carries has room, is read as it was written, and can be forged in vain."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.press import LONGEST, Press, read_press, write_press
from tests.fakes.press import NOW

SAYS = st.text(st.characters(codec="utf-8"), max_size=30).map(lambda text: f"/brief {text}")
MOMENTS = st.none() | st.datetimes(datetime(2020, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants it so


@given(SAYS, MOMENTS)
def test_what_a_button_carries_is_read_as_it_was_written(says: str, made: datetime | None) -> None:
    value = write_press(Press(says, made))

    if value is not None:
        assert len(value) <= LONGEST
        assert read_press(value) == Press(says, made)


@pytest.mark.parametrize(
    ("press", "value"),
    [
        (Press("/brief 1"), "/brief 1"),
        (Press("/brief 1 sources", NOW), "haq6ic16o0/brief 1 sources"),
        (Press("/search высокие технологии page 2"), "/search высокие технологии page 2"),
        (Press("/search " + "x" * LONGEST), None),
        (Press("brief 1"), None),
        (Press("/brief 1", datetime(1960, 1, 1, tzinfo=UTC)), None),
    ],
)
def test_a_button_with_no_room_for_what_it_says_is_none(press: Press, value: str | None) -> None:
    assert write_press(press) == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        "1",
        "t1xxo0",
        "brief 1",
        "0/brief 1",
        "-1/brief 1",
        "zzzzzzzzzzzz/brief 1",
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
    ],
)
def test_a_forged_value_says_nothing(value: str) -> None:
    assert read_press(value) is None


@given(st.text())
def test_whatever_is_forged_is_read_or_refused(value: str) -> None:
    press = read_press(value)

    assert press is None or read_press(write_press(press) or "") == press
