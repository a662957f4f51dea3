"""The values that every floor speaks: what is read, what is said of it, and where it stands.

Character positions count code points of ``Article.text``; datetimes are aware and in UTC.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
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


class Extent(Enum):
    """How much of an article its source gave."""

    WHOLE = "whole"
    #: The first sentences, or a summary that the source wrote for its feed.
    TEASER = "teaser"
    #: Its title alone: the text is empty.
    HEADLINE = "headline"


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
    extent: Extent = Extent.WHOLE


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
class Quote:
    """Somebody's words as printed between two marks: an exact piece of the text."""

    text: str
    article: str
    start: int
    end: int
    speaker: Speaker
    #: The first and the last sentence it stands in, from 1.
    sentences: tuple[int, int]
    #: Whether the marks of the same paragraph do not all pair.
    unpaired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An amount as printed, with what it counts; what is not said is empty, never guessed."""

    #: With its sign, scale and unit, without its qualifier: "$5 trillion", "30 percent".
    text: str
    article: str
    start: int
    end: int
    #: The number it means; two for a range, the lower first.
    values: tuple[Decimal, ...]
    #: The currency's sign or word as printed: "$", "yuan".
    currency: str = ""
    unit: str = ""
    #: The words that say what is counted, as printed.
    counts: str = ""
    #: The words that qualify it, as printed: "about", "projected".
    hedge: str = ""
    #: The time it is for, as printed: "by 2033", "in January-July".
    period: str = ""
    sentence: int
    #: Whether somebody says it, and who.
    quoted: bool = False
    speaker: Speaker | None = None
    #: Whether it is a duration or another amount that few look for.
    minor: bool = False


class Precision(Enum):
    """How exactly the text dates an event."""

    DAY = "day"
    DAYS = "days"
    MONTH = "month"
    YEAR = "year"
    WORDS = "words"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The time of an event as the text gives it."""

    #: As printed: "on 12 May", "in 2027"; empty when the text gives none.
    text: str
    precision: Precision
    #: The first and the last day it may mean, for day, days, month and year.
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something ahead: what, when and where, all as printed."""

    what: str
    when: When
    where: str
    article: str
    #: The places it rests on, in reading order.
    spans: tuple[Span, ...]
    sentence: int
    quoted: bool = False
    speaker: Speaker | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an article says that can be checked word by word."""

    figures: tuple[Figure, ...] = ()
    quotes: tuple[Quote, ...] = ()
    #: What it says is ahead, measured from its publication.
    ahead: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """An article in a few of its own words."""

    article: Article
    headline: Headline
    lines: tuple[Line, ...]
    #: How many sentences the article has.
    sentences: int
    facts: Facts = Facts()
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

    #: How many sources are well: those that are quiet within their rhythm are.
    ok: int
    failing: int
    read: int
    duplicates: int
    shown: int
    #: How many answer, and are silent far beyond their rhythm.
    stale: int = 0
    #: How many their publishers have ended.
    retired: int = 0
    #: Since when the one that is stale is; None where it is not one.
    since: date | None = None


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
