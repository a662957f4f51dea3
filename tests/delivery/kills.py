"""Kills a bot that delivers, again and again, and counts what became of every part."""

import asyncio
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.core.subscription import Destination
from bot.store.database import open_database
from tests.benchmarks.tables import table
from tests.delivery.child import LEDGER, PARTS
from tests.delivery.node import subscribe

ROOT = Path(__file__).parents[2]
MOMENT = datetime(2025, 9, 2, 8, tzinfo=UTC)
#: No run takes longer, in seconds.
LONGEST = 60.0

#: A part of a post: its destination and its place.
Part = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Kill:
    """A point to die at, for the count-th time; or, without one, any moment after more sends."""

    point: str
    count: int


@dataclass(slots=True)
class Trial:
    """A folder with a bot's data, and what was found out about it."""

    folder: Path
    destinations: int
    kills: list[tuple[Kill, int, int]] = field(default_factory=list)
    #: Parts that were being sent at a kill.
    in_flight: Counter[Part] = field(default_factory=Counter)

    async def prepare(self) -> None:
        """Subscribe them all to a slot that has just come."""
        names = [Destination("loop", f"chat-{number}") for number in range(self.destinations)]
        async with open_database(self.folder / "briefbot.db") as database:
            await subscribe(database, names, moment=MOMENT)
        (self.folder / LEDGER).touch()

    def run(self, kill: Kill | None = None) -> int:
        """Run the bot until it dies, or is done; return its exit status."""
        now = (MOMENT + timedelta(seconds=10)).isoformat()
        named = [kill.point, str(kill.count)] if kill and kill.point else []
        command = [sys.executable, "-m", "tests.delivery.child", str(self.folder), now, *named]
        until = len(self.sent()) + kill.count if kill and not kill.point else None
        with subprocess.Popen(command, cwd=ROOT) as child:
            try:
                if until is not None:
                    self._kill(child, until)
                status = child.wait(LONGEST)
            finally:
                child.kill()
        if kill:
            flying = self.sending()
            self.in_flight.update(flying)
            self.kills.append((kill, len(self.sent()), len(flying)))
        return status

    def sent(self) -> list[Part]:
        """Return the parts that have arrived, in their order."""
        lines = (self.folder / LEDGER).read_text().splitlines()
        return [(name, int(part)) for name, _, part in (line.rpartition(" ") for line in lines)]

    def sending(self) -> set[Part]:
        """Return the parts whose receipts say that they are being sent."""
        return set(
            self._rows(
                "SELECT destination, part FROM parts JOIN series ON series.id = parts.series"
                " WHERE fate = 'sending'"
            )
        )

    def states(self) -> Counter[str]:
        """Return how many series are in each state."""
        rows = self._rows("SELECT state, count(*) FROM series GROUP BY state")
        return Counter({str(state): int(count) for state, count in rows})

    def lost(self) -> list[Part]:
        """Return the parts that never arrived."""
        arrived = set(self.sent())
        names = [f"loop:chat-{number}" for number in range(self.destinations)]
        return [
            (name, part) for name in names for part in range(PARTS) if (name, part) not in arrived
        ]

    def doubled(self) -> Counter[Part]:
        """Return how often parts arrived more than once."""
        return Counter(
            {part: count - 1 for part, count in Counter(self.sent()).items() if count > 1}
        )

    def disordered(self) -> list[str]:
        """Return the destinations where a part arrived before an earlier one had."""
        seen: dict[str, int] = {}
        wrong = []
        for name, part in self.sent():
            if part > seen.get(name, -1) + 1:
                wrong.append(name)
            seen[name] = max(part, seen.get(name, -1))
        return wrong

    def drawn(self) -> str:
        """Return what was found as a table."""
        rows = [
            [kill.point or "any moment", str(kill.count), str(sent), str(flying)]
            for kill, sent, flying in self.kills
        ]
        doubled = sum(self.doubled().values())
        total = (
            f"{len(self.kills)} kills, {self.destinations} destinations of {PARTS} parts: "
            f"{len(self.sent())} sent, {len(self.lost())} lost, {doubled} doubled, "
            f"{sum(self.in_flight.values())} in flight at a kill"
        )
        return table(total, ["killed", "time", "sent by then", "in flight"], rows)

    def _kill(self, child: subprocess.Popen[bytes], until: int) -> None:
        """Kill the process once so many parts have been sent, wherever it is then."""
        size = 0
        give_up = time.monotonic() + LONGEST
        while child.poll() is None and size < until and time.monotonic() < give_up:
            size = (self.folder / LEDGER).read_bytes().count(b"\n")
            time.sleep(0.005)
        child.kill()

    def _rows(self, query: str) -> Sequence[tuple[str, int]]:
        with closing(sqlite3.connect(self.folder / "briefbot.db")) as connection:
            return connection.execute(query).fetchall()


def trial(folder: Path, *, destinations: int, kills: Sequence[Kill]) -> Trial:
    """Kill a bot so often while it delivers, let it come to its end, and return what was found."""
    made = Trial(folder, destinations)
    asyncio.run(made.prepare())
    for kill in kills:
        if (status := made.run(kill)) != -signal.SIGKILL:
            message = f"It was to die {kill}, and ended with {status}."
            raise AssertionError(message)
    if status := made.run():
        message = f"It did not come to its end: {status}."
        raise AssertionError(message)
    return made


def any_moments(count: int, *, most: int, seed: int) -> list[Kill]:
    """Return kills at any moment, each after up to so many more parts."""
    chance = random.Random(seed)  # noqa: S311 - a test keeps no secret
    return [Kill("", chance.randint(1, most)) for _ in range(count)]
