"""A clock that stands, sources that say what they are told, and articles to try things on."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from bot.app.ports import Found, Present
from bot.core.errors import SourceError
from bot.core.health import Fault
from bot.core.values import Article, Published

NOW = datetime(2025, 9, 2, 3, 0, tzinfo=UTC)


@dataclass
class StandingClock:
    """Tells the moment it was set to."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment


@dataclass
class ScriptedSource:
    """Holds articles by id; the version is the text. What changes is put in by the test."""

    name: str = "wire"
    articles: dict[str, Article] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    #: Raised after everything it holds was listed.
    failing: Fault | None = None
    #: What ``changes`` does: None is a change, a fault ends the watch with it.
    happenings: asyncio.Queue[Fault | None] = field(default_factory=asyncio.Queue)
    #: Whether ``changes`` ends once nothing more happens.
    ends: bool = False

    def hold(self, *articles: Article) -> None:
        self.articles = {article.id: article for article in articles}

    async def read(self, known: Mapping[str, str]) -> AsyncIterator[Found | Present | Fault]:
        for fault in self.faults:
            yield fault
        for key, article in self.articles.items():
            if known.get(key) == article.text:
                yield Present(id=key)
            else:
                yield Found(article=article, version=article.text)
        if self.failing is not None:
            raise SourceError(self.failing)

    async def changes(self) -> AsyncIterator[None]:
        while not (self.ends and self.happenings.empty()):
            happening = await self.happenings.get()
            if happening is not None:
                self.happenings.task_done()
                raise SourceError(happening)
            yield None
            # Whoever asks for the next change has dealt with this one.
            self.happenings.task_done()


def article(
    number: int,
    *,
    day: date | None = date(2025, 9, 1),
    text: str = "",
    source: str = "wire",
) -> Article:
    return Article(
        id=f"{source}/{number}.txt",
        source=source,
        text=text or TEXTS[number % len(TEXTS)],
        published=None if day is None else Published(day=day),
        publisher="Example News",
    )


#: Reports that share nothing with each other.
TEXTS: Sequence[str] = (
    (
        "The harbour of Port Ember reopened on Monday after a storm closed it for nine days. "
        "Engineers cleared 40,000 tonnes of sand from the main channel. "
        "The first ship carried grain for three northern provinces. "
        "Insurers put the damage at $12 million."
    ),
    (
        "Parliament adopted a budget that raises spending on rural schools by 8 percent. "
        "Two parties voted against the law. "
        "Teachers in mountain villages will earn a fifth more from January. "
        "The opposition had asked for a referendum."
    ),
    (
        "A railway between the two capitals will carry passengers from next spring. "
        "Tickets cost less than a flight, the operator announced. "
        "The tunnel under the river took six years to dig. "
        "Trains run at 250 kilometres an hour."
    ),
    (
        "Doctors at the city hospital treated a rare fever with a new vaccine. "
        "All eleven patients recovered within a week. "
        "The laboratory plans a larger trial in autumn. "
        "Its results appear in a medical journal."
    ),
)
