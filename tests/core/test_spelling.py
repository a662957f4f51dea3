"""Slips are told from other words."""

import pytest

from bot.core.spelling import is_slip, slips


@pytest.mark.parametrize(
    ("typed", "meant", "count"),
    [
        ("", "", 0),
        ("", "astana", 6),
        ("astana", "", 6),
        ("astana", "astana", 0),
        ("astan", "astana", 1),
        ("astanna", "astana", 1),
        ("atsana", "astana", 1),
        ("moskow", "moscow", 1),
        ("mars", "madras", 2),
        ("ab", "bca", 3),
    ],
)
def test_each_letter_that_differs_counts_and_two_that_changed_places_count_once(
    typed: str, meant: str, count: int
) -> None:
    assert slips(typed, meant) == count


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("berln", "berlin"),
        ("nwe york", "new york"),
        ("tashkant", "tashkent"),
        ("tskhent", "tashkent"),
    ],
)
def test_a_word_with_a_slip_is_told(typed: str, meant: str) -> None:
    assert is_slip(typed, meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("mars", "madras"), ("astan", "multan"), ("", "osh"), ("europe mars", "europe paris")],
)
def test_another_word_is_no_slip(typed: str, meant: str) -> None:
    assert not is_slip(typed, meant)
