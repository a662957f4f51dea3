"""A brief, a fault and a digest as JSON, for other programs."""

import json
import re

from bot.core.values import Brief, Digest, Fault, Line, Published, Story

Json = dict[str, object]

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
        "published": _published(article.published),
        "place": article.place,
        "publisher": article.publisher,
        "language": article.language,
        "method": brief.method,
    }


def fault_record(fault: Fault) -> Json:
    """Return what could not be read, and why."""
    return {"name": fault.name, "reason": fault.reason.value, "detail": fault.detail}


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
            "failing": coverage.failing,
            "read": coverage.read,
            "duplicates": coverage.duplicates,
            "shown": coverage.shown,
        },
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
    speaker = line.speaker
    return {
        "text": line.text,
        "article": line.article,
        "start": line.start,
        "end": line.end,
        "kept": [{"start": span.start, "end": span.end} for span in line.kept],
        "sentence": line.sentence,
        "quoted": line.quoted,
        "speaker": None if speaker is None else {"label": speaker.label, "name": speaker.name},
        "cut": line.cut,
    }


def _published(published: Published | None) -> str | None:
    if published is None:
        return None
    return (published.at or published.day).isoformat()
