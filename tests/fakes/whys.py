"""Follows articles over ports in memory."""

from dataclasses import dataclass
from datetime import datetime

from bot.app.digest import Digests
from bot.app.look import Looks
from bot.app.outbox import Job
from bot.app.ports import Editions
from bot.app.revision import Revision
from bot.app.why import Whys
from bot.core.delivery import Kind, Series, State
from bot.core.subscription import Subscription
from tests.fakes.chats import MemorySubscriptions
from tests.fakes.memory import MemoryArchive, MemorySearch


@dataclass(frozen=True)
class NothingPosted:
    """Drafts for chats that were never posted to."""

    async def draft(
        self, subscription: Subscription, *, shown_since: datetime, now: datetime
    ) -> Job:
        del shown_since
        series = Series(
            id=0,
            kind=Kind.DIGEST,
            destination=subscription.destination,
            subscription=None,
            slot=None,
            due=now,
            state=State.DUE,
        )
        return Job(series=series, subscription=subscription, since=None, shown=frozenset())


def whys(digests: Digests, archive: MemoryArchive, editions: Editions) -> Whys:
    """Return what follows the articles of that archive."""
    return Whys(
        looks=Looks(digests=digests, revision=Revision()),
        search=MemorySearch(archive),
        editions=editions,
        subscriptions=MemorySubscriptions(),
        desk=NothingPosted(),
        language="en",
    )
