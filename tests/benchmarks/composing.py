"""Measures what composing costs when many chats share few sets of topics."""

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.app.digest import Beat, Digests
from bot.app.look import Looks
from bot.app.outbox import Filled, Job
from bot.app.ports import Found
from bot.app.prepare import PrepareDigest
from bot.app.press import Press
from bot.app.revision import Revision
from bot.core.delivery import Kind, Payload, Series, State
from bot.core.page import Page
from bot.core.subscription import Destination, Subscription
from bot.core.wording import English
from bot.store.archive import Archive
from bot.store.database import open_database
from bot.store.factbook import FactBook
from bot.store.healths import Healths
from bot.store.intake import Intake
from bot.store.lives import Lives
from tests.benchmarks.datasets import own
from tests.benchmarks.loopback import CONNECTIONS, Loopback
from tests.benchmarks.tables import table

TOPICS = ((), ("China",), ("trade", "energy"))
NOW = datetime(2025, 9, 2, 8, tzinfo=UTC)


class Clock:
    """Stands at the moment of the slot."""

    def now(self) -> datetime:
        """Return that moment."""
        return NOW


class Counted(Loopback):
    """A channel that is never sent anything, and counts what it renders."""

    def __init__(self) -> None:
        super().__init__(0)
        self.rendered = 0

    def render(self, page: Page, *, flat: bool = False) -> tuple[Payload, ...]:
        """Count it."""
        self.rendered += 1
        return super().render(page, flat=flat)


async def composing(destinations: int) -> str:
    """Return a table of what the first digests cost, and all the others."""
    channel = Counted()
    async with open_database(None) as database:
        articles = [Found(article=article, version="1") for article in own()]
        await Intake(database).save(articles, now=NOW - timedelta(hours=1), imported=False)
        beat = Beat(title="SCO", lines=3, stories=10, max_age_days=36_500, zone=ZoneInfo("UTC"))
        digests = Digests(
            archive=Archive(database), healths=Healths(database), clock=Clock(), beat=beat
        )
        prepare = PrepareDigest(
            press=Press(
                looks=Looks(digests=digests, revision=Revision()),
                book=FactBook(database),
                words=lambda _: English(),
                language="en",
            ),
            lives=Lives(database),
            channels={"loop": channel},
        )
        left = jobs(destinations)
        first = await timed(prepare, (next(left) for _ in TOPICS))
        others = await timed(prepare, left)
    rest = destinations - len(TOPICS)
    rows = [
        ["the first digest of each set of topics", f"{1000 * first / len(TOPICS):.2f}"],
        ["each other chat's", f"{1000 * others / rest:.2f}"],
    ]
    title = (
        f"Composing for {destinations:,} chats with {len(TOPICS)} sets of topics from "
        f"{len(articles)} articles: {channel.rendered} pages made"
    )
    return table(title, ["", "milliseconds"], rows)


def jobs(count: int) -> Iterator[Job]:
    """Yield the jobs of one slot, whose chats share the sets of topics."""
    for number in range(count):
        destination = Destination("loop", str(number))
        series = Series(
            id=number,
            kind=Kind.DIGEST,
            destination=destination,
            subscription=number,
            slot=None,
            due=NOW,
            state=State.DUE,
        )
        wish = Subscription(destination=destination, topics=TOPICS[number % len(TOPICS)])
        yield Job(series=series, subscription=wish, since=None, shown=frozenset())


async def timed(prepare: PrepareDigest, some: Iterator[Job]) -> float:
    """Prepare the jobs, many at once; return the seconds it took."""

    async def work() -> None:
        for job in some:
            assert isinstance(await prepare(job), Filled)

    begun = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(CONNECTIONS)))
    return time.perf_counter() - begun
