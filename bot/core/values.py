"""The values that every floor speaks: what is read, what is said of it, and where it stands.

Character positions count code points of ``Article.text``; datetimes are aware and in UTC.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters ``start`` up to, but not including, ``end`` of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the piece of the text that this span covers."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Say whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When an article was published: a day, and the moment where its source gives one."""

    day: date
    at: datetime | None = None

    def latest(self) -> datetime:
        """Return the last moment this may mean: a day counts as that whole day, in UTC."""
        if self.at is not None:
            return self.at
        if self.day == date.max:
            return datetime.max.replace(tzinfo=UTC)
        return datetime.combine(self.day + timedelta(days=1), time.min, UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as plain text, the way its source printed it."""

    #: Its identity: the canonical link, or the source's name and the file's path in it.
    id: str
    #: The name of the source it came through, as the configuration has it.
    source: str
    text: str
    title: str | None = None
    url: str | None = None
    language: str = "en"
    published: Published | None = None
    place: str | None = None
    #: Who wrote it: the agency it names at its end, or what its source says.
    publisher: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An article with what the archive knows of it."""

    article: Article
    #: When it was first stored.
    seen: datetime
    #: Whether it came with the first fill of its source: an import, not news of that day.
    imported: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who says a quotation: the words that say so, and the person where the article names one."""

    #: As the article prints it beside the quotation: "the head of state", "Tokayev".
    label: str
    #: The person's name as the article prints it, when the label is one or resolves to one.
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence of an article with, at most, words left out."""

    #: The words shown, without quotation marks; only the first letter may differ in case.
    text: str
    article: str
    #: The whole source sentence.
    start: int
    end: int
    #: The pieces of the source that make the text, in order.
    kept: tuple[Span, ...]
    #: Which sentence of the article this is, from 1.
    sentence: int
    #: Whether it stands inside a quotation, and whose.
    quoted: bool = False
    speaker: Speaker | None = None
    #: Whether it stands where the source's quotation marks do not pair.
    unpaired: bool = False
    #: Whether words were left out at its end, which a quotation shows as " …".
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What an article is called: its own title, or its lead sentence shortened."""

    text: str
    #: Where the words stand in the text; empty for a title, which is not part of it.
    kept: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """An article in a few of its own words."""

    article: Article
    headline: Headline
    lines: tuple[Line, ...]
    #: How many sentences the article has.
    sentences: int
    #: How the lines were made.
    method: str = "extractive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One piece of news: an article and those that print the same."""

    #: Its place in the digest, from 1.
    number: int
    brief: Brief
    #: The lead article's id first, then its near-duplicates.
    articles: tuple[str, ...]
    publishers: tuple[str, ...]
    #: The numbers of other stories on the same speech.
    same_speech: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What a digest was made from."""

    ok: int
    failing: int
    read: int
    duplicates: int
    shown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The stories of a window, numbered, and what they were made from."""

    #: The beat it follows, as configured: "SCO".
    title: str
    made: datetime
    stories: tuple[Story, ...]
    coverage: Coverage
    #: The day of the newest article, when there is none in the window that was asked for.
    newest: date | None = None
    #: The words it was narrowed to.
    words: str = ""


class Reason(Enum):
    """Why a file, or a whole source, could not be read."""

    ABSENT = "absent"
    UNREADABLE = "unreadable"
    NOT_A_FOLDER = "not a folder"
    NOT_A_FILE = "not a file"
    EMPTY = "empty"
    BINARY = "binary"
    TOO_LARGE = "too large"
    UNKNOWN_KIND = "unknown kind"
    BAD_ENCODING = "bad encoding"
    NO_TEXT = "no text"
    BAD_FRONT_MATTER = "bad front matter"
    NOT_STORED = "not stored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A thing that could not be read, by name and reason; everything else went on."""

    name: str
    reason: Reason
    #: What the reason leaves open, said in the machine's own words: "Permission denied", "52 MB".
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a source fared when it was last read."""

    source: str
    #: What stopped the whole source, or None when it is ok.
    failing: Fault | None
    checked: datetime
    articles: int = 0
    newest: Published | None = None
    faults: tuple[Fault, ...] = field(default=())
