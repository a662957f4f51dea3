"""A bot that is killed while it posts to Telegram loses nothing, and doubles what was in flight."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.delivery.caller import PARTS
from tests.delivery.telegram_kills import (
    MOMENT,
    Kill,
    Toll,
    any_moments,
    calling,
    commanding,
    gathered,
    suffer,
)
from tests.fakes.bot_api.server import fake_bot_api

pytestmark = pytest.mark.slow

CHATS = 50


def test_a_fan_out_on_telegram_survives_kills_at_any_moment(tmp_path: Path) -> None:
    async def scene() -> Toll:
        async with fake_bot_api() as api:
            toll = gathered(api, tmp_path, CHATS)
            kills = any_moments(3, most=40, seed=4)
            await suffer(toll, calling(api, tmp_path), moment=MOMENT, kills=kills)
        return toll

    found = asyncio.run(scene())

    print(found.drawn())  # noqa: T201 - a table for people, with -s
    assert found.lost() == []
    assert found.disordered() == []
    assert found.doubled() <= found.in_flight
    assert found.ended == {"posted": CHATS}
    assert found.arrived == CHATS * PARTS + found.doubled().total()
    # The kills have met it at work.
    assert found.in_flight.total() > 0


def test_the_command_itself_goes_on_where_it_was_killed(tmp_path: Path) -> None:
    async def scene() -> Toll:
        (data := tmp_path / "data").mkdir()
        now = datetime.now(UTC) - timedelta(seconds=1)
        async with fake_bot_api() as api:
            toll = gathered(api, data, 8)
            await suffer(toll, commanding(api, tmp_path), moment=now, kills=[Kill(5, 0)])
        return toll

    found = asyncio.run(scene())

    assert (found.lost(), found.disordered()) == ([], [])
    assert found.doubled() <= found.in_flight
    assert found.ended == {"posted": 8}
    # Each digest there is of two messages.
    assert found.arrived == 16 + found.doubled().total()
