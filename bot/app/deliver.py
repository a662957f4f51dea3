"""A series brought to its end: prepared when its turn has come, then sent part by part."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import assert_never

from bot.app import attempt
from bot.app.about import about
from bot.app.counts import Counts, outcome_name
from bot.app.outbox import (
    SHOWN_DAYS,
    Channel,
    Closed,
    Desk,
    Job,
    Outbox,
    Prepare,
    Ready,
    Tell,
    Wait,
)
from bot.app.ports import Clock
from bot.app.queue import Again, Done
from bot.app.turns import Turns
from bot.app.way import Way, grace, judged, too_old
from bot.core.delivery import (
    LATE_FROM,
    Deferred,
    Delivered,
    Kind,
    Moved,
    Outcome,
    Pace,
    Refused,
    Scope,
    State,
    Unsure,
)
from bot.core.slots import TOO_OLD

#: An account that refuses us is asked again after this time.
_REFUSED = timedelta(minutes=1)
#: The shortest and the longest wait after an attempt of which nobody knows what became, in seconds.
_UNSURE, _UNSURE_LONGEST = 1.0, 600.0
#: A wait that a channel asks for is at least this long, in seconds.
_SHORTEST = 0.05

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliver:
    """Does works of the kind ``PUBLISH``: each call sends one part at most, and never waits.

    So a bot that stops has to wait for one message only.
    """

    desk: Desk
    outbox: Outbox
    prepare: Prepare
    #: By the name that a destination gives.
    channels: Mapping[str, Channel]
    clock: Clock
    tell: Tell
    counts: Counts
    _turns: Turns = field(init=False, default_factory=Turns)
    _ways: dict[int, Way] = field(init=False, default_factory=dict)
    #: The channels whose account refuses us, as the operator was told.
    _refusing: set[str] = field(init=False, default_factory=set)

    async def __call__(self, args: tuple[str, ...]) -> Done | Again:
        """Bring the series of that number a step further. Raises ``StoreError``."""
        series = int(args[0])
        with about(series=series):
            begun = self._ways.get(series) or await self._begin(series)
            return await self._go_on(begun) if isinstance(begun, Way) else begun

    async def _go_on(self, way: Way) -> Done | Again:
        """Send the next part if it may go now."""
        channel = self.channels[way.destination.channel]
        paces = channel.paces(way.destination)
        now = self.clock.now()
        ready = await self.outbox.begin(way.series, paces, now=now)
        match ready:
            case None:
                return self._end(way.series)
            case Wait(until):
                return Again(self._turn(way, paces, now, until))
            case Ready():
                with about(part=ready.post.part):
                    return await self._attempt(way, channel, paces, ready)
            case _:
                assert_never(ready)

    async def _begin(self, series: int) -> Way | Done | Again:
        """Prepare the series if that is still to be done, once its turn has come."""
        now = self.clock.now()
        job = await self.desk.job(series, shown_since=now - SHOWN_DAYS)
        if job is None:
            return self._end(series)
        destination = job.series.destination
        channel = self.channels.get(destination.channel)
        if channel is None:
            why = f"Nothing here can post to {destination}: {destination.channel!r} is not set up."
            return await self._close(series, Closed(State.REFUSED, why), tell=True)
        way = Way(
            series=series,
            destination=destination,
            parts=job.series.parts,
            queues=job.series.kind is Kind.DIGEST,
            deadline=job.series.due + grace(job),
        )
        paces = channel.paces(destination)
        turn = self._turn(way, paces, now)
        # A clock goes on between two looks at it.
        if turn > self.clock.now():
            return Again(turn)
        if job.series.state is State.DUE:
            filled = Closed(State.MISSED, TOO_OLD) if too_old(job, now) else await self._fill(job)
            if isinstance(filled, Closed):
                return await self._close(series, filled)
            way.parts = filled
        for pace in paces[:1]:
            self._turns.learn(series, pace, way.parts)
        self._ways[series] = way
        return way

    async def _fill(self, job: Job) -> int | Closed:
        """Write the parts and return how many there are, or why there are none."""
        filled = await self.prepare(job)
        if isinstance(filled, Closed):
            return filled
        now = self.clock.now()
        await self.desk.fill(job.series.id, filled, now=now)
        if job.series.slot is not None and now - job.series.due >= LATE_FROM:
            self.counts.late += 1
        return len(filled.payloads)

    async def _attempt(
        self, way: Way, channel: Channel, paces: tuple[Pace, ...], ready: Ready
    ) -> Done | Again:
        """Send the part that is ready and record what became of it, with all that follows."""
        post = ready.post
        begun = self.clock.now()
        outcome = None
        if ready.interrupted:
            outcome = await attempt.find(channel, post)
            if isinstance(outcome, Deferred):
                # Recorded, it would count as not sent. It stays as it is until it can be found.
                return Again(self._later(outcome.seconds))
        if outcome is None:
            self.counts.interrupted += ready.interrupted
            outcome = await attempt.send(channel, post)
        now = self.clock.now()
        outcome = judged(outcome, way, now)
        self.counts.parts[outcome_name(outcome)] += 1
        self.counts.seconds += max(0.0, (now - begun).total_seconds())
        await self.outbox.record(post, outcome, paces, now=now)
        return await self._follow(way, outcome, paces, last=post.part + 1 >= way.parts)

    async def _follow(
        self, way: Way, outcome: Outcome, paces: tuple[Pace, ...], *, last: bool
    ) -> Done | Again:
        """Return how the series goes on after this outcome."""
        now = self.clock.now()
        match outcome:
            case Delivered() | Refused(scope=Scope.PART):
                await self._settle(way, outcome)
                return self._end(way.series) if last else Again(now)
            case Deferred(seconds, scope):
                until = self._later(seconds)
                if scope is Scope.ACCOUNT:
                    self._hold(paces, until)
                return Again(self._turn(way, paces, now, until))
            case Moved(destination):
                way.destination = destination
                way.moves += 1
                return Again(now)
            case Refused(why, Scope.ACCOUNT):
                await self._refuse(way.destination.channel, why)
                self._hold(paces, now + _REFUSED)
                return Again(self._turn(way, paces, now, now + _REFUSED))
            case Refused(why):
                place = way.destination
                await self.tell.tell(f"{place} gets no digest any more: it refuses posts. {why}")
                return self._end(way.series)
            case Unsure(why):
                way.unsure += 1
                log.warning("A part may not be at %s: %s", way.destination, why)
                return Again(self._later(min(_UNSURE_LONGEST, _UNSURE * 2 ** (way.unsure - 1))))
            case _:
                assert_never(outcome)

    async def _settle(self, way: Way, outcome: Delivered | Refused) -> None:
        """Note that the channel takes posts, and that this part is over."""
        way.queues = False
        way.unsure = 0
        if isinstance(outcome, Refused):
            log.error("A part was refused by %s: %s", way.destination, outcome.why)
        elif way.destination.channel in self._refusing:
            self._refusing.discard(way.destination.channel)
            await self.tell.tell(f"Posts to {way.destination.channel} go out again.")

    async def _refuse(self, channel: str, why: str) -> None:
        if channel not in self._refusing:
            self._refusing.add(channel)
            mend = "Nothing goes out there until that is mended; what is due waits."
            await self.tell.tell(f"{channel} refuses this bot: {why} {mend}")

    async def _close(self, series: int, closed: Closed, *, tell: bool = False) -> Done:
        await self.desk.close(series, closed.state, why=closed.why, now=self.clock.now())
        if tell:
            await self.tell.tell(closed.why)
        return self._end(series)

    def _end(self, series: int) -> Done:
        self._ways.pop(series, None)
        self._turns.end(series)
        return Done()

    def _turn(
        self,
        way: Way,
        paces: tuple[Pace, ...],
        now: datetime,
        not_before: datetime | None = None,
    ) -> datetime:
        """Return when the series may go on; one whose first part is there waits for no turn."""
        if way.queues and paces:
            return self._turns.take(way.series, paces[0], now=now, not_before=not_before)
        return not_before or now

    def _hold(self, paces: tuple[Pace, ...], until: datetime) -> None:
        for pace in paces[:1]:
            self._turns.hold(pace, until)

    def _later(self, seconds: float) -> datetime:
        return self.clock.now() + timedelta(seconds=max(_SHORTEST, seconds))
