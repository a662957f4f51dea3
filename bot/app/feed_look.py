"""One look at one feed: what it brings is taken in, and what it teaches is remembered."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.app.feed import Brought, FeedMemory, Feeds, FeedSetting, Unchanged
from bot.app.feed_findings import Took
from bot.app.feed_plan import SOON, Bounds, after_answer, after_failure
from bot.app.feed_taking import FeedTaking
from bot.app.ports import Clock
from bot.core import rhythm as rhythms
from bot.core.errors import FeedError
from bot.core.faults import Reading
from bot.core.health import Fault, Health, Reason, Standing
from bot.core.newest import newest_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What came of a look at a feed: what to remember, how it is, what it brought."""

    memory: FeedMemory
    health: Health
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Looker:
    """Looks at feeds."""

    feeds: Feeds
    taking: FeedTaking
    clock: Clock
    bounds: Bounds
    #: A number from 0 to 1, another one at each call.
    chance: Callable[[], float]

    async def look(self, setting: FeedSetting, memory: FeedMemory, health: Health | None) -> Looked:
        """Look at the feed; whatever is wrong with it or the archive is said in what comes of it.

        ``memory`` and ``health`` are what the last look left, if any.
        """
        noted = memory.terms is not None
        if memory.terms != setting.terms:
            trouble = await self.taking.capped(setting)
            if trouble:
                return self._untaken(memory, health, Took(trouble=trouble))
            memory = replace(memory, terms=setting.terms)
        try:
            showed = self.taking.familiar.showed(setting)
            answer = await self.feeds.look(setting, replace(memory, shown=showed.settled))
            took = Took()
            if isinstance(answer, Brought):
                # What a crash left unnoted of the first look was the import.
                first = memory.answered is None and (noted or not await self.taking.began(setting))
                took = await self.taking.take(setting, answer, showed, imported=first)
        except FeedError as error:
            return self._failed(setting, memory, health, error)
        except Exception as error:
            # The one place that every feed passes: none may stop the others, whatever it serves.
            log.exception("The feed %s could not be read.", setting.name)
            detail = type(error).__name__
            fault = Fault(name=setting.name, reason=Reason.BROKEN_FEED, detail=detail)
            return self._failed(setting, memory, health, FeedError(fault))
        if took.trouble:
            return self._untaken(memory, health, took)
        return self._answered(memory, health, answer, took)

    def _answered(
        self, memory: FeedMemory, before: Health | None, answer: Brought | Unchanged, took: Took
    ) -> Looked:
        now = self.clock.now()
        rhythm = rhythms.learned(memory.rhythm, now=now, brought=took.moments, new=took.new)
        following = after_answer(
            rhythm, now=now, bounds=self.bounds, patience=answer.patience, chance=self.chance()
        )
        etag, modified = _validators(memory, answer, took)
        remembered = replace(
            memory,
            etag=etag,
            modified=modified,
            moved=answer.moved,
            next=self._soon(now) if took.unfinished else following,
            asked=now,
            answered=now,
            failures=0,
            # One that was ended and answers again lives.
            retired=False,
            rhythm=rhythm,
        )
        health = _health(remembered, before, now)
        if isinstance(answer, Brought):
            health = replace(
                health,
                articles=health.articles if took.articles is None else took.articles,
                newest=newest_of(health.newest, took.newest, now=now),
                faults=(*answer.faults, *took.faults),
                brought=now if took.new else health.brought,
            )
        reading = Reading(
            source=memory.source,
            new=took.new,
            changed=took.changed,
            articles=health.articles,
            faults=health.faults,
        )
        return Looked(memory=remembered, health=health, reading=reading)

    def _failed(
        self, setting: FeedSetting, memory: FeedMemory, before: Health | None, error: FeedError
    ) -> Looked:
        now = self.clock.now()
        fault = replace(error.fault, name=setting.name)
        ended = fault.reason is Reason.GONE
        failures = memory.failures + 1
        following = after_failure(
            now=now,
            bounds=self.bounds,
            failures=failures,
            retry=error.retry,
            chance=self.chance(),
        )
        remembered = replace(
            memory,
            next=None if ended else following,
            asked=now,
            failures=failures,
            retired=ended,
        )
        health = replace(
            _health(remembered, before, now),
            failing=fault,
            faults=(),
            since=_failing_since(before, now),
            tries=failures,
        )
        if ended:
            health = replace(health, rhythm=Standing.RETIRED)
        reading = Reading(source=memory.source, articles=health.articles, failing=fault)
        return Looked(memory=remembered, health=health, reading=reading)

    def _untaken(self, memory: FeedMemory, before: Health | None, took: Took) -> Looked:
        """Return what holds where the archive took nothing in: all is tried again soon."""
        now = self.clock.now()
        remembered = replace(memory, asked=now, next=self._soon(now), retired=False)
        health = replace(_health(remembered, before, now), faults=took.faults)
        reading = Reading(
            source=memory.source,
            articles=health.articles,
            faults=took.faults,
            trouble=took.trouble,
        )
        return Looked(memory=remembered, health=health, reading=reading)

    def _soon(self, now: datetime) -> datetime:
        return now + SOON * (1 + self.chance())


def _validators(
    memory: FeedMemory, answer: Brought | Unchanged, took: Took
) -> tuple[str | None, str | None]:
    """Return what lets the feed say the next time that nothing has changed."""
    if took.unfinished or took.failed:
        # Without these it shows everything again, which is what is needed to go on.
        return None, None
    if isinstance(answer, Brought):
        return answer.etag, answer.modified
    return answer.etag or memory.etag, answer.modified or memory.modified


def _health(memory: FeedMemory, before: Health | None, now: datetime) -> Health:
    """Return how a feed is that could be read and brought nothing, after what it was before."""
    before = before or Health(source=memory.source, failing=None, checked=now)
    return Health(
        source=memory.source,
        failing=None,
        checked=now,
        articles=before.articles,
        newest=before.newest,
        faults=before.faults,
        since=rhythms.since(memory.rhythm),
        rhythm=rhythms.standing(memory.rhythm),
        daily=rhythms.daily(memory.rhythm, now=now),
        brought=before.brought,
        next=memory.next,
    )


def _failing_since(before: Health | None, now: datetime) -> datetime:
    if before is None or before.failing is None:
        return now
    return before.since or before.checked
