"""A digest is found again by when it was made, by its message, and after its chat has moved."""

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.outbox import Ready
from bot.app.ports import Edition
from bot.core.delivery import Delivered
from bot.core.subscription import Destination
from bot.store.database import Database, open_database
from bot.store.desk import Desk
from bot.store.editions import Editions
from bot.store.outbox import Outbox
from bot.store.relocation import Relocation
from bot.store.subscriptions import Subscriptions
from tests.fakes.subscribed import HERE, NOW, THERE, Opened, due_series, filled

ELSEWHERE = Destination("file", "elsewhere.txt")


def test_a_digest_is_found_by_the_second_it_was_made_in(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        editions = Editions(database)
        made = [
            Edition(destination="team", made=NOW + timedelta(seconds=after), stories=((one,),))
            for one, after in (("a", 0.0), ("b", 1.25), ("c", 1.75), ("d", 2.0))
        ]
        for edition in made:
            await editions.publish(edition)
        await database.settle()

        assert await editions.of("team", NOW) == made[0]
        assert await editions.of("team", made[1].made) == made[1]
        assert await editions.of("team", made[2].made) == made[2]
        assert await editions.of("team", made[1].made - timedelta(microseconds=1)) is None
        assert await editions.of("team", NOW + timedelta(seconds=1)) == made[2]
        assert await editions.of("team", NOW + timedelta(seconds=3)) is None
        assert await editions.of("others", NOW) is None

    opened(scenario)


def test_a_digest_is_found_by_any_of_its_messages(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await due_series(database)
        await Desk(database).fill(number, filled("one", "two"), now=NOW)
        for reference in ("m1", "m2"):
            ready = await Outbox(database).begin(number, (), now=NOW)
            assert isinstance(ready, Ready)
            await Outbox(database).record(ready.post, Delivered(reference), (), now=NOW)
        editions = Editions(database)
        posted = Edition(destination=str(HERE), made=NOW, stories=(("a",), ("b",)))

        found = [await editions.under(str(HERE), reference) for reference in ("m1", "m2")]
        assert found == [posted, posted]
        assert await editions.under(str(HERE), "m3") is None
        assert await editions.under(str(THERE), "m1") is None

    opened(scenario)


def test_a_digest_that_is_being_sent_is_found_before_its_receipt_is_written(
    opened: Opened,
) -> None:
    async def scenario(database: Database) -> None:
        number = await due_series(database)
        editions = Editions(database)
        assert await editions.of(str(HERE), NOW) is None
        await Desk(database).fill(number, filled("one"), now=NOW)
        await Outbox(database).begin(number, (), now=NOW)

        found = await editions.of(str(HERE), NOW)

        assert found == Edition(destination=str(HERE), made=NOW, stories=(("a",), ("b",)))
        assert await editions.of(str(THERE), NOW) is None
        assert await editions.last(str(HERE)) is None

    opened(scenario)


def test_a_chat_that_says_it_moved_is_followed_once_and_for_all(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await due_series(database)
        edition = Edition(destination=str(HERE), made=NOW, stories=(("a",),))
        await Editions(database).publish(edition)
        await database.settle()
        relocation = Relocation(database)
        for _ in range(2):
            await relocation.move(HERE, ELSEWHERE, now=NOW)
        await relocation.move(ELSEWHERE, ELSEWHERE, now=NOW)

        subscriptions = Subscriptions(database)
        assert await subscriptions.of(HERE) is None
        moved = await subscriptions.of(ELSEWHERE)
        assert moved is not None
        assert moved.schedule is not None
        assert await Editions(database).of(str(ELSEWHERE), NOW) is not None

    opened(scenario)


def test_a_digest_is_the_last_before_it_is_stored_and_stored_at_the_end(path: Path) -> None:
    old, new = (
        Edition(destination="team", made=NOW + timedelta(minutes=after), stories=(("a",),))
        for after in (0, 1)
    )

    async def scenario() -> None:
        async with open_database(path) as database:
            editions = Editions(database)
            await editions.publish(old)
            await database.settle()
            other = sqlite3.connect(path, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            await editions.publish(new)

            assert await Editions(database).last("team") == old
            assert await editions.last("team") == new
            assert await editions.of("team", new.made) == new
            assert await editions.of("team", old.made) == old
            other.close()
        async with open_database(path) as database:
            assert await Editions(database).last("team") == new

    asyncio.run(scenario())


def test_a_digest_that_cannot_be_stored_is_known_until_there_is_a_newer_one(
    opened: Opened, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario(database: Database) -> None:
        editions = Editions(database)
        lost, later = (
            Edition(destination=str(HERE), made=NOW + timedelta(hours=after), stories=(("x",),))
            for after in (-1, 2)
        )
        await database.write(
            lambda connection: connection.exec_driver_sql(
                "CREATE TRIGGER full BEFORE INSERT ON editions BEGIN SELECT RAISE(ABORT, 'x'); END"
            )
        )
        await editions.publish(lost)
        await database.settle()

        assert await editions.last(str(HERE)) == lost
        assert caplog.messages[0].startswith(
            "The numbers of a digest will not be known after this run."
        )

        await database.write(lambda connection: connection.exec_driver_sql("DROP TRIGGER full"))
        await Editions(database).publish(later)
        await database.settle()
        assert await editions.last(str(HERE)) == later

    opened(scenario)


def test_a_held_archive_does_not_keep_the_bot_from_stopping(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "briefbot.db"

    async def scenario() -> None:
        async with open_database(path) as database:
            other = sqlite3.connect(path, isolation_level=None)
            try:
                other.execute("BEGIN IMMEDIATE")
                await Editions(database).publish(Edition(destination="team", made=NOW, stories=()))
                await database.settle(seconds=0.1)
            finally:
                other.close()

    asyncio.run(scenario())

    assert "Some last notes could not be stored" in caplog.text
    assert "never retrieved" not in caplog.text


def test_a_private_digest_is_found_by_its_moment_alone(opened: Opened) -> None:
    public = Edition(destination="team", made=NOW, stories=(("a",),))
    private = Edition(
        destination="team", made=NOW + timedelta(minutes=1), stories=(("b",),), private=True
    )

    async def scenario(database: Database) -> None:
        fresh = Editions(database)
        await fresh.publish(private)
        assert await fresh.last("team") is None
        await fresh.publish(public)
        for editions in (fresh, Editions(database)):
            # What is not stored yet is known to who has taken it.
            assert await editions.last("team") == public
            assert await editions.of("team", private.made) == private
            assert await editions.of("team", public.made) == public
            await database.settle()

        shown = Edition(destination="team", made=private.made, stories=private.stories)
        await fresh.publish(shown)
        await database.settle()
        assert await Editions(database).last("team") == shown
        assert await Editions(database).of("team", private.made) == shown

    opened(scenario)
