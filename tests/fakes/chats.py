"""The verbs of settings over ports in memory."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from zoneinfo import available_timezones

from bot.app.missed import Missed
from bot.app.outbox import Closed, Filled, Job
from bot.app.resend import Unscheduled
from bot.app.saving import Saving
from bot.app.scheduling import Scheduling
from bot.app.settings import Settings
from bot.app.slots import Unput
from bot.app.topics import Topics
from bot.core.ask import Asker
from bot.core.delivery import Kind, Receipt, Series, State
from bot.core.errors import StoreError
from bot.core.gazetteer import Gazetteer
from bot.core.page import Heading, Page, Plain
from bot.core.privacy import Keeping
from bot.core.settings_commands import SettingsCommand
from bot.core.slots import Booking
from bot.core.subscription import Destination, Subscription, destination_of
from bot.core.verbs import parse
from bot.core.wording import English, Words
from tests.fakes.asks import ADMIN, ask
from tests.fakes.delivery import Loop
from tests.fakes.memory import MemoryArchive
from tests.fakes.pages import text
from tests.fakes.press import NOW, StandingClock

ZONES = frozenset(available_timezones())
HERE = destination_of("loop:here")


@dataclass
class MemorySubscriptions:
    """What chats have asked for, and what stood before."""

    rows: dict[Destination, Subscription] = field(default_factory=dict)
    before: dict[Destination, Subscription] = field(default_factory=dict)
    broken: str = ""

    async def of(self, destination: Destination) -> Subscription | None:
        if self.broken:
            raise StoreError(self.broken)
        return self.rows.get(destination)

    async def all(self) -> Sequence[Subscription]:
        return sorted(self.rows.values(), key=lambda one: one.destination)

    async def save(
        self, subscription: Subscription, *, now: datetime, undo: bool = False
    ) -> Subscription:
        place = subscription.destination
        if place in self.rows:
            self.before[place] = replace(self.rows[place], undone=undo)
        number = subscription.id or len(self.rows) + 1
        self.rows[place] = replace(subscription, id=number, changed=now)
        return self.rows[place]

    async def previous(self, destination: Destination) -> Subscription | None:
        return self.before.get(destination)


@dataclass
class MemorySlots:
    """Keeps what was booked."""

    booked: list[Booking] = field(default_factory=list)

    async def due(self, now: datetime, *, limit: int) -> Sequence[Subscription]:
        del now, limit
        return ()

    async def book(self, bookings: Sequence[Booking], *, now: datetime) -> Sequence[Unput]:
        del now
        self.booked += bookings
        return ()

    async def unput(self, *, limit: int) -> Sequence[Unput]:
        del limit
        return ()

    async def put(self, series: Sequence[int]) -> None:
        del series

    async def restart(self) -> None:
        """Count nothing as unput."""

    async def taken(self, subscription: int, *, since: date) -> frozenset[tuple[date, time]]:
        del subscription, since
        return frozenset()

    async def barred(self, destination: Destination) -> bool:
        del destination
        return False

    async def ahead(self, now: datetime, *, beyond: int, limit: int) -> Sequence[Subscription]:
        del now, beyond, limit
        return ()

    async def unmissed(self, now: datetime) -> None:
        del now


@dataclass
class MemoryPosts:
    """What was posted in chats: History and Desk."""

    rows: list[Series] = field(default_factory=list)
    posted: dict[Destination, tuple[Series, Filled]] = field(default_factory=dict)
    opened: list[tuple[Destination, Kind, Filled | None]] = field(default_factory=list)
    drafted: list[Job] = field(default_factory=list)

    async def series(
        self,
        *,
        destination: Destination | None = None,
        states: frozenset[State] | None = None,
        limit: int,
    ) -> Sequence[Series]:
        rows = [
            one
            for one in self.rows
            if destination in {None, one.destination} and (states is None or one.state in states)
        ]
        return sorted(rows, key=lambda one: one.due, reverse=True)[:limit]

    async def receipts(self, series: int) -> Sequence[Receipt]:
        del series
        return ()

    async def last(self, destination: Destination) -> tuple[Series, Filled] | None:
        return self.posted.get(destination)

    async def job(self, series: int, *, shown_since: datetime) -> Job | None:
        del series, shown_since
        return None

    async def draft(
        self, subscription: Subscription, *, shown_since: datetime, now: datetime
    ) -> Job:
        assert shown_since < now
        one = replace(series(due=now, state=State.DUE), destination=subscription.destination)
        return Job(series=one, subscription=subscription, since=None, shown=frozenset())

    async def fill(self, series: int, filled: Filled, *, now: datetime) -> None:
        del series, filled, now

    async def close(self, series: int, state: State, *, why: str, now: datetime) -> None:
        del series, state, why, now

    async def open(
        self, destination: Destination, kind: Kind, filled: Filled | None, *, now: datetime
    ) -> int:
        del now
        self.opened.append((destination, kind, filled))
        return len(self.opened)


def series(
    *,
    due: datetime = NOW,
    state: State = State.POSTED,
    ended: datetime | None = None,
    why: str = "",
    kind: Kind = Kind.DIGEST,
) -> Series:
    return Series(
        id=0,
        kind=kind,
        destination=HERE,
        subscription=None,
        slot=None,
        due=due,
        state=state,
        why=why,
        ended=ended,
    )


def page(title: str) -> Page:
    return Page((Heading((Plain(title),)),), title)


@dataclass
class Chat:
    """A chat whose settings people ask for and change."""

    subscriptions: MemorySubscriptions = field(default_factory=MemorySubscriptions)
    slots: MemorySlots = field(default_factory=MemorySlots)
    posts: MemoryPosts = field(default_factory=MemoryPosts)
    archive: MemoryArchive = field(default_factory=MemoryArchive)
    clock: StandingClock = field(default_factory=StandingClock)
    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    channels: dict[str, Loop] = field(default_factory=lambda: {"loop": Loop()})
    prepared: Filled | Closed = field(
        default_factory=lambda: Filled(page=page("News"), payloads=())
    )
    jobs: list[Job] = field(default_factory=list)
    swept: int = 0
    words: Words = field(default_factory=English)
    zone: str = "Asia/Almaty"
    languages: dict[str, str] = field(default_factory=lambda: {"en": "English", "ru": "Русский"})

    def says(self, typed: str, *, asker: Asker = ADMIN, of: Destination = HERE) -> str:
        """Return what is answered to what somebody types."""
        return text(self.shows(typed, asker=asker, of=of))

    def shows(self, typed: str, *, asker: Asker = ADMIN, of: Destination = HERE) -> Page:
        command = parse(typed)
        assert isinstance(command, SettingsCommand), command
        return asyncio.run(self.settings()(ask(typed, of=str(of), asker=asker), command))

    def presses(self, said: str, *, asker: Asker = ADMIN) -> str:
        """Return the answer to a button that says so."""
        command = parse(said)
        assert isinstance(command, SettingsCommand), command
        asked = replace(ask(said, of=str(HERE), asker=asker), pressed=True)
        return text(asyncio.run(self.settings()(asked, command)))

    def of(self, destination: Destination = HERE) -> Subscription:
        return self.subscriptions.rows[destination]

    async def prepare(self, job: Job) -> Filled | Closed:
        self.jobs.append(job)
        return self.prepared

    async def sweep(self) -> int:
        self.swept += 1
        return 0

    def settings(self) -> Settings:
        saving = Saving(
            subscriptions=self.subscriptions, slots=self.slots, clock=self.clock, language="en"
        )
        return Settings(
            saving=saving,
            scheduling=Scheduling(
                saving=saving,
                words=self.words,
                zones=ZONES,
                zone=self.zone,
                proposal="8am weekdays",
            ),
            topics=Topics(
                saving=saving, archive=self.archive, gazetteer=self.gazetteer, words=self.words
            ),
            missed=Missed(history=self.posts, clock=self.clock, words=self.words, zone=UTC),
            unscheduled=Unscheduled(
                history=self.posts,
                desk=self.posts,
                prepare=self.prepare,
                channels=self.channels,
                sweep=self.sweep,
                clock=self.clock,
                words=self.words,
                zone=UTC,
            ),
            keeping=Keeping(delivery=90, shown=30, removed=30, joining=frozenset({"open"})),
            languages=self.languages,
            words=self.words,
        )
