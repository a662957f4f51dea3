"""How a source fared is known even while the archive takes no note of it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app.healths import LatestHealths
from bot.app.revision import Revision
from bot.core.errors import StoreError
from bot.core.health import Fault, Reason
from tests.fakes.memory import MemoryHealths
from tests.fakes.press import NOW
from tests.fakes.stories import health


def test_a_health_that_cannot_be_noted_is_known_until_a_later_one_is() -> None:
    noted = MemoryHealths()
    latest = LatestHealths(noted)

    async def scenario() -> None:
        await latest.note(health())
        await latest.note(health("desk"))
        noted.broken = "The disk is full. Free some room."
        with pytest.raises(StoreError, match="The disk is full"):
            await latest.note(health(failing=True))
        assert await latest.all() == [health("desk"), health(failing=True)]
        noted.broken = ""
        await latest.note(replace(health(), articles=3))
        assert await latest.all() == [health("desk"), replace(health(), articles=3)]

    asyncio.run(scenario())


def test_what_goes_wrong_or_is_mended_is_a_change_of_the_archive() -> None:
    revision, noted = Revision(), MemoryHealths()
    latest = LatestHealths(noted, revision)
    empty = Fault(name="wire/empty.txt", reason=Reason.EMPTY)

    async def changed(**told: object) -> bool:
        before = revision.number
        await latest.note(health(**told))  # type: ignore[arg-type]  # by the names of health
        return revision.number != before

    async def scenario() -> None:
        assert await changed()
        assert not await changed(checked=NOW + timedelta(hours=1))
        assert await changed(failing=True)
        assert not await changed(failing=True)
        assert await changed()
        assert await changed(faults=(empty,))
        noted.broken = "The disk is full. Free some room."
        before = revision.number
        with pytest.raises(StoreError):
            await latest.note(health(failing=True))
        assert revision.number == before + 1

    asyncio.run(scenario())
