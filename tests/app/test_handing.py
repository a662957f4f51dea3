"""What was heard is handed over once it is stored, and one thing that fails is not the last."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest

from bot.app.crowd import Steps
from bot.app.handing import Handing
from bot.store.database import Database, open_database
from bot.store.heard import HeardBefore
from tests.fakes.delivery import SetClock
from tests.fakes.locks import held


class Hearing:
    """Keeps what it is handed."""

    def __init__(self, database: Database, *, patience: float) -> None:
        self.before = HeardBefore(database, SetClock())
        self.handing: Handing[str] = Handing(self.before, self.hand, patience=patience)
        self.handed: list[str] = []

    async def hand(self, said: str, steps: Steps) -> None:
        if said == "odd":
            raise LookupError(said)
        if said == "slow":
            await asyncio.get_running_loop().create_future()
        self.handed.append(said)
        async with steps.turn() as its_turn:
            assert its_turn
        steps.done()

    async def hears(self, *keys: str) -> None:
        for key in keys:
            assert self.before.first(key, "a body")
        for key in keys:
            await self.handing.over(key, key)


def test_it_is_handed_over_once_it_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"

    async def whole() -> None:
        async with open_database(path) as database:
            here = Hearing(database, patience=30)
            with held(path):
                hearing = asyncio.create_task(here.hears("a", "b"))
                await asyncio.sleep(0.1)
                assert here.handed == []
            await hearing
            assert here.handed == ["a", "b"]

    asyncio.run(whole())


def test_while_another_program_holds_the_archive_nobody_waits_longer_than_the_first(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "briefbot.db"

    async def whole() -> None:
        now = asyncio.get_running_loop().time
        async with open_database(path) as database:
            here, began = Hearing(database, patience=0.2), now()
            with held(path):
                await here.hears(*"abcdefghijklmnopqrst")
                assert now() - began < 2
            assert len(here.handed) == 20

    asyncio.run(whole())
    assert caplog.messages == [
        "What was heard is not stored yet: something else holds the archive."
    ]


@pytest.mark.parametrize(("said", "handed"), [("a", ["a"]), ("slow", [])])
def test_what_a_stop_interrupts_is_handed_over_where_there_is_room(
    said: str, handed: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "briefbot.db"

    async def whole() -> None:
        async with open_database(path) as database:
            here = Hearing(database, patience=0.3)
            with held(path):
                hearing = asyncio.create_task(here.hears(said))
                await asyncio.sleep(0.05)
                hearing.cancel()
                with suppress(asyncio.CancelledError):
                    await hearing
                assert here.handed == handed

    asyncio.run(whole())


def test_what_cannot_be_handed_over_is_logged_and_left(caplog: pytest.LogCaptureFixture) -> None:
    async def whole() -> None:
        async with open_database(None) as database:
            here = Hearing(database, patience=30)
            await here.hears("odd", "even")
            assert here.handed == ["even"]

    asyncio.run(whole())
    assert caplog.messages == ["Something that was told could not be heard."]


class Unstored(HeardBefore):
    """Has an archive that something else holds until ``free`` is set."""

    free = False

    async def stored(self, key: str, *, patience: float) -> bool:
        return self.free and bool(key) and patience > 0


def test_each_time_that_something_holds_the_archive_is_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def whole() -> None:
        async with open_database(None) as database:
            here = Hearing(database, patience=30)
            before = Unstored(database, SetClock())
            handing: Handing[str] = Handing(before, here.hand)
            for free in (False, False, True, False):
                before.free = free
                await handing.stands("a")

    asyncio.run(whole())
    assert caplog.messages == 2 * [
        "What was heard is not stored yet: something else holds the archive."
    ]
