"""What the database remembers of itself, and of chats besides what they asked for."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from bot.core.subscription import Destination
from bot.store.chats import Chat, Chats
from bot.store.database import Database
from bot.store.marks import Marks

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
