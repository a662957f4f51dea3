"""A source gets a name that the configuration would take, and is found though mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config.source_tables import FeedSource
from bot.core.source_names import LONGEST, Names, name_for, nearest

ADDRESS = "https://www.astanatimes.com/feed/"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Astana Times", "The Astana Times"),
        ("  Trend:\tall\nnews | RSS!  ", "Trend all news RSS"),
        ("Казинформ", "Казинформ"),
        ("हिन्दी समाचार", "हिन्दी समाचार"),
        ("_-. a.kg", "a.kg"),
        ("x" * 60, "x" * 40),
        (f"{'x' * 39} y", "x" * 39),
        ("<!!>", "astanatimes.com"),
        (None, "astanatimes.com"),
    ],
)
def test_a_name_is_made_from_the_title_or_else_the_host(title: str | None, name: str) -> None:
    assert name_for(title, ADDRESS, []) == name


@pytest.mark.parametrize("address", ["", "http://[", "http://!!/"])
def test_a_name_is_made_where_nothing_has_letters(address: str) -> None:
    assert name_for("", address, []) == "feed"


def test_a_name_that_is_taken_is_counted_and_stays_short_enough() -> None:
    assert name_for("Trend", ADDRESS, ["trend", "Trend 2"]) == "Trend 3"
    assert name_for("x" * 60, ADDRESS, ["x" * 40]) == f"{'x' * 38} 2"


def test_names_that_are_given_one_after_another_all_differ() -> None:
    names = Names(["News 3"])

    given_out = [names.new("News", ADDRESS) for _ in range(4)]

    assert given_out == ["News", "News 2", "News 4", "News 5"]
    assert names.new("news 2", ADDRESS) == "news 2 2"


@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_every_name_is_one_that_the_configuration_takes(
    title: str, address: str, taken: list[str]
) -> None:
    name = name_for(title, address, taken)

    assert FeedSource(name=name, feed=ADDRESS).name == name
    assert len(name) <= LONGEST
    assert name.casefold() not in {other.casefold() for other in taken}


def test_the_nearest_names_are_those_that_begin_so_and_those_that_are_alike() -> None:
    known = ["TASS", "Trend", "Trend Central Asia", "UzA"]

    assert nearest("tren", known) == ("Trend", "Trend Central Asia")
    assert nearest("TSAS", known) == ("TASS",)
    assert nearest("", known) == ()
    assert nearest("xyz", known) == ()
