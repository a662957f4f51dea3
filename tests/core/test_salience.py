"""Which sentences are chosen, and in which order."""

from bot.core.report import report
from bot.core.salience import choose
from bot.core.values import Article

NEWS = """Ministers of the six states agreed on water shares for the Syr Darya basin in Tashkent.

Water shares for the Syr Darya basin were agreed on by ministers of the six states in Tashkent.

Each state will get 20 percent more water from the Syr Darya in dry years.

What will the farmers of the valley say?

Birds sang in the gardens of the old town.

A joint commission in Bishkek will watch over the water shares of the Syr Darya states.
"""


def chosen(text: str, count: int, title: str | None = None) -> list[int]:
    article = Article(id="a", source="s", text=text, title=title)
    return [sentence.index for sentence in choose(report(article), count)]


def test_what_says_most_is_chosen_in_the_articles_order() -> None:
    assert chosen(NEWS, 2) == [0, 2]


def test_what_was_said_is_not_said_again() -> None:
    assert 1 not in chosen(NEWS, 3)


def test_the_title_pulls_what_it_names() -> None:
    text = "Rain fell in the hills all day. Roads stayed open there. Birds sang in the old garden."

    assert chosen(text, 1) == [0]
    assert chosen(text, 1, title="Birds sang in old garden") == [2]


def test_a_leaning_sentence_comes_only_with_the_one_it_leans_on() -> None:
    text = (
        "Rain fell. "
        "Such treaties on the Syr Darya water shares of Tashkent gave 20 percent to farmers. "
        "The Syr Darya treaty of Tashkent gave water shares to farmers."
    )

    assert chosen(text, 1) == [2]
    assert chosen(text, 3) == [2]


def test_no_more_sentences_than_there_are() -> None:
    assert chosen("The council met in the old hall.", 3) == [0]
    assert chosen("", 3) == []
    assert chosen(NEWS, 0) == []


def test_a_long_report_is_read_as_far_as_it_tells_news() -> None:
    text = NEWS + "The council of the six states met again on water in the hall.\n" * 2000

    assert chosen(text, 3) == sorted(chosen(text, 3))
    assert max(chosen(text, 3)) < 300
