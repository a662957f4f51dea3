"""Sends one series for the operator: by the bot that runs, or here where none does."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.app.operator import Operation
from bot.app.outbox import SHOWN_DAYS, Closed, Filled
from bot.app.queue import Done
from bot.app.records import Record, record
from bot.app.saving import zone_of
from bot.core.delivery import OPEN, Kind, Series, State
from bot.core.errors import BriefbotError
from bot.core.late import marked_again
from bot.core.page import Page
from bot.core.subscription import Destination, Subscription

#: So long is it waited for a post to be there.
PATIENCE = timedelta(minutes=1)
#: While the running bot sends it, it is looked for so often, in seconds.
_LOOK = 0.5
#: So many posts of one chat may wait before it.
_BEFORE = 1_000

#: Tells the operator what is being waited for.
Note = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """Posts what the operator asks for. Every method raises ``BriefbotError``."""

    operation: Operation
    note: Note

    async def post(self, destination: Destination) -> Record:
        """Post a digest of now, and return what became of it within a minute."""
        self._channel(destination)
        async with self.operation.hold() as ours:
            if ours:
                await self.operation.declare()
                await self.operation.gather()
            number = await self._open(destination, Kind.DIGEST, None)
            return await self._bring(number, destination, ours=ours)

    async def resend(self, asked: Record) -> Record:
        """Post a slot once more, and return what became of it within a minute.

        What was posted goes out as it was, marked so; in place of what was not, a digest of now.
        """
        series = asked.series
        self._channel(series.destination)
        if series.state in OPEN:
            raise BriefbotError(
                f"Slot {series.id} is still on its way: there is nothing to send again. "
                f"briefbot cancel {series.id} stops it."
            )
        if series.state is not State.POSTED:
            return await self.post(series.destination)
        again = await self._again(series)
        async with self.operation.hold() as ours:
            number = await self._open(series.destination, Kind.AGAIN, again)
            return await self._bring(number, series.destination, ours=ours)

    async def preview(self, destination: Destination) -> Page:
        """Return what ``post`` would post now; nothing is posted."""
        self._channel(destination)
        operation = self.operation
        await operation.gather()
        now = operation.clock.now()
        subscription = await operation.subscriptions.of(destination)
        job = await operation.desk.draft(
            subscription or Subscription(destination=destination),
            shown_since=now - SHOWN_DAYS,
            now=now,
        )
        made = await operation.prepare(replace(job, subscription=subscription))
        if isinstance(made, Closed):
            raise BriefbotError(f"Nothing would be posted. {made.why}")
        return made.page

    def _channel(self, destination: Destination) -> None:
        """Raise ``BriefbotError`` where nothing brings posts to that place."""
        known = self.operation.channels
        if destination.channel not in known:
            raise BriefbotError(
                f"Nothing here can post to {destination}: {destination.channel!r} is not set up. "
                f"A destination begins with one of: {', '.join(sorted(known))}. "
                "briefbot subscriptions lists those in use."
            )

    async def _again(self, series: Series) -> Filled:
        """Return what a series posted, marked as sent again."""
        operation = self.operation
        posted = await operation.records.filled(series.id)
        if posted is None:
            raise BriefbotError(
                f"What slot {series.id} posted is not kept any more. "
                f"briefbot post --to {series.destination} sends a digest of now."
            )
        subscription = await operation.subscriptions.of(series.destination)
        zone = zone_of(subscription, operation.zone) if subscription else operation.zone
        now = operation.clock.now()
        day = now.astimezone(zone).date()
        page = marked_again(posted.page, day, words=operation.words)
        edition = None if posted.edition is None else replace(posted.edition, made=now)
        channel = operation.channels[series.destination.channel]
        payloads = channel.render(page, flat=subscription is not None and subscription.flat)
        return Filled(page=page, payloads=payloads, edition=edition)

    async def _open(self, destination: Destination, kind: Kind, filled: Filled | None) -> int:
        operation = self.operation
        return await operation.desk.open(destination, kind, filled, now=operation.clock.now())

    async def _bring(self, number: int, destination: Destination, *, ours: bool) -> Record:
        """Return the series once it has ended, or as it stands after a minute."""
        deadline = self.operation.clock.now() + PATIENCE
        if ours:
            await self._send(number, destination, deadline)
        else:
            self.note("The running bot sends it: waiting for up to a minute.")
            await self._watch(number, deadline)
        return await record(self.operation.records, number)

    async def _send(self, number: int, destination: Destination, deadline: datetime) -> None:
        """Bring what waits there to its end, the oldest first, up to this series."""
        found = await self.operation.records.series(
            destination=destination, states=OPEN, limit=_BEFORE
        )
        # A part that was sent before the bot stopped has others that belong right after it.
        before = sorted(each.id for each in found if each.state is State.SENDING)
        for each in (*(one for one in before if one != number), number):
            if not await self._finish(each, deadline):
                return

    async def _finish(self, number: int, deadline: datetime) -> bool:
        """Bring a series to its end; say whether that was possible before the deadline."""
        operation = self.operation
        while not isinstance(step := await operation.deliver((str(number),)), Done):
            if step.at > deadline:
                return False
            seconds = (step.at - operation.clock.now()).total_seconds()
            await operation.pause(max(0.0, seconds))
        return True

    async def _watch(self, number: int, deadline: datetime) -> None:
        operation = self.operation
        while operation.clock.now() < deadline:
            series = await operation.records.one(number)
            if series is None or series.state not in OPEN:
                return
            await operation.pause(_LOOK)
