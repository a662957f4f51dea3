from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.english_amounts import AMOUNTS
from bot.core.numerals import numbers
from bot.core.values import Span


def read(text: str) -> list[tuple[str, Decimal]]:
    return [
        (number.span.of(text), number.value)
        for number in numbers(text, Span(0, len(text)), AMOUNTS)
    ]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("12", "12"),
        ("1,234.5", "1234.5"),
        ("1,50,000", "150000"),
        ("7.50", "7.50"),
        ("5 trillion", "5000000000000"),
        ("3bn", "3000000000"),
        ("1.5 lakh crore", "1500000000000"),
        ("forty-two", "42"),
        ("A hundred and twelve", "112"),
        ("seven hundred thousand", "700000"),
        ("two million three hundred thousand and five", "2300005"),
        ("one lakh crore", "1000000000000"),
        ("two dozen", "24"),
        ("two and a half", "2.5"),
        ("one and a half billion", "1500000000"),
        ("half", "0.5"),
        ("two-thirds", "0.6667"),
        ("three quarters", "0.75"),
        ("half a million", "500000"),
        ("a quarter of a million", "250000"),
    ],
)
def test_a_number_is_read_whole_with_what_it_is_worth(printed: str, value: str) -> None:
    assert read(f"{printed} ships") == [(printed, Decimal(value))]


@pytest.mark.parametrize(
    "text",
    [
        "COVID-19",
        "1.2.2025",
        "12:30",
        "3,5 million",
        "1" * 40,
        "007",
        "a quarter-final",
        "a seventh",
        "G20",
        "20/21",
        "thousand of them",
        "−14",
        "someone",
    ],
)
def test_a_part_of_something_else_is_no_number(text: str) -> None:
    assert read(text) == []


def test_two_numbers_in_words_side_by_side_are_two() -> None:
    assert read("two, three or four five") == [
        ("two", Decimal(2)),
        ("three", Decimal(3)),
        ("four", Decimal(4)),
        ("five", Decimal(5)),
    ]


def test_a_code_may_touch_its_number() -> None:
    assert read("Rs4.6bn and USD12m") == [
        ("4.6bn", Decimal(4600000000)),
        ("12m", Decimal(12000000)),
    ]


def test_only_the_span_asked_for_is_read() -> None:
    text = "5 and 6 and 7"

    assert [number.value for number in numbers(text, Span(1, 9), AMOUNTS)] == [Decimal(6)]


@given(st.text(alphabet=st.sampled_from("0123456789,.-% "), max_size=60) | st.text())
def test_any_text_gives_finite_numbers_in_order(text: str) -> None:
    found = numbers(text, Span(0, len(text)), AMOUNTS)

    assert all(number.value.is_finite() for number in found)
    assert all(one.span.end <= two.span.start for one, two in pairwise(found))


@given(st.integers(0, 99), st.sampled_from(["", " hundred", " thousand", " million"]))
def test_digits_and_their_scale_are_worth_what_they_say(count: int, scale: str) -> None:
    worth = {"": 1, " hundred": 100, " thousand": 1000, " million": 10**6}[scale]

    assert read(f"{count}{scale} ships") == [(f"{count}{scale}", Decimal(count * worth))]
