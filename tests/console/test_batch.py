"""Articles as lines of JSON."""

import io
import json
from datetime import UTC, date, datetime

import pytest

from bot.console.batch import LARGEST_LINE_BYTES, Problem, articles
from bot.core.values import Article, Published

TEXT = "Ministers met in Bishkek. They agreed on one railway gauge."


def found(*lines: bytes | dict[str, object]) -> list[Article | Problem]:
    data = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return list(articles(io.BytesIO(b"\n".join(data))))


def test_a_line_is_an_article() -> None:
    (article,) = found(
        {
            "id": "a1",
            "title": "Gauge",
            "article": TEXT,
            "language": "en",
            "published": "2025-09-01T23:30:00-05:00",
        }
    )

    assert article == Article(
        id="a1",
        source="batch",
        title="Gauge",
        text=TEXT,
        published=Published(day=date(2025, 9, 1), at=datetime(2025, 9, 2, 4, 30, tzinfo=UTC)),
    )


def test_only_the_text_is_needed() -> None:
    assert found({"text": TEXT}) == [Article(id="1", source="batch", text=TEXT)]


def test_what_the_text_says_of_itself_is_read() -> None:
    (article,) = found({"text": "TASHKENT, September 1. /UzA/. " + TEXT, "id": 7})

    assert isinstance(article, Article)
    assert (article.id, article.place) == ("7", "Tashkent")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"nonsense", "not JSON: Expecting value at column 1"),
        (b"\xff{}", "not UTF-8 text"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number has too many digits"),
        (b"[1]", 'not an object such as {"text": "…"}'),
        ({"text": " \n"}, 'no text: "text" or "article" must hold the article'),
        ({}, 'no text: "text" or "article" must hold the article'),
        ({"text": 3}, '"text" must be a text'),
        ({"text": TEXT, "title": []}, '"title" must be a text'),
        ({"text": TEXT, "id": True}, '"id" must be a text or a whole number'),
        ({"text": TEXT, "id": {}}, '"id" must be a text or a whole number'),
    ],
)
def test_a_faulty_line_is_reported_and_the_others_go_on(
    line: bytes | dict[str, object], why: str
) -> None:
    before, problem, after = found({"text": TEXT}, line, {"text": TEXT})

    assert problem == Problem(line=2, why=why)
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert after.id == "3"


@pytest.mark.parametrize("printed", ["2025-02-30", "tomorrow", "0001-01-01T00:00+14:00"])
def test_a_date_that_is_none_costs_the_date_alone(printed: str) -> None:
    problem, article = found({"text": TEXT, "published": printed})

    assert isinstance(problem, Problem)
    assert problem.why.startswith("briefed without its date")
    assert article == Article(id="1", source="batch", text=TEXT)


def test_a_day_stays_a_day() -> None:
    articles_found = found(
        {"text": TEXT, "published": "2025-09-01"}, {"text": TEXT, "published": "2025-09-01T08:00"}
    )

    assert [article.published for article in articles_found if isinstance(article, Article)] == [
        Published(day=date(2025, 9, 1))
    ] * 2


def test_empty_lines_do_not_count_and_a_byte_order_mark_is_no_fault() -> None:
    line = json.dumps({"text": TEXT}).encode()

    assert [
        article.id
        for article in found(b"\xef\xbb\xbf" + line, b"", b"  \r", line)
        if isinstance(article, Article)
    ] == ["1", "4"]


def test_a_line_without_end_is_skipped_whole() -> None:
    long = b'{"text": "' + b"a" * (2 * LARGEST_LINE_BYTES) + b'"}'

    assert found(long, {"text": TEXT}) == [
        Problem(line=1, why="longer than 16 MB"),
        Article(id="2", source="batch", text=TEXT),
    ]
    assert found(long) == [Problem(line=1, why="longer than 16 MB")]
