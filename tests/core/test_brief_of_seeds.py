"""The brief of the two articles that every clone has."""

from pathlib import Path

import pytest

from bot.core.brief import brief
from bot.core.shorten import join
from bot.core.shown import shown
from bot.core.stories import group
from bot.core.values import Article, Brief
from bot.core.wire import read

SEEDS = Path(__file__).parents[2] / "seeds"


def articles() -> list[Article]:
    found = []
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        wire = read(text, "en")
        found.append(
            Article(
                id=f"seeds/{path.name}",
                source="seeds",
                text=text,
                published=wire.published,
                place=wire.place,
                publisher=wire.publisher,
            )
        )
    return found


@pytest.fixture(name="briefs")
def _briefs() -> list[Brief]:
    return [brief(article, lines=7) for article in articles()]


def test_place_day_and_publisher_are_read_from_the_report_itself() -> None:
    for article in articles():
        assert article.place == "Tianjin, China"
        assert article.publisher == "Trend"
        assert article.published is not None
        assert article.published.day.isoformat() == "2025-09-01"


def test_headlines_are_made_from_the_leads_within_ninety_characters(briefs: list[Brief]) -> None:
    assert [made.headline.text for made in briefs] == [
        "Tokayev highlighted need to strengthen cooperation in high technology and digitalization",
        "Tokayev presented his vision for the priority areas of further development of the SCO",
    ]


def test_the_two_reports_are_two_stories_on_one_speech(briefs: list[Brief]) -> None:
    assert [story.same_speech for story in group(briefs)] == [(2,), (1,)]


def test_no_line_is_a_bare_first_person(briefs: list[Brief]) -> None:
    pronouns = {"I", "We", "we", "our", "us"}
    bare = [
        line.text
        for made in briefs
        for line in made.lines
        if not line.quoted and pronouns & set(line.text.split())
    ]

    assert bare == []


def test_every_quoted_line_has_its_speaker(briefs: list[Brief]) -> None:
    quoted = [line for made in briefs for line in made.lines if line.quoted]

    assert quoted
    assert {line.speaker.name for line in quoted if line.speaker} == {"Kassym-Jomart Tokayev"}
    assert all(line.speaker for line in quoted)


def test_the_pieces_kept_are_the_words_shown(briefs: list[Brief]) -> None:
    lines = [(made.article.text, line) for made in briefs for line in made.lines]

    assert any(len(line.kept) > 1 for _, line in lines)
    for text, line in lines:
        assert join(text, line.kept) == line.text


def test_no_line_shown_repeats_its_headline(briefs: list[Brief]) -> None:
    for made in briefs:
        lead = made.lines[0]
        assert lead.sentence == 1
        assert lead not in shown(made, limit=3, lead=False)
