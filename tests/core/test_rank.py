import math
from datetime import UTC, date, datetime, timedelta

from bot.core.rank import ranked, terms
from bot.core.values import Article, Published

NOW = datetime(2025, 9, 2, 8, tzinfo=UTC)


def score(group: tuple[Article, ...], tiers: dict[str, int] | None = None) -> float:
    return terms(group, NOW, tiers or {}).score


def article(id: str, *, hours: float | None = 0, publisher: str | None = None) -> Article:
    at = None if hours is None else NOW - timedelta(hours=hours)
    published = Published(day=at.date(), at=at) if at else None
    return Article(id=id, source="feed", text="", published=published, publisher=publisher)


def test_the_score_is_the_written_formula() -> None:
    group = (article("1", hours=24, publisher="Trend"), article("2", hours=48, publisher="TASS"))

    assert score(group) == round(math.log(3) + 0.5 + 0.1, 9)


def test_a_publisher_counts_once_whatever_it_reprints() -> None:
    once = (article("1", publisher="Trend"),)
    twice = (article("1", publisher="Trend"), article("2", publisher="Trend"))

    assert score(once) == score(twice)


def test_without_a_publisher_the_source_counts() -> None:
    assert score((article("1"), article("2"))) == score((article("1"),))


def test_more_publishers_come_first_then_the_newer() -> None:
    old, new = (article("old", hours=30),), (article("new", hours=3),)
    wide = (article("wide", hours=3, publisher="a"), article("b", hours=3, publisher="b"))

    assert ranked([old, new, wide], NOW) == [wide, new, old]


def test_equal_scores_are_ordered_by_id() -> None:
    assert ranked([(article("b"),), (article("a"),)], NOW) == [(article("a"),), (article("b"),)]


def test_nothing_is_younger_than_now() -> None:
    assert score((article("1", hours=-48),)) == score((article("1", hours=0),))


def test_an_article_without_a_date_counts_as_a_day_old() -> None:
    assert score((article("1", hours=None),)) == score((article("1", hours=24),))


def test_the_oldest_and_the_last_day_have_a_score() -> None:
    first = Article(id="1", source="s", text="", published=Published(day=date.min))
    last = Article(id="2", source="s", text="", published=Published(day=date.max))

    assert score((first,)) == round(math.log(2) + 0.1, 9)
    assert score((last,)) == round(math.log(2) + 1 + 0.1, 9)


def test_a_source_of_record_counts_more_than_one_that_adds_breadth() -> None:
    group = (article("1"),)

    assert score(group, {"feed": 1}) == round(score(group) + 0.1, 9)
    assert score(group, {"feed": 3}) == round(score(group) - 0.1, 9)


def test_the_best_source_of_a_story_counts() -> None:
    reprinted = Article(id="2", source="wire", text="", publisher="feed")

    tiers = {"wire": 1, "feed": 3}
    assert terms((article("1"), reprinted), NOW, tiers).tier == 0.2
