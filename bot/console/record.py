"""A brief, a fault, a digest and what was found as JSON, for other programs."""

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.core.health import Fault
from bot.core.values import Brief, Digest, Event, Figure, Line, Published, Quote, Speaker, Story

if TYPE_CHECKING:
    from bot.core.found import Results

Json = dict[str, object]

#: A number has no more digits than this before it is written with an exponent.
_LONGEST_NUMBER = 30

# What JSON allows and a terminal obeys, or no encoding has: written as \uXXXX it does no harm.
_HARMFUL = re.compile(r"[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def dump(value: object, *, indent: int | None = None, encoding: str = "utf-8") -> str:
    """Return the value as JSON that the encoding holds in full and that drives no terminal."""
    unicode = encoding.lower().replace("-", "").startswith("utf")
    text = json.dumps(value, ensure_ascii=not unicode, indent=indent)
    return _HARMFUL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def brief_record(brief: Brief) -> Json:
    """Return the brief with, for each line, where its words stand in the article's text.

    Positions count code points from 0; an end is the position after the last one.
    """
    article = brief.article
    return {
        "id": article.id,
        "headline": brief.headline.text,
        "lines": [_line(line) for line in brief.lines],
        "figures": [_figure(figure) for figure in brief.facts.figures],
        "quotes": [_quote(quote) for quote in brief.facts.quotes],
        "ahead": [_event(event) for event in brief.facts.ahead],
        "published": _published(article.published),
        "place": article.place,
        "publisher": article.publisher,
        "language": article.language,
        "extent": article.extent.value,
        "method": brief.method,
    }


def fault_record(fault: Fault) -> Json:
    """Return what could not be read, and why."""
    return {"name": fault.name, "reason": fault.reason.value, "detail": fault.particulars}


def digest_record(digest: Digest) -> Json:
    """Return the digest with its stories in full and what it was made from."""
    coverage = digest.coverage
    return {
        "title": digest.title,
        "made": digest.made.isoformat(),
        "words": digest.words,
        "newest": digest.newest and digest.newest.isoformat(),
        "stories": [_story(story) for story in digest.stories],
        "coverage": {
            "ok": coverage.ok,
            "stale": coverage.stale,
            "failing": coverage.failing,
            "retired": coverage.retired,
            "read": coverage.read,
            "duplicates": coverage.duplicates,
            "shown": coverage.shown,
        },
    }


def results_record(results: "Results") -> Json:
    """Return a page of what was found, and how much there is."""
    return {
        "words": results.asked.query.typed,
        "page": results.asked.page,
        "pages": results.pages,
        "found": results.found,
        "results": [
            {
                "id": hit.article.id,
                "headline": hit.headline.text,
                "line": None if hit.line is None else _line(hit.line),
                "url": hit.article.url,
                "published": _published(hit.article.published),
                "publisher": hit.article.publisher,
                "language": hit.article.language,
                "extent": hit.article.extent.value,
            }
            for hit in results.hits
        ],
    }


def _story(story: Story) -> Json:
    return {
        "number": story.number,
        "articles": list(story.articles),
        "publishers": list(story.publishers),
        "same_speech": list(story.same_speech),
        "brief": brief_record(story.brief),
    }


def _line(line: Line) -> Json:
    return {
        "text": line.text,
        "article": line.article,
        "start": line.start,
        "end": line.end,
        "kept": [{"start": span.start, "end": span.end} for span in line.kept],
        "sentence": line.sentence,
        "quoted": line.quoted,
        "speaker": _speaker(line.speaker),
        "cut": line.cut,
    }


def _figure(figure: Figure) -> Json:
    """Return a figure; its values are decimal numbers as text, for no float holds them all."""
    return {
        "text": figure.text,
        "article": figure.article,
        "start": figure.start,
        "end": figure.end,
        "values": [_decimal(value) for value in figure.values],
        "currency": figure.currency,
        "unit": figure.unit,
        "counts": figure.counts,
        "hedge": figure.hedge,
        "period": figure.period,
        "sentence": figure.sentence,
        "quoted": figure.quoted,
        "speaker": _speaker(figure.speaker),
        "minor": figure.minor,
    }


def _quote(quote: Quote) -> Json:
    return {
        "text": quote.text,
        "article": quote.article,
        "start": quote.start,
        "end": quote.end,
        "speaker": _speaker(quote.speaker),
        "sentences": list(quote.sentences),
        "unpaired": quote.unpaired,
    }


def _event(event: Event) -> Json:
    when = event.when
    return {
        "what": event.what,
        "when": {
            "text": when.text,
            "precision": when.precision.value,
            "first": when.first and when.first.isoformat(),
            "last": when.last and when.last.isoformat(),
        },
        "where": event.where,
        "article": event.article,
        "spans": [{"start": span.start, "end": span.end} for span in event.spans],
        "sentence": event.sentence,
        "quoted": event.quoted,
        "speaker": _speaker(event.speaker),
    }


def _speaker(speaker: Speaker | None) -> Json | None:
    return None if speaker is None else {"label": speaker.label, "name": speaker.name}


def _decimal(value: Decimal) -> str:
    """Return a number in full, or with an exponent where it would fill a page."""
    return f"{value:f}" if abs(value.adjusted()) <= _LONGEST_NUMBER else str(value)


def _published(published: Published | None) -> str | None:
    if published is None:
        return None
    return (published.at or published.day).isoformat()
