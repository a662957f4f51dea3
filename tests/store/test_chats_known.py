"""What the database remembers of itself, and of chats besides what they asked for."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.app.outbox import Ready
from bot.core.delivery import Delivered, Refused, Scope
from bot.core.subscription import Destination, Standing, Subscription
from bot.store.chats import Chat, Chats
from bot.store.database import Database, open_database
from bot.store.desk import Desk
from bot.store.forgetting import Forgetting
from bot.store.marks import Marks
from bot.store.outbox import Outbox
from bot.store.subscriptions import Subscriptions
from tests.fakes.subscribed import due_series, filled, subscription

Opened = Callable[[Callable[[Database], Awaitable[None]]], None]

NOW = datetime(2025, 9, 2, 3, tzinfo=UTC)
ONE, OTHER = Destination("telegram", "-1001"), Destination("telegram", "-1002")


def test_a_mark_is_the_last_that_was_put(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        marks = Marks(database)
        assert await marks.of("bot.telegram") is None

        await marks.put("bot.telegram", "1")
        await marks.put("bot.telegram", "2")
        assert await marks.of("bot.telegram") == "2"

        await marks.drop("bot.telegram")
        assert await marks.of("bot.telegram") is None

    opened(scenario)


def test_marks_are_found_by_how_their_names_begin(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        marks = Marks(database)
        await marks.put("declared.file:a%_b.txt", "1")
        await marks.put("declared.terminal", "2")
        await marks.put("declaredly", "3")

        assert await marks.those("declared.") == {
            "declared.file:a%_b.txt": "1",
            "declared.terminal": "2",
        }
        assert await marks.those("declared.file:a%_") == {"declared.file:a%_b.txt": "1"}
        assert await marks.those("%") == {}

    opened(scenario)


def test_of_a_chat_is_known_who_may_and_who_added_the_bot(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        chats = Chats(database)
        assert await chats.of(ONE) is None

        await chats.added(ONE, owner="77", now=NOW)
        await chats.allow(ONE, allowed=True)
        await chats.allow(OTHER, allowed=False)

        known = Chat(destination=ONE, allowed=True, added=NOW, removed=None, owner="77")
        barred = Chat(destination=OTHER, allowed=False, added=None, removed=None, owner="")
        assert await chats.of(ONE) == known
        assert await chats.all() == [known, barred]

    opened(scenario)


def test_a_chat_that_was_left_is_gone_until_the_bot_is_added_again(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        chats = Chats(database)
        await chats.added(ONE, owner="77", now=NOW)
        await chats.added(OTHER, owner="78", now=NOW)
        await chats.removed(ONE, now=NOW)

        assert await chats.gone(NOW) == []
        assert await chats.gone(NOW + timedelta(seconds=1)) == [ONE]

        await chats.added(ONE, owner="79", now=NOW)
        assert await chats.gone(NOW + timedelta(days=1)) == []

    opened(scenario)


@pytest.mark.parametrize("below", ["", "/5"])
def test_a_chat_to_which_a_digest_comes_again_is_not_gone(below: str, opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        chats, kept = Chats(database), Subscriptions(database)
        digest = subscription(Destination("telegram", f"-1001{below}"))
        await chats.added(ONE, owner="77", now=NOW)
        await kept.save(digest, now=NOW)
        await chats.removed(ONE, now=NOW)

        for standing, gone in ((Standing.ACTIVE, []), (Standing.STOPPED, [ONE])):
            await kept.save(replace(digest, standing=standing), now=NOW)
            assert await chats.gone(NOW + timedelta(days=1)) == gone

    opened(scenario)


def test_a_channel_that_was_forgotten_is_gone_no_more_but_has_been(opened: Opened) -> None:
    channel, later = Destination("slack", "T1/C1"), NOW + timedelta(days=40)

    async def scenario(database: Database) -> None:
        chats, subscriptions = Chats(database), Subscriptions(database)
        wanted = Subscription(destination=channel)
        await chats.added(channel, owner="T1/U1", now=NOW)
        await chats.removed(channel, now=NOW)
        assert await chats.gone(later) == [channel]

        await Forgetting(database).chat(channel)
        assert (await chats.gone(later), await chats.been(channel)) == ([], True)

        await subscriptions.save(replace(wanted, declared=True), now=NOW)
        assert await chats.gone(later) == []

        await subscriptions.save(wanted, now=NOW)
        assert await chats.gone(later) == [channel]

    opened(scenario)


def test_what_chats_are_called_is_kept_beside_the_rest(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        chats = Chats(database)
        await chats.added(ONE, owner="77", now=NOW)
        await chats.added(OTHER, owner="78", now=NOW)
        await chats.titled(ONE, "SCO news")
        await database.settle()

        assert await chats.titles() == {str(ONE): "SCO news"}
        known = await chats.of(ONE)
        assert known is not None
        assert (known.owner, known.title) == ("77", "SCO news")

    opened(scenario)


def test_a_name_that_cannot_be_noted_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        async with open_database(None) as database:
            await database.write(lambda connection: connection.exec_driver_sql("DROP TABLE chats"))
            await Chats(database).titled(ONE, "SCO news")
            await database.settle()

    asyncio.run(scenario())
    assert caplog.messages[0].startswith("What telegram:-1001 is called was not noted.")


def test_where_the_bot_was_added_it_has_been(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        chats = Chats(database)
        await chats.allow(OTHER, allowed=True)
        await chats.added(ONE, owner="77", now=NOW)
        await chats.removed(ONE, now=NOW)

        assert [await chats.been(one) for one in (ONE, OTHER)] == [True, False]

    opened(scenario)


def test_where_a_post_of_it_arrived_the_bot_has_been(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        topic, tried = Destination("telegram", "-1001/7"), Destination("telegram", "-1003")
        near = Destination("telegram", "-10010")
        for place, outcome in (
            (topic, Delivered("m1")),
            (tried, Refused("The bot is not there.", Scope.DESTINATION)),
        ):
            number = await due_series(database, place)
            await Desk(database).fill(number, filled("one"), now=NOW)
            ready = await Outbox(database).begin(number, (), now=NOW)
            assert isinstance(ready, Ready)
            await Outbox(database).record(ready.post, outcome, (), now=NOW)

        been = [await Chats(database).been(one) for one in (ONE, topic, near, tried)]
        assert been == [True, True, False, False]

    opened(scenario)
