"""What the operator orders: slots cancelled, chats listed, people forgotten, slots looked up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.app import ordering, records
from bot.app.ordering import CANCELLED
from bot.app.outbox import Ready
from bot.app.records import Record, UnknownSlotError
from bot.app.slots import Unput
from bot.core.delivery import LATE_FROM, Delivered, Kind, State
from bot.core.errors import BriefbotError
from bot.core.slot_text import NamedSlot
from bot.core.slots import Booking
from bot.core.subscription import NOT_LISTED, Destination, Schedule, Standing, Subscription
from bot.store.chats import Chats
from bot.store.desk import Desk
from bot.store.outbox import Outbox
from bot.store.slots import Slots
from bot.store.subscriptions import Subscriptions
from tests.fakes.delivery import filled
from tests.fakes.operations import DAILY, NOW, OTHER, TEAM, Stage, slot, staged

DAY = timedelta(days=1)
TOMORROW = slot((NOW + DAY).date())
NAMED = NamedSlot(TEAM, TOMORROW.day, TOMORROW.at)


async def opened(stage: Stage, *texts: str, at: Destination = TEAM) -> int:
    contents = filled(*texts) if texts else None
    return await Desk(stage.database).open(at, Kind.DIGEST, contents, now=stage.clock.now())


async def states(stage: Stage) -> Sequence[tuple[int, State, str]]:
    found = await stage.operation.records.series(limit=100)
    return [(each.id, each.state, each.why) for each in found]


def test_what_is_on_its_way_is_cancelled() -> None:
    async def scenario(stage: Stage) -> None:
        number = await opened(stage, "one")

        assert await ordering.cancel(stage.operation, number) == "Slot 1 is cancelled."
        assert await states(stage) == [(1, State.CANCELLED, CANCELLED)]

    staged(scenario)


def test_what_had_arrived_of_it_is_told() -> None:
    async def scenario(stage: Stage) -> None:
        number = await opened(stage, "one", "two", "three")
        outbox = Outbox(stage.database)
        ready = await outbox.begin(number, (), now=NOW)
        assert isinstance(ready, Ready)
        await outbox.record(ready.post, Delivered("1"), (), now=NOW)

        said = await ordering.cancel(stage.operation, number)

        assert said == "Slot 1 is cancelled. 1 of 3 parts had arrived."

    staged(scenario)


def test_what_is_over_cannot_be_cancelled() -> None:
    async def scenario(stage: Stage) -> None:
        number = await opened(stage, "one")
        await ordering.cancel(stage.operation, number)

        with pytest.raises(BriefbotError) as raised:
            await ordering.cancel(stage.operation, number)

        assert str(raised.value) == "Slot 1 is over (cancelled): nothing is left to cancel."

    staged(scenario)


def test_what_was_posted_just_before_is_not_called_cancelled() -> None:
    async def scenario(stage: Stage) -> None:
        number = await opened(stage, "one")

        class Quick(Desk):
            async def close(self, series: int, state: State, **_: object) -> None:
                assert (series, state) == (number, State.CANCELLED)
                await stage.send_all()

        operation = replace(stage.operation, desk=Quick(stage.database))
        with pytest.raises(BriefbotError, match=r"^Slot 1 is over \(posted\): nothing is left"):
            await ordering.cancel(operation, number)

    staged(scenario)


def test_the_next_slot_is_cancelled_before_it_comes_and_the_schedule_stays() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.subscribe()

        said = await ordering.cancel(stage.operation, NAMED)

        assert said == (
            "loop:team@2025-09-03 08:00 is cancelled. The next one is 2025-09-04 08:00."
        )
        kept = await Subscriptions(stage.database).of(TEAM)
        assert kept is not None
        assert (kept.schedule, kept.next) == (DAILY, slot((NOW + 2 * DAY).date()))
        assert await states(stage) == [(1, State.CANCELLED, CANCELLED)]
        with pytest.raises(BriefbotError, match=r"^Slot 1 is over \(cancelled\)"):
            await ordering.cancel(stage.operation, NAMED)

    staged(scenario)


def test_of_slots_that_have_come_only_the_one_named_is_cancelled() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.subscribe()
        stage.clock.forward(3 * DAY)

        await ordering.cancel(stage.operation, NAMED)

        [due] = await Slots(stage.database).due(stage.clock.now(), limit=10)
        assert due.next == slot((NOW + 2 * DAY).date())

    staged(scenario)


def test_the_last_slot_there_will_be_can_be_cancelled() -> None:
    async def scenario(stage: Stage) -> None:
        never = Schedule(timings=(replace(DAILY.timings[0], days=(9,)),), zone=DAILY.zone)
        once = Subscription(destination=TEAM, schedule=never, next=TOMORROW)
        await Subscriptions(stage.database).save(once, now=NOW)

        said = await ordering.cancel(stage.operation, NAMED)

        assert said == "loop:team@2025-09-03 08:00 is cancelled."

    staged(scenario)


def test_a_bot_that_booked_it_first_leaves_it_to_be_cancelled_as_any_other() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.subscribe()

        class Quick(Slots):
            async def book(self, bookings: Sequence[Booking], *, now: datetime) -> Sequence[Unput]:
                due = [replace(one, state=State.DUE) for each in bookings for one in each.slots]
                first = [replace(each, slots=tuple(due)) for each in bookings]
                await super().book(first, now=now)
                return await super().book(bookings, now=now)

        operation = replace(stage.operation, slots=Quick(stage.database))

        assert await ordering.cancel(operation, NAMED) == "Slot 1 is cancelled."

    staged(scenario)


@pytest.mark.parametrize("subscribed", ["not", "without schedule", "another time"])
def test_a_slot_that_never_was_is_told_with_where_to_look(subscribed: str) -> None:
    async def scenario(stage: Stage) -> None:
        if subscribed != "not":
            await stage.subscribe(schedule=None if "without" in subscribed else DAILY)
        asked = replace(NAMED, day=NOW.date())

        for order in (ordering.cancel, ordering.find):
            with pytest.raises(UnknownSlotError) as raised:
                await order(stage.operation, asked)

            assert str(raised.value) == (
                "loop:team has had no slot on 2025-09-02 at 08:00. "
                "briefbot receipts --destination loop:team lists those it had."
            )

    staged(scenario)


@pytest.mark.parametrize("days", [1, 2])
def test_a_slot_that_has_not_come_is_told_with_the_next_one(days: int) -> None:
    async def scenario(stage: Stage) -> None:
        await stage.subscribe()
        asked = replace(NAMED, day=(NOW + days * DAY).date())

        with pytest.raises(UnknownSlotError) as raised:
            await ordering.find(stage.operation, asked)

        assert str(raised.value) == (
            f"{asked} has not come yet. Its next slot is 2025-09-03 08:00: only that one can be "
            "cancelled. briefbot post --to loop:team sends a digest of now."
        )

    staged(scenario)


def test_a_slot_is_found_by_its_number_or_its_time() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.subscribe()
        await ordering.cancel(stage.operation, NAMED)

        by_time = await ordering.find(stage.operation, NAMED)

        assert by_time == await ordering.find(stage.operation, 1)
        with pytest.raises(UnknownSlotError) as raised:
            await ordering.find(stage.operation, 2)
        assert str(raised.value) == (
            "There is no slot of the number 2. briefbot receipts lists those there are."
        )

    staged(scenario)


CHAT = Destination("telegram", "-1001")


def test_a_chat_is_listed() -> None:
    async def scenario(stage: Stage) -> None:
        said = await ordering.allow(stage.operation, CHAT, allowed=True)

        known = await Chats(stage.database).of(CHAT)
        assert known is not None
        assert (said, known.allowed) == ("telegram:-1001 is listed: the bot serves it.", True)

    staged(scenario)


def test_a_chat_that_is_taken_off_the_list_gets_nothing_until_it_is_listed_again() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.subscribe(CHAT)

        said = await ordering.allow(stage.operation, CHAT, allowed=False)

        assert said == "telegram:-1001 is not listed any more: the bot posts nothing there."
        barred = await Subscriptions(stage.database).of(CHAT)
        assert barred is not None
        assert (barred.standing, barred.reason, barred.next) == (Standing.STOPPED, NOT_LISTED, None)

        await ordering.allow(stage.operation, CHAT, allowed=True)

        served = await Subscriptions(stage.database).of(CHAT)
        assert served is not None
        assert (served.standing, served.reason, served.next) == (Standing.ACTIVE, "", TOMORROW)

    staged(scenario)


def test_listing_a_chat_starts_nothing_that_others_stopped() -> None:
    async def scenario(stage: Stage) -> None:
        for standing, reason in ((Standing.PAUSED, ""), (Standing.STOPPED, "It is gone.")):
            await stage.subscribe(CHAT, standing=standing, reason=reason)

            await ordering.allow(stage.operation, CHAT, allowed=True)

            kept = await Subscriptions(stage.database).of(CHAT)
            assert kept is not None
            assert (kept.standing, kept.reason) == (standing, reason)

    staged(scenario)


def test_a_chat_without_a_schedule_is_listed_again_without_one() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.subscribe(CHAT, schedule=None)
        await ordering.allow(stage.operation, CHAT, allowed=False)

        await ordering.allow(stage.operation, CHAT, allowed=True)

        kept = await Subscriptions(stage.database).of(CHAT)
        assert kept is not None
        assert (kept.standing, kept.next) == (Standing.ACTIVE, None)

    staged(scenario)


@pytest.mark.parametrize("own", ["terminal", "file"])
def test_the_operator_s_own_places_need_no_list(own: str) -> None:
    async def scenario(stage: Stage) -> None:
        with pytest.raises(BriefbotError, match=r"is the operator's own: it is served without"):
            await ordering.allow(stage.operation, Destination(own, "x"), allowed=True)

    staged(scenario)


def test_a_chat_or_a_person_is_forgotten_and_what_is_not_kept_is_told() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.subscribe(CHAT)
        await Chats(stage.database).added(CHAT, owner="77", now=NOW)

        person = await ordering.forget(stage.operation, "77")
        chat = await ordering.forget(stage.operation, CHAT)

        assert person == "77 is forgotten: 1 row deleted or blanked."
        assert chat == "telegram:-1001 is forgotten: 2 rows deleted or blanked."
        for whom in (CHAT, "77"):
            with pytest.raises(BriefbotError) as raised:
                await ordering.forget(stage.operation, whom)
            assert str(raised.value) == (
                f"Nothing is kept of {whom}. A chat is named as briefbot subscriptions lists it, "
                "a person by the platform's id."
            )

    staged(scenario)


async def stuck(stage: Stage, chat: Destination | None = None) -> list[int]:
    now = stage.clock.now()
    found = await records.stuck(stage.operation.records, chat, now=now)
    return [each.series.id for each in found]


def test_what_is_late_or_half_sent_is_stuck() -> None:
    async def scenario(stage: Stage) -> None:
        half, waiting = await opened(stage, "one", "two"), await opened(stage, at=OTHER)
        over = await opened(stage, "three")
        await ordering.cancel(stage.operation, over)
        await Outbox(stage.database).begin(half, (), now=NOW)

        assert await stuck(stage) == [half]
        stage.clock.forward(LATE_FROM)
        assert await stuck(stage) == [waiting, half]
        assert await stuck(stage, OTHER) == [waiting]

    staged(scenario)


def test_the_last_slots_are_listed_the_latest_first() -> None:
    async def scenario(stage: Stage) -> None:
        for place in (TEAM, OTHER, TEAM):
            stage.clock.forward(DAY)
            await opened(stage, at=place)

        async def listed(chat: Destination | None, most: int) -> list[int]:
            found: list[Record] = await records.latest(stage.operation.records, chat, most=most)
            return [each.series.id for each in found]

        assert await listed(None, 2) == [3, 2]
        assert await listed(TEAM, 9) == [3, 1]

    staged(scenario)


def test_a_chat_that_was_never_heard_of_is_told_with_the_nearest() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.subscribe()
        await opened(stage, at=OTHER)

        await records.known(stage.operation, TEAM)
        await records.known(stage.operation, OTHER)
        for chat, meant in (
            ("teem", "did you mean loop:team?"),
            ("-", "briefbot subscriptions lists those there are."),
        ):
            place = Destination("loop" if chat == "teem" else "x", chat)
            with pytest.raises(UnknownSlotError) as raised:
                await records.known(stage.operation, place)
            assert str(raised.value) == (
                f"Nothing was ever posted to {place}, and it has no subscription: {meant}"
            )

    staged(scenario)
