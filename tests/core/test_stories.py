import time
from datetime import date

from bot.core.brief import brief
from bot.core.stories import duplicates, group
from bot.core.values import Article, Published

TEXT = (
    "The leaders of ten countries met on the river on Monday to speak of trade, of rail lines, "
    "and of the water that they share. They will meet again next year in the mountains."
)
SPEECH = (
    "TIANJIN, China, September 1. President Xi Jinping {} in his speech at the meeting of the "
    "council of leaders of the region."
)


def article(id: str, text: str = TEXT, *, publisher: str | None = None) -> Article:
    published = Published(day=date(2025, 9, 1))
    return Article(id=id, source="feed", text=text, publisher=publisher, published=published)


def ids(groups: list[tuple[Article, ...]]) -> list[tuple[str, ...]]:
    return [tuple(article.id for article in group) for group in groups]


def test_near_duplicates_are_one_group_led_by_the_first() -> None:
    reprint = TEXT.replace("on Monday ", "") + " Reprinted."
    other = "A storm closed three ports in the north, and ships waited at sea for two days."

    found = duplicates([article("1"), article("2", other), article("3", reprint)])

    assert ids(found) == [("1", "3"), ("2",)]


def test_short_texts_are_copies_only_when_equal_and_empty_ones_never() -> None:
    found = duplicates([article("1", "Two words"), article("2", "two WORDS"), article("3", "Two")])

    assert ids(found) == [("1", "2"), ("3",)]
    assert ids(duplicates([article("1", ""), article("2", "")])) == [("1",), ("2",)]
    assert duplicates([]) == []


def test_some_shared_words_make_no_copy() -> None:
    other = "They will meet again next year in the mountains, said nobody who was asked at sea."

    assert ids(duplicates([article("1"), article("2", other)])) == [("1",), ("2",)]


def test_stories_are_numbered_in_order_and_count_publishers() -> None:
    first = article("1", publisher="Trend")
    copies = [first, article("2", publisher="TASS"), article("3", publisher="Trend"), article("4")]
    storm = article("5", "A storm closed three ports in the north, and ships waited for two days.")

    stories = group([brief(item) for item in [*copies, storm]])

    assert [story.number for story in stories] == [1, 2]
    assert [story.articles for story in stories] == [("1", "2", "3", "4"), ("5",)]
    assert [story.publishers for story in stories] == [("Trend", "TASS", "feed"), ("feed",)]


def test_copies_found_before_are_taken_as_they_are() -> None:
    first, second = article("1"), article("2")

    (story,) = group([brief(first)], {"1": (first, second)})

    assert story.articles == ("1", "2")


def test_articles_on_one_speech_are_two_stories_that_know_each_other() -> None:
    trade = article("1", SPEECH.format("praised trade") + "\n\n" + "Rail lines grow fast. " * 9)
    water = article("2", SPEECH.format("warned of drought") + "\n\n" + TEXT)
    other = article("3", "A storm closed three ports in the north, and ships waited for days.")

    stories = group([brief(trade), brief(other), brief(water)])

    assert [story.same_speech for story in stories] == [(3,), (), (1,)]


def test_a_long_text_is_compared_in_seconds() -> None:
    long = article("1", "word " * 60_000)
    begun = time.process_time()

    assert len(duplicates([long, long, article("2", "x" * 300_000)])) == 2
    assert time.process_time() - begun < 5
