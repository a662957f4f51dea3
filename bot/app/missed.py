"""Answers which digests of a chat came late or not at all."""

from dataclasses import dataclass
from datetime import tzinfo

from bot.app.outbox import History
from bot.app.ports import Clock
from bot.app.saving import zone_of
from bot.core.missed import Remedy, missed_page
from bot.core.page import Page
from bot.core.subscription import Subscription
from bot.core.wording import Words

#: So many digests are looked through: more than a month has, at six a day.
_LOOKED_THROUGH = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """Tells what became of a chat's digests. Raises ``StoreError``."""

    history: History
    clock: Clock
    words: Words
    #: Whose time it is told in where a chat has no schedule.
    zone: tzinfo

    async def __call__(self, subscription: Subscription, *, admin: bool) -> Page:
        """Return those of the last 30 days that did not come on time, for an admin or a member."""
        chat = subscription.destination
        series = await self.history.series(destination=chat, limit=_LOOKED_THROUGH)
        remedy = Remedy.RESEND if admin else None
        if await self.history.last(chat) is None:
            remedy = Remedy.BRIEF
        return missed_page(
            series,
            now=self.clock.now(),
            zone=zone_of(subscription, self.zone),
            words=self.words,
            remedy=remedy,
        )
