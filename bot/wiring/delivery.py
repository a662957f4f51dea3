"""Delivery put together: what books, makes and sends digests, and what settings change of it."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.app.counts import Counts
from bot.app.declared import Declaring
from bot.app.deliver import Deliver
from bot.app.endings import Endings
from bot.app.look import Looks
from bot.app.missed import Missed
from bot.app.outages import Outages
from bot.app.outbox import SHOWN_DAYS, Channel
from bot.app.prepare import PrepareDigest
from bot.app.press import Press
from bot.app.publish import PUBLISH, Publish
from bot.app.readiness import Pulse
from bot.app.resend import Unscheduled
from bot.app.saving import Saving
from bot.app.scheduling import Scheduling
from bot.app.settings import Settings
from bot.app.telling import Telling
from bot.app.topics import Topics
from bot.catalogue import languages
from bot.catalogue import words as words_of
from bot.config.load import Config
from bot.config.tables import Subscription as Declared
from bot.config.tables import zones
from bot.core.abilities import Ability
from bot.core.privacy import Keeping
from bot.core.subscription import (
    Length,
    QuietPolicy,
    Schedule,
    Subscription,
    destination_of,
)
from bot.core.timing import Adjusted, Misread, Timed, read_timing
from bot.engine.local import Engine
from bot.slack.address import CHANNEL as SLACK
from bot.store.chats import Chats
from bot.store.database import Database
from bot.store.desk import Desk
from bot.store.factbook import FactBook
from bot.store.forgetting import Forgetting
from bot.store.heard import KEPT
from bot.store.history import History
from bot.store.housekeeping import prune_delivery, prune_heard
from bot.store.lives import Lives
from bot.store.marks import Marks
from bot.store.outbox import Outbox
from bot.store.slots import Slots
from bot.store.subscriptions import Subscriptions
from bot.store.works import Works
from bot.wiring.parts import SystemClock, contact

#: A look for what is due that went well is missed after so many seconds.
_OVERDUE = 60.0

#: What the languages call themselves.
_NAMES = {"en": "English", "ru": "русский", "zh": "中文"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What delivers, part by part."""

    engine: Engine
    publish: Publish
    deliver: Deliver
    endings: Endings
    prepare: PrepareDigest
    settings: Settings
    unscheduled: Unscheduled
    declaring: Declaring
    declared: Sequence[Subscription]
    telling: Telling
    outages: Outages
    subscriptions: Subscriptions
    slots: Slots
    desk: Desk
    history: History
    lives: Lives
    chats: Chats
    forgetting: Forgetting
    channels: Mapping[str, Channel]
    counts: Counts
    pulse: Pulse
    #: Deletes what was delivered long ago.
    database: Database
    keep_days: int
    removed_days: int

    async def declare(self) -> None:
        """Bring the rows in step with the configuration."""
        await self.declaring.declare(self.declared)

    async def clean(self, now: datetime) -> None:
        """Delete what is kept no longer: old series, and chats that the bot was removed from."""
        before = now - timedelta(days=self.keep_days)
        await prune_delivery(self.database, before=before, shown_since=now - SHOWN_DAYS)
        await prune_heard(self.database, before=now - KEPT)
        for chat in await self.chats.gone(now - timedelta(days=self.removed_days)):
            await self.forgetting.chat(chat)


def delivery(
    config: Config,
    database: Database,
    *,
    looks: Looks,
    channels: Mapping[str, Channel],
    posts: bool,
) -> Delivery:
    """Return what delivers digests through these channels.

    Unless this process ``posts``, what somebody wants sent again is left to the one that does.
    """
    clock, counts, words = SystemClock(), Counts(), words_of(config.digest.language)
    subscriptions, slots, desk = Subscriptions(database), Slots(database), Desk(database)
    history, lives = History(database), Lives(database)
    language, zone = config.digest.language, ZoneInfo(config.digest.zone)
    operator = config.operator.destination
    marks = Marks(database)

    async def sweep() -> None:
        """Put a work for what was written without one, unless another process does."""
        if posts:
            await publish.sweep()

    telling = Telling(
        marks=marks,
        desk=desk,
        channels=channels,
        destination=destination_of(operator) if operator else None,
        sweep=sweep,
        clock=clock,
    )
    outages = Outages(
        marks=marks,
        tell=telling,
        reaches=telling.reaches,
        clock=clock,
        words=words_of(language),
    )
    prepare = PrepareDigest(
        press=Press(
            looks=looks,
            book=FactBook(database),
            words=cache(words_of),
            language=language,
            told=outages.told,
        ),
        lives=lives,
        channels=channels,
    )
    endings = Endings(outbox=Outbox(database), chats=subscriptions)
    deliver = Deliver(
        desk=desk,
        outbox=endings,
        prepare=prepare,
        channels=channels,
        clock=clock,
        tell=telling,
        counts=counts,
    )
    engine = Engine(Works(database), {PUBLISH: deliver}, clock=clock)
    publish = Publish(
        slots=slots,
        subscriptions=subscriptions,
        queue=engine,
        clock=clock,
        tell=telling,
        counts=counts,
    )
    saving = Saving(subscriptions=subscriptions, slots=slots, clock=clock, language=language)
    unscheduled = Unscheduled(
        history=history,
        desk=desk,
        prepare=prepare,
        channels=channels,
        sweep=sweep,
        clock=clock,
        words=words,
        zone=zone,
    )
    settings = Settings(
        saving=saving,
        scheduling=Scheduling(
            saving=saving,
            words=words,
            zones=zones(),
            zone=config.digest.zone,
            proposal=config.schedule.when,
        ),
        topics=Topics(
            saving=saving,
            archive=looks.digests.archive,
            gazetteer=looks.digests.beat.gazetteer,
            words=words,
        ),
        missed=Missed(history=history, clock=clock, words=words, zone=zone),
        unscheduled=unscheduled,
        keeping=Keeping(
            delivery=config.retention.delivery_days,
            shown=SHOWN_DAYS.days,
            removed=config.retention.removed_days,
            joining=frozenset({SLACK}),
            contact=contact(config),
        ),
        languages={code: _NAMES.get(code, code) for code in languages()},
        words=words,
        tongue=cache(words_of),
        # A reader's own client decides which posts of Slack make a sound.
        abilities={SLACK: frozenset({Ability.THREADS})},
    )
    return Delivery(
        engine=engine,
        publish=publish,
        deliver=deliver,
        endings=endings,
        prepare=prepare,
        settings=settings,
        unscheduled=unscheduled,
        declaring=Declaring(saving=saving, marks=marks),
        declared=[_declared(each, config) for each in config.subscriptions],
        telling=telling,
        outages=outages,
        subscriptions=subscriptions,
        slots=slots,
        desk=desk,
        history=history,
        lives=lives,
        chats=Chats(database),
        forgetting=Forgetting(database),
        channels=channels,
        counts=counts,
        pulse=Pulse(time.monotonic, within=_OVERDUE),
        database=database,
        keep_days=config.retention.delivery_days,
        removed_days=config.retention.removed_days,
    )


def _declared(said: Declared, config: Config) -> Subscription:
    """Return a subscription of the configuration, whose times were read when it was checked."""
    timed = read_timing(said.when, zones())
    match timed:
        case Timed():
            schedule = Schedule(timed.timings, timed.zone or config.digest.zone)
        case Adjusted() | Misread():
            raise ValueError(said.when)
        case _:
            assert_never(timed)
    return Subscription(
        destination=destination_of(said.to),
        schedule=schedule,
        topics=said.topics,
        length=Length(said.length),
        language=said.language or config.digest.language,
        silent=said.silent,
        quiet=QuietPolicy(said.quiet),
        flat=said.flat,
        grace=timedelta(hours=said.grace_hours),
        declared=True,
    )
