"""What was found, as people read it."""

from datetime import date

import pytest

from bot.core.found import Results, found_page
from bot.core.hit import Hit
from bot.core.search import UNCOUNTED, query
from bot.core.search_verb import SearchFor
from bot.core.values import Article, Headline, Line, Published
from bot.core.wording import English
from tests.fakes.pages import text
from tests.fakes.stories import line

TODAY = date(2025, 9, 2)


def one(
    *,
    headline: str = "Rain came",
    url: str | None = None,
    publisher: str | None = "Trend",
    published: date | None = date(2025, 9, 1),
    said: Line | None = None,
) -> Hit:
    article = Article(
        id="wire/1.txt",
        source="wire",
        text="",
        url=url,
        publisher=publisher,
        published=None if published is None else Published(day=published),
    )
    return Hit(article=article, headline=Headline(text=headline), line=said)


def page(
    *hits: Hit, typed: str = "rain", number: int = 1, found: int = 1, searched: int = 5
) -> str:
    asked = SearchFor(query(typed), number)
    results = Results(asked=asked, found=found, searched=searched, hits=hits)
    return text(found_page(results, words=English(), today=TODAY))


def test_each_article_stands_with_its_origin_and_its_best_sentence() -> None:
    assert page(one(said=line("It rained.")), one(headline="Snow", said=line("Yes.")), found=2) == (
        "# Search · rain\n"
        "2 articles, best and newest first.\n"
        "## Rain came\n"
        "_Trend, 1 Sep · wire/1.txt_\n"
        "- It rained.\n"
        "## Snow\n"
        "_Trend, 1 Sep · wire/1.txt_\n"
        "- Yes."
    )


@pytest.mark.parametrize(
    ("hit", "origin"),
    [
        (one(url="https://example.org/1"), "Trend, 1 Sep"),
        (one(url="javascript:alert(1)"), "Trend, 1 Sep · wire/1.txt"),
        (one(publisher=None), "wire, 1 Sep · wire/1.txt"),
        (one(published=date(2024, 2, 3)), "Trend, 3 Feb 2024 · wire/1.txt"),
        (one(published=None), "Trend, no date · wire/1.txt"),
    ],
)
def test_the_origin_is_a_link_or_the_id_of_what_came_as_a_file(hit: Hit, origin: str) -> None:
    assert page(hit).split("\n")[-1] == f"_{origin}_"


def test_no_result_bears_a_number_that_a_brief_could_mean() -> None:
    assert page(one(headline="")).split("\n")[2] == "## (no headline)"


@pytest.mark.parametrize(
    ("number", "found", "last"),
    [
        (1, 11, "Page 1 of 2. The next: /search rain page 2"),
        (2, 11, "Page 2 of 2, the last. The first: /search rain"),
        (1, 84_213, "Page 1 of 100. The next: /search rain page 2"),
    ],
)
def test_the_last_line_teaches_how_to_turn_the_page(number: int, found: int, last: str) -> None:
    assert page(one(), number=number, found=found).split("\n")[-1] == f"_{last}_"


def test_what_is_not_ranked_is_said() -> None:
    assert page(one(), found=84_213).split("\n")[1] == (
        "84,213 articles, best and newest first. "
        "Only the newest 1,000 are ranked: more words find fewer."
    )


def test_what_is_not_counted_is_said() -> None:
    assert page(one(), found=UNCOUNTED).split("\n")[1] == (
        "1,000+ articles, best and newest first. "
        "Only the newest 1,000 are ranked: more words find fewer."
    )


def test_a_page_that_is_not_there_leads_to_the_last() -> None:
    assert page(number=7, found=11) == (
        "There is no page 7: what I found fits 2 pages. The last: /search rain page 2"
    )


def test_a_search_in_vain_says_where_it_looked() -> None:
    assert page(found=0, typed='"red rain" -snow') == (
        'Nothing on "red rain" -snow in 5 articles.\n'
        "_Every word must be there: try fewer or other ones. How: /help search_"
    )
    assert page(found=0, searched=0) == "I have no articles yet, so none on rain."


def test_the_notification_says_what_was_found() -> None:
    results = Results(asked=SearchFor(query("rain")), found=1, searched=1, hits=(one(),))

    page = found_page(results, words=English(), today=TODAY)

    assert page.summary == "Search · rain: 1 article, best and newest first."
