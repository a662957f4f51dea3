"""Kills a bot that posts to Telegram, again and again, and counts what became of every message."""

import asyncio
import random
import re
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot.core.subscription import Destination
from bot.store.database import open_database
from tests.benchmarks.tables import table
from tests.delivery.node import subscribe
from tests.fakes.bot_api.chat import Chat
from tests.fakes.bot_api.server import FakeBotApi
from tests.fakes.commands import Process, running

ROOT = Path(__file__).parents[2]
MOMENT = datetime(2025, 9, 2, 8, tzinfo=UTC)
#: No run takes longer, in seconds.
LONGEST = 60.0

#: A message of a post: its chat and its place.
Part = tuple[int, int]
#: Starts a bot in a process of its own, which is ended at the end.
Start = Callable[[], AbstractAsyncContextManager[Process]]

#: Towns with news of their own: a digest of them all needs several messages.
TOWNS = ("Osh", "Naryn", "Talas", "Karakol", "Tokmok", "Balykchy", "Kant", "Uzgen", "Batken")
_THINGS = (
    *("orchards", "schools", "railways", "turbines", "vineyards", "archives", "tanneries"),
    *("greenhouses", "bridges", "clinics", "quarries", "theatres", "reservoirs", "looms"),
    *("beehives", "observatories", "mills", "foundries", "stadiums", "museums", "ferries"),
)
_PLACE = re.compile(r"\((\d+)/(\d+)\)\s*$")


@dataclass(frozen=True, slots=True)
class Kill:
    """A kill after so many more messages have arrived, and so many seconds."""

    after: int
    delay: float


@dataclass(slots=True)
class Toll:
    """What became of the messages to some chats."""

    api: FakeBotApi
    folder: Path
    chats: Sequence[Chat]
    kills: list[tuple[Kill, int, int]] = field(default_factory=list)
    #: Messages that were being sent at a kill.
    in_flight: Counter[Part] = field(default_factory=Counter)
    #: How many series were in each state at the end.
    ended: Counter[str] = field(default_factory=Counter)

    @property
    def arrived(self) -> int:
        """Return how many messages are there."""
        return sum(len(chat.messages) for chat in self.chats)

    def has(self, count: int) -> bool:
        """Say whether so many messages are there."""
        return self.arrived >= count

    def of(self, chat: Chat) -> list[tuple[int, int]]:
        """Return the places of the messages there and how many there are of each, in order."""
        found = (_PLACE.search(message.text) for message in chat.messages)
        return [(1, 1) if place is None else (int(place[1]), int(place[2])) for place in found]

    def lost(self) -> list[Part]:
        """Return the messages that never arrived."""
        missing = []
        for chat in self.chats:
            there = self.of(chat)
            count = max((of for _, of in there), default=1)
            places = {place for place, _ in there}
            missing += [(chat.id, place) for place in range(1, count + 1) if place not in places]
        return missing

    def doubled(self) -> Counter[Part]:
        """Return how often messages arrived more than once."""
        seen = Counter((chat.id, place) for chat in self.chats for place, _ in self.of(chat))
        return Counter({part: count - 1 for part, count in seen.items() if count > 1})

    def disordered(self) -> list[int]:
        """Return the chats where a message arrived before an earlier one had, or long after it."""
        wrong = []
        for chat in self.chats:
            places = [place for place, _ in self.of(chat)]
            steps = zip([0, *places], places, strict=False)
            if not all(place in {before, before + 1} for before, place in steps):
                wrong.append(chat.id)
        return wrong

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
        return [(int(name.partition(":")[2]), part + 1) for name, part in self._rows(query)]

    def drawn(self) -> str:
        """Return what was found as a table."""
        rows = [
            [f"{kill.delay * 1000:.0f} ms later", str(kill.after), str(arrived), str(flying)]
            for kill, arrived, flying in self.kills
        ]
        total = (
            f"{len(self.kills)} kills, {len(self.chats)} chats of Telegram: {self.arrived} messages"
            f" arrived, {len(self.lost())} lost, {self.doubled().total()} doubled, "
            f"{self.in_flight.total()} in flight at a kill"
        )
        return table(total, ["killed", "more messages", "there by then", "in flight"], rows)

    def _rows(self, query: str) -> Sequence[tuple[str, int]]:
        with closing(sqlite3.connect(self.folder / "briefbot.db")) as connection:
            return connection.execute(query).fetchall()


def gathered(api: FakeBotApi, folder: Path, chats: int) -> Toll:
    """Return so many people's chats with the bot, whose archive is in the folder."""
    return Toll(api, folder, [api.private(f"Reader {number}") for number in range(chats)])


async def suffer(toll: Toll, start: Start, *, moment: datetime, kills: Sequence[Kill]) -> None:
    """Kill a bot so often while it posts what is due at that moment, then let it end its work."""
    api = toll.api
    names = [Destination("telegram", str(chat.id)) for chat in toll.chats]
    async with open_database(toll.folder / "briefbot.db") as database:
        await subscribe(database, names, moment=moment)
    for kill in kills:
        until = toll.arrived + kill.after
        async with start() as process:
            await api.until(partial(toll.has, until), seconds=LONGEST)
            await asyncio.sleep(kill.delay)
            process.kill()
            await process.wait()
        # What the server had taken by then may still be on its way to the chat.
        await asyncio.sleep(0.05)
        flying = await asyncio.to_thread(toll.sending)
        toll.in_flight.update(flying)
        toll.kills.append((kill, toll.arrived, len(flying)))
    async with start() as process:
        await _ended(toll, process)
    toll.ended = toll.states()


async def _ended(toll: Toll, process: Process) -> None:
    """Wait until every digest is posted, or nothing happens any more."""
    async with asyncio.timeout(LONGEST):
        while process.returncode is None:
            toll.ended = await asyncio.to_thread(toll.states)
            if toll.ended.keys() == {"posted"}:
                return
            await asyncio.sleep(0.05)


def calling(api: FakeBotApi, folder: Path) -> Start:
    """Return what starts a bot that does nothing but deliver."""

    @asynccontextmanager
    async def start() -> AsyncIterator[Process]:
        now = (MOMENT + timedelta(seconds=10)).isoformat()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.delivery.caller", str(folder), now, api.url, api.token),
            cwd=ROOT,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    return start


def commanding(api: FakeBotApi, folder: Path) -> Start:
    """Return what starts the command itself, which posts long digests at Telegram's own pace."""
    news = folder / "news"
    news.mkdir()
    for town in TOWNS:
        (news / f"{town}.txt").write_text(article(town), "utf-8")
    return lambda: running(folder, api, "--stay", heard=False)


def article(town: str) -> str:
    """Return news of today that no other town has."""
    chance = random.Random(town)  # noqa: S311 - a test keeps no secret
    today = datetime.now(UTC).date().isoformat()
    things = [chance.sample(_THINGS, 5) for _ in range(6)]
    said = [
        f"The {a} and {b} of {town} will cost {chance.randint(20, 900)} million soms by 2031, for "
        f"the {c} that stand beside the {d} were counted among the oldest {e} of the region."
        for a, b, c, d, e in things
    ]
    return f" date {today} {town.upper()}, Kyrgyzstan. " + "\n\n".join(said)


def any_moments(count: int, *, most: int, seed: int) -> list[Kill]:
    """Return kills at any moment, each after up to so many more messages."""
    chance = random.Random(seed)  # noqa: S311 - a test keeps no secret
    return [
        # Half of them at once, when the last message is still in flight.
        Kill(chance.randint(1, most), chance.choice((0.0, chance.uniform(0, 0.02))))
        for _ in range(count)
    ]
