"""Briefs, faults and digests as JSON."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.console.record import brief_record, digest_record, dump, fault_record
from bot.core.health import Fault, Reason
from bot.core.values import (
    Article,
    Brief,
    Coverage,
    Digest,
    Facts,
    Headline,
    Line,
    Published,
    Span,
    Speaker,
    Story,
)
from tests.fakes.facts import event, figure, on, quote

ARTICLE = Article(
    id="news/a.txt",
    source="news",
    text="“We agreed on one gauge,” said Aliev.",
    published=Published(day=date(2025, 9, 1)),
    place="Baku",
    publisher="UzA",
)
LINE = Line(
    text="We agreed on one gauge",
    article="news/a.txt",
    start=1,
    end=24,
    kept=(Span(1, 23),),
    sentence=1,
    quoted=True,
    speaker=Speaker(label="Aliev", name=None),
)
BRIEF = Brief(article=ARTICLE, headline=Headline(text="One gauge"), lines=(LINE,), sentences=1)
RECORD = {
    "id": "news/a.txt",
    "headline": "One gauge",
    "lines": [
        {
            "text": "We agreed on one gauge",
            "article": "news/a.txt",
            "start": 1,
            "end": 24,
            "kept": [{"start": 1, "end": 23}],
            "sentence": 1,
            "quoted": True,
            "speaker": {"label": "Aliev", "name": None},
            "cut": False,
        }
    ],
    "figures": [],
    "quotes": [],
    "ahead": [],
    "published": "2025-09-01",
    "place": "Baku",
    "publisher": "UzA",
    "language": "en",
    "extent": "whole",
    "method": "extractive",
}


def test_a_brief_says_where_each_line_stands() -> None:
    assert brief_record(BRIEF) == RECORD


def test_a_moment_is_given_where_there_is_one_and_nothing_where_there_is_no_date() -> None:
    at = datetime(2025, 9, 1, 4, 30, tzinfo=UTC)
    dated = Article(id="a", source="s", text="t", published=Published(day=at.date(), at=at))
    bare = Article(id="a", source="s", text="t")
    line = Line(text="t", article="a", start=0, end=1, kept=(Span(0, 1),), sentence=1)

    found = [
        brief_record(
            Brief(article=article, headline=Headline(text="t"), lines=(line,), sentences=1)
        )
        for article in (dated, bare)
    ]

    assert [record["published"] for record in found] == ["2025-09-01T04:30:00+00:00", None]


def test_a_digest_holds_its_stories_and_its_coverage() -> None:
    story = Story(
        number=1, brief=BRIEF, articles=("news/a.txt",), publishers=("UzA",), same_speech=(2,)
    )
    digest = Digest(
        title="SCO",
        made=datetime(2025, 9, 2, tzinfo=UTC),
        stories=(story,),
        coverage=Coverage(ok=1, failing=0, read=2, duplicates=0, shown=1),
        newest=date(2025, 9, 1),
    )

    assert digest_record(digest) == {
        "title": "SCO",
        "made": "2025-09-02T00:00:00+00:00",
        "words": "",
        "newest": "2025-09-01",
        "stories": [
            {
                "number": 1,
                "articles": ["news/a.txt"],
                "publishers": ["UzA"],
                "same_speech": [2],
                "brief": RECORD,
            }
        ],
        "coverage": {
            "ok": 1,
            "stale": 0,
            "failing": 0,
            "retired": 0,
            "read": 2,
            "duplicates": 0,
            "shown": 1,
        },
    }


def test_a_fault_names_its_file_and_reason() -> None:
    fault = Fault(name="a.txt", reason=Reason.TOO_LARGE, detail="52 MB")

    assert fault_record(fault) == {"name": "a.txt", "reason": "too large", "detail": "52 MB"}


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-16", "latin-1", "ascii"])
def test_json_keeps_every_character_and_drives_no_terminal(encoding: str) -> None:
    value = {"text": "Токаев 托卡耶夫 🇰🇿 \x1b[2J \x9b31m \u202e \u2028 \ud83d \x7f é"}

    written = dump(value, encoding=encoding)

    assert json.loads(written.encode(encoding)) == value
    assert written.isprintable()


def test_facts_are_told_apart_value_by_value() -> None:
    speaker = Speaker(label="the head", name="Aliev")
    price = figure("$1.5-2 million", counts="rails", hedge="about", period="by 2030")
    values = (Decimal("1.5E+6"), Decimal("2E+6"), Decimal("1E+40"))
    price = replace(price, values=values, currency="$", unit="", speaker=speaker)
    facts = Facts(
        figures=(price,),
        quotes=(quote("We agreed.", speaker=speaker, unpaired=True),),
        ahead=(event("Fair", on(date(2025, 9, 9)), where="Osh", spans=(Span(0, 5), Span(7, 9))),),
    )

    record = brief_record(replace(BRIEF, facts=facts))

    said = {"label": "the head", "name": "Aliev"}
    assert record["figures"] == [
        {
            "text": "$1.5-2 million",
            "article": "wire/1.txt",
            "start": 0,
            "end": 14,
            "values": ["1500000", "2000000", "1E+40"],
            "currency": "$",
            "unit": "",
            "counts": "rails",
            "hedge": "about",
            "period": "by 2030",
            "sentence": 1,
            "quoted": False,
            "speaker": said,
            "minor": False,
        }
    ]
    assert record["quotes"] == [
        {
            "text": "We agreed.",
            "article": "wire/1.txt",
            "start": 1,
            "end": 11,
            "speaker": said,
            "sentences": [1, 1],
            "unpaired": True,
        }
    ]
    assert record["ahead"] == [
        {
            "what": "Fair",
            "when": {
                "text": "on 2025-09-09",
                "precision": "day",
                "first": "2025-09-09",
                "last": "2025-09-09",
            },
            "where": "Osh",
            "article": "wire/1.txt",
            "spans": [{"start": 0, "end": 5}, {"start": 7, "end": 9}],
            "sentence": 1,
            "quoted": False,
            "speaker": None,
        }
    ]
    assert json.loads(dump(record)) == record
