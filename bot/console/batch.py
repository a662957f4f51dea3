"""Articles as lines of JSON: one in, one brief out, however many there are."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO, TextIO

from bot.console.output import complain, write_record
from bot.console.record import brief_record
from bot.core.brief import brief
from bot.core.values import Article, Published
from bot.core.wire import read

#: A longer line is not an article, in bytes.
LARGEST_LINE_BYTES = 16_000_000

#: What an article of a batch has for its source.
SOURCE = "batch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with a line, by its number from 1, in words for a person."""

    line: int
    why: str


class _FaultyLineError(Exception):
    """Why a line is not an article, in words for a person."""


def articles(stream: BinaryIO) -> Iterator[Article | Problem]:
    """Yield an article or a problem for each line; empty lines do not count.

    A line is ``{"id", "title", "text" or "article", "language", "published"}``, of which only the
    text is needed. A date that is none is a problem, yet its article follows, without the date.
    """
    number = 0
    while line := stream.readline(LARGEST_LINE_BYTES + 1):
        number += 1
        if len(line) > LARGEST_LINE_BYTES:
            _skip_line(stream, line)
            yield Problem(line=number, why="longer than 16 MB")
        elif line.strip():
            yield from _read(line, number)


def _skip_line(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(LARGEST_LINE_BYTES)


def _read(line: bytes, number: int) -> Iterator[Article | Problem]:
    try:
        article, printed = _article(_object(line), number)
    except _FaultyLineError as error:
        yield Problem(line=number, why=str(error))
        return
    if printed and article.published is None:
        why = 'briefed without its date: "published" must be like 2025-09-01 or 2025-09-01T08:00Z'
        yield Problem(line=number, why=why)
    yield article


def _object(line: bytes) -> dict[str, object]:
    try:
        values = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _FaultyLineError("not UTF-8 text") from error
    except RecursionError as error:
        raise _FaultyLineError("nested too deeply") from error
    except json.JSONDecodeError as error:
        raise _FaultyLineError(f"not JSON: {error.msg} at column {error.colno}") from error
    except ValueError as error:
        raise _FaultyLineError("a number has too many digits") from error
    if not isinstance(values, dict):
        raise _FaultyLineError('not an object such as {"text": "…"}')
    return values


def _article(values: dict[str, object], number: int) -> tuple[Article, str | None]:
    """Return the article and the date as it was given; raises ``_FaultyLineError``."""
    text = _string(values, "text") or _string(values, "article")
    if not text or not text.strip():
        raise _FaultyLineError('no text: "text" or "article" must hold the article')
    identity = values.get("id", number)
    if isinstance(identity, bool) or not isinstance(identity, str | int):
        raise _FaultyLineError('"id" must be a text or a whole number')
    language = _string(values, "language") or "en"
    printed = _string(values, "published")
    frame = read(text, language)
    article = Article(
        id=str(identity),
        source=SOURCE,
        text=text,
        title=_string(values, "title") or None,
        language=language,
        published=_published(printed) if printed else frame.published,
        place=frame.place,
        publisher=frame.publisher,
    )
    return article, printed


def _string(values: dict[str, object], key: str) -> str | None:
    value = values.get(key)
    if value is None or isinstance(value, str):
        return value
    raise _FaultyLineError(f'"{key}" must be a text')


def _published(printed: str) -> Published | None:
    try:
        day = date.fromisoformat(printed.strip()[:10])
        moment = datetime.fromisoformat(printed.strip())
        aware = moment.tzinfo is not None and len(printed.strip()) > len("2025-09-01")
        return Published(day=day, at=moment.astimezone(UTC) if aware else None)
    except (ValueError, OverflowError):
        return None


def brief_named(name: str, *, lines: int, typed: BinaryIO, out: TextIO, screen: TextIO) -> bool:
    """Write a brief a line for each article of the file of that name, or of what is typed for "-".

    Who looks at the screen but not at what is written sees how far it is. Returns whether every
    line was an article.
    """
    with ExitStack() as stack:
        try:
            source = typed if name == "-" else stack.enter_context(Path(name).open("rb"))
        except OSError as error:
            complain(f"{name} cannot be read: {error.strerror}.", screen)
            return False
        advance = _nothing
        if screen.isatty() and not out.isatty():
            from bot.console.progress import progress  # noqa: PLC0415 - loads what few need

            advance = stack.enter_context(progress(source, screen))
        return brief_lines(source, lines=lines, out=out, screen=screen, advance=advance)


def _nothing() -> None:
    """Advance no bar."""


def brief_lines(
    source: BinaryIO, *, lines: int, out: TextIO, screen: TextIO, advance: Callable[[], None]
) -> bool:
    """Write a brief a line for each article of the source, and say what was wrong with others.

    ``advance`` is called after each line. Returns whether every line was an article.
    """
    sound = True
    for found in articles(source):
        if isinstance(found, Problem):
            sound = False
            complain(f"Line {found.line}: {found.why}.", screen)
        else:
            write_record(brief_record(brief(found, lines=lines)), out, indent=None)
        advance()
    return sound
