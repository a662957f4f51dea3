"""How much an article says of what is sought."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.relevance import Extent, Weighed, relevance, worth
from bot.core.search import Run, Terms

EXTENT = Extent(articles=10, terms=100)


def said(head: str, body: str, *runs: Run) -> float:
    return relevance(Terms(head, body), [Weighed(run, 1.0) for run in runs], EXTENT)


def times(run: Run, text: str) -> int:
    """Return how often the run stands in a text, worked out from its relevance."""
    length = len(text.split())
    ceiling = 1.2 * (0.25 + 0.75 * length / 10)
    score = said("", text, run)
    return round(score * ceiling / (2.2 - score))


def test_an_article_of_middle_length_that_has_a_term_once_counts_one() -> None:
    assert said("", " ".join(["rain", *["snow"] * 9]), ("rain",)) == pytest.approx(1.0)


def test_a_term_of_the_title_counts_four_times() -> None:
    nine = " ".join(["snow"] * 9)

    assert said("rain", nine, ("rain",)) == pytest.approx(4 * 2.2 / (4 + 1.2))


def test_more_says_more_and_a_longer_article_less() -> None:
    once, twice = said("", "rain snow snow", ("rain",)), said("", "rain rain snow", ("rain",))

    assert once < twice
    assert said("", "rain snow snow snow", ("rain",)) < once


def test_what_is_not_there_says_nothing() -> None:
    assert said("", "", ("rain",)) == 0
    assert said("train", "rainy terrain", ("rain",)) == 0
    assert said("red", "rain", ("red", "rain")) == 0


def test_several_runs_add_up_each_by_its_worth() -> None:
    kept = Terms("", "rain snow")
    rain, snow = Weighed(("rain",), 2.0), Weighed(("snow",), 3.0)

    assert relevance(kept, [rain, snow], EXTENT) == pytest.approx(
        5 * said("", "rain snow", ("rain",))
    )


@pytest.mark.parametrize(
    ("run", "text", "expected"),
    [
        (("a", "b"), "a b", 1),
        (("a", "b"), "a b a b a b", 3),
        (("a", "a"), "a a a a", 3),
        (("a", "b", "a"), "a b a b a", 2),
        (("a", "b"), "aa b a bb b a", 0),
    ],
)
def test_runs_are_counted_where_they_touch_and_where_they_overlap(
    run: Run, text: str, expected: int
) -> None:
    assert times(run, text) == expected


@given(
    run=st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=3).map(tuple),
    text=st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=30),
)
def test_a_run_is_counted_wherever_its_terms_stand_side_by_side(run: Run, text: list[str]) -> None:
    expected = sum(
        tuple(text[start : start + len(run)]) == run for start in range(len(text) - len(run) + 1)
    )

    assert times(run, " ".join(text)) == expected


def test_what_few_articles_hold_is_worth_more() -> None:
    assert worth([1], EXTENT) == pytest.approx(math.log(9.5 / 1.5))
    assert worth([1], EXTENT) > worth([2], EXTENT) > worth([5], EXTENT) > 0


def test_what_most_articles_hold_is_still_worth_a_little() -> None:
    assert worth([10], EXTENT) == worth([5], EXTENT) == pytest.approx(1e-6)


def test_a_phrase_is_worth_as_much_as_its_terms_together() -> None:
    assert worth([1, 2], EXTENT) == pytest.approx(worth([1], EXTENT) + worth([2], EXTENT))
