"""One file to one article: its kind, its text, and what it and its wire form say of it."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path, PurePath

from bot.core import wire
from bot.core.beginning import beginning
from bot.core.health import Fault, Reason
from bot.core.values import Article, Extent
from bot.core.wire import Wire
from bot.sources.contents import contents
from bot.sources.decode import decode
from bot.sources.reading import Reading, Unread

#: The day begins in Kiribati before it does in UTC: only a later date lies ahead.
_AHEAD = timedelta(days=1)

_KINDS = {
    ".txt": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "page",
    ".htm": "page",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What files are taken to be where they do not say so themselves, and how large they may be."""

    source: str
    publisher: str | None
    language: str
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read: its article, and what it says that cannot be believed."""

    article: Article
    doubts: tuple[Unread, ...] = ()


def read_file(
    path: Path, *, id: str, defaults: Defaults, today: date | None = None
) -> tuple[Article | None, Fault | None]:
    """Return the article in a file, what is first wrong with the file, or both.

    Links are followed. Without ``today``, in UTC, no date is known to lie ahead.
    """
    real = Path(os.path.realpath(path))
    found = document(real, named=path.name, id=id, defaults=defaults, today=today)
    if found is None:
        return None, Fault(name=id, reason=Reason.ABSENT)
    if isinstance(found, Unread):
        return None, Fault(name=id, reason=found.reason, detail=found.detail)
    faults = [Fault(name=id, reason=why.reason, detail=why.detail) for why in found.doubts]
    return found.article, faults[0] if faults else None


def document(
    path: Path, *, named: str, id: str, defaults: Defaults, today: date | None
) -> Document | Unread | None:
    """Return what the file at that path holds, why it cannot be read, or None if it is gone.

    Its kind is told by the name it goes by. A text that is very long is cut
    (``bot.core.beginning``), and its extent says so.
    """
    kind = _KINDS.get(PurePath(named).suffix.lower())
    if kind is None:
        return Unread(Reason.UNKNOWN_KIND, "only .txt, .md and .html files are read")
    data = contents(path, max_bytes=defaults.max_bytes)
    if data is None or isinstance(data, Unread):
        return data
    text = decode(data, language=defaults.language, page=kind == "page")
    if isinstance(text, Unread):
        return text
    reading = _reader(kind)(text)
    kept = beginning(reading.text)
    if not kept.strip():
        return Unread(Reason.NO_TEXT)
    goes_on = reading.is_cut or reading.text[len(kept) :].strip()
    extent = Extent.TEASER if goes_on else Extent.WHOLE
    reading = replace(reading, text=kept)
    frame = wire.read(kept, reading.language or defaults.language)
    article = _article(reading, frame, extent, id, defaults)
    misdated = reading.misdated or frame.misdated
    return Document(article, tuple(_doubts(article, misdated, reading.remarks, today)))


def _doubts(
    article: Article, misdated: str, remarks: tuple[str, ...], today: date | None
) -> Iterator[Unread]:
    """Yield what of an article's frame cannot be believed."""
    if remarks:
        yield Unread(Reason.BAD_FRONT_MATTER, "; ".join(remarks))
    if article.published is None:
        if misdated:
            yield Unread(Reason.BAD_DATE, misdated)
    elif today is not None and article.published.day - today > _AHEAD:
        yield Unread(Reason.FUTURE_DATE, article.published.day.isoformat())


def _article(reading: Reading, frame: Wire, extent: Extent, id: str, defaults: Defaults) -> Article:
    language = reading.language or defaults.language
    return Article(
        id=id,
        source=defaults.source,
        text=reading.text,
        title=reading.title,
        url=reading.url,
        language=language,
        published=reading.published or frame.published,
        place=reading.place or frame.place,
        publisher=reading.publisher or frame.publisher or defaults.publisher,
        extent=extent,
    )


def _reader(kind: str) -> Callable[[str], Reading]:
    # The parsers take longer to load than a short command to run, so plain text goes without.
    if kind == "markdown":
        from bot.sources.markdown import read as read_markdown  # noqa: PLC0415

        return read_markdown
    if kind == "page":
        from bot.sources.webpage import read as read_page  # noqa: PLC0415

        return read_page
    return _plain


def _plain(text: str) -> Reading:
    return Reading(text=text)
