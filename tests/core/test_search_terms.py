"""The terms by which articles and queries are compared."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.languages import LANGUAGES, NEUTRAL, language
from bot.core.search import article_terms, terms
from bot.core.values import Article

ENGLISH = language("en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("trading", "Trades"),
        ("China’s", "China"),
        ("Erdoğan", "erdogan"),
        ("Erdog\u0306an", "Erdoğan"),
        ("high-level", "high level"),
        ("high\u2011level", "high–level"),
        ("ＳＣＯ", "sco"),
        ("İstanbul", "Istanbul"),
        ("ТОКАЕВ", "Токаев"),
    ],
)
def test_two_ways_to_write_a_word_are_one_term(one: str, other: str) -> None:
    assert terms(one, ENGLISH) == terms(other, ENGLISH) != ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oman", "Romania"),
        ("3.5", "35"),
        ("3.5", "3 5"),
        ("й", "и"),
        ("қ", "к"),
        ("上合", "合上"),
        ("qq", "q"),
        ("q2eq", "."),
        ("a.b", "aq2eqb"),
    ],
)
def test_two_words_are_two_terms(one: str, other: str) -> None:
    assert terms(one, NEUTRAL) != terms(other, NEUTRAL)


def test_words_without_gaps_are_known_by_their_pairs() -> None:
    pairs = terms("上合组织", NEUTRAL)

    assert pairs == (*terms("上合", NEUTRAL), *terms("合组", NEUTRAL), *terms("组织", NEUTRAL))


@given(st.text())
def test_a_term_has_only_plain_letters_and_digits(text: str) -> None:
    for each in LANGUAGES:
        assert all(re.fullmatch("[a-z0-9]{1,640}", term) for term in terms(text, each))


@given(st.text(), st.text())
def test_words_have_the_same_terms_beside_any_others(one: str, other: str) -> None:
    for each in LANGUAGES:
        assert terms(f"{one} {other}", each) == terms(one, each) + terms(other, each)


def test_an_endless_word_is_known_by_its_beginning() -> None:
    (term,) = terms("x" * 100_000, ENGLISH)

    assert term == "x" * 64


def article(text: str, title: str | None = None) -> Article:
    return Article(id="1", source="wire", text=text, title=title)


@pytest.mark.parametrize(
    ("made", "head"),
    [
        (article("It rained.", "Rain came"), "rain came"),
        (article("It rained.", " "), "it rain"),
        (article("Rain came\n\nIt rained all day in the north."), "rain came"),
        (article(" date 2025-06-01 OSH, Kyrgyzstan, June 1. It rained. It snowed."), "it rain"),
        (article(""), ""),
        (article("!!!"), ""),
    ],
)
def test_an_article_without_a_title_is_known_by_its_opening(made: Article, head: str) -> None:
    assert article_terms(made).head == head


def test_the_text_is_kept_with_all_its_words_in_order() -> None:
    assert article_terms(article("The rain in the north.")).body == "the rain in the north"
