"""Digests outside their schedule: the last one sent again, and the next one tried."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo

from bot.app.outbox import SHOWN_DAYS, Channel, Closed, Desk, Filled, History, Prepare
from bot.app.ports import Clock
from bot.app.saving import zone_of
from bot.core.again import (
    no_channel_page,
    nothing_to_post_page,
    nothing_to_resend_page,
    on_its_way_page,
    preview_page,
)
from bot.core.delivery import Kind, State
from bot.core.late import marked_again
from bot.core.page import Page
from bot.core.subscription import Subscription
from bot.core.wording import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Unscheduled:
    """Makes digests outside their schedule. Every method raises ``StoreError``."""

    history: History
    desk: Desk
    prepare: Prepare
    #: The ways to chats that are open, by name.
    channels: Mapping[str, Channel]
    #: Puts a work for every series that has none, where the bot is running.
    sweep: Callable[[], Awaitable[object]]
    clock: Clock
    words: Words
    #: Whose day it is where a chat has no schedule.
    zone: tzinfo

    async def resend(self, subscription: Subscription) -> Page:
        """Send the last digest of the chat once more, marked so, to all of it."""
        channel = self.channels.get(subscription.destination.channel)
        if channel is None:
            return no_channel_page(words=self.words)
        found = await self.history.last(subscription.destination)
        if found is None:
            return nothing_to_resend_page(words=self.words)
        series, posted = found
        now, zone = self.clock.now(), zone_of(subscription, self.zone)
        page = marked_again(posted.page, now.astimezone(zone).date(), words=self.words)
        edition = None if posted.edition is None else replace(posted.edition, made=now)
        payloads = channel.render(page, flat=subscription.flat)
        again = Filled(page=page, payloads=payloads, edition=edition)
        await self.desk.open(subscription.destination, Kind.AGAIN, again, now=now)
        await self.sweep()
        return on_its_way_page(series.due.astimezone(zone).date(), words=self.words)

    async def preview(self, subscription: Subscription) -> Page:
        """Return what a digest of the chat would be now; nothing is posted."""
        now = self.clock.now()
        job = await self.desk.draft(subscription, shown_since=now - SHOWN_DAYS, now=now)
        # As one for a slot, which a quiet day may leave out.
        series = replace(job.series, slot=subscription.next)
        made = await self.prepare(replace(job, series=series))
        if isinstance(made, Closed):
            quiet = made.state is State.QUIET
            return (nothing_to_post_page if quiet else no_channel_page)(words=self.words)
        return preview_page(made.page, words=self.words)
