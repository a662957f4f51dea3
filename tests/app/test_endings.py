"""A digest that ends because its chat refuses a post is told of, and no other."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from bot.app.endings import Ending, Endings
from bot.app.outbox import Ready, Wait
from bot.core.delivery import Kind, Outcome, Pace, Refused, Scope, Unsure
from bot.core.errors import StoreError
from bot.core.mendable import NO_MEMBER, NO_WRITING, REMOVED
from bot.core.subscription import Destination, Standing, Subscription, destination_of
from bot.store.database import Database, open_database
from bot.store.desk import Desk
from bot.store.history import History
from bot.store.outbox import Outbox
from bot.store.subscriptions import Subscriptions
from tests.fakes.subscribed import HERE, MINUTE, NOW, filled, subscription

Told = Callable[[Ending], Awaitable[None]]


async def records(
    database: Database, endings: Endings, outcome: Outcome, *, place: Destination = HERE
) -> None:
    """Post something there, with that outcome."""
    number = await Desk(database).open(place, Kind.AGAIN, filled("one"), now=NOW)
    ready = await endings.begin(number, (), now=NOW)
    assert isinstance(ready, Ready)
    await endings.record(ready.post, outcome, (), now=NOW)
    assert await History(database).receipts(number)


def told(kept: Subscription | None, *outcomes: Outcome) -> list[Ending]:
    """Return what is told of where that was kept and posts ended so."""
    heard: list[Ending] = []

    async def tell(ending: Ending) -> None:
        heard.append(ending)

    async def whole() -> None:
        async with open_database(None) as database:
            subscriptions = Subscriptions(database)
            endings = Endings(outbox=Outbox(database), chats=subscriptions)
            if kept is not None:
                await subscriptions.save(kept, now=NOW)
            for outcome in outcomes:
                await records(database, endings, outcome)
            await follows(endings, tell)

    asyncio.run(whole())
    return heard


async def follows(endings: Endings, tell: Told, *, channel: str = HERE.channel) -> None:
    """Let all be told that is there."""
    following = asyncio.create_task(endings.follow({channel: tell}))
    for _ in range(10):
        await asyncio.sleep(0)
    following.cancel()
    with suppress(asyncio.CancelledError):
        await following


@pytest.mark.parametrize("why", [REMOVED, NO_MEMBER, NO_WRITING, "403 Forbidden: it is full"])
def test_a_digest_that_its_chat_ends_is_told_of_once_and_why(why: str) -> None:
    refused = Refused(why, Scope.DESTINATION)

    (ending,) = told(subscription(), refused, refused)

    assert (ending.of.destination, ending.of.standing) == (HERE, Standing.ACTIVE)
    assert ending.refused == refused


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
    "outcome",
    [
        Refused(REMOVED, Scope.PART),
        Refused("The token is not accepted.", Scope.ACCOUNT),
        Unsure("The connection broke."),
    ],
)
def test_what_is_not_of_the_whole_chat_ends_nothing(outcome: Outcome) -> None:
    assert told(subscription(), outcome) == []


def test_where_nobody_talks_nobody_is_told_and_the_next_one_is() -> None:
    heard: list[Ending] = []

    async def tell(ending: Ending) -> None:
        heard.append(ending)

    async def whole() -> None:
        there = replace(subscription(), destination=destination_of("talk:there"))
        async with open_database(None) as database:
            subscriptions = Subscriptions(database)
            endings = Endings(outbox=Outbox(database), chats=subscriptions)
            for one in (subscription(), there):
                await subscriptions.save(one, now=NOW)
                await records(
                    database,
                    endings,
                    Refused(REMOVED, Scope.DESTINATION),
                    place=one.destination,
                )
            await follows(endings, tell, channel="talk")

    asyncio.run(whole())
    assert [str(ending.of.destination) for ending in heard] == ["talk:there"]


@pytest.mark.parametrize(
    ("error", "said"),
    [(StoreError("The disk is full."), " The disk is full."), (RuntimeError("a bug"), "")],
)
def test_what_cannot_be_told_is_in_the_log_and_the_next_one_is_told(
    error: Exception, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Ending] = []

    async def tell(ending: Ending) -> None:
        heard.append(ending)
        raise error

    async def whole() -> None:
        async with open_database(None) as database:
            subscriptions = Subscriptions(database)
            endings = Endings(outbox=Outbox(database), chats=subscriptions)
            for _ in range(2):
                await subscriptions.save(subscription(), now=NOW)
                await records(database, endings, Refused(REMOVED, Scope.DESTINATION))
            await follows(endings, tell)

    with caplog.at_level(logging.ERROR):
        asyncio.run(whole())

    assert len(heard) == 2
    assert caplog.messages == [f"Who set the digest of {HERE} heard nothing of it.{said}"] * 2


def test_a_pace_is_held_as_the_outbox_does_it() -> None:
    pace = Pace("loop", interval=1.0)

    async def whole() -> None:
        async with open_database(None) as database:
            endings = Endings(outbox=Outbox(database), chats=Subscriptions(database))
            number = await Desk(database).open(HERE, Kind.AGAIN, filled("one"), now=NOW)
            await endings.hold("loop", until=NOW + MINUTE)
            assert await endings.begin(number, (pace,), now=NOW) == Wait(NOW + MINUTE)

    asyncio.run(whole())
