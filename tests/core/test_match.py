import pytest

from bot.core.match import match_any, matches, terms
from bot.core.values import Article


def article(text: str, *, title: str | None = None, language: str = "en") -> Article:
    return Article(id="1", source="seeds", text=text, title=title, language=language)


@pytest.mark.parametrize("words", ["trade", "TRADING", "trade leaders", "the", "", "  "])
def test_an_article_that_has_every_word_in_any_form_matches(words: str) -> None:
    assert matches(article("The leaders traded."), words)


@pytest.mark.parametrize("words", ["oman", "trade afghanistan", "with"])
def test_an_article_that_lacks_a_word_does_not_match(words: str) -> None:
    assert not matches(article("Romania's leaders traded."), words)


def test_the_title_counts() -> None:
    assert matches(article("They met.", title="Trade talks"), "trade")


def test_other_scripts_match_too() -> None:
    assert matches(article("上海合作组织", language="zh"), "合作")
    assert matches(article("Токаев сказал", language="ru"), "ТОКАЕВ")


def test_one_topic_of_several_is_enough() -> None:
    said = terms(article("The leaders traded."))

    assert match_any(said, ["oman", "trade talks", "trading"])
    assert not match_any(said, ["oman", "trade talks"])
    assert not match_any(said, [])


def test_a_topic_without_a_word_matches_nothing() -> None:
    assert not match_any(terms(article("The leaders traded.")), ["?!"])
