"""Kills a bot that posts to Slack, again and again, and counts what became of every message."""

import asyncio
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

from bot.core.subscription import Destination
from bot.store.database import open_database
from tests.benchmarks.tables import table
from tests.delivery.node import subscribe
from tests.delivery.telegram_kills import ROOT, TOWNS, Kill, article
from tests.fakes.commands import Process, started
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.values import TEAM_ID

#: No run takes longer, in seconds; the command waits for 35 until what is not there will not come.
LONGEST = 120.0

#: A message of a post: its channel and its place, from 0.
Part = tuple[str, int]
#: Starts a bot in a process of its own, which is ended at the end.
Start = Callable[[], AbstractAsyncContextManager[Process]]


@dataclass(slots=True)
class Toll:
    """What became of the messages to some channels."""

    slack: FakeSlack
    folder: Path
    channels: Sequence[Channel]
    kills: list[tuple[Kill, int, int]] = field(default_factory=list)
    #: Messages that were being sent at a kill.
    in_flight: Counter[Part] = field(default_factory=Counter)
    #: How many series were in each state at the end.
    ended: Counter[str] = field(default_factory=Counter)

    @property
    def arrived(self) -> int:
        """Return how many messages are there, in channels and in threads."""
        return sum(len(channel.history) for channel in self.channels)

    def has(self, count: int) -> bool:
        """Say whether so many messages are there."""
        return self.arrived >= count

    def of(self, channel: Channel) -> list[int]:
        """Return the places of the messages there, as they came."""
        marks = [message.metadata or {} for message in channel.history]
        return [int(mark["event_payload"]["part"]) for mark in marks]

    def lost(self, parts: int) -> list[Part]:
        """Return the messages that never arrived, of so many to each channel."""
        return [
            (channel.id, part)
            for channel in self.channels
            for part in range(parts)
            if part not in self.of(channel)
        ]

    def doubled(self) -> Counter[Part]:
        """Return how often messages arrived more than once."""
        seen = Counter((channel.id, part) for channel in self.channels for part in self.of(channel))
        return Counter({part: count - 1 for part, count in seen.items() if count > 1})

    def disordered(self) -> list[str]:
        """Return the channels where a message came before an earlier one, or in the wrong place."""
        return [channel.id for channel in self.channels if not self._is_in_order(channel)]

    def states(self) -> Counter[str]:
        """Return how many series are in each state."""
        rows = self._rows("SELECT state, count(*) FROM series GROUP BY state")
        return Counter({str(state): int(count) for state, count in rows})

    def sending(self) -> list[Part]:
        """Return the messages whose receipts say that they are being sent."""
        query = (
            "SELECT destination, part FROM parts JOIN series ON series.id = parts.series"
            " WHERE fate = 'sending'"
        )
        return [(name.rpartition("/")[2], part) for name, part in self._rows(query)]

    def drawn(self, parts: int) -> str:
        """Return what was found as a table, where so many messages go to each channel."""
        rows = [
            [f"{kill.delay * 1000:.0f} ms later", str(kill.after), str(arrived), str(flying)]
            for kill, arrived, flying in self.kills
        ]
        total = (
            f"{len(self.kills)} kills, {len(self.channels)} channels of Slack: {self.arrived} "
            f"messages arrived, {len(self.lost(parts))} lost, {self.doubled().total()} doubled, "
            f"{self.in_flight.total()} in flight at a kill"
        )
        return table(total, ["killed", "more messages", "there by then", "in flight"], rows)

    def _is_in_order(self, channel: Channel) -> bool:
        places = self.of(channel)
        follow = all(place in {before, before + 1} for before, place in pairwise([0, *places]))
        # The stories stand below the digest, and nothing else does.
        folded = all(
            bool(message.thread_ts) == (place > 0)
            for message, place in zip(channel.history, places, strict=True)
        )
        return follow and folded

    def _rows(self, query: str) -> Sequence[tuple[str, int]]:
        with closing(sqlite3.connect(self.folder / "briefbot.db")) as connection:
            return connection.execute(query).fetchall()


def gathered(slack: FakeSlack, folder: Path, channels: int) -> Toll:
    """Return so many channels with the bot in them, whose archive is in the folder."""
    return Toll(slack, folder, [slack.channel(f"news-{number}") for number in range(channels)])


async def suffer(toll: Toll, start: Start, *, moment: datetime, kills: Sequence[Kill]) -> None:
    """Kill a bot so often while it posts what is due at that moment, then let it end its work."""
    names = [Destination("slack", f"{TEAM_ID}/{channel.id}") for channel in toll.channels]
    async with open_database(toll.folder / "briefbot.db") as database:
        await subscribe(database, names, moment=moment)
    for kill in kills:
        until = toll.arrived + kill.after
        async with start() as process:
            await toll.slack.until(partial(toll.has, until), seconds=LONGEST / 2)
            await asyncio.sleep(kill.delay)
            process.kill()
            await process.wait()
        # What the server had taken by then may still be on its way to the channel.
        await asyncio.sleep(0.05)
        flying = await asyncio.to_thread(toll.sending)
        toll.in_flight.update(flying)
        toll.kills.append((kill, toll.arrived, len(flying)))
    async with start() as process:
        await _ended(toll, process)


async def _ended(toll: Toll, process: Process) -> None:
    """Wait until every digest is posted, or nothing happens any more."""
    async with asyncio.timeout(LONGEST):
        while process.returncode is None:
            toll.ended = await asyncio.to_thread(toll.states)
            if toll.ended.keys() == {"posted"}:
                return
            await asyncio.sleep(0.05)
    toll.ended = await asyncio.to_thread(toll.states)


def calling(slack: FakeSlack, folder: Path) -> Start:
    """Return what starts a bot that does nothing but deliver."""

    @asynccontextmanager
    async def start() -> AsyncIterator[Process]:
        url, token = f"{slack.url}/api/", slack.settings.bot_token
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.delivery.slack_caller", str(folder), url, token),
            cwd=ROOT,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    return start


def commanding(slack: FakeSlack, folder: Path, *, towns: Sequence[str] = TOWNS) -> Start:
    """Return what starts the command itself, which posts news of the towns at Slack's own pace."""
    news = folder / "news"
    news.mkdir()
    for town in towns:
        (news / f"{town}.txt").write_text(article(town), "utf-8")
    tokens = {
        "SLACK_API_URL": f"{slack.url}/api/",
        "SLACK_BOT_TOKEN": slack.settings.bot_token,
        "SLACK_APP_TOKEN": slack.settings.app_token,
    }
    return lambda: started(folder, "run", "--stay", heard=False, **tokens)
