"""Whatever becomes of answers, each message to Slack is there once, and in its place."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.core.subscription import Destination
from bot.slack.history import Looking
from bot.store.database import open_database
from tests.delivery.child import Clock
from tests.delivery.node import node, subscribe
from tests.delivery.slack_caller import PARTS, RATES, folded_digest
from tests.delivery.slack_kills import Toll, gathered
from tests.fakes.slack.channels import posting
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack.values import TEAM_ID

CHANNELS = 8
POST = "chat.postMessage"


def breaks(slack: FakeSlack) -> None:
    """Let some posts in the middle of the fan-out go wrong in every way there is."""
    slack.loses_answer(POST, times=2)
    slack.denies(POST)
    slack.denies(POST, SlackError("fatal_error"))
    slack.drops(POST)
    slack.hangs(POST)
    slack.refuses(POST, SlackError("ratelimited", status=429, retry_after=1))
    slack.refuses("conversations.history", SlackError("ratelimited", status=429, retry_after=1))
    slack.loses_answer("conversations.history")


def test_each_message_is_there_once_however_its_answer_was_lost(tmp_path: Path) -> None:
    async def scene() -> Toll:
        looking = Looking(settled=0.6)
        async with (
            fake_slack() as slack,
            posting(slack, answer=0.5, rates=RATES, looking=looking) as channel,
            open_database(tmp_path / "briefbot.db") as database,
        ):
            toll = gathered(slack, tmp_path, CHANNELS)
            names = [Destination("slack", f"{TEAM_ID}/{one.id}") for one in toll.channels]
            await subscribe(database, names, moment=datetime.now(UTC) - timedelta(seconds=1))
            made = node(database, {"slack": channel}, folded_digest, clock=Clock(datetime.now(UTC)))
            running = asyncio.create_task(made.engine.run())
            await made.publish.start()
            breaks(slack)
            await made.round()
            while await made.engine.still() is not None:
                await asyncio.sleep(0.05)
                made.engine.stir()
            running.cancel()
            await asyncio.wait({running})
        return toll

    found = asyncio.run(scene())

    assert found.lost(PARTS) == []
    assert found.doubled() == {}
    assert found.disordered() == []
    assert found.states() == {"posted": CHANNELS}
    # All that was to go wrong went wrong.
    assert sum(trap.times for trap in found.slack._traps) == 0  # noqa: SLF001 - what is left of it
