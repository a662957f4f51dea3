"""What is typed behind ``/search``, and what it asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.gazetteer import Actor, Gazetteer, Kind
from bot.core.misuse import Mistake, Misuse
from bot.core.search import MOST_PAGES, Sought, query
from bot.core.search_verb import SEARCH, SearchFor, Unsearchable, search
from bot.core.verbs import MAX_WORDS, parse


def asked(typed: str) -> tuple[list[str], list[str]]:
    """Return what is wanted and what is not, each as its English stems."""
    made = query(typed)
    return (
        [" ".join(sought.readings[0]) for sought in made.wanted],
        [" ".join(sought.readings[0]) for sought in made.unwanted],
    )


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("trade", ["trade"], []),
        ("trade in grain", ["trade", "in", "grain"], []),
        ("trade trade", ["trade"], []),
        ('"free trade" zone', ["free trade", "zone"], []),
        ("“free trade” zone", ["free trade", "zone"], []),
        ("«free trade»", ["free trade"], []),
        ("„free trade“", ["free trade"], []),
        ('"free', ["free"], []),
        ('free" trade', ["free", "trade"], []),
        ('a "b c" "d', ["a", "b c", "d"], []),
        ("trade -oil", ["trade"], ["oil"]),
        ("trade −oil", ["trade"], ["oil"]),
        ("trade –oil --gas", ["trade"], ["oil", "gas"]),
        ('trade -"crude oil"', ["trade"], ["crude oil"]),
        ("-oil", [], ["oil"]),
        ("oil - gas", ["oil", "gas"], []),
        ("high-level", ["high level"], []),
        ("AI/ML", ["ai ml"], []),
        ("U.S. 3.5", ["uq2eq", "3q2eq5"], []),
        ('NEAR(a b) OR c* AND "d"', ["near a", "b", "or", "c", "and", "d"], []),
        ('"', [], []),
        ('"" -', [], []),
        ("", [], []),
    ],
)
def test_what_is_typed_becomes_what_is_looked_for(
    typed: str, wanted: list[str], unwanted: list[str]
) -> None:
    assert asked(typed) == (wanted, unwanted)


def test_a_word_is_read_in_every_language() -> None:
    (sought,) = query("trading").wanted

    assert sought == Sought((("trade",), ("trading",)))


TOKAYEV = Actor(
    name="Kassym-Jomart Tokayev", kind=Kind.PERSON, aliases=("Tokayev", "Toqayev", "Токаев")
)
SCO = Actor(name="SCO", kind=Kind.ORGANISATION, aliases=("ШОС", "上合组织"))


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("Toqayev trade", [4, 1], []),
        ("Kassym-Jomart Tokayev trade", [4, 1], []),
        ("trade kassym jomart tokayev", [1, 4], []),
        ("Токаев Tokayev", [4], []),
        ('"Tokayev"', [1], []),
        ("Kassym", [1], []),
        ("shos 上合组织 -Toqayev", [1, 3], [4]),
        ('Kassym-Jomart "Tokayev"', [1, 1], []),
        ("Kassym-Jomart -Tokayev", [1], [4]),
    ],
)
def test_a_known_name_is_looked_for_in_all_its_forms(
    typed: str, wanted: list[int], unwanted: list[int]
) -> None:
    made = query(typed, Gazetteer(actors=(TOKAYEV, SCO)))

    assert [len(sought.readings) for sought in made.wanted] == wanted
    assert [len(sought.readings) for sought in made.unwanted] == unwanted


@given(st.text())
def test_nothing_typed_is_too_strange_to_be_read(typed: str) -> None:
    made = query(typed)

    assert all(sought.readings and all(sought.readings) for sought in made.wanted + made.unwanted)


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("/search trade", SearchFor(query("trade"))),
        ("search trade", SearchFor(query("trade"))),
        ("/search trade page 2", SearchFor(query("trade"), 2)),
        ("/search trade PAGE  2", SearchFor(query("trade"), 2)),
        ('/search "trade page 2"', SearchFor(query('"trade page 2"'))),
        ("/search page 2", SearchFor(query("page 2"))),
        ("/search trade page two", SearchFor(query("trade page two"))),
        (f"/search trade page {MOST_PAGES}", SearchFor(query("trade"), MOST_PAGES)),
        ("/search", Misuse(mistake=Mistake.NOTHING_SOUGHT, verb=SEARCH)),
        ("/search !!!", Misuse(mistake=Mistake.NOTHING_SOUGHT, verb=SEARCH)),
        ("/search -oil", Misuse(mistake=Mistake.ONLY_UNWANTED, verb=SEARCH)),
        ("/search trade page 0", Misuse(mistake=Mistake.NO_SUCH_PAGE, verb=SEARCH)),
        ("/search trade page 101", Misuse(mistake=Mistake.NO_SUCH_PAGE, verb=SEARCH)),
        ("/search " + "a" * (MAX_WORDS + 1), Misuse(mistake=Mistake.TOO_LONG, verb=SEARCH)),
    ],
)
def test_a_search_is_asked_for_by_its_verb(typed: str, command: SearchFor | Misuse) -> None:
    assert parse(typed) == command


@pytest.mark.parametrize(
    "typed", ["trade", '"free trade" -oil', "trade page 7", '"page 3"', "page 2 page 1"]
)
@pytest.mark.parametrize("page", [1, 2])
def test_what_is_taught_for_a_page_is_understood_as_that_page(typed: str, page: int) -> None:
    made = SearchFor(query(typed))

    assert parse(made.on(page)) == SearchFor(query(typed), page)


@given(st.text())
def test_no_search_is_too_strange_to_answer(typed: str) -> None:
    assert isinstance(search(typed), SearchFor | Unsearchable)
    assert isinstance(parse(f"/search {typed}"), SearchFor | Misuse)
