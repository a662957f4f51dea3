"""A fan-out on Slack stays below its limits, and all of it waits where Slack asks one to wait."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.subscription import Destination
from bot.slack.rates import Rates
from bot.store.database import open_database
from tests.delivery.child import Clock
from tests.delivery.node import Node, node, subscribe
from tests.delivery.slack_caller import PARTS, RATES, folded_digest
from tests.delivery.slack_kills import Toll, gathered
from tests.fakes.slack.channels import posting
from tests.fakes.slack.limits import UNLIMITED, Limits
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack.values import TEAM_ID

pytestmark = pytest.mark.slow

WORKERS = 8


@asynccontextmanager
async def fanning_out(slack: FakeSlack, toll: Toll, rates: Rates) -> AsyncIterator[Node]:
    """Give a bot that has begun to post to the channels."""
    async with (
        posting(slack, rates=rates) as channel,
        open_database(toll.folder / "briefbot.db") as database,
    ):
        names = [Destination("slack", f"{TEAM_ID}/{one.id}") for one in toll.channels]
        await subscribe(database, names, moment=datetime.now(UTC) - timedelta(seconds=1))
        channels = {"slack": channel}
        made = node(
            database, channels, folded_digest, clock=Clock(datetime.now(UTC)), workers=WORKERS
        )
        running = asyncio.create_task(made.engine.run())
        await made.publish.start()
        await made.round()
        yield made
        running.cancel()
        await asyncio.wait({running})


async def finish(made: Node) -> None:
    """Wait until nothing is left to post."""
    while await made.engine.still() is not None:
        await asyncio.sleep(0.02)
        made.engine.stir()


def test_a_fan_out_is_never_asked_to_slow_down(tmp_path: Path) -> None:
    # A Slack ten times as fast, and a bot that knows it: more of them would take a minute.
    limits = Limits(channel=10.0, workspace=300 * 10)
    rates = Rates(fan_out=47.5, answers=10.0, channel=10.0)

    async def scene() -> Toll:
        async with fake_slack(limits=limits) as slack:
            toll = gathered(slack, tmp_path, 40)
            async with fanning_out(slack, toll, rates) as made:
                await finish(made)
            return toll

    found = asyncio.run(scene())

    assert found.slack.rates.refused == 0
    assert (found.lost(PARTS), found.doubled(), found.disordered()) == ([], {}, [])


def test_where_slack_asks_one_to_wait_all_wait(tmp_path: Path) -> None:
    async def scene() -> Toll:
        async with fake_slack(limits=UNLIMITED) as slack:
            toll = gathered(slack, tmp_path, 40)
            async with fanning_out(slack, toll, RATES) as made:
                await slack.until(lambda: toll.has(20), seconds=10)
                slack.floods("chat.postMessage", 1.5)
                await finish(made)
            return toll

    found = asyncio.run(scene())

    calls = [call for call in found.slack.calls if call.method == "chat.postMessage"]
    refused = [call.moment for call in calls if call.status == 429]
    # No more than were under way when the first of them was told.
    assert 1 <= len(refused) <= WORKERS
    assert not [call for call in calls if refused[-1] < call.moment < refused[0] + 1.5]
    assert (found.lost(PARTS), found.doubled(), found.disordered()) == ([], {}, [])
