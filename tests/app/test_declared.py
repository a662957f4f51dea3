"""What the configuration declares becomes rows like any other, once for each thing it says."""

import logging
from dataclasses import replace
from datetime import time

import pytest

from bot.app.declared import mark_of, moved_mark_of
from bot.core.subscription import (
    NOT_LISTED,
    Destination,
    Length,
    Schedule,
    Standing,
    Subscription,
    Timing,
)
from bot.store.chats import Chats
from bot.store.forgetting import Forgetting
from bot.store.marks import Marks
from bot.store.relocation import Relocation
from bot.store.subscriptions import Subscriptions
from tests.fakes.operations import DAILY, NOW, OTHER, TEAM, Stage, slot, staged

WANTED = Subscription(destination=TEAM, schedule=DAILY, declared=True)
NINE = Schedule(timings=(Timing(time(9)),), zone="Asia/Almaty")


async def there(stage: Stage) -> Subscription:
    found = await Subscriptions(stage.database).of(TEAM)
    assert found is not None
    return found


def test_a_declared_chat_is_subscribed_with_its_next_slot() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.declaring.declare([WANTED])

        found = await there(stage)
        assert (found.declared, found.schedule, found.owner) == (True, DAILY, "")
        assert found.next == slot(NOW.date().replace(day=3))

    staged(scenario)


def test_what_admins_changed_stays_while_the_file_says_the_same() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.declaring.declare([WANTED])
        theirs = replace(await there(stage), schedule=NINE, length=Length.LONG)
        await Subscriptions(stage.database).save(theirs, now=NOW)

        await stage.declaring.declare([WANTED])

        found = await there(stage)
        assert (found.schedule, found.length, found.declared) == (NINE, Length.LONG, True)

    staged(scenario)


def test_what_the_file_says_anew_counts_and_starts_what_was_paused() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.declaring.declare([WANTED])
        paused = replace(await there(stage), standing=Standing.PAUSED, next=None)
        await Subscriptions(stage.database).save(paused, now=NOW)

        await stage.declaring.declare([replace(WANTED, topics=("trade",))])

        found = await there(stage)
        assert (found.topics, found.standing) == (("trade",), Standing.ACTIVE)
        assert found.next is not None

    staged(scenario)


@pytest.mark.parametrize(
    "said",
    [
        replace(WANTED, schedule=NINE),
        replace(WANTED, schedule=None),
        replace(WANTED, length=Length.SHORT),
        replace(WANTED, language="ru"),
        replace(WANTED, silent=True),
        replace(WANTED, flat=True),
    ],
)
def test_whatever_the_file_says_anew_is_written(said: Subscription) -> None:
    async def scenario(stage: Stage) -> None:
        await stage.declaring.declare([WANTED])

        await stage.declaring.declare([said])

        found = await there(stage)
        assert replace(found, id=0, next=None) == said

    staged(scenario)


def test_what_leaves_the_file_gets_no_digest_any_more() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.declaring.declare([WANTED])

        await stage.declaring.declare([])

        found = await there(stage)
        assert (found.schedule, found.next, found.declared) == (None, None, False)
        assert await Marks(stage.database).of(mark_of(str(TEAM))) is None

    staged(scenario)


def test_what_leaves_the_file_and_was_taken_over_stays() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.declaring.declare([WANTED])
        own = replace(await there(stage), declared=False)
        await Subscriptions(stage.database).save(own, now=NOW)

        await stage.declaring.declare([])

        assert (await there(stage)).schedule == DAILY

    staged(scenario)


def test_a_zone_that_is_gone_keeps_no_other_chat_from_being_subscribed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    lost = replace(WANTED, schedule=Schedule(timings=DAILY.timings, zone="Mars/Base"))

    async def scenario(stage: Stage) -> None:
        await stage.declaring.declare([lost, replace(WANTED, destination=OTHER)])

        assert await Subscriptions(stage.database).of(TEAM) is None
        assert await Subscriptions(stage.database).of(OTHER) is not None
        assert await Marks(stage.database).of(mark_of(str(TEAM))) is None

    with caplog.at_level(logging.WARNING):
        staged(scenario)

    assert "loop:team is not subscribed as the configuration declares." in caplog.text


MOVED = Destination("loop", "-1001")


async def moved(stage: Stage) -> None:
    await Relocation(stage.database).move(TEAM, MOVED, now=NOW)


@pytest.mark.parametrize(
    "said", [WANTED, replace(WANTED, length=Length.SHORT), replace(WANTED, destination=MOVED)]
)
def test_a_declared_chat_that_moved_is_the_same_chat(said: Subscription) -> None:
    async def scenario(stage: Stage) -> None:
        await stage.declaring.declare([WANTED])
        await moved(stage)
        await moved(stage)

        await stage.declaring.declare([said])

        (found,) = await Subscriptions(stage.database).all()
        assert (found.destination, found.length, found.declared) == (MOVED, said.length, True)
        assert found.schedule == DAILY

    staged(scenario)


def test_a_chat_that_moved_and_is_declared_by_both_addresses_is_meant_by_the_new_one() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.declaring.declare([WANTED])
        await moved(stage)
        both = [WANTED, replace(WANTED, destination=MOVED, schedule=NINE)]

        await stage.declaring.declare(both)
        await stage.declaring.declare(both[::-1])

        (found,) = await Subscriptions(stage.database).all()
        assert (found.destination, found.schedule) == (MOVED, NINE)

    staged(scenario)


def test_a_chat_that_moved_back_and_one_that_moved_twice_are_found() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.declaring.declare([WANTED])
        relocation, marks = Relocation(stage.database), Marks(stage.database)
        await moved(stage)
        await relocation.move(MOVED, OTHER, now=NOW)
        assert await marks.those("moved.") == {
            moved_mark_of(str(TEAM)): str(OTHER),
            moved_mark_of(str(MOVED)): str(OTHER),
        }

        await relocation.move(OTHER, TEAM, now=NOW)
        await stage.declaring.declare([WANTED])

        (found,) = await Subscriptions(stage.database).all()
        assert found.destination == TEAM

    staged(scenario)


def test_a_chat_that_moved_and_left_the_file_gets_no_digest_any_more() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.declaring.declare([WANTED])
        await moved(stage)

        await stage.declaring.declare([])

        (found,) = await Subscriptions(stage.database).all()
        assert (found.destination, found.schedule) == (MOVED, None)

    staged(scenario)


def test_a_forgotten_chat_leaves_no_address_behind() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.declaring.declare([WANTED])
        await moved(stage)

        await Forgetting(stage.database).chat(MOVED)

        assert await Marks(stage.database).those("") == {}

    staged(scenario)


def test_a_declared_chat_that_the_operator_bars_stays_stopped() -> None:
    async def scenario(stage: Stage) -> None:
        await Chats(stage.database).allow(TEAM, allowed=False)

        await stage.declaring.declare([WANTED])

        found = await there(stage)
        assert (found.standing, found.reason, found.next) == (Standing.STOPPED, NOT_LISTED, None)

    staged(scenario)
