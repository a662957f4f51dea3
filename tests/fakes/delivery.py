"""The ports of delivery kept in memory, as their contracts say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from bot.app.outbox import Closed, Filled, Job, Ready, Wait
from bot.app.queue import Kept
from bot.app.slots import Unput
from bot.core.delivery import (
    OPEN,
    Deferred,
    Delivered,
    Elsewhere,
    Fate,
    Kind,
    Moved,
    Outcome,
    Pace,
    Payload,
    Post,
    Receipt,
    Refused,
    Scope,
    Series,
    State,
    Unsure,
    Work,
)
from bot.core.errors import StoreError
from bot.core.page import Heading, Page, Plain
from bot.core.slots import Booking
from bot.core.subscription import Destination, Slot, Standing, Subscription

NOW = datetime(2025, 9, 2, 3, tzinfo=UTC)
HERE = Destination("loop", "here")
MINUTE = timedelta(minutes=1)


@dataclass
class SetClock:
    """Stands where it is set."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment

    def forward(self, by: timedelta) -> None:
        self.moment += by


@dataclass
class MemoryWorks:
    """Where a queue keeps its works; ``broken`` is what it says when it fails."""

    kept: dict[int, Kept] = field(default_factory=dict)
    broken: str = ""
    ids: Iterator[int] = field(default_factory=lambda: count(1))

    async def put(self, works: Sequence[Work]) -> Sequence[Kept]:
        self.check()
        new = []
        for work in works:
            if work.key not in {kept.work.key for kept in self.kept.values()}:
                kept = Kept(id=next(self.ids), work=work)
                self.kept[kept.id] = kept
                new.append(kept)
        return new

    async def all(self) -> Sequence[Kept]:
        self.check()
        return list(self.kept.values())

    async def done(self, id: int) -> None:
        self.check()
        del self.kept[id]

    async def again(self, id: int, at: datetime) -> None:
        self.check()
        kept = self.kept[id]
        self.kept[id] = Kept(id=id, work=replace(kept.work, not_before=at))

    def check(self) -> None:
        if self.broken:
            raise StoreError(self.broken)


@dataclass
class MemoryPaces:
    """The generic cell rate algorithm by name."""

    arrivals: dict[str, datetime] = field(default_factory=dict)
    held: dict[str, datetime] = field(default_factory=dict)
    broken: str = ""
    #: The names of the paces of each message that was to be counted.
    asked: list[list[str]] = field(default_factory=list)

    async def reserve(self, paces: Sequence[Pace], *, now: datetime) -> datetime | None:
        self.asked.append([pace.name for pace in paces])
        if self.broken:
            raise StoreError(self.broken)
        moments = [self.moment(pace, now) for pace in paces]
        if any(moment > now for moment in moments):
            return max(moments)
        for pace in paces:
            arrival = max(now, self.arrivals.get(pace.name, now))
            self.arrivals[pace.name] = arrival + timedelta(seconds=pace.interval)
        return None

    async def hold(self, name: str, *, until: datetime) -> None:
        if self.broken:
            raise StoreError(self.broken)
        self.held[name] = until

    def moment(self, pace: Pace, now: datetime) -> datetime:
        arrival = self.arrivals.get(pace.name, now)
        room = arrival - timedelta(seconds=(pace.burst - 1) * pace.interval)
        return max(room, self.held.get(pace.name, now))


@dataclass
class MemoryDelivery:
    """Subscriptions, Slots, Desk and Outbox over the same rows."""

    rows: dict[int, Series] = field(default_factory=dict)
    payloads: dict[int, tuple[Payload, ...]] = field(default_factory=dict)
    receipts: dict[int, list[Receipt]] = field(default_factory=dict)
    subscriptions: dict[Destination, Subscription] = field(default_factory=dict)
    unnoted: set[int] = field(default_factory=set)
    paces: MemoryPaces = field(default_factory=MemoryPaces)
    #: What begin was asked for, in order.
    begun: list[int] = field(default_factory=list)

    def add(
        self, destination: Destination = HERE, *, due: datetime = NOW, kind: Kind = Kind.DIGEST
    ) -> int:
        """Add a series that is due, of a slot if it is a digest."""
        slot = Slot(due, due.date(), due.time()) if kind is Kind.DIGEST else None
        return self._write(destination, kind, slot, due, None)

    async def of(self, destination: Destination) -> Subscription | None:
        return self.subscriptions.get(destination)

    async def all(self) -> Sequence[Subscription]:
        return list(self.subscriptions.values())

    async def save(
        self, subscription: Subscription, *, now: datetime, undo: bool = False
    ) -> Subscription:
        del now, undo
        self.subscriptions[subscription.destination] = subscription
        return subscription

    async def previous(self, destination: Destination) -> Subscription | None:
        return self.subscriptions.get(destination)

    async def due(self, now: datetime, *, limit: int) -> Sequence[Subscription]:
        due = [
            one
            for one in self.subscriptions.values()
            if one.standing is Standing.ACTIVE and one.next and one.next.moment <= now
        ]
        return due[:limit]

    async def book(self, bookings: Sequence[Booking], *, now: datetime) -> Sequence[Unput]:
        written = []
        for booking in bookings:
            before = booking.subscription
            self.subscriptions[before.destination] = replace(before, next=booking.next)
            for booked in booking.slots:
                number = self._write(
                    before.destination, Kind.DIGEST, booked.slot, booked.slot.moment, before
                )
                if booked.state is State.DUE:
                    written.append(Unput(number, before.destination, Kind.DIGEST))
                else:
                    await self.close(number, booked.state, why=booked.why, now=now)
        return written

    async def unput(self, *, limit: int) -> Sequence[Unput]:
        ones = [self.rows[one] for one in sorted(self.unnoted) if self.rows[one].state in OPEN]
        return [Unput(one.id, one.destination, one.kind) for one in ones[:limit]]

    async def put(self, series: Sequence[int]) -> None:
        self.unnoted.difference_update(series)

    async def restart(self) -> None:
        self.unnoted.update(self.rows)

    async def taken(self, subscription: int, *, since: date) -> frozenset[tuple[date, time]]:
        slots = [one.slot for one in self.rows.values() if one.subscription == subscription]
        return frozenset((slot.day, slot.at) for slot in slots if slot and slot.day >= since)

    async def barred(self, destination: Destination) -> bool:
        del destination
        return False

    async def ahead(self, now: datetime, *, beyond: int, limit: int) -> Sequence[Subscription]:
        found = [
            one
            for one in sorted(self.subscriptions.values(), key=lambda one: one.id)
            if one.standing is Standing.ACTIVE and one.next and one.next.moment > now
        ]
        return [one for one in found if one.id > beyond][:limit]

    async def unmissed(self, now: datetime) -> None:
        wrong = {State.MISSED, State.COVERED}
        for number, one in list(self.rows.items()):
            if one.due > now and one.state in wrong:
                del self.rows[number]

    async def job(self, series: int, *, shown_since: datetime) -> Job | None:
        del shown_since
        row = self.rows[series]
        if row.state not in OPEN:
            return None
        subscription = self.subscriptions.get(row.destination)
        overtaken = any(self._overtakes(one, row) for one in self.rows.values())
        return Job(
            series=row,
            subscription=subscription,
            since=None,
            shown=frozenset(),
            overtaken=overtaken,
        )

    async def draft(
        self, subscription: Subscription, *, shown_since: datetime, now: datetime
    ) -> Job:
        raise NotImplementedError

    async def fill(self, series: int, filled: Filled, *, now: datetime) -> None:
        self.payloads[series] = filled.payloads
        self.receipts[series] = [
            Receipt(series=series, part=part, fate=Fate.WAITING, changed=now)
            for part in range(len(filled.payloads))
        ]
        self.rows[series] = replace(
            self.rows[series], state=State.SENDING, parts=len(filled.payloads)
        )

    async def unfill(self, series: int) -> bool:
        row, parts = self.rows[series], self.receipts[series]
        if any(one.fate is not Fate.WAITING or one.interrupted for one in parts):
            return False
        self.rows[series] = replace(row, state=State.DUE, parts=0)
        return True

    async def cover(self, series: int, *, why: str, now: datetime) -> bool:
        row = self.rows[series]
        later = [one for one in self.rows.values() if self._overtakes(one, row)]
        if not later:
            return False
        last = max(later, key=lambda one: one.due)
        self.rows[last.id] = replace(last, covers=last.covers + row.covers + 1)
        await self.close(series, State.COVERED, why=why, now=now)
        return True

    def _overtakes(self, one: Series, row: Series) -> bool:
        """Say whether one is a later slot of the same chat that has come as well."""
        slots = row.slot is not None and one.slot is not None
        due = one.state is State.DUE and one.due > row.due
        return slots and due and one.destination == row.destination

    async def close(self, series: int, state: State, *, why: str, now: datetime) -> None:
        self.rows[series] = replace(self.rows[series], state=state, why=why, ended=now)

    async def open(
        self, destination: Destination, kind: Kind, filled: Filled | None, *, now: datetime
    ) -> int:
        number = self._write(destination, kind, None, now, None)
        if filled:
            await self.fill(number, filled, now=now)
        return number

    async def begin(
        self, series: int, paces: Sequence[Pace], *, now: datetime
    ) -> Ready | Wait | None:
        self.begun.append(series)
        row = self.rows[series]
        if row.state is not State.SENDING:
            return None
        left = [one for one in self.receipts[series] if one.fate in {Fate.WAITING, Fate.SENDING}]
        until = await self.paces.reserve(paces, now=now)
        if until is not None:
            return Wait(until)
        receipt = left[0]
        interrupted = receipt.fate is Fate.SENDING
        self.receipts[series][receipt.part] = replace(
            receipt,
            fate=Fate.SENDING,
            attempts=receipt.attempts + 1,
            interrupted=receipt.interrupted + interrupted,
        )
        post = Post(
            series=series,
            part=receipt.part,
            destination=row.destination,
            payload=self.payloads[series][receipt.part],
        )
        return Ready(post, interrupted)

    async def record(
        self, post: Post, outcome: Outcome, paces: Sequence[Pace], *, now: datetime
    ) -> None:
        row, receipts = self.rows[post.series], self.receipts[post.series]
        receipt = receipts[post.part]
        match outcome:
            case Delivered(reference):
                receipt = replace(receipt, fate=Fate.DELIVERED, reference=reference)
            case Refused(why, Scope.PART):
                receipt = replace(receipt, fate=Fate.REFUSED, why=why)
            case Refused(why, Scope.DESTINATION):
                receipt = replace(receipt, fate=Fate.REFUSED, why=why)
                await self.close(post.series, State.REFUSED, why=why, now=now)
            case Refused():
                receipt = replace(receipt, fate=Fate.WAITING)
                await self.hold(paces[0].name, until=now + MINUTE)
            case Deferred(seconds, scope):
                receipt = replace(receipt, fate=Fate.WAITING)
                for pace in paces[:1] if scope is Scope.ACCOUNT else paces[1:]:
                    await self.hold(pace.name, until=now + timedelta(seconds=seconds))
            case Moved(destination):
                receipt = replace(receipt, fate=Fate.WAITING)
                self.rows[post.series] = replace(row, destination=destination)
            case Unsure(why):
                receipt = replace(receipt, why=why)
        receipts[post.part] = receipt
        if all(one.fate in {Fate.DELIVERED, Fate.REFUSED} for one in receipts):
            arrived = any(one.fate is Fate.DELIVERED for one in receipts)
            state = State.POSTED if arrived else State.REFUSED
            await self.close(post.series, state, why="", now=now)

    async def hold(self, name: str, *, until: datetime) -> None:
        self.paces.held[name] = until

    def _write(
        self,
        destination: Destination,
        kind: Kind,
        slot: Slot | None,
        due: datetime,
        subscription: Subscription | None,
    ) -> int:
        number = max(self.rows, default=0) + 1
        self.rows[number] = Series(
            id=number,
            kind=kind,
            destination=destination,
            subscription=subscription.id if subscription else None,
            slot=slot,
            due=due,
            state=State.DUE,
        )
        self.unnoted.add(number)
        return number


@dataclass
class Loop:
    """A channel that keeps what it is sent; ``answers`` are its outcomes by the payload's text.

    What has no answers left is delivered. A sent text of which it says Unsure is there.
    """

    limits: tuple[Pace, ...] = ()
    answers: dict[str, list[Outcome | Exception]] = field(default_factory=dict)
    finds: dict[str, list[Outcome | Exception]] = field(default_factory=dict)
    sent: list[tuple[str, str]] = field(default_factory=list)
    unders: list[str | None] = field(default_factory=list)
    attached: list[str | None] = field(default_factory=list)
    elsewhere: list[Elsewhere] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)

    def render(self, page: Page, *, flat: bool = False) -> tuple[Payload, ...]:
        texts = [span.text for block in page.blocks for span in spans(block)]
        return ({"text": " ".join(texts)},) if flat else tuple({"text": each} for each in texts)

    def paces(self, destination: Destination, *, answer: bool = False) -> tuple[Pace, ...]:
        del destination
        return tuple(
            replace(pace, name=f"{pace.name}, answers") if answer else pace for pace in self.limits
        )

    async def send(self, post: Post) -> Outcome:
        text = str(post.payload["text"])
        outcome = _next(self.answers, text) or Delivered(f"id of {text}")
        if isinstance(outcome, Exception):
            raise outcome
        if isinstance(outcome, Delivered | Unsure):
            self.sent.append((str(post.destination), text))
            self.unders.append(post.under)
            self.attached.append(post.answers)
            self.elsewhere.append(post.elsewhere)
        return outcome

    async def find(self, post: Post) -> Outcome:
        text = str(post.payload["text"])
        self.looked.append(text)
        outcome = _next(self.finds, text) or Unsure("It cannot be looked up.")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def _next(
    answers: Mapping[str, list[Outcome | Exception]], text: str
) -> Outcome | Exception | None:
    left = answers.get(text)
    return left.pop(0) if left else None


def spans(block: object) -> Sequence[Plain]:
    assert isinstance(block, Heading)
    return [span for span in block.spans if isinstance(span, Plain)]


def page(*texts: str) -> Page:
    """Return a page that Loop renders as one message a text."""
    return Page(tuple(Heading((Plain(text),)) for text in texts))


def filled(*texts: str) -> Filled:
    return Filled(page=page(*texts), payloads=tuple({"text": text} for text in texts))


@dataclass
class Preparing:
    """Prepares the same parts for all, or closes; keeps the jobs it was given."""

    result: Filled | Closed = field(default_factory=lambda: filled("one", "two"))
    jobs: list[Job] = field(default_factory=list)

    async def __call__(self, job: Job) -> Filled | Closed:
        self.jobs.append(job)
        return self.result


@dataclass
class Told:
    """Keeps what the operator is told."""

    sentences: list[str] = field(default_factory=list)

    async def tell(self, sentence: str) -> None:
        self.sentences.append(sentence)
