"""A digest that ends as a post finds the bot removed is told of, and no other."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from bot.app.outbox import Ready, Wait
from bot.app.removals import Removals
from bot.core.delivery import Kind, Outcome, Pace, Refused, Scope
from bot.core.errors import StoreError
from bot.core.mendable import NO_MEMBER, NO_WRITING, REMOVED
from bot.core.subscription import Standing, Subscription
from bot.store.database import Database, open_database
from bot.store.desk import Desk
from bot.store.history import History
from bot.store.outbox import Outbox
from bot.store.subscriptions import Subscriptions
from tests.fakes.subscribed import HERE, MINUTE, NOW, filled, subscription

Told = Callable[[Subscription], Awaitable[None]]


async def records(database: Database, removals: Removals, outcome: Outcome) -> None:
    """Post something there, with that outcome."""
    number = await Desk(database).open(HERE, Kind.AGAIN, filled("one"), now=NOW)
    ready = await removals.begin(number, (), now=NOW)
    assert isinstance(ready, Ready)
    await removals.record(ready.post, outcome, (), now=NOW)
    assert await History(database).receipts(number)


def told(kept: Subscription | None, *outcomes: Outcome) -> list[Subscription]:
    """Return what is told of where that was kept and posts ended so."""
    heard: list[Subscription] = []

    async def tell(ended: Subscription) -> None:
        heard.append(ended)

    async def whole() -> None:
        async with open_database(None) as database:
            subscriptions = Subscriptions(database)
            removals = Removals(outbox=Outbox(database), chats=subscriptions)
            if kept is not None:
                await subscriptions.save(kept, now=NOW)
            for outcome in outcomes:
                await records(database, removals, outcome)
            await follows(removals, tell)

    asyncio.run(whole())
    return heard


async def follows(removals: Removals, tell: Told) -> None:
    """Let all be told that is there."""
    following = asyncio.create_task(removals.follow(tell))
    for _ in range(10):
        await asyncio.sleep(0)
    following.cancel()
    with suppress(asyncio.CancelledError):
        await following


@pytest.mark.parametrize("why", [REMOVED, NO_MEMBER])
def test_a_digest_that_a_post_ends_by_finding_the_bot_removed_is_told_of_once(why: str) -> None:
    gone = Refused(why, Scope.DESTINATION)

    (ended,) = told(subscription(), gone, gone)

    assert (ended.destination, ended.standing) == (HERE, Standing.ACTIVE)


@pytest.mark.parametrize(
    "kept",
    [
        None,
        replace(subscription(), schedule=None),
        replace(subscription(), standing=Standing.PAUSED),
        replace(subscription(), standing=Standing.STOPPED, reason=REMOVED),
    ],
)
def test_where_no_digest_came_none_ends(kept: Subscription | None) -> None:
    assert told(kept, Refused(REMOVED, Scope.DESTINATION)) == []


@pytest.mark.parametrize(
    "outcome", [Refused(NO_WRITING, Scope.DESTINATION), Refused(REMOVED, Scope.PART)]
)
def test_what_is_refused_for_another_reason_is_no_removal(outcome: Outcome) -> None:
    assert told(subscription(), outcome) == []


def test_what_cannot_be_told_is_in_the_log_and_the_next_one_is_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    heard: list[Subscription] = []

    async def tell(ended: Subscription) -> None:
        heard.append(ended)
        raise StoreError("The disk is full.")

    async def whole() -> None:
        async with open_database(None) as database:
            subscriptions = Subscriptions(database)
            removals = Removals(outbox=Outbox(database), chats=subscriptions)
            for _ in range(2):
                await subscriptions.save(subscription(), now=NOW)
                await records(database, removals, Refused(REMOVED, Scope.DESTINATION))
            await follows(removals, tell)

    with caplog.at_level(logging.ERROR):
        asyncio.run(whole())

    assert len(heard) == 2
    assert (
        caplog.messages
        == [f"Who set the digest of {HERE} heard nothing of it. The disk is full."] * 2
    )


def test_a_pace_is_held_as_the_outbox_does_it() -> None:
    pace = Pace("loop", interval=1.0)

    async def whole() -> None:
        async with open_database(None) as database:
            removals = Removals(outbox=Outbox(database), chats=Subscriptions(database))
            number = await Desk(database).open(HERE, Kind.AGAIN, filled("one"), now=NOW)
            await removals.hold("loop", until=NOW + MINUTE)
            assert await removals.begin(number, (pace,), now=NOW) == Wait(NOW + MINUTE)

    asyncio.run(whole())
