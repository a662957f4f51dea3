"""A series brought to its end: prepared when its turn has come, then sent part by part."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import assert_never

from bot.app import attempt
from bot.app.about import about
from bot.app.counts import Counts, outcome_name
from bot.app.journal import ids_of, log_closed, log_end, log_over
from bot.app.outbox import (
    SHOWN_DAYS,
    Channel,
    Closed,
    Filled,
    Job,
    LateDesk,
    Outbox,
    Prepare,
    Ready,
    Tell,
    Wait,
)
from bot.app.ports import Clock
from bot.app.queue import Again, Done
from bot.app.trouble import Trouble
from bot.app.turns import Turns
from bot.app.way import Known, Way, bearable, judged, stale_from, taken_up, too_old
from bot.core.delivery import (
    LATE_FROM,
    Deferred,
    Delivered,
    Moved,
    Pace,
    Refused,
    Scope,
    State,
    Unsure,
)
from bot.core.slots import COVERED, TOO_OLD

#: An account that refuses us is asked again after this time.
_REFUSED = timedelta(minutes=1)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliver:
    """Does works of the kind ``PUBLISH``: each call sends one part at most, and never waits.

    So a bot that stops has to wait for one message only.
    """

    desk: LateDesk
    outbox: Outbox
    prepare: Prepare
    #: By the name that a destination gives.
    channels: Mapping[str, Channel]
    clock: Clock
    tell: Tell
    counts: Counts
    _turns: Turns = field(init=False, default_factory=Turns)
    _ways: dict[int, Way] = field(init=False, default_factory=dict)
    _trouble: Trouble = field(init=False, default_factory=Trouble)

    async def __call__(self, args: tuple[str, ...]) -> Done | Again:
        """Bring the series of that number a step further. Raises ``StoreError``."""
        series = int(args[0])
        with about(series=series):
            way = self._ways.get(series)
            if way is None or (way.known is None and way.is_stale(self.clock.now())):
                begun = await self._begin(series)
                if not isinstance(begun, Way):
                    return begun
                way = begun
            with about(**ids_of(way.of)):
                known = way.known
                return await (self._record(way, known) if known else self._go_on(way))

    async def _go_on(self, way: Way) -> Done | Again:
        """Send the next part if it may go now."""
        channel = self.channels[way.destination.channel]
        paces = channel.paces(way.destination)
        if way.sought is not None:
            return await self._look_again(way, channel, way.sought)
        turn = self._turn(way, paces, self.clock.now())
        now = self.clock.now()
        if turn > now:
            return Again(turn)
        ready = await self.outbox.begin(way.series, paces, now=now)
        match ready:
            case None:
                return self._over(way.series)
            case Wait(until):
                return self._wait(way, until)
            case Ready():
                return await self._attempt(way, channel, ready)
            case _:
                assert_never(ready)

    async def _begin(self, series: int) -> Way | Done | Again:
        """Find the series, and prepare it if that is still to be done."""
        now = self.clock.now()
        job = await self.desk.job(series, shown_since=now - SHOWN_DAYS)
        if job is None:
            return self._over(series)
        with about(**ids_of(job.series)):
            return await self._take_up(job, now)

    async def _take_up(self, job: Job, now: datetime) -> Way | Done | Again:
        """Prepare an open series once its turn has come."""
        series, destination = job.series.id, job.series.destination
        channel = self.channels.get(destination.channel)
        if channel is None:
            why = f"Nothing here can post to {destination}: {destination.channel!r} is not set up."
            await self.desk.close(series, State.REFUSED, why=why, now=now)
            await self.tell.tell(why)
            return self._end(series)
        way = taken_up(job)
        paces = channel.paces(destination)
        turn = self._turn(way, paces, now)
        # A clock goes on between two looks at it.
        if turn > self.clock.now():
            return Again(turn)
        if not await self._write(job, way):
            return self._end(series)
        for pace in paces[:1]:
            self._turns.learn(series, pace, way.parts)
        self._ways[series] = way
        return way

    async def _write(self, job: Job, way: Way) -> bool:
        """Prepare what is due, or no longer says how late it is; say whether there is a post."""
        now = self.clock.now()
        if job.series.state is State.SENDING:
            if not way.is_stale(now):
                return True
            if not await self.desk.unfill(way.series):
                # Some of it may be there: the rest belongs to it.
                way.stale = None
                return True
            job = replace(job, series=replace(job.series, state=State.DUE))
        filled = await self._fill(job)
        if isinstance(filled, Closed):
            log_closed(job.series, filled)
            if job.series.slot is not None:
                self.counts.slots[filled.state] += 1
            return False
        way.parts, way.stale = filled, stale_from(job, now)
        return True

    async def _fill(self, job: Job) -> int | Closed:
        """Write the parts and return how many there are, or close the series and say why."""
        series, now = job.series, self.clock.now()
        filled: Filled | Closed = Closed(State.MISSED, TOO_OLD)
        if not too_old(job, now):
            if job.overtaken and await self.desk.cover(series.id, why=COVERED, now=now):
                return Closed(State.COVERED, COVERED)
            filled = await self.prepare(job)
        now = self.clock.now()
        if isinstance(filled, Closed):
            await self.desk.close(series.id, filled.state, why=filled.why, now=now)
            return filled
        await self.desk.fill(series.id, filled, now=now)
        if series.slot is not None and now - series.due >= LATE_FROM:
            self.counts.late += 1
        return len(filled.payloads)

    async def _attempt(self, way: Way, channel: Channel, ready: Ready) -> Done | Again:
        """Send the part that is ready and record what became of it, with all that follows."""
        post = replace(ready.post, elsewhere=way.elsewhere)
        with about(part=post.part):
            begun = self.clock.now()
            outcome = None
            if ready.interrupted:
                outcome = await attempt.find(channel, post)
                if isinstance(outcome, Deferred):
                    # Recorded, it would count as not sent. It stays until it can be found.
                    way.sought, way.stale = ready, None
                    return Again(self._later(outcome.seconds))
            way.sought = None
            if outcome is None:
                self.counts.interrupted += ready.interrupted
                outcome = await attempt.send(channel, post)
            now = self.clock.now()
            outcome = judged(outcome, way, now)
            self.counts.parts[outcome_name(outcome)] += 1
            log.debug("Part %d of %d: %s.", post.part + 1, way.parts, outcome_name(outcome))
            self.counts.seconds += max(0.0, (now - begun).total_seconds())
            # Kept, or a store that fails now would have the part sent once more.
            way.known = Known(post, outcome, now)
            return await self._record(way, way.known)

    async def _look_again(self, way: Way, channel: Channel, sought: Ready) -> Done | Again:
        """Go on with a part that was begun and has to be found, unless its series is over."""
        since = self.clock.now() - SHOWN_DAYS
        if await self.desk.job(way.series, shown_since=since) is None:
            return self._end(way.series)
        return await self._attempt(way, channel, sought)

    async def _record(self, way: Way, known: Known) -> Done | Again:
        """Record what became of a part before anything else is done for its series."""
        paces = self.channels[way.destination.channel].paces(way.destination)
        await self.outbox.record(known.post, known.outcome, paces, now=known.at)
        way.known = None
        return await self._follow(way, known, paces)

    async def _follow(self, way: Way, known: Known, paces: tuple[Pace, ...]) -> Done | Again:
        """Return how the series goes on after this outcome."""
        now = self.clock.now()
        match known.outcome:
            case Delivered() | Refused(scope=Scope.PART):
                await self._settle(way, known, known.outcome)
                return self._end(way.series) if way.is_last(known.post) else Again(now)
            case Deferred(seconds, scope):
                return await self._defer(way, paces, seconds, scope)
            case Moved(destination):
                way.destination = destination
                way.moves += 1
                return Again(now, str(destination))
            case Refused(why, Scope.ACCOUNT):
                channel = way.destination.channel
                await self._say(self._trouble.refused(channel, why))
                self._hold(paces, now + _REFUSED)
                return self._wait(way, now + _REFUSED)
            case Refused(why):
                await self.tell.tell(way.refusal(why))
                return self._end(way.series)
            case Unsure(why):
                log.warning("A part may not be at %s: %s", way.destination, why)
                return Again(self._later(way.doubted()))
            case _:
                assert_never(known.outcome)

    async def _settle(self, way: Way, known: Known, outcome: Delivered | Refused) -> None:
        """Note that the channel takes posts, and that this part is over."""
        way.queues, way.stale, way.unsure = False, None, 0
        if isinstance(outcome, Refused):
            log.error("A part was refused by %s: %s", way.destination, outcome.why)
        else:
            await self._say(self._trouble.over(way.destination))
        if way.is_last(known.post):
            log_end(way.placed, outcome, parts=way.parts, now=known.at)

    async def _defer(
        self, way: Way, paces: tuple[Pace, ...], seconds: float, scope: Scope
    ) -> Again:
        """Come back when the channel has asked to, and tell the operator of a long wait."""
        until = self._later(seconds)
        place = way.destination.channel if scope is Scope.ACCOUNT else str(way.destination)
        if seconds > LATE_FROM.total_seconds():
            log.warning("%s asks for a wait of %.0f seconds.", place, seconds)
            await self._say(self._trouble.waits(place, until))
        if scope is Scope.ACCOUNT:
            self._hold(paces, until)
        return self._wait(way, until)

    async def _say(self, sentence: str | None) -> None:
        if sentence is not None:
            await self.tell.tell(sentence)

    def _over(self, series: int) -> Done:
        log_over()
        return self._end(series)

    def _end(self, series: int) -> Done:
        self._ways.pop(series, None)
        self._turns.leave(series)
        return Done()

    def _wait(self, way: Way, until: datetime) -> Again:
        """Come back at that moment: the turn was in vain."""
        self._turns.leave(way.series)
        return Again(until)

    def _turn(self, way: Way, paces: tuple[Pace, ...], now: datetime) -> datetime:
        """Return when the series may go on; one whose first part is there waits for no turn."""
        if way.queues and paces:
            return self._turns.take(way.series, paces[0], now=now)
        return now

    def _hold(self, paces: tuple[Pace, ...], until: datetime) -> None:
        for pace in paces[:1]:
            self._turns.hold(pace, until)

    def _later(self, seconds: float) -> datetime:
        return self.clock.now() + bearable(seconds)
