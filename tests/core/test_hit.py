"""What is shown of an article that was found."""

from bot.core.hit import LONGEST, hit
from bot.core.search import query
from bot.core.values import Article

TEXT = (
    "OSH, Kyrgyzstan, June 1. Engineers repaired an irrigation canal ahead of plan.\n\n"
    "Farmers in three districts will receive water for 40,000 hectares of cotton this summer.\n\n"
    "“We have waited thirty years for this water and this day,” said Minister Aidar Bekov.\n\n"
    "Such water is rare in the whole valley.\n\n"
    "Repairs to the canal cost $18 million, which a regional bank paid, Trend reports."
)


def line(words: str, text: str = TEXT, title: str | None = None) -> str | None:
    """Return the words of the line that a search finds."""
    found = hit(Article(id="1", source="wire", text=text, title=title), query(words)).line
    return None if found is None else found.text


def test_the_sentence_with_most_of_the_words_is_shown_with_all_its_words() -> None:
    text = (
        "Farmers in three districts will receive water for 40,000 hectares of cotton this summer."
    )

    assert line("water districts") == text
    assert line('"three districts"') == text


def test_of_two_alike_the_first_is_shown_and_unwanted_words_count_for_nothing() -> None:
    assert (line("water -bank") or "").startswith("Farmers")


def test_the_tail_of_an_agency_is_left_out() -> None:
    assert line("bank") == "Repairs to the canal cost $18 million, which a regional bank paid."


def test_a_quotation_keeps_its_speaker_and_its_place() -> None:
    found = hit(Article(id="1", source="wire", text=TEXT), query("thirty")).line

    assert found is not None
    assert found.quoted
    assert found.speaker is not None
    assert found.speaker.name == "Aidar Bekov"
    assert "thirty years" in TEXT[found.start : found.end]


def test_a_sentence_that_points_back_is_not_shown() -> None:
    assert line("rare valley") is None


def test_the_sentence_of_the_headline_gives_way_to_another() -> None:
    assert (line("canal") or "").startswith("Repairs")


def test_what_only_the_headline_has_brings_no_line() -> None:
    assert line("engineers") is None
    assert line("flood", title="A flood") is None


def test_what_is_no_sentence_is_not_shown() -> None:
    assert (
        line("cotton", "It rained all day in the north. Cotton" + " and cotton" * LONGEST) is None
    )


def test_an_article_without_words_has_neither_headline_nor_line() -> None:
    found = hit(Article(id="1", source="wire", text=""), query("rain"))

    assert (found.headline.text, found.line) == ("", None)
