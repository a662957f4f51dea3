"""The labels of the articles beside this file are sound."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ARTICLES = sorted((HERE / "articles").glob("*.txt"))
README = (HERE / "README.md").read_text(encoding="utf-8")

ARTICLE_KEYS = {"published", "place", "publisher", "quotes", "figures", "events"}
QUOTE_KEYS = {"text", "speaker"}
FIGURE_KEYS = {"text", "value", "sign", "unit", "about", "hedge", "period", "minor"}
EVENT_KEYS = {"when", "precision", "what", "where", "minor"}
#: Left out where there is nothing to say.
QUOTE_OPTIONS = {"minor"}
EVENT_OPTIONS = {"first", "last"}
#: As ``date.strftime`` prints them.
WEEKDAYS = {date(2024, 1, day).strftime("%A") for day in range(1, 8)}

every_article = pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def labels_of(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))


def rows(path: Path, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = labels_of(path).get(kind, [])
    return found


def every(kind: str) -> Iterator[dict[str, Any]]:
    for path in ARTICLES:
        yield from rows(path, kind)


def whole_words(words: str) -> re.Pattern[str]:
    """Return a pattern for the words that does not stop inside a word or a number."""
    before = r"(?<![\w$€£¥])(?<!\d[.,])" if words[0].isalnum() else ""
    after = r"(?!\w)(?![.,]\d)" if words[-1].isalnum() else ""
    return re.compile(before + re.escape(words) + after)


def month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def fits(precision: str, first: date, last: date) -> bool:
    """Say whether these are the days that something of this precision may mean."""
    match precision:
        case "day":
            return first == last
        case "days":
            return first < last
        case "month":
            return first.day == 1 and last == month_end(first)
        case "year":
            return first == date(first.year, 1, 1) and last == date(first.year, 12, 31)
        case _:
            return False


@every_article
def test_an_article_has_labels_and_no_unknown_key(path: Path) -> None:
    labels = labels_of(path)

    assert labels.keys() <= ARTICLE_KEYS
    assert any(labels.get(kind) for kind in ("quotes", "figures", "events"))
    for quote in rows(path, "quotes"):
        assert quote.keys() - QUOTE_OPTIONS == QUOTE_KEYS
    for figure in rows(path, "figures"):
        assert figure.keys() == FIGURE_KEYS
    for event in rows(path, "events"):
        assert event.keys() - EVENT_OPTIONS == EVENT_KEYS


def test_every_label_file_has_its_article() -> None:
    labels = {path.stem for path in (HERE / "articles").glob("*.toml")}

    assert labels == {path.stem for path in ARTICLES}


@every_article
def test_place_and_publisher_stand_in_the_article(path: Path) -> None:
    text, labels = text_of(path), labels_of(path)

    assert labels.get("place", "").lower() in text.lower()
    assert labels.get("publisher", "").lower() in text.lower()


@every_article
def test_a_publication_day_is_printed_in_the_article(path: Path) -> None:
    text, published = text_of(path), labels_of(path).get("published")

    if published is not None:
        assert type(published) is date
        assert str(published.year) in text
        assert re.search(rf"\b0?{published.day}\b", text)


@every_article
def test_a_quotation_stands_between_marks(path: Path) -> None:
    text = text_of(path)

    for quote in rows(path, "quotes"):
        opened = r"(?<=[“\"«‘])"
        # In a speech of several paragraphs only the last has a closing mark; the rest are minor.
        closed = r"(?=,?[”\"»’]|\n\n“)" if quote.get("minor") else r"(?=,?[”\"»’])"
        assert re.search(opened + re.escape(quote["text"]) + closed, text), quote["text"]
        assert not quote["text"].endswith(",")


@every_article
def test_quotations_and_figures_are_in_reading_order(path: Path) -> None:
    text = text_of(path)

    quotes = [text.index(quote["text"]) for quote in rows(path, "quotes")]
    assert quotes == sorted(quotes)
    position = 0
    for figure in rows(path, "figures"):
        found = whole_words(figure["text"]).search(text, position)
        assert found, figure["text"]
        position = found.end()


@every_article
def test_a_speaker_is_printed_in_the_article(path: Path) -> None:
    text = text_of(path)

    for quote in rows(path, "quotes"):
        assert quote["speaker"] in text, quote["speaker"]


@every_article
def test_the_words_of_a_figure_are_printed_in_the_article(path: Path) -> None:
    text = text_of(path)

    for figure in rows(path, "figures"):
        assert figure["sign"] in figure["text"], figure["text"]
        assert figure["unit"] in figure["text"], figure["text"]
        words = [*figure["about"], *figure["hedge"].split("; "), figure["period"]]
        assert [word for word in words if word not in text] == []


def test_a_value_is_a_number_or_a_rising_range() -> None:
    for figure in every("figures"):
        low, dots, high = figure["value"].partition("..")
        assert Decimal(low).is_finite()
        assert not dots or Decimal(low) < Decimal(high), figure["text"]


@every_article
def test_the_words_of_an_event_are_printed_in_the_article(path: Path) -> None:
    text = text_of(path)

    for event in rows(path, "events"):
        words = [event["when"], event["where"], *event["what"]]
        assert [word for word in words if word not in text] == []
        assert event["what"]


@every_article
def test_the_days_of_an_event_fit_its_precision(path: Path) -> None:
    for event in rows(path, "events"):
        assert (event["when"] == "") == (event["precision"] == "none")
        if event["precision"] in {"words", "none"}:
            assert event.keys() & EVENT_OPTIONS == set()
        else:
            assert fits(event["precision"], event["first"], event["last"]), event["when"]


@every_article
def test_an_event_is_ahead_of_publication(path: Path) -> None:
    published = labels_of(path).get("published", date.min)

    for event in rows(path, "events"):
        assert event.get("last", published) >= published, event["when"]


@every_article
def test_a_weekday_falls_on_its_day(path: Path) -> None:
    for event in rows(path, "events"):
        named = set(event["when"].split()) & WEEKDAYS
        if named and "first" in event:
            assert named == {event[end].strftime("%A") for end in ("first", "last")}


@every_article
def test_a_file_ends_with_one_line_feed(path: Path) -> None:
    for file in (path, path.with_suffix(".toml")):
        assert re.search(r"[^\n]\n\Z", file.read_text(encoding="utf-8"))


def test_the_set_is_large_enough_to_measure_with() -> None:
    assert len(ARTICLES) >= 40
    assert sum(not quote.get("minor") for quote in every("quotes")) >= 120
    assert sum(not figure["minor"] for figure in every("figures")) >= 200
    assert sum(not event["minor"] for event in every("events")) >= 90


def test_the_readme_counts_what_there_is() -> None:
    kinds = {"Quotations": "quotes", "Figures": "figures", "Events ahead": "events"}

    for name, kind in kinds.items():
        minor = Counter(bool(row.get("minor")) for row in every(kind))
        assert f"| {name} | {minor[False]} | {minor[True]} |" in README


def test_the_readme_names_the_traps_of_every_article() -> None:
    traps = dict(re.findall(r"^- `([^`]+)`: (.+)\.$", README, re.MULTILINE))

    assert sorted(traps) == [path.stem for path in ARTICLES]
    assert sum(len(named.split("; ")) for named in traps.values()) >= 60
