"""Facts made by hand, and the ports of facts kept in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from decimal import Decimal

from bot.app.facts import FactAnswers, Renewal
from bot.app.ports import Clock, Editions, Extracted
from bot.core.diary import part
from bot.core.errors import StoreError
from bot.core.origin import Occasion, Origin, Selection, Traced
from bot.core.values import (
    Article,
    Event,
    Facts,
    Figure,
    Precision,
    Published,
    Quote,
    Span,
    Speaker,
    When,
)
from bot.core.wording import English, Words
from tests.fakes.press import NOW

TODAY = date(2025, 9, 2)
OCCASION = Occasion(today=TODAY, numbers={"wire/1.txt": 1})
LEADER = Speaker(label="Aliya Sadykova", name="Aliya Sadykova")
IN_2027 = When(
    text="in 2027", precision=Precision.YEAR, first=date(2027, 1, 1), last=date(2027, 12, 31)
)
UNDATED = When(text="", precision=Precision.NONE)


def origin(
    number: int = 1,
    *,
    day: date | None = date(2025, 9, 1),
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = "Trend",
) -> Origin:
    return Origin(
        id=f"wire/{number}.txt",
        source="wire",
        language="en",
        published=None if day is None else Published(day=day),
        seen=NOW,
        title=title,
        url=url,
        publisher=publisher,
    )


def figure(  # noqa: PLR0913 - a figure has many parts
    text: str = "$5 trillion",
    *,
    counts: str = "",
    period: str = "",
    hedge: str = "",
    speaker: Speaker | None = None,
    quoted: bool = False,
    minor: bool = False,
    start: int = 0,
) -> Figure:
    return Figure(
        text=text,
        article="wire/1.txt",
        start=start,
        end=start + len(text),
        values=(Decimal(5),),
        counts=counts,
        period=period,
        hedge=hedge,
        sentence=1,
        speaker=speaker,
        quoted=quoted,
        minor=minor,
    )


def quote(
    text: str = "We will build it.",
    *,
    speaker: Speaker = LEADER,
    unpaired: bool = False,
    start: int = 1,
    sentences: tuple[int, int] = (1, 1),
) -> Quote:
    return Quote(
        text=text,
        article="wire/1.txt",
        start=start,
        end=start + len(text),
        speaker=speaker,
        sentences=sentences,
        unpaired=unpaired,
    )


def on(day: date, last: date | None = None) -> When:
    precision = Precision.DAY if last is None else Precision.DAYS
    return When(text=f"on {day.isoformat()}", precision=precision, first=day, last=last or day)


def event(
    what: str = "Forum on trade",
    when: When = UNDATED,
    *,
    where: str = "",
    speaker: Speaker | None = None,
    spans: tuple[Span, ...] = (Span(0, 5),),
) -> Event:
    return Event(
        what=what,
        when=when,
        where=where,
        article="wire/1.txt",
        spans=spans,
        sentence=1,
        speaker=speaker,
    )


def extracted(facts: Facts, *, rules: int = 1) -> Extracted:
    sentences = tuple(f"They say: {one.what}." for one in facts.ahead)
    return Extracted(facts=facts, sentences=sentences, rules=rules)


@dataclass
class MemoryFacts:
    """Both FactBook and Extracts; ``broken`` is what it says when it fails at everything."""

    figured: list[Traced[Figure]] = field(default_factory=list)
    quoted: list[Traced[Quote]] = field(default_factory=list)
    coming: list[Traced[Event]] = field(default_factory=list)
    #: Articles and the version of the rules that looked through them.
    articles: dict[str, tuple[Article, int]] = field(default_factory=dict)
    renewed: dict[str, Extracted] = field(default_factory=dict)
    #: What was asked for, in order.
    asked: list[object] = field(default_factory=list)
    broken: str = ""

    async def figures(self, sought: Sequence[Sequence[str]], *, limit: int) -> Selection[Figure]:
        self._check()
        self.asked.append(sought)
        return Selection(first=tuple(self.figured[:limit]), more=len(self.figured[limit:]))

    async def quotes(self, names: Sequence[Sequence[str]], *, limit: int) -> Selection[Quote]:
        self._check()
        self.asked.append(names)
        return Selection(first=tuple(self.quoted[:limit]), more=len(self.quoted[limit:]))

    async def ahead(
        self, today: date, *, before: date | None = None, dated: bool = False, limit: int | None
    ) -> Selection[Event]:
        self._check()
        self.asked.append((today, before))
        found = [one for one in self.coming if not dated or part(one.fact.when) == 0]
        most = len(found) if limit is None else limit
        return Selection(first=tuple(found[:most]), more=len(found[most:]))

    async def waiting(self, rules: int) -> int:
        self._check()
        return len(self._older(rules))

    async def unread(self, rules: int, *, limit: int) -> Sequence[Article]:
        self._check()
        return [article for article, _ in self._older(rules).values()][:limit]

    async def renew(self, extracted: Sequence[tuple[Article, Extracted]]) -> None:
        self._check()
        for article, found in extracted:
            self.articles[article.id] = (article, found.rules)
            self.renewed[article.id] = found

    def _older(self, rules: int) -> Mapping[str, tuple[Article, int]]:
        return {key: each for key, each in self.articles.items() if each[1] < rules}

    def _check(self) -> None:
        if self.broken:
            raise StoreError(self.broken)


def fact_answers(
    editions: Editions,
    clock: Clock,
    *,
    facts: MemoryFacts | None = None,
    words: Words | None = None,
) -> FactAnswers:
    """Return what answers from these facts; no article waits to be looked through."""
    book = facts or MemoryFacts()
    return FactAnswers(
        book=book,
        renewal=Renewal(extracts=book, extract=lambda _: extracted(Facts(), rules=2), rules=2),
        editions=editions,
        clock=clock,
        words=words or English(),
        zone=UTC,
        calendar=lambda events: (b" ".join(one.fact.what.encode() for one in events), len(events)),
    )
