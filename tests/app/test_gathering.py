"""A round by hand reads what it is asked to, and says what there is where it is not."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.app.gather import Gather
from bot.app.gathering import Chosen, Gathering, UnknownSourceError
from bot.core.health import Reason
from bot.store.database import open_database
from tests.fakes.feeds import Newsroom, failing, item, setting
from tests.fakes.memory import MemoryArchive, MemoryHealths
from tests.fakes.press import ScriptedSource, StandingClock, article

SETTINGS = (setting("Wire"), setting("Ended"), setting("Paused", enabled=False))


def inside(scenario: Callable[[Gathering, Newsroom], Awaitable[None]]) -> None:
    """Play a scenario among a folder and three feeds, one of them ended and one disabled."""

    async def main() -> None:
        async with open_database(None) as database:
            room = Newsroom(database, settings=SETTINGS)
            room.feeds.hold("Wire", item(1))
            room.feeds.answers["Ended"] = failing("Ended", Reason.GONE)
            await room.feeding.round([SETTINGS[1]])
            folder = ScriptedSource(name="Folder")
            folder.hold(article(0))
            gather = Gather(
                sources=[folder],
                intake=MemoryArchive(),
                healths=MemoryHealths(),
                clock=StandingClock(),
            )
            await scenario(Gathering(gather=gather, feeds=room.feeding), room)

    asyncio.run(main())


def names(chosen: Chosen) -> list[str]:
    return [*(one.name for one in chosen.folders), *(one.name for one in chosen.feeds)]


def test_all_that_are_read_are_chosen_and_ended_ones_where_they_are_asked_for() -> None:
    async def scenario(gathering: Gathering, room: Newsroom) -> None:
        del room
        assert names(await gathering.choose([], ended=False)) == ["Folder", "Wire"]
        assert names(await gathering.choose([], ended=True)) == ["Folder", "Wire", "Ended"]

    inside(scenario)


def test_those_that_are_named_are_chosen_however_they_stand() -> None:
    async def scenario(gathering: Gathering, room: Newsroom) -> None:
        del room
        chosen = await gathering.choose(["PAUSED", "ended", "Folder"], ended=False)
        assert names(chosen) == ["Folder", "Ended", "Paused"]

    inside(scenario)


def test_a_name_that_no_source_has_is_refused_with_those_there_are() -> None:
    async def scenario(gathering: Gathering, room: Newsroom) -> None:
        del room
        with pytest.raises(UnknownSourceError, match="wires") as refused:
            await gathering.choose(["wire", "wires"], ended=False)
        assert refused.value.name == "wires"
        assert refused.value.known == ["Folder", "Wire", "Ended", "Paused"]

    inside(scenario)


def test_what_was_chosen_is_read_and_told_as_it_comes() -> None:
    async def scenario(gathering: Gathering, room: Newsroom) -> None:
        del room
        told: list[tuple[str, int]] = []
        chosen = await gathering.choose([], ended=False)
        folders, feeds = await gathering.read(
            chosen, lambda one: told.append((one.source, one.new))
        )
        assert told == [("Folder", 1), ("Wire", 1)]
        assert [one.source for one in (*folders, *feeds)] == ["Folder", "Wire"]

    inside(scenario)
