"""Answers when a chat gets its digest, and changes it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import time
from typing import assert_never

from bot.app.saving import Saving
from bot.core.ask import Ask
from bot.core.misread_pages import clash_page, misread_page
from bot.core.page import Page
from bot.core.schedule_changes import Clash, changed
from bot.core.schedule_pages import (
    Guess,
    Rescheduled,
    kept_page,
    off_page,
    schedule_page,
    scheduled_page,
)
from bot.core.settings_commands import ScheduleOff, SetSchedule, ShowSchedule
from bot.core.subscription import Schedule, Standing, Subscription, Timing
from bot.core.timing import Misread, Timed, mended, nearly_order, read_timing
from bot.core.wording import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduling:
    """Sets the times of digests. Raises ``StoreError`` and ``ZoneError``."""

    saving: Saving
    words: Words
    #: The names of the time zones that there are.
    zones: Collection[str]
    #: The time zone of a chat that never named one.
    zone: str
    #: What the operator proposes to type behind ``/schedule``.
    proposal: str

    @property
    def proposed(self) -> Schedule:
        """Return the schedule that a chat without one is offered."""
        read = read_timing(self.proposal, self.zones)
        timings = read.timings if isinstance(read, Timed) else (Timing(time(8)),)
        return Schedule(timings, self.zone)

    async def __call__(self, ask: Ask, asked: ShowSchedule | SetSchedule | ScheduleOff) -> Page:
        """Return the answer."""
        subscription = await self.saving.of(ask.destination)
        match asked:
            case ShowSchedule():
                now = self.saving.clock.now()
                return schedule_page(
                    subscription,
                    proposal=self.proposal,
                    now=now,
                    words=self.words,
                    admin=ask.asker.admin,
                )
            case SetSchedule():
                return await self._set(ask, asked, subscription)
            case ScheduleOff():
                return await self._off(ask, subscription)
            case _:
                assert_never(asked)

    async def _set(self, ask: Ask, asked: SetSchedule, before: Subscription) -> Page:
        read = read_timing(asked.typed, self.zones)
        if isinstance(read, Misread):
            order = None if asked.add else nearly_order(asked.typed)
            if order is not None:
                return misread_page(order, order.meant[0], words=self.words)
            line = mended(asked.typed, read, self.zones)
            works = f"add {line}" if line is not None and asked.add else line
            return misread_page(read, works, words=self.words)
        known = None
        if before.schedule is None:
            known = await self.saving.earlier_zone(ask.destination)
        # What a button says was offered in the default zone.
        own = "" if ask.pressed or ask.asker.zone not in self.zones else ask.asker.zone
        zone = known or own or self.zone
        schedule = changed(before.schedule, read, add=asked.add, zone=zone)
        if isinstance(schedule, Clash):
            return clash_page(schedule, asked, read, words=self.words)
        active = replace(before, schedule=schedule, standing=Standing.ACTIVE, reason="")
        if active == before:
            return kept_page(before, now=self.saving.clock.now(), words=self.words)
        after = await self.saving.save(active, ask)
        named = isinstance(read, Timed) and read.zone is not None
        guessed = before.schedule is None and known is None and not named
        guess = (Guess.OWN if own else Guess.DEFAULT) if guessed else None
        change = Rescheduled(
            before=before, after=after, schedule=schedule, added=asked.add, guess=guess
        )
        return scheduled_page(change, now=self.saving.clock.now(), words=self.words)

    async def _off(self, ask: Ask, before: Subscription) -> Page:
        now = self.saving.clock.now()
        if before.schedule is None:
            return kept_page(before, now=now, words=self.words)
        await self.saving.save(replace(before, schedule=None), ask)
        return off_page(before.schedule, now=now, words=self.words)
