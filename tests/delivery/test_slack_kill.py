"""A bot that is killed while it posts to Slack posts each message once, where it may look."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.delivery.slack_caller import PARTS
from tests.delivery.slack_kills import Toll, calling, commanding, gathered, suffer
from tests.delivery.telegram_kills import TOWNS, Kill, any_moments
from tests.fakes.slack.server import fake_slack
from tests.fakes.slack.settings import Settings

pytestmark = pytest.mark.slow

CHANNELS = 50


def survived(folder: Path, kills: list[Kill], settings: Settings) -> Toll:
    """Return what became of a fan-out that was killed so often."""

    async def scene() -> Toll:
        async with fake_slack(settings) as slack:
            toll = gathered(slack, folder, CHANNELS)
            moment = datetime.now(UTC) - timedelta(seconds=1)
            await suffer(toll, calling(slack, folder), moment=moment, kills=kills)
        return toll

    found = asyncio.run(scene())
    print(found.drawn(PARTS))  # noqa: T201 - a table for people, with -s
    return found


def test_where_the_app_may_look_each_message_comes_once_also_the_one_in_flight(
    tmp_path: Path,
) -> None:
    found = survived(tmp_path, any_moments(4, most=30, seed=7), Settings())

    assert found.lost(PARTS) == []
    assert found.doubled() == {}
    assert found.disordered() == []
    assert found.ended == {"posted": CHANNELS}
    assert found.arrived == CHANNELS * PARTS
    # The kills have met it at work, and it has looked for what was in flight.
    assert found.in_flight.total() > 0
    called = found.slack.called
    assert called("conversations.history") or called("conversations.replies")


def test_where_it_may_not_nothing_is_lost_and_only_what_was_in_flight_comes_twice(
    tmp_path: Path,
) -> None:
    blind = Settings()
    blind.scopes -= {"channels:history"}

    found = survived(tmp_path, any_moments(3, most=40, seed=5), blind)

    assert found.lost(PARTS) == []
    assert found.disordered() == []
    assert found.doubled() <= found.in_flight
    assert found.ended == {"posted": CHANNELS}
    assert found.in_flight.total() > 0


def test_the_command_itself_finds_what_it_had_posted_when_it_was_killed(tmp_path: Path) -> None:
    async def scene() -> Toll:
        (data := tmp_path / "data").mkdir()
        async with fake_slack() as slack:
            toll = gathered(slack, data, 3)
            # It is there, and no answer ever comes: the kill meets it in flight.
            slack.hangs("chat.postMessage", channel=toll.channels[1].id)
            moment = datetime.now(UTC) - timedelta(seconds=1)
            start = commanding(slack, tmp_path, towns=TOWNS[:1])
            await suffer(toll, start, moment=moment, kills=[Kill(4, 0.5)])
        return toll

    found = asyncio.run(scene())

    # On a slow machine another channel's next part may have been on its way as well.
    assert found.in_flight[found.channels[1].id, 0] == 1
    assert (found.lost(2), found.doubled(), found.disordered()) == ([], {}, [])
    assert found.ended == {"posted": 3}
