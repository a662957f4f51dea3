"""The address of a page is found in what people paste, and words stay words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.address import BriefOf, addresses
from bot.core.misuse import Mistake, Misuse
from bot.core.verbs import BRIEF, DigestFor, StoryNumber, parse

PAGE = "https://example.org/a?b=1&c=2"


@pytest.mark.parametrize(
    "typed",
    [
        PAGE,
        f"<{PAGE}>",
        f"<{PAGE.replace('&', '&amp;')}|The title of it>",
        f"“{PAGE}”",
        f"({PAGE}).",
        f"Ministers met in Astana {PAGE}",
        f"{PAGE} please",
        f"{PAGE} {PAGE}",
        "example.org/a?b=1&c=2",
    ],
)
def test_an_address_is_found_as_people_paste_it(typed: str) -> None:
    assert parse(f"/brief {typed}") == BriefOf(PAGE)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("www.example.org/a", "https://www.example.org/a"),
        ("<http://example.org|example.org>", "http://example.org"),
        ("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG"),
        ("пример.рф/новости", "https://пример.рф/новости"),
        ("example.org:8080/a", "https://example.org:8080/a"),
        (
            "https://en.wikipedia.org/wiki/Astana_(city)",
            "https://en.wikipedia.org/wiki/Astana_(city)",
        ),
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("ftp://example.org/a", "ftp://example.org/a"),
        ("http:/example.org/a", "http:/example.org/a"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/"),
    ],
)
def test_an_address_is_asked_for_as_it_was_typed(typed: str, address: str) -> None:
    assert parse(f"/brief {typed}") == BriefOf(address)


@pytest.mark.parametrize(
    "typed",
    [
        "trade",
        "U.S. trade",
        "and/or",
        "9/11",
        "example.org",
        "AI-2.0",
        "note: trade",
        "a<b",
    ],
)
def test_words_stay_words(typed: str) -> None:
    assert parse(f"/brief {typed}") == DigestFor(typed)


def test_a_number_stays_a_story() -> None:
    assert parse("/brief 3") == StoryNumber(3)


def test_one_page_at_a_time() -> None:
    asked = parse("/brief https://example.org/a https://example.org/b")

    assert asked == Misuse(mistake=Mistake.SEVERAL_PAGES, verb=BRIEF)


@given(st.text(max_size=100))
def test_no_text_breaks_it(typed: str) -> None:
    assert all(address.strip() == address for address in addresses(typed))
