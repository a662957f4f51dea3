"""How a source fared is known even while the archive takes no note of it."""

import asyncio
from dataclasses import replace

import pytest

from bot.app.healths import LatestHealths
from bot.core.errors import StoreError
from tests.fakes.memory import MemoryHealths
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
